package org.sharaka.identifiers;

import java.util.Optional;

/** What became of a raw value: an identifier, or the reason why it is none. */
public sealed interface Parsed {
    /** The value is well formed and its check digits agree. */
    record Valid(Identifier identifier) implements Parsed {}

    /** The value is not an identifier of the kind asked for. */
    record Invalid(InvalidReason reason) implements Parsed {}

    /** The identifier; empty for an invalid value. */
    default Optional<Identifier> asIdentifier() {
        return this instanceof Valid valid ? Optional.of(valid.identifier()) : Optional.empty();
    }

    /** The reason why there is no identifier; empty for a valid value. */
    default Optional<InvalidReason> whyNot() {
        return this instanceof Invalid invalid ? Optional.of(invalid.reason()) : Optional.empty();
    }

    static Parsed valid(IdentifierKind kind, String canonical, String display) {
        if (canonical.length() > Identifier.CANONICAL_LENGTH_MAX) return InvalidReason.TOO_LONG.parsed();
        return new Valid(new Identifier(kind, canonical, display));
    }
}
