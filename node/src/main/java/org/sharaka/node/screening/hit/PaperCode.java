package org.sharaka.node.screening.hit;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The code on the paper of a distinguishing record: {@code NP-} and 16 symbols of Crockford's base 32 (80 bits) in groups of four. No
 * letter stands for two.
 */
record PaperCode(String symbols) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 16;
    private static final int GROUP = 4;
    private static final Pattern TYPED = Pattern.compile("NP([0-9A-Z]{" + LENGTH + "})");

    static PaperCode fresh(SecureRandom random) {
        StringBuilder symbols = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) symbols.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        return new PaperCode(symbols.toString());
    }

    /** Reads what somebody typed, whatever stands between the groups; O, I and L are taken for the digits that they look like. */
    static Optional<PaperCode> parse(String typed) {
        if (typed.length() > 100) return Optional.empty();
        String plain = Normalizer.normalize(typed, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^0-9A-Z]", "");
        var matcher = TYPED.matcher(plain);
        if (!matcher.matches()) return Optional.empty();
        String symbols = matcher.group(1).replace('O', '0').replace('I', '1').replace('L', '1');
        return symbols.indexOf('U') >= 0 ? Optional.empty() : Optional.of(new PaperCode(symbols));
    }

    /** As it is printed. */
    String grouped() {
        StringBuilder text = new StringBuilder("NP");
        for (int i = 0; i < LENGTH; i += GROUP) text.append('-').append(symbols, i, i + GROUP);
        return text.toString();
    }
}
