package org.sharaka.node.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.Main;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.ApiKeyService;
import org.sharaka.node.access.NewApiKey;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.platform.JavaProcess;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.Limits;
import org.springframework.jdbc.core.JdbcTemplate;

/** A whole node, killed while a file comes in. */
class KilledWhileTakingIT {
    private Path directory;

    @BeforeEach
    void createDirectory() throws IOException {
        directory = Files.createTempDirectory(
                "sharaka-test-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        Files.writeString(directory.resolve("passphrase"), "a passphrase for tests only");
    }

    @AfterEach
    void deleteDirectory() throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path each : tree.sorted((one, other) -> other.compareTo(one)).toList()) Files.delete(each);
        }
    }

    @Test
    void whatWasTakenInBeforeIsWholeAndNothingIsHalfThere() throws Exception {
        ItemId whole;
        String key;
        try (TestNode node = node()) {
            EvidenceService evidence = node.service(EvidenceService.class);
            whole = evidence.take(
                            EvidenceFixture.OFFICER,
                            new NewItem("whole", "", false),
                            new ByteArrayInputStream(EvidenceFixture.content(1000)))
                    .id();
            key = node.service(ApiKeyService.class)
                    .make(
                            Actor.commandLine("test"),
                            new NewApiKey(
                                    "scanner",
                                    Purpose.INVESTIGATION,
                                    Set.of(Permission.EVIDENCE_ADD),
                                    Duration.ofDays(1)))
                    .token();
        }

        killWhileAFileComesIn(key);

        assertThat(files()).hasSize(2);
        for (Path file : files())
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(7200)));
        try (TestNode node = node()) {
            JdbcTemplate sql = node.service(JdbcTemplate.class);
            assertThat(sql.queryForObject("select count(*) from evidence.item", Long.class))
                    .isEqualTo(1);
            sql.update("update evidence.unfinished set since = since - interval '2 hours'");
            EvidenceService evidence = node.service(EvidenceService.class);
            assertThat(evidence.sweep()).isEqualTo(1);
            try (ItemContent content = evidence.view(EvidenceFixture.OFFICER, whole)) {
                assertThat(content.readAllBytes()).isEqualTo(EvidenceFixture.content(1000));
            }
        }
        assertThat(files()).hasSize(1);
    }

    private void killWhileAFileComesIn(String key) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "node",
                "--home=" + directory.resolve("home"),
                "--set=console.port=0",
                "--set=management.port=0",
                "--set=vault.passphrase-file=" + directory.resolve("passphrase")));
        TestNode.embedded().forEach(setting -> arguments.add("--set=" + setting));
        try (JavaProcess process = JavaProcess.start(
                directory.resolve("node.log"), Map.of("LC_ALL", "C"), Main.class, arguments.toArray(String[]::new))) {
            URI console = awaitConsole(process);
            try (Socket socket = new Socket(console.getHost(), console.getPort())) {
                socket.getOutputStream()
                        .write(("POST /api/v1/evidence HTTP/1.1\r\nHost: " + console.getAuthority()
                                        + "\r\nAuthorization: Bearer " + key
                                        + "\r\nX-File-Name: half\r\nContent-Length: 20000000\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write(new byte[Limits.CHUNK_BYTES + 1000]);
                socket.getOutputStream().flush();
                awaitFirstChunk(process);
                process.kill();
            }
        }
    }

    private URI awaitConsole(JavaProcess process) throws Exception {
        Path listeners = directory.resolve("home/listeners.properties");
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!Files.exists(listeners)) {
            assertThat(process.isAlive() && System.nanoTime() < end)
                    .as(Files.readString(directory.resolve("node.log")))
                    .isTrue();
            Thread.sleep(50);
        }
        Properties addresses = new Properties();
        try (Reader in = Files.newBufferedReader(listeners)) {
            addresses.load(in);
        }
        return URI.create(addresses.getProperty("console"));
    }

    private void awaitFirstChunk(JavaProcess process) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (files().stream().noneMatch(file -> file.toFile().length() > Limits.CHUNK_BYTES)) {
            assertThat(process.isAlive() && System.nanoTime() < end)
                    .as("the first chunk is on the disk")
                    .isTrue();
            Thread.sleep(20);
        }
    }

    private TestNode node() {
        return TestNode.on(
                directory,
                TestNode.embedded().stream().map(each -> "sharaka." + each).toArray(String[]::new));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> tree = Files.walk(directory.resolve("home/evidence"))) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }
}
