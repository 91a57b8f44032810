package org.sharaka.matching;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.TreeSet;

/**
 * One entry of a list.
 *
 * @param id its name in the list; what an answer gives back
 */
public record Entry(String id, Particulars particulars) {
    public Entry {
        if (id.isBlank()) throw new IllegalArgumentException("id is blank");
    }

    /** SHA-256 of all that the entry says, 32 bytes: equal for equal entries, whatever the order of countries and numbers. */
    public byte[] digest() {
        StringBuilder text = new StringBuilder(id).append('\u0000').append(particulars.schema());
        for (String name : particulars.names()) text.append("\u0000n").append(name);
        for (PartialDate birth : particulars.births()) text.append("\u0000b").append(birth);
        for (String country : new TreeSet<>(particulars.countries()))
            text.append("\u0000c").append(country);
        Set<String> keys = new TreeSet<>();
        for (ExactKey key : particulars.keys()) keys.add(key.kind() + ":" + key.country() + ":" + key.value());
        for (String key : keys) text.append("\u0000k").append(key);
        return sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
