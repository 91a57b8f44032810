package org.sharaka.identifiers;

/**
 * How an {@link Extractor} works.
 *
 * @param cardHash what stands for a whole card number
 * @param mentionsMax how many mentions of one text are returned, 1 to 100,000; the first in the text are kept
 */
public record ExtractorSettings(CardHash cardHash, int mentionsMax) {
    /** Enough for any message that a person pastes; a report with more is a list and belongs in an import. */
    public static final int MENTIONS_MAX_DEFAULT = 10_000;

    public ExtractorSettings {
        if (mentionsMax < 1 || mentionsMax > 100_000) throw new IllegalArgumentException("mentionsMax out of range");
    }

    public static ExtractorSettings with(CardHash cardHash) {
        return new ExtractorSettings(cardHash, MENTIONS_MAX_DEFAULT);
    }
}
