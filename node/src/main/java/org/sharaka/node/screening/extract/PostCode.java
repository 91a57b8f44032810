package org.sharaka.node.screening.extract;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * The code by which one officer opens the page of one post: ten symbols of Crockford's base 32, made by chance (50 bits), so that guessing
 * is hopeless even for who stole an opened extract. Kept as Argon2id with the parameters of the console's passwords.
 */
public final class PostCode {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 10;

    private PostCode() {}

    /** As it is handed to the officer. */
    public static String fresh(SecureRandom random) {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            if (i == LENGTH / 2) code.append('-');
            code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return code.toString();
    }

    public static String hash(String code) {
        String hash = argon2().encode(plain(code));
        if (hash == null) throw new IllegalStateException("no hash");
        return hash;
    }

    /** Whether somebody typed this code, whatever stands between the groups. */
    public static boolean matches(String typed, String hash) {
        return typed.length() <= 100 && argon2().matches(plain(typed), hash);
    }

    private static Argon2PasswordEncoder argon2() {
        return new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);
    }

    /** O, I and L are taken for the digits that they look like. */
    private static String plain(String typed) {
        return Normalizer.normalize(typed, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^0-9A-Z]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }
}
