package org.sharaka.node.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.backup.BackupFixture.OFFICER;
import static org.sharaka.node.backup.BackupFixture.content;
import static org.sharaka.node.backup.BackupFixture.counts;
import static org.sharaka.node.backup.BackupFixture.read;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.evidence.DestructionReason;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.evidence.Item;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.node.evidence.StoredFile;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportDraft;
import org.sharaka.node.intake.ReporterRole;
import org.sharaka.node.platform.Directories;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.Restore;
import org.sharaka.node.platform.Restores;
import org.sharaka.node.platform.TestDatabase;
import org.sharaka.node.platform.TestNode;
import org.sharaka.node.platform.Vault;
import org.springframework.jdbc.core.JdbcTemplate;

/** The drill: backups of a running node, and nodes that come back from them, or rightly do not. */
class BackupIT {
    private static BackupFixture fixture;

    private Path out;

    @BeforeAll
    static void start() {
        fixture = new BackupFixture();
        fixture.report("the first report");
        fixture.file(4_200_000);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void freshDirectory() throws IOException {
        out = Files.createTempDirectory(fixture.directory, "out-").resolve("backups");
    }

    @AfterEach
    void deleteDirectory() throws IOException {
        Directories.delete(out.getParent());
    }

    @Test
    void aNodeComesBackAsItWasAtTheRecoveryPointWhileReportsCameIn() throws Exception {
        ItemId file = fixture.file(200_000);
        Map<Reference, Instant> confirmed = new ConcurrentHashMap<>();
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            for (int i = 0; !enough.get(); i++) {
                Reference reference = fixture.report("under load " + i);
                confirmed.put(reference, Instant.now());
            }
        });
        while (confirmed.size() < 10) Thread.sleep(10);

        fixture.backup(out);

        enough.set(true);
        load.join();
        Path place = fixture.newPlace();
        assertThat(fixture.restore(out, place)).as(fixture.homes.offline.err()).isZero();
        try (TestNode restored = BackupFixture.start(place)) {
            JdbcTemplate sql = restored.service(JdbcTemplate.class);
            Restore restore = restored.service(Restores.class).last().orElseThrow();
            assertThat(restore.number()).isEqualTo(1);
            IntakeService intake = restored.service(IntakeService.class);
            Set<Reference> lost = new HashSet<>();
            confirmed.forEach((reference, at) -> {
                if (at.isBefore(restore.backupAt()) && intake.idOf(reference).isEmpty()) lost.add(reference);
            });
            assertThat(lost)
                    .as("confirmed before the recovery point, and not there")
                    .isEmpty();
            assertThat(intake.idOf(fixture.report("after the backup"))).isEmpty();
            assertThat(read(restored, file)).isEqualTo(content(200_000));
            assertThat(sql.queryForObject(
                            "select count(*) from intake.report r where not exists (select from audit.entry e "
                                    + "where e.subject = 'report/' || r.id)",
                            Long.class))
                    .isZero();
            StringWriter said = new StringWriter();
            assertThat(restored.run(new VerifyAuditCommand(), said))
                    .as(said.toString())
                    .isZero();
            assertThat(sql.queryForList(
                            "select action || ' ' || subject from audit.entry where action = 'backup.return'",
                            String.class))
                    .containsExactly("backup.return backup/" + restore.backup());
            // It goes on: numbers that sequences gave are not given twice.
            assertThat(restored.service(IntakeService.class)
                            .submit(OFFICER, draftOf("goes on"))
                            .reference())
                    .isNotNull();
        }
        // A second start enters the return once.
        try (TestNode again = BackupFixture.start(place)) {
            assertThat(again.service(JdbcTemplate.class)
                            .queryForObject(
                                    "select count(*) from audit.entry where action = 'backup.return'", Long.class))
                    .isEqualTo(1);
        }
    }

    private static ReportDraft draftOf(String narrative) {
        return new ReportDraft(
                Category.PHISHING,
                narrative,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                ReporterRole.VICTIM);
    }

    @Test
    void everyRowOfEveryTableIsInTheBackup() throws Exception {
        Map<String, Long> before = fixture.quietCounts();

        fixture.backup(out);

        try (TestDatabase database = TestDatabase.empty()) {
            Path place = fixture.newPlace();
            assertThat(fixture.homes.restore(database.settings(place.resolve("password")), out, place))
                    .as(fixture.homes.offline.err())
                    .isZero();
            Map<String, Long> after = counts(new JdbcTemplate(database.dataSource()));
            // The backup's own entry comes after its snapshot.
            assertThat(after).isEqualTo(before);
            assertThat(Files.readString(place.resolve("home/sharaka.properties")))
                    .contains("database.url=jdbc:postgresql:");
        }
    }

    @Test
    void anExternalDatabaseThatIsNotEmptyIsRefused() throws Exception {
        fixture.backup(out);
        try (TestDatabase taken = TestDatabase.fresh()) {
            Path place = fixture.newPlace();

            assertThat(fixture.homes.restore(taken.settings(place.resolve("password")), out, place))
                    .isEqualTo(1);

            assertThat(fixture.homes.offline.err()).contains("holds tables of a node");
        }
    }

    // --- Damage ------------------------------------------------------------------------------------------------------

    @Test
    void everyAlteredMissingOrTruncatedFileOfABackupIsFound() throws Exception {
        fixture.backup(out);
        assertThat(isSound()).isTrue();

        for (Path file : BackupFixture.files(out)) {
            if (Set.of("lock", "sharaka-backup", "node-key")
                    .contains(file.getFileName().toString())) continue;
            byte[] sound = Files.readAllBytes(file);
            byte[] altered = sound.clone();
            altered[sound.length / 2] = (byte) (sound[sound.length / 2] ^ 4);
            Map<String, byte[]> damages = Map.of(
                    "altered", altered, "truncated", Arrays.copyOf(sound, sound.length - 1), "emptied", new byte[0]);
            damages.forEach((how, bytes) -> {
                write(file, bytes);
                assertThat(isSound()).as(how + " " + file).isFalse();
            });
            Files.delete(file);
            assertThat(isSound()).as("missing " + file).isFalse();
            write(file, sound);
        }
        assertThat(isSound()).isTrue();
    }

    /** As the command verifies, without its passphrase each time. */
    private boolean isSound() {
        try {
            StoredBackup backup = StoredBackup.open(
                    new BackupStore(out, Optional.empty()), fixture.node.service(Vault.class), Optional.empty());
            backup.verifyParts();
            return backup.each((file, copy) -> file.isWhole(copy)).isEmpty();
        } catch (DamagedException | OperatorException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aDamagedBackupIsNotRestoredAndNoNodeStartsOnWhatItLeft() throws Exception {
        fixture.backup(out);
        Path evidence = BackupFixture.files(out.resolve("evidence")).get(0);
        byte[] sound = Files.readAllBytes(evidence);
        sound[2000] = (byte) (sound[2000] ^ 1);
        Files.write(evidence, sound);
        Path place = fixture.newPlace();

        assertThat(fixture.restore(out, place)).isEqualTo(1);

        assertThat(fixture.homes.offline.err()).contains(evidence.getFileName().toString());
        assertThatThrownBy(() -> BackupFixture.start(place))
                .hasStackTraceContaining("A restore into " + place.resolve("home") + " broke off");
    }

    @Test
    void aBackupWithAnAlteredTableLeavesNoHomeAtAll() throws Exception {
        fixture.backup(out);
        Path table = BackupFixture.files(out).stream()
                .filter(file -> file.getFileName().toString().equals("table-000"))
                .findFirst()
                .orElseThrow();
        byte[] sound = Files.readAllBytes(table);
        sound[sound.length - 1] = (byte) (sound[sound.length - 1] ^ 1);
        Files.write(table, sound);
        Path place = fixture.newPlace();

        assertThat(fixture.restore(out, place)).isEqualTo(1);

        assertThat(place.resolve("home")).doesNotExist();
    }

    @Test
    void partsOfAnotherBackupAreRefused() throws Exception {
        fixture.backup(out);
        Thread.sleep(1100);
        fixture.backup(out);
        BackupStore store = new BackupStore(out, Optional.empty());
        BackupName newer = store.backups().get(0);
        BackupName older = store.backups().get(1);

        // The whole older backup under the newer one's name, for instance to hide what came between.
        Directories.delete(store.data(newer));
        BackupFixture.copy(store.data(older), store.data(newer));

        assertThat(fixture.verify(out)).isEqualTo(1);
        assertThat(fixture.verify(out, "--backup=" + older)).isZero();
    }

    @Test
    void anotherNodesBackupsAndDirectoriesOfSomethingElseAreNotWrittenTo() throws Exception {
        try (BackupFixture other = new BackupFixture()) {
            other.backup(out);
            List<Path> before = BackupFixture.files(out);

            assertThatThrownBy(() -> fixture.backup(out)).isInstanceOf(OperatorException.class);

            assertThat(BackupFixture.files(out)).isEqualTo(before);
        }
        Path photos = Files.createDirectory(out.getParent().resolve("photos"));
        Files.writeString(photos.resolve("picture"), "x");
        assertThatThrownBy(() -> fixture.backup(photos)).isInstanceOf(OperatorException.class);
        assertThat(BackupFixture.files(photos)).hasSize(1);
    }

    @Test
    void theWrongPassphraseOpensNothing() throws Exception {
        fixture.backup(out);
        Path place = fixture.newPlace();
        Files.writeString(place.resolve("passphrase"), "another passphrase altogether");

        assertThat(fixture.restore(out, place)).isEqualTo(1);

        assertThat(fixture.homes.offline.err()).contains("does not open");
        assertThat(place.resolve("home")).doesNotExist();
    }

    @Test
    void withoutTheKeysNothingIsRestored() throws Exception {
        Path keys = out.resolveSibling("keys");
        fixture.backup(out, "--keys=" + keys);
        Path place = fixture.newPlace();

        assertThat(BackupFixture.files(out)).noneMatch(file -> file.endsWith("node-key"));
        assertThat(fixture.restore(out, place)).isEqualTo(1);
        assertThat(fixture.restore(out, place, "--keys=" + keys))
                .as(fixture.homes.offline.err())
                .isZero();
    }

    @Test
    void aHomeThatIsNotEmptyIsNotTouched() throws Exception {
        fixture.backup(out);
        Path place = fixture.newPlace();
        Path file = Files.createDirectory(place.resolve("home")).resolve("precious");
        Files.writeString(file, "x");

        assertThat(fixture.restore(out, place)).isEqualTo(1);

        assertThat(fixture.homes.offline.err()).contains("is not empty");
        assertThat(BackupFixture.files(place.resolve("home"))).containsExactly(file);
    }

    @Test
    void aBackupThatBreaksOffIsNoBackupAndTheNextOneSweepsIt() throws Exception {
        fixture.backup(out);
        BackupStore store = new BackupStore(out, Optional.empty());
        Path half = out.resolve("20261124T090000Z-00000000.new");
        BackupFixture.copy(store.data(store.backups().get(0)), half);
        Path torn = BackupFixture.files(out.resolve("evidence")).get(0).resolveSibling("torn.new");
        Files.write(torn, new byte[10]);

        assertThat(fixture.verify(out)).isZero();
        fixture.backup(out);

        assertThat(half).doesNotExist();
        assertThat(torn).doesNotExist();
    }

    // --- What is deleted ---------------------------------------------------------------------------------------------

    @Test
    void s20WhatWasDeletedCannotBeReadFromAnOlderBackupOnceItsKeysAreOver() throws Exception {
        ItemId destroyed = fixture.file(100_000);
        ItemId kept = fixture.file(100_001);
        Reference report = fixture.report("with contact data");
        long ended = sentence("ended");
        long standing = sentence("kept");
        fixture.backup(out);
        BackupStore store = new BackupStore(out, Optional.empty());
        BackupName older = store.backups().get(0);
        Path copy = out.resolve("evidence").resolve(path(destroyed));
        assertThat(copy).exists();

        fixture.node.service(EvidenceService.class).destroy(OFFICER, destroyed, DestructionReason.MISTAKE);
        fixture.sql.update(
                "delete from intake.contact where report_id = ?",
                fixture.node
                        .service(IntakeService.class)
                        .idOf(report)
                        .orElseThrow()
                        .value());
        fixture.sql.update("update exchange.given set sentence = null where message = 'ended'");
        fixture.sql.update("delete from exchange.receipt_text where batch = ?", ended);
        Thread.sleep(1100);
        fixture.backup(out);
        assertThat(copy).as("while keys can open it").exists();
        Directories.delete(store.keys(older));
        Thread.sleep(1100);
        fixture.backup(out);

        assertThat(copy).as("when nothing can open it any more").doesNotExist();
        Path place = fixture.newPlace();
        assertThat(fixture.verify(out, "--backup=" + older))
                .as(fixture.homes.offline.err())
                .isZero();
        assertThat(fixture.restore(out, place, "--backup=" + older))
                .as(fixture.homes.offline.err())
                .isZero();
        assertThat(fixture.homes.offline.out()).contains("Deleted since the backup");
        try (TestNode restored = BackupFixture.start(place)) {
            EvidenceService evidence = restored.service(EvidenceService.class);
            assertThat(evidence.item(OFFICER, destroyed).state()).isEqualTo(Item.State.DESTROYED);
            assertThat(read(restored, kept)).isEqualTo(content(100_001));
            IntakeService intake = restored.service(IntakeService.class);
            assertThat(intake.idOf(report)).isPresent();
            assertThatThrownBy(() -> intake.contact(OFFICER, report)).isInstanceOf(ProblemException.class);
            assertThat(restored.service(JdbcTemplate.class)
                            .queryForObject("select count(*) from intake.contact", Long.class))
                    .isPositive();
            JdbcTemplate sql = restored.service(JdbcTemplate.class);
            assertThat(sql.queryForList("select message from exchange.given where sentence is not null", String.class))
                    .containsExactly("kept");
            assertThat(sql.queryForList("select batch from exchange.receipt_text", Long.class))
                    .containsExactly(standing);
            assertThat(restored.service(Vault.class)
                            .open(
                                    "exchange.receipt_text/" + standing,
                                    Objects.requireNonNull(sql.queryForObject(
                                            "select sealed from exchange.receipt_text", byte[].class))))
                    .isEqualTo(content(100));
        }
    }

    /** Words of a receipt, as the exchange keeps those that it gave and those that it got. @return the number of the batch */
    private static long sentence(String message) {
        Vault vault = fixture.node.service(Vault.class);
        long number = Objects.requireNonNull(fixture.sql.queryForObject(
                "insert into exchange.receipt_batch (member, received_at, hash) values ('xs', now(), ?) returning number",
                Long.class,
                message.getBytes(StandardCharsets.UTF_8)));
        fixture.sql.update(
                "insert into exchange.given (recipient, message, hash, state, at, sentence) values ('xs', ?, ?, 'ACTED', now(), ?)",
                message,
                content(32),
                vault.seal("exchange.given/xs/" + message + "/ACTED", content(100)));
        fixture.sql.update(
                "insert into exchange.receipt_text (batch, sealed, messages) values (?, ?, array[?])",
                number,
                vault.seal("exchange.receipt_text/" + number, content(100)),
                message);
        return number;
    }

    private static Path path(ItemId id) {
        String address =
                fixture.sql.queryForObject("select address from evidence.item where id = ?", String.class, id.value());
        return new StoredFile(address, List.of()).path();
    }

    @Test
    void nothingReadableStandsInABackup() throws Exception {
        fixture.report("a sentence that only the reporter knows");
        fixture.backup(out);

        for (Path file : BackupFixture.files(out)) {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            assertThat(bytes)
                    .doesNotContain("only the reporter")
                    .doesNotContain("Tamarisk")
                    .doesNotContain("intake.report");
        }
    }

    @Test
    void oldBackupsAndTheirKeysEndButNeverTheNewest() throws Exception {
        fixture.backup(out);
        BackupStore store = new BackupStore(out, Optional.empty());
        List<BackupName> old = new ArrayList<>();
        for (String text : List.of("20200101T000000Z-00000000", "20200102T000000Z-00000000")) {
            BackupName name = BackupName.parse(text).orElseThrow();
            Files.createDirectory(store.data(name));
            old.add(name);
        }

        fixture.backup(out);

        assertThat(store.backups()).doesNotContainAnyElementsOf(old).hasSize(2);
    }

    @Test
    void aDamagedFileOfTheNodeIsNamedAndTheRestIsBackedUp() throws Exception {
        ItemId id = fixture.file(10_000);
        Path file = fixture.node.home().resolve("evidence").resolve(path(id));
        byte[] sound = Files.readAllBytes(file);
        byte[] altered = sound.clone();
        altered[5000] = (byte) (sound[5000] ^ 1);
        Files.write(file, altered);
        StringWriter said = new StringWriter();

        assertThat(fixture.node.run(new BackupCommand(), said, "--out=" + out)).isEqualTo(1);

        assertThat(said.toString()).contains("NOT IN THE BACKUP");
        assertThat(fixture.verify(out)).isZero();
        Files.write(file, sound);
        fixture.backup(out);
        assertThat(out.resolve("evidence").resolve(path(id))).exists();
    }
}
