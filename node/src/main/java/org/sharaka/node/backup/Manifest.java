package org.sharaka.node.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one backup consists of. Sealed by the vault under the backup's name: who lacks the node key can neither read nor make
 * one, nor pass one off as another.
 *
 * @param at of this moment is the backup: all that was committed before is in it
 * @param versions of each module's tables
 * @param histories the migrations that made them, as {@code module version checksum}
 * @param key under which the parts are encrypted
 */
record Manifest(
        int format,
        Instant at,
        Map<String, String> versions,
        List<String> histories,
        List<Table> tables,
        List<Sequence> sequences,
        Part evidence,
        long evidenceItems,
        String key) {
    static final int FORMAT = 1;

    /**
     * An encrypted file of the backup.
     *
     * @param sha256 of the encrypted file
     */
    record Part(String file, long sizeBytes, String sha256) {}

    /** @param table schema and name, quoted where needed */
    record Table(String table, List<String> columns, long rows, Part part) {}

    record Sequence(String sequence, long last, boolean called) {}

    /** All that was encrypted, in bytes. */
    long sizeBytes() {
        return tables.stream().mapToLong(table -> table.part().sizeBytes()).sum() + evidence.sizeBytes();
    }

    long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }
}
