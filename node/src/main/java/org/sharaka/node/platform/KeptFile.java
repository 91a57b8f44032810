package org.sharaka.node.platform;

import java.nio.file.Path;

/**
 * A small file of the home, beside database and evidence, without which a node that came back from a backup would not be the same:
 * settings, or a key. A module offers one as a bean.
 *
 * @param path within the home
 */
public record KeptFile(Path path) {
    public KeptFile {
        if (path.isAbsolute() || !path.normalize().equals(path) || path.startsWith(".."))
            throw new IllegalArgumentException("not a path within the home");
    }
}
