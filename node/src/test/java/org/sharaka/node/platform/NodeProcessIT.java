package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.Main;

/** A whole node as its administrator runs it: started, stopped and killed from outside. */
class NodeProcessIT {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("SHARAKA_PASSPHRASE", "a passphrase for tests only", "LC_ALL", "fr_FR.UTF-8");

    private Path directory;
    private Home home;
    private Path output;

    @BeforeEach
    void createDirectory() {
        directory = TestServer.temporaryDirectory();
        home = new Home(directory.resolve("home"));
        output = directory.resolve("output.log");
    }

    @AfterEach
    void deleteDirectory() {
        TestServer.delete(directory);
    }

    @Test
    void itStopsInOrderComesBackAfterAKillAndHealsItsDatabase() throws Exception {
        Witness witness = new Witness();
        try (JavaProcess node = node()) {
            awaitHealth(node);
            witness.createTable(EmbeddedPostgres.runningOn(home));
            witness.write(EmbeddedPostgres.runningOn(home), 20, 64);
            assertThatASecondStartIsRefused();

            long stopping = System.nanoTime();
            node.terminate();

            assertThat(node.awaitEnd(30)).isEqualTo(128 + 15);
            assertThat((System.nanoTime() - stopping) / 1_000_000_000L)
                    .as("seconds to stop")
                    .isLessThan(15);
            assertThat(listeners()).as("where it listened").doesNotExist();
            assertThat(home.database().resolve("data/postmaster.pid")).doesNotExist();
        }
        try (JavaProcess node = node()) {
            awaitHealth(node);
            witness.write(EmbeddedPostgres.runningOn(home), 20, 64);
            node.kill();
        }
        try (JavaProcess node = node()) {
            awaitHealth(node);
            assertThat(witness.lost(EmbeddedPostgres.runningOn(home))).isEmpty();

            killDatabase();

            awaitHealth(node);
            assertThat(witness.confirmed()).isEqualTo(40);
            assertThat(witness.lost(EmbeddedPostgres.runningOn(home))).isEmpty();
            node.terminate();
            node.awaitEnd(30);
        }
        assertThatLogsAreForMachinesAndHoldNoSecret();
    }

    @Test
    void anUnknownSettingStopsTheStartWithASentenceInTheAdministratorsLanguage() throws Exception {
        home.create();
        Files.writeString(home.settings(), "consol.port=1\n");

        try (JavaProcess node = node()) {
            assertThat(node.awaitEnd(60)).isEqualTo(1);
        }
        assertThat(Files.readString(output))
                .contains("sharaka: Le réglage consol.port est inconnu")
                .doesNotContain("\tat ");
    }

    @Test
    void withoutAPassphraseItDoesNotStartAndSaysHowToGiveIt() throws Exception {
        try (JavaProcess node = JavaProcess.start(output, Map.of("LC_ALL", "C"), Main.class, arguments())) {
            assertThat(node.awaitEnd(60)).isEqualTo(1);
        }
        assertThat(Files.readString(output)).contains("SHARAKA_PASSPHRASE").doesNotContain("\tat ");
        assertThat(home.database().resolve("data/postmaster.pid")).doesNotExist();
    }

    private JavaProcess node() throws IOException {
        return JavaProcess.start(output, ENVIRONMENT, Main.class, arguments());
    }

    private String[] arguments() {
        String binaries = TestServer.binaries();
        List<String> arguments = List.of(
                "node",
                "--home=" + home.directory(),
                "--set=console.port=0",
                "--set=management.port=0",
                "--set=database.binaries=" + binaries,
                "--set=database.shared-buffers-megabytes=64");
        return arguments.toArray(String[]::new);
    }

    private Path listeners() {
        return home.directory().resolve("listeners.properties");
    }

    /** Until readiness answers 200: the database is there too. */
    private void awaitHealth(JavaProcess node) throws Exception {
        long end = System.nanoTime() + 90_000_000_000L;
        while (System.nanoTime() < end) {
            if (!node.isAlive()) throw new AssertionError("node ended: " + Files.readString(output));
            if (isReady()) return;
            Thread.sleep(100);
        }
        throw new AssertionError("node is not ready: " + Files.readString(output));
    }

    private boolean isReady() throws InterruptedException {
        try (Reader in = Files.newBufferedReader(listeners())) {
            Properties addresses = new Properties();
            addresses.load(in);
            URI readiness = URI.create(addresses.getProperty("management") + "/health/readiness");
            return HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(readiness).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void assertThatASecondStartIsRefused() throws Exception {
        Path second = directory.resolve("second.log");
        try (JavaProcess node = JavaProcess.start(second, ENVIRONMENT, Main.class, arguments())) {
            assertThat(node.awaitEnd(60)).isEqualTo(1);
        }
        assertThat(Files.readString(second))
                .contains("sharaka: Un autre nœud fonctionne déjà sur " + home.directory())
                .doesNotContain("\tat ");
    }

    private void killDatabase() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(home.database().resolve("data/postmaster.pid"))
                .get(0)
                .strip());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    private void assertThatLogsAreForMachinesAndHoldNoSecret() throws IOException {
        String log = Files.readString(home.logs().resolve("node.log"));
        String password = EmbeddedPostgres.runningOn(home).password().reveal();
        assertThat(log.lines()).isNotEmpty().allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        assertThat(log + Files.readString(output)).doesNotContain(password, "a passphrase for tests only");
    }
}
