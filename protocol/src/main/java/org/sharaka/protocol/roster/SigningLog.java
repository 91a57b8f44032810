package org.sharaka.protocol.roster;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Refusal;

/**
 * What a member's roster key has signed, by version: it keeps the member from ever signing two rosters of one version.
 * Kept beside the key, one line a version: {@code 3 <hash>}.
 */
public record SigningLog(SortedMap<Long, Hash> signed) {
    public SigningLog {
        signed = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(signed));
    }

    public static SigningLog empty() {
        return new SigningLog(new TreeMap<>());
    }

    /** The log with this roster in it; refused if another of its version is there. */
    public SigningLog with(Roster roster) {
        Hash known = signed.get(roster.version());
        if (known != null && !known.equals(roster.hash()))
            throw Refusal.ROSTER_FORKED.because("this key has signed another roster of version " + roster.version());
        TreeMap<Long, Hash> more = new TreeMap<>(signed);
        more.put(roster.version(), roster.hash());
        return new SigningLog(more);
    }

    public static SigningLog parse(byte[] bytes) {
        TreeMap<Long, Hash> signed = new TreeMap<>();
        try {
            for (String line :
                    new String(bytes, StandardCharsets.US_ASCII).lines().toList()) {
                String[] parts = line.split(" ", 2);
                signed.put(Long.parseLong(parts[0]), Hash.parse(parts[1]));
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw Refusal.FIELD_WRONG.because("not a log of signed rosters", e);
        }
        return new SigningLog(signed);
    }

    public byte[] encoded() {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<Long, Hash> line : signed.entrySet())
            lines.append(line.getKey()).append(' ').append(line.getValue()).append('\n');
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
