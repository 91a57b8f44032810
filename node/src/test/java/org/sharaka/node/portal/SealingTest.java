package org.sharaka.node.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.platform.PublicSeal;

class SealingTest {
    private static final byte[] PLAIN = "told in confidence".getBytes(StandardCharsets.UTF_8);

    private final byte[] own = PublicSeal.newPrivateKey();
    private final byte[] closed = PublicSeal.seal(PublicSeal.publicKeyOf(own), "context", PLAIN);

    @Test
    void whoHasTheKeyOpens() throws Exception {
        assertThat(PublicSeal.open(own, "context", closed)).isEqualTo(PLAIN);
        assertThat(new String(closed, StandardCharsets.ISO_8859_1)).doesNotContain("confidence");
    }

    @Test
    void anotherKeyAnotherContextOrAnAlteredItemOpensNothing() {
        byte[] altered = closed.clone();
        altered[altered.length - 1] ^= 1;

        assertThatThrownBy(() -> PublicSeal.open(PublicSeal.newPrivateKey(), "context", closed))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> PublicSeal.open(own, "other", closed)).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> PublicSeal.open(own, "context", altered)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void referenceAndCodeFollowFromTheTokenAndFromNothingElse() {
        PortalKey key = new PortalKey(new byte[32]);

        assertThat(key.code("token")).isEqualTo(key.code("token")).isNotEqualTo(key.code("other"));
        assertThat(key.reference("token").symbols())
                .isNotEqualTo(key.code("token").symbols());
        byte[] another = new byte[32];
        another[0] = 1;
        assertThat(new PortalKey(another).code("token")).isNotEqualTo(key.code("token"));
    }

    @Test
    void aMailboxKeyFollowsFromReferenceAndCode() {
        Reference reference = Reference.of(new byte[16]);
        AccessCode code = new PortalKey(new byte[32]).code("token");

        assertThat(PortalKey.mailboxKey(reference, code)).isEqualTo(PortalKey.mailboxKey(reference, code));
        assertThat(PortalKey.mailboxKey(reference, AccessCode.of(new byte[12])))
                .isNotEqualTo(PortalKey.mailboxKey(reference, code));
    }

    @Test
    void aCodeIsReadAsPeopleTypeItAndPrintsNothing() {
        AccessCode code = new PortalKey(new byte[32]).code("token");

        assertThat(AccessCode.parse(
                        code.grouped().toLowerCase(java.util.Locale.ROOT).replace('-', ' ')))
                .contains(code);
        assertThat(code.toString()).doesNotContain(code.symbols());
        char wrong = code.symbols().charAt(0) == 'A' ? 'B' : 'A';
        assertThat(AccessCode.parse(wrong + code.symbols().substring(1))).isEmpty();
    }
}
