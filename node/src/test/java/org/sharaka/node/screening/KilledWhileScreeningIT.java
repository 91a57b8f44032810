package org.sharaka.node.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.screening.ScreeningFixture.person;
import static org.sharaka.node.screening.ScreeningFixture.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.Main;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.access.Role;
import org.sharaka.node.platform.JavaProcess;
import org.sharaka.node.platform.TestNode;
import org.sharaka.node.screening.roll.Roll;
import org.sharaka.node.screening.roll.RollId;
import org.sharaka.node.screening.roll.RollService;
import org.sharaka.node.screening.roll.RollState;
import org.springframework.jdbc.core.JdbcTemplate;

/** A whole node, killed while it screens a roll. All people are invented. */
class KilledWhileScreeningIT {
    private static final int ROWS = 6_000;
    private static final Actor KEEPER =
            ScreeningFixture.officer("officer-1", Role.INVESTIGATOR.permissions(), Optional.of(Purpose.SECURITY_CHECK));
    private static final Duration PATIENCE = Duration.ofMinutes(5);

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
    void whatWasScreenedStaysAndTheRestIsScreenedAfterTheNextStart() throws Exception {
        RollId id;
        try (TestNode node = node()) {
            node.service(ListImportService.class)
                    .run(
                            ScreeningFixture.CLERK,
                            new ListImportService.Request(
                                    ListFormat.FTM_JSON,
                                    write(
                                            directory.resolve("wanted.json"),
                                            person("yt", "1970-05-03", "Yasmine Tazerwalti")),
                                    Optional.of("wanted"),
                                    Optional.empty(),
                                    false,
                                    Optional.empty()),
                            read -> {});
            // The node is stopped before it has screened much, or is killed: the roll is approved last.
            RollService rolls = node.service(RollService.class);
            id = rolls.hand(KEEPER, "Fair", LocalDate.now(ZoneOffset.UTC).plusDays(1), csv())
                    .id();
            rolls.approve(ScreeningFixture.BUREAU, id);
        }

        Screened last = killWhileItScreens(id);

        assertThat(last.rows()).isBetween(1L, ROWS - 1L);
        try (TestNode node = node()) {
            RollService rolls = node.service(RollService.class);
            Roll done = awaitDone(rolls, id);
            assertThat(done.progress()).isEqualTo(new Roll.Progress(ROWS, 0, ROWS, 1));
            JdbcTemplate sql = node.service(JdbcTemplate.class);
            String before = "select count(*) from screening.roll_row where screened_at <= ?::timestamptz";
            assertThat(sql.queryForObject(before, Long.class, last.at()))
                    .as("none is screened twice")
                    .isEqualTo(last.rows());
        }
    }

    private static byte[] csv() {
        StringBuilder csv = new StringBuilder("name,birth\nYasmine Tazerwalti,1970-05-03\n");
        for (int i = 1; i < ROWS; i++)
            csv.append("Helga Nobodyson")
                    .append((char) ('a' + i % 26))
                    .append("xq ")
                    .append(i % 9)
                    .append(",1950\n");
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Roll awaitDone(RollService rolls, RollId id) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Roll now = rolls.view(KEEPER, id);
        while (now.state() != RollState.DONE) {
            assertThat(System.nanoTime())
                    .as("the roll is screened: " + now.progress())
                    .isLessThan(end);
            Thread.sleep(50);
            now = rolls.view(KEEPER, id);
        }
        return now;
    }

    /** @param at when the last of them was */
    private record Screened(long rows, String at) {}

    /** @return what was screened a moment before the process was gone */
    private Screened killWhileItScreens(RollId id) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "node",
                "--home=" + directory.resolve("home"),
                "--set=console.port=0",
                "--set=management.port=0",
                "--set=vault.passphrase-file=" + directory.resolve("passphrase")));
        TestNode.embedded().forEach(setting -> arguments.add("--set=" + setting));
        try (JavaProcess process = JavaProcess.start(
                directory.resolve("node.log"), Map.of("LC_ALL", "C"), Main.class, arguments.toArray(String[]::new))) {
            Path listeners = directory.resolve("home/listeners.properties");
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!Files.exists(listeners)) {
                assertThat(process.isAlive() && System.nanoTime() < end)
                        .as(Files.readString(directory.resolve("node.log")))
                        .isTrue();
                Thread.sleep(20);
            }
            try (Connection database = database()) {
                Screened begun = screened(database, id);
                Screened now = begun;
                while (now.rows() == begun.rows()) {
                    assertThat(process.isAlive() && System.nanoTime() < end)
                            .as("rows are being screened: " + begun)
                            .isTrue();
                    Thread.sleep(2);
                    now = screened(database, id);
                }
                process.kill();
                return now;
            }
        }
    }

    /** Past the node. */
    private Connection database() throws IOException, SQLException {
        Path home = directory.resolve("home");
        String port = Files.readString(home.resolve("postgres").resolve("port")).strip();
        String password = Files.readString(home.resolve("secrets").resolve("database-password"))
                .strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", "sharaka", password);
    }

    private static Screened screened(Connection database, RollId id) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(outcome), coalesce(max(screened_at)::text, '') from screening.roll_row where roll = '"
                                + id + "'")) {
            rows.next();
            return new Screened(rows.getLong(1), rows.getString(2));
        }
    }

    private TestNode node() {
        return TestNode.on(
                directory,
                TestNode.embedded().stream().map(each -> "sharaka." + each).toArray(String[]::new));
    }
}
