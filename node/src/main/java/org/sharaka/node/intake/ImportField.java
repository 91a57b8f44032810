package org.sharaka.node.intake;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a column of an imported file means. */
enum ImportField {
    /** The source's own number of the row: rows with the same one are the same. */
    ID,
    TIME,
    CATEGORY,
    NARRATIVE,
    LANGUAGE,
    COUNTRY,
    LOCALITY,
    /** An amount that was lost; 0 is none. */
    AMOUNT,
    CURRENCY,
    ROLE,
    /** A word of the source, such as a tag or a brand; not evidence. */
    LABEL,
    /** What kind of identifier the column VALUE holds. */
    TYPE,
    VALUE,
    /** An identifier of the kind that the mapping names: {@code identifier:IBAN}. */
    IDENTIFIER,
    IGNORE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ImportField> of(String word) {
        return Arrays.stream(values())
                .filter(field -> field.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
