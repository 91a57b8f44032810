package org.sharaka.node.backup;

import java.time.Instant;
import java.util.List;

/**
 * The keys that belong to one backup: what was taken out of its sealed columns, and small files of the home. Sealed like a
 * {@link Manifest}; kept apart, and not so long.
 */
record KeyManifest(int format, Instant at, List<Column> columns, List<File> files, String key) {
    /** @param whenGone as {@link org.sharaka.node.platform.SealedColumn#whenGone} */
    record Column(String table, List<String> key, String column, String whenGone, long rows, Manifest.Part part) {}

    /** @param path within the home */
    record File(String path, Manifest.Part part) {}

    long sizeBytes() {
        return columns.stream().mapToLong(column -> column.part().sizeBytes()).sum()
                + files.stream().mapToLong(file -> file.part().sizeBytes()).sum();
    }
}
