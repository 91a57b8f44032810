package org.sharaka.protocol.cms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.Network;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Refused;
import org.sharaka.protocol.Twins;

/** A signed document has one identity: nobody but its signer can give it another. */
class SignedDataTest {
    private final Network network = new Network();
    private final OwnKey key = network.keys(SYLDAVIA).of(KeyUse.SIGNING);
    private final byte[] der = network.profile.sign(new byte[] {1, 2, 3}, key);

    @Test
    void noTwinOfASignedDocumentIsRead() {
        SignedData.parse(der).verify();
        for (byte[] twin :
                List.of(Twins.highS(der), Twins.digestNull(der), Twins.signersDigestNull(der), Twins.signersTwice(der)))
            Refused.with(Refusal.NOT_PROFILE, () -> SignedData.parse(twin));
        Refused.with(Refusal.NOT_DER, () -> SignedData.parse(Twins.attributesTurned(der)));
        Refused.with(Refusal.SIGNATURE_WRONG, () -> SignedData.parse(Twins.wronglySigned(der))
                .verify());
    }

    @Test
    void norOneOfADetachedSignature() {
        byte[] detached = network.profile.signDetached(new byte[] {1}, key);

        SignedData.parseDetached(detached).verifyDetached(new byte[] {1});
        Refused.with(Refusal.NOT_PROFILE, () -> SignedData.parseDetached(Twins.highS(detached)));
    }

    @Test
    void weSignWithTheLowerOfTheTwo() {
        for (int i = 0; i < 64; i++)
            assertThat(SignedData.parse(network.profile.sign(new byte[] {(byte) i}, key))
                            .content())
                    .isEqualTo(new byte[] {(byte) i});
    }
}
