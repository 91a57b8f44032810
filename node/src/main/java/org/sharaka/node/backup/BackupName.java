package org.sharaka.node.backup;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;

/** Names one backup and sorts by its time, for instance {@code 20261124T090000Z-5f0c92aa}. */
record BackupName(String text) implements Comparable<BackupName> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    static BackupName at(Instant time, SecureRandom random) {
        byte[] chance = new byte[4];
        random.nextBytes(chance);
        return new BackupName(TIME.format(time) + "-" + HexFormat.of().formatHex(chance));
    }

    static Optional<BackupName> parse(String text) {
        BackupName name = new BackupName(text);
        try {
            return text.matches("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}") && name.time().isAfter(Instant.EPOCH)
                    ? Optional.of(name)
                    : Optional.empty();
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** To the second. */
    Instant time() {
        return TIME.parse(text.substring(0, text.indexOf('-')), Instant::from);
    }

    @Override
    public int compareTo(BackupName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
