package org.sharaka.node.platform;

import java.util.Locale;

/** A refusal that a caller can act on: one enum per module implements this. Codes are stable and never reused. */
public interface ProblemType {
    /** The HTTP status that tells it best. */
    int status();

    /** The enum constant's name. */
    String name();

    /** Stable code, for instance {@code access.purpose-missing}; also the message key {@code problem.<code>}. */
    default String code() {
        String module = getClass().getSimpleName().replace("Problem", "").toLowerCase(Locale.ROOT);
        return module + "." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param detail for operators and API clients: ids and limits, never personal data */
    default ProblemException because(String detail) {
        return new ProblemException(this, detail);
    }
}
