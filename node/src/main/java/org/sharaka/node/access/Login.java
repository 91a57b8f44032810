package org.sharaka.node.access;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name an officer logs in with: 3 to 60 lower-case letters a-z, digits, dots, hyphens and underscores. ASCII alone,
 * so that no two look alike.
 */
public record Login(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]");

    public Login {
        if (!FORM.matcher(value).matches()) throw new IllegalArgumentException("not a login name");
    }

    /** Upper case and blanks around are forgiven. @throws IllegalArgumentException if it still is no login name */
    public static Login parse(String typed) {
        return new Login(typed.strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return value;
    }
}
