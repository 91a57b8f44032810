package org.sharaka.identifiers;

/**
 * One thing that a report names, in the single form under which it is the same thing everywhere.
 *
 * @param canonical equal for two spellings if and only if they name the same thing; at most 2,048 characters
 * @param display how to show it to an officer: safe to print, never a live link, never a whole card number
 */
public record Identifier(IdentifierKind kind, String canonical, String display) {
    /** Longest canonical form kept; a longer input is invalid. */
    public static final int CANONICAL_LENGTH_MAX = 2048;

    public Identifier {
        if (canonical.isBlank()) throw new IllegalArgumentException("canonical is blank");
        if (canonical.length() > CANONICAL_LENGTH_MAX) throw new IllegalArgumentException("canonical is too long");
    }

    /** Two identifiers are the same thing when kind and canonical form agree, however they were shown. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Identifier that && kind == that.kind && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + canonical.hashCode();
    }
}
