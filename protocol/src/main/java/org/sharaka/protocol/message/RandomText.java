package org.sharaka.protocol.message;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Refusal;

/** How random ids are written. */
final class RandomText {
    static final int LENGTH = 32;

    private RandomText() {}

    static void require(String text) {
        if (text.length() != LENGTH || !Hash.isSmallHex(text))
            throw Refusal.FIELD_WRONG.because("an id is 32 small hexadecimal digits");
    }

    static String next(SecureRandom random) {
        byte[] bytes = new byte[LENGTH / 2];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
