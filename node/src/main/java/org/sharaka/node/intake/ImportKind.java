package org.sharaka.node.intake;

import java.util.Arrays;
import java.util.Optional;

/** What the rows of an imported file are. The words are typed at the command line and stored: never rename one. */
public enum ImportKind {
    /** Each row is a report; equal rows of one file are several reports. */
    CSV_REPORTS("csv-reports", Category.OTHER),
    /** Each row is one observation of an indicator; equal rows are one. */
    CSV_INDICATORS("csv-indicators", Category.PHISHING);

    private final String word;
    private final Category category;

    ImportKind(String word, Category category) {
        this.word = word;
        this.category = category;
    }

    public String word() {
        return word;
    }

    /** The category of a row that says none. */
    Category category() {
        return category;
    }

    public static Optional<ImportKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }
}
