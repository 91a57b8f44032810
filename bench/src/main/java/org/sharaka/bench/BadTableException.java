package org.sharaka.bench;

import java.io.IOException;
import java.nio.file.Path;

/** A file that somebody gave us is not as it must be; the message says which, where and what would be right. */
final class BadTableException extends IOException {
    private static final long serialVersionUID = 1;

    BadTableException(Path file, String problem) {
        super(name(file) + ": " + problem);
    }

    /** @param line from 1, as editors count */
    BadTableException(Path file, int line, String problem) {
        super(name(file) + ", line " + line + ": " + problem);
    }

    private static Path name(Path file) {
        Path name = file.getFileName();
        return name == null ? file : name;
    }
}
