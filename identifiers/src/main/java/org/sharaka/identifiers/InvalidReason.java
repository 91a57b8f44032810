package org.sharaka.identifiers;

/** Why a raw value is not an identifier of the kind asked for. The names are stored: never rename one. */
public enum InvalidReason {
    EMPTY,
    TOO_LONG,
    /** Fewer or more characters than this kind has. */
    WRONG_LENGTH,
    /** A character that this kind never holds. */
    WRONG_CHARACTER,
    /** The parts do not stand where this kind has them. */
    WRONG_STRUCTURE,
    /** The check digits, check letter or checksum disagree with the rest: most often a slip of the pen. */
    WRONG_CHECK_DIGITS,
    UNKNOWN_COUNTRY,
    /** The scheme of a web address is not one that we read. */
    UNKNOWN_SCHEME,
    /** The host is empty, malformed or has no dot. */
    WRONG_HOST,
    /** A public suffix by itself, such as {@code co.uk}, is nobody's domain. */
    PUBLIC_SUFFIX,
    /** No subscriber can have this telephone number. */
    IMPOSSIBLE_NUMBER,
    /** A number in no range that card schemes issue from. */
    UNKNOWN_CARD_RANGE,
    /** A whole card number can only be read where a {@link CardHash} is given. */
    CARD_HASH_MISSING,
    /** The link or name belongs to the platform itself and names no account. */
    NOT_AN_ACCOUNT;

    Parsed parsed() {
        return new Parsed.Invalid(this);
    }
}
