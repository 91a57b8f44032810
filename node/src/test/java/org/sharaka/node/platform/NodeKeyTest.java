package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeKeyTest {
    private static final Secret<String> PASSPHRASE = new Secret<>("seven grey herons over the lagoon");

    @TempDir
    private Path directory;

    private Home home = new Home(Path.of("/"));

    @BeforeEach
    void createHome() {
        home = new Home(directory.resolve("home")).create();
    }

    @Test
    void theSamePassphraseGivesTheSameKeyAfterARestart() {
        byte[] first = NodeKey.unlock(home, PASSPHRASE, new SecureRandom());

        assertThat(NodeKey.unlock(home, PASSPHRASE, new SecureRandom()))
                .hasSize(32)
                .isEqualTo(first);
    }

    @Test
    void aWrongPassphraseIsRefusedAndChangesNothing() throws IOException {
        NodeKey.unlock(home, PASSPHRASE, new SecureRandom());
        String before = Files.readString(home.secrets().resolve("node-key"));

        assertRefused("platform.passphrase-wrong", new Secret<>("seven grey herons over the lagoom"));
        assertThat(home.secrets().resolve("node-key")).hasContent(before);
    }

    @Test
    void aNewKeyNeedsALongPassphrase() {
        assertRefused("platform.passphrase-short", new Secret<>("short"));
        assertThat(home.secrets().resolve("node-key")).doesNotExist();
    }

    @Test
    void aDamagedKeyFileIsTold() throws IOException {
        Files.writeString(home.secrets().resolve("node-key"), "version=1\nalgorithm=argon2id\nsalt=%%%\n");

        assertRefused("platform.node-key-damaged", PASSPHRASE);
    }

    @Test
    void othersCannotReadTheKeyFile() throws IOException {
        NodeKey.unlock(home, PASSPHRASE, new SecureRandom());

        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.secrets().resolve("node-key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aPassphraseBesideTheDataIsRefused() throws IOException {
        Path beside = Files.writeString(home.directory().resolve("passphrase"), PASSPHRASE.reveal());

        assertThatThrownBy(() -> new Passphrase(home, new VaultSettings(beside.toString()), Map.of()).find())
                .isInstanceOfSatisfying(
                        OperatorException.class, e -> assertThat(e.key()).isEqualTo("platform.passphrase-beside-data"));
    }

    @Test
    void theServiceManagersCredentialComesFirst() throws IOException {
        Files.writeString(directory.resolve("sharaka-passphrase"), "from the service manager\n");
        Map<String, String> environment =
                Map.of("CREDENTIALS_DIRECTORY", directory.toString(), Passphrase.VARIABLE, "from the environment");

        assertThat(new Passphrase(home, new VaultSettings(""), environment)
                        .find()
                        .reveal())
                .isEqualTo("from the service manager");
    }

    private void assertRefused(String key, Secret<String> passphrase) {
        assertThatThrownBy(() -> NodeKey.unlock(home, passphrase, new SecureRandom()))
                .isInstanceOfSatisfying(
                        OperatorException.class, e -> assertThat(e.key()).isEqualTo(key))
                .hasMessageNotContaining(passphrase.reveal());
    }
}
