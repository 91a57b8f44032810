package org.sharaka.node.screening.register;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a document is. The names are stored and stand in files: never rename one. */
public enum DocumentKind {
    PASSPORT,
    IDENTITY_CARD,
    TRAVEL_DOCUMENT,
    VISA,
    RESIDENCE_PERMIT,
    DRIVING_LICENCE,
    VEHICLE_PAPERS,
    OTHER;

    static Optional<DocumentKind> of(String word) {
        String wanted = word.strip().toUpperCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        return Arrays.stream(values())
                .filter(kind -> kind.name().equals(wanted))
                .findFirst();
    }
}
