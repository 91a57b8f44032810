package org.sharaka.protocol.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.PublishedVectors;
import org.sharaka.protocol.PublishedVectors.Case;

class Ed25519VectorsTest {
    @Test
    void signaturesAreAcceptedAndRefusedAsPublished() {
        List<Case> cases = PublishedVectors.wycheproof("ed25519_test.json");

        assertThat(cases.stream().filter(test -> verifies(test) != test.valid()).map(Case::text))
                .isEmpty();
        assertThat(cases).hasSizeGreaterThan(100);
    }

    private static boolean verifies(Case test) {
        byte[] key =
                HexFormat.of().parseHex(test.group().get("publicKey").get("pk").asString());
        return NoteKey.of("vector", NoteKey.Type.ED25519, key).verifies(test.hex("msg"), test.hex("sig"));
    }
}
