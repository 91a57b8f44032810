package org.sharaka.node.backup;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Something of a backup is missing, altered, cut off, or belongs to another. */
final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Path what;

    DamagedException(Path what, @Nullable Throwable cause) {
        super(what.toString(), cause);
        this.what = what;
    }

    Path what() {
        return what;
    }
}
