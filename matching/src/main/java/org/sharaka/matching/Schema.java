package org.sharaka.matching;

import java.util.Locale;
import java.util.Optional;

/** What sort of thing is described. The names are those of the FollowTheMoney model, whose clients ask us too. */
public enum Schema {
    PERSON(0, "Person", Kind.PERSON),
    /** A person or an organisation: the source does not say which. */
    LEGAL_ENTITY(1, "LegalEntity", Kind.EITHER),
    ORGANIZATION(2, "Organization", Kind.ORGANISATION),
    COMPANY(3, "Company", Kind.ORGANISATION),
    PUBLIC_BODY(4, "PublicBody", Kind.ORGANISATION),
    VESSEL(5, "Vessel", Kind.OBJECT),
    AIRCRAFT(6, "Airplane", Kind.OBJECT),
    VEHICLE(7, "Vehicle", Kind.OBJECT);

    /** How names of such a thing are built. */
    enum Kind {
        PERSON,
        ORGANISATION,
        OBJECT,
        EITHER
    }

    private static final Schema[] BY_NUMBER = values();

    private final int number;
    private final String label;
    private final Kind kind;

    Schema(int number, String label, Kind kind) {
        this.number = number;
        this.label = label;
        this.kind = kind;
    }

    /** The name in the FollowTheMoney model, such as {@code LegalEntity}. */
    public String label() {
        return label;
    }

    /** Does not change: it stands in stored arrays. */
    int number() {
        return number;
    }

    static Schema numbered(int number) {
        return BY_NUMBER[number];
    }

    Kind kind() {
        return kind;
    }

    /** Whether one and the same thing could be described under both. */
    public boolean comparableWith(Schema other) {
        if (this == other) return true;
        if (kind == Kind.OBJECT || other.kind == Kind.OBJECT) {
            // A vessel and an airplane are vehicles too, in this model.
            return kind == other.kind && (this == VEHICLE || other == VEHICLE);
        }
        return kind == other.kind || kind == Kind.EITHER || other.kind == Kind.EITHER;
    }

    /** The schema of that name, in any case; empty when there is none. {@code Entity} is a legal entity, {@code Aircraft} an airplane. */
    public static Optional<Schema> of(String label) {
        String wanted = label.strip().toLowerCase(Locale.ROOT);
        for (Schema schema : values()) {
            if (schema.label.toLowerCase(Locale.ROOT).equals(wanted)) return Optional.of(schema);
        }
        return switch (wanted) {
            case "entity", "thing" -> Optional.of(LEGAL_ENTITY);
            case "aircraft" -> Optional.of(AIRCRAFT);
            case "organisation" -> Optional.of(ORGANIZATION);
            default -> Optional.empty();
        };
    }
}
