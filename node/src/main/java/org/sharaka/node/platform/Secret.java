package org.sharaka.node.platform;

import java.util.Objects;

/** A value that no log, message or exception may show: it prints as {@code ***}. */
public final class Secret<T> {
    private final T value;

    public Secret(T value) {
        this.value = Objects.requireNonNull(value);
    }

    /** For the one place that needs it; what is returned is no longer guarded. */
    public T reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
