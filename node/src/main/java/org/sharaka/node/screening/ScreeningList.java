package org.sharaka.node.screening;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A list in force.
 *
 * @param name as clients ask for it
 * @param standing what its entries are in law
 * @param version grows by one with each import that changed an entry
 * @param fileHash SHA-256 of the file or files that it was last read from, in hexadecimal
 * @param importedAt when a file last said what stands in it
 * @param changedAt when that last changed anything
 */
public record ScreeningList(
        String name,
        ListFormat format,
        Standing standing,
        int version,
        String fileHash,
        Instant importedAt,
        Instant changedAt) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,40}");

    /** Stands for all lists together. */
    public static final String ALL = "default";

    /** Whether a list may be called so: small letters, digits and underscores, and none of the names that are taken. */
    static boolean mayBeCalled(String name) {
        return NAME.matcher(name).matches() && !name.equals(ALL);
    }
}
