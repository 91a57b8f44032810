package org.sharaka.node.screening.register;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.sharaka.node.screening.Standing;

/** What became of a document. The names are stored and stand in files: never rename one. */
public enum Circumstances {
    STOLEN(Standing.STOLEN_DOCUMENT),
    /** Stolen before it was made out to anybody. */
    STOLEN_BLANK(Standing.STOLEN_DOCUMENT),
    LOST(Standing.LOST_DOCUMENT),
    REVOKED(Standing.INVALID_DOCUMENT);

    private final Standing standing;

    Circumstances(Standing standing) {
        this.standing = standing;
    }

    Standing standing() {
        return standing;
    }

    static Optional<Circumstances> of(String word) {
        String wanted = word.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        return Arrays.stream(values())
                .filter(each -> each.name().equals(wanted))
                .findFirst();
    }
}
