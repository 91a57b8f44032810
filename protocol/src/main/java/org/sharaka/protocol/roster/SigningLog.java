package org.sharaka.protocol.roster;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Refusal;

/**
 * What a member's roster key has signed, by version: it keeps the member from ever signing two rosters of one version, and tells it when it
 * signs two that follow the same one. Kept beside the key, one line a version: {@code 3 <hash> <hash of the one that it replaces>}.
 */
public record SigningLog(SortedMap<Long, Line> signed) {
    /** @param previous absent for a founding roster, and in logs of earlier releases */
    public record Line(Hash roster, Optional<Hash> previous) {}

    public SigningLog {
        signed = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(signed));
    }

    public static SigningLog empty() {
        return new SigningLog(new TreeMap<>());
    }

    /** The log with this roster in it; refused if another of its version is there. */
    public SigningLog with(Roster roster) {
        Line line = new Line(roster.hash(), roster.previous());
        Line known = signed.get(roster.version());
        if (known != null && !known.roster().equals(line.roster()))
            throw Refusal.ROSTER_FORKED.because("this key has signed another roster of version " + roster.version());
        TreeMap<Long, Line> more = new TreeMap<>(signed);
        more.put(roster.version(), line);
        return new SigningLog(more);
    }

    /** The versions of other rosters that this key signed to follow the same one: if both get their signatures, the highest counts. */
    public SortedSet<Long> besides(Roster roster) {
        SortedSet<Long> besides = new TreeSet<>();
        signed.forEach((version, line) -> {
            if (version != roster.version()
                    && line.previous().isPresent()
                    && line.previous().equals(roster.previous())) besides.add(version);
        });
        return besides;
    }

    public static SigningLog parse(byte[] bytes) {
        TreeMap<Long, Line> signed = new TreeMap<>();
        try {
            for (String line :
                    new String(bytes, StandardCharsets.US_ASCII).lines().toList()) {
                String[] parts = line.split(" ", 3);
                Optional<Hash> previous = parts.length < 3 ? Optional.empty() : Optional.of(Hash.parse(parts[2]));
                signed.put(Long.parseLong(parts[0]), new Line(Hash.parse(parts[1]), previous));
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw Refusal.FIELD_WRONG.because("not a log of signed rosters", e);
        }
        return new SigningLog(signed);
    }

    public byte[] encoded() {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<Long, Line> line : signed.entrySet()) {
            lines.append(line.getKey()).append(' ').append(line.getValue().roster());
            line.getValue().previous().ifPresent(previous -> lines.append(' ').append(previous));
            lines.append('\n');
        }
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
