package org.sharaka.node.screening.register;

import java.util.Optional;
import java.util.UUID;

/**
 * Names an entry of a register, also outside the node: {@code register.document-…} or {@code register.vehicle-…}. No list can be called
 * so.
 */
public record ThingId(Register register, UUID value) {
    private static final String PREFIX = "register.";

    /** Which register. */
    public enum Register {
        DOCUMENT,
        VEHICLE;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Whether an id may name something in a register rather than an entry of a list. */
    public static boolean named(String id) {
        return id.startsWith(PREFIX);
    }

    public static Optional<ThingId> parse(String id) {
        for (Register register : Register.values()) {
            String start = PREFIX + register.word() + "-";
            if (!id.startsWith(start)) continue;
            try {
                return Optional.of(new ThingId(register, UUID.fromString(id.substring(start.length()))));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return PREFIX + register.word() + "-" + value;
    }
}
