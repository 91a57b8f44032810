package org.sharaka.protocol.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.protocol.Network.NOON;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.tree.TreeHead;

class MemberKeysTest {
    private static final char[] PASSPHRASE = "a long sentence".toCharArray();
    private static final Map<String, String> NAMES =
            Map.of("ar", "مكتب", "en", "Bureau", "es", "Oficina", "fr", "Bureau");

    @TempDir
    Path directory;

    private final MemberKeys keys =
            MemberKeys.generate(SYLDAVIA, NOON, NOON.plus(Duration.ofDays(100)), new SecureRandom());

    @Test
    void keysComeOutOfTheirFilesAsTheyWentIn() throws IOException {
        MemberKeys read = MemberKeys.readNodeKeys(keys.nodeKeyStore(PASSPHRASE), PASSPHRASE);
        OwnKey roster = MemberKeys.readRosterKey(keys.rosterKeyStore(PASSPHRASE), PASSPHRASE);

        for (KeyUse use : List.of(KeyUse.SIGNING, KeyUse.SEALING, KeyUse.TLS))
            assertThat(read.key(use).pkcs8()).isEqualTo(keys.key(use).pkcs8());
        assertThat(roster.certificate()).isEqualTo(keys.key(KeyUse.ROSTER).certificate());
        assertThat(read.log().key()).isEqualTo(keys.log().key());
        assertThat(read.cosigner().key()).isEqualTo(keys.cosigner().key());
        Checkpoint head = new Checkpoint(read.log().key().name(), TreeHead.EMPTY, List.of());
        assertThat(Checkpoint.verify(read.log().sign(head), List.of(keys.log().key())))
                .isEqualTo(head);
    }

    @Test
    void theNodesFileHoldsNoRosterKeyAndTheOfflineOneNothingElse() {
        assertThatThrownBy(() -> MemberKeys.readRosterKey(keys.nodeKeyStore(PASSPHRASE), PASSPHRASE))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> MemberKeys.readNodeKeys(keys.rosterKeyStore(PASSPHRASE), PASSPHRASE))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aWrongPassphraseOpensNothing() {
        assertThatThrownBy(() -> MemberKeys.readRosterKey(keys.rosterKeyStore(PASSPHRASE), "wrong".toCharArray()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> MemberKeys.readRosterKey(new byte[] {1, 2, 3}, PASSPHRASE))
                .isInstanceOf(IOException.class);
    }

    @Test
    void onlyABureausEntryHasARosterKey() {
        assertThat(entry(Role.BUREAU).certificates(KeyUse.ROSTER)).hasSize(1);
        assertThat(entry(Role.PARTNER).certificates(KeyUse.ROSTER)).isEmpty();
        assertThat(Member.parse(entry(Role.BUREAU).toJson())).isEqualTo(entry(Role.BUREAU));
    }

    /** A person can look at the keys, and another program can take them over, without us. */
    @Test
    void openSslReadsTheFiles() throws Exception {
        org.sharaka.protocol.message.OpenSsl openssl = new org.sharaka.protocol.message.OpenSsl(directory);
        Files.write(directory.resolve("node.p12"), keys.nodeKeyStore(PASSPHRASE));
        Files.writeString(directory.resolve("pass"), "a long sentence\n");

        String unused = openssl.run(org.sharaka.protocol.message.OpenSsl.line("openssl pkcs12"));

        assertThat(Files.readString(directory.resolve("keys.pem")).split("BEGIN PRIVATE KEY"))
                .hasSize(6);
    }

    private Member entry(Role role) {
        return keys.entry(SYLDAVIA, Optional.of("XS"), NAMES, role, List.of());
    }
}
