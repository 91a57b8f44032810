package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SealedVaultTest {
    private static final byte[] PHONE = "+999 555 0101".getBytes(StandardCharsets.UTF_8);

    private final Vault vault = TestVault.fresh();

    @Test
    void opensWhatItSealed() {
        assertThat(vault.open("intake.contact/1", vault.seal("intake.contact/1", PHONE)))
                .isEqualTo(PHONE);
    }

    @Test
    void equalItemsDoNotShow() {
        assertThat(vault.seal("intake.contact/1", PHONE)).isNotEqualTo(vault.seal("intake.contact/1", PHONE));
    }

    @Test
    void anItemMovedToAnotherRowStaysShut() {
        byte[] sealed = vault.seal("intake.contact/1", PHONE);

        assertThatThrownBy(() -> vault.open("intake.contact/2", sealed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anAlteredItemStaysShutWhereverItWasAltered() {
        byte[] sealed = vault.seal("intake.contact/1", PHONE);

        for (int i = 0; i < sealed.length; i++) {
            byte[] altered = sealed.clone();
            altered[i] ^= 1;
            assertThatThrownBy(() -> vault.open("intake.contact/1", altered))
                    .as("byte %d", i)
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> vault.open("intake.contact/1", new byte[0])).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anotherNodesKeyOpensNothing() {
        byte[] sealed = vault.seal("intake.contact/1", PHONE);

        assertThatThrownBy(() -> TestVault.fresh().open("intake.contact/1", sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aKeyedHashIsStableAndDiffersByPurposeAndNode() {
        byte[] hash = vault.mac("identifiers.card", PHONE);

        assertThat(hash).hasSize(32).isEqualTo(vault.mac("identifiers.card", PHONE));
        assertThat(hash).isNotEqualTo(vault.mac("access.code", PHONE));
        assertThat(hash).isNotEqualTo(TestVault.fresh().mac("identifiers.card", PHONE));
    }
}
