package org.sharaka.identifiers;

import java.util.List;

/**
 * Finds what a text names: addresses, accounts, wallets, telephones, handles, documents, in Arabic, French, English and Spanish
 * messages as people paste them. Immutable and thread-safe; time grows with the length of the text, hostile or not.
 */
public final class Extractor {
    /** UTF-16 units that are read; what lies behind them is left unread. */
    public static final int TEXT_LENGTH_MAX = 1 << 20;

    private final ExtractorSettings settings;

    private Extractor(ExtractorSettings settings) {
        this.settings = settings;
    }

    public static Extractor create(ExtractorSettings settings) {
        return new Extractor(settings);
    }

    /**
     * The mentions in the order of the text; none overlaps another. Where several readings are possible the one that proves
     * itself wins: an address with its scheme, then check digits, then words beside it. At most {@link ExtractorSettings#mentionsMax} of them,
     * in the first {@link #TEXT_LENGTH_MAX} units.
     *
     * @param region where the text was written: decides numbers that do not say their country
     */
    public List<Mention> extract(CharSequence text, Region region) {
        Scan scan = new Scan(NormalisedText.of(text, TEXT_LENGTH_MAX), region, settings);
        LinkScanner.scan(scan);
        TokenScanner.scan(scan);
        DocumentScanner.scan(scan);
        NumberScanner.scan(scan);
        HandleScanner.scan(scan);
        return scan.mentions();
    }

    /**
     * The same text with each whole card number masked as {@code 411111******1111}; everything else is unchanged. Stricter than
     * {@link #extract}: what merely could be a card number is masked, unless it is part of a longer account number with right check digits.
     */
    public String redactCards(CharSequence text) {
        return CardRedaction.redact(text);
    }
}
