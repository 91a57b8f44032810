package org.sharaka.exercise;

/**
 * Something that a report names.
 *
 * @param value in its full and correct form: an E.164 number, a link with its scheme, a handle without its at-sign
 */
public record Clue(Kind kind, String value) {
    /** What sort of thing it is, with the section of phrases that introduces it. */
    public enum Kind {
        IBAN("id.iban"),
        RIB("id.iban"),
        PHONE("id.phone"),
        BTC("id.wallet"),
        ETH("id.wallet"),
        TRX("id.wallet"),
        LINK("id.link"),
        TELEGRAM("id.telegram"),
        WHATSAPP("id.whatsapp"),
        EMAIL("id.email"),
        INSTAGRAM("id.instagram"),
        FACEBOOK("id.facebook"),
        /** The reporter's own number, which links nothing. */
        OWN_PHONE("own"),
        /** Something mistaken, written as it stands. */
        MISTAKEN("id.phone"),
        MISTAKEN_ACCOUNT("id.iban");

        final String section;

        Kind(String section) {
            this.section = section;
        }
    }
}
