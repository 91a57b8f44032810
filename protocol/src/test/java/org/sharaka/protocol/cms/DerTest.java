package org.sharaka.protocol.cms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Refused;

class DerTest {
    @Test
    void whatIsNotDerIsRefused() {
        for (String bad : List.of(
                "",
                "30",
                "3080", // indefinite length
                "30800000", // likewise, closed
                "3081020500", // a length in more bytes than it needs
                "308200020500",
                "3003020100020100", // something follows
                "30030201", // cut off
                "3002020100", // a child longer than its parent
                "1f8101020500", // a long tag
                "30060201000101ff00", // trailing
                "0101aa", // TRUE is ff in DER
                "0202007f", // an integer in more bytes than it needs
                "3184ffffffff", // a length over all memory
                "31060201020201 01".replace(" ", ""))) // a set out of order
        Refused.with(Refusal.NOT_DER, () -> Der.parse(HexFormat.of().parseHex(bad), 1_000));
        assertThat(Der.parse(HexFormat.of().parseHex("30030101ff"), 1_000)).isNotNull();
    }

    @Test
    void depthCountAndSizeAreLimited() {
        Refused.with(Refusal.TOO_DEEP, () -> Der.parse(nested(Limits.DER_DEPTH + 1), 1_000));
        assertThat(Der.parse(nested(Limits.DER_DEPTH), 1_000)).isNotNull();
        Refused.with(Refusal.TOO_MANY, () -> Der.parse(flat(Limits.DER_ELEMENTS), 1 << 20));
        Refused.with(Refusal.TOO_LARGE, () -> Der.parse(new byte[1_001], 1_000));
    }

    private static byte[] nested(int depth) {
        byte[] inner = {};
        for (int i = 0; i < depth; i++) inner = wrap(inner);
        return inner;
    }

    private static byte[] flat(int count) {
        byte[] nulls = new byte[2 * count];
        for (int i = 0; i < nulls.length; i += 2) nulls[i] = 5;
        return wrap(nulls);
    }

    private static byte[] wrap(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x30);
        if (content.length > 255) {
            out.write(0x82);
            out.write(content.length >> 8);
        } else if (content.length > 127) {
            out.write(0x81);
        }
        out.write(content.length & 0xff);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
