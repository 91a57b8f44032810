package org.sharaka.node.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.node.evidence.NewItem;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Contact;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportDraft;
import org.sharaka.node.intake.ReporterRole;
import org.sharaka.node.platform.TestNode;
import org.springframework.jdbc.core.JdbcTemplate;

/** A node with reports and files, a directory for its backups, and homes that come back from them. */
final class BackupFixture implements AutoCloseable {
    static final Actor OFFICER = new Actor(
            Actor.Kind.OFFICER,
            "officer-1",
            "officer",
            Optional.of("cyber"),
            Set.of(Permission.values()),
            Optional.of(Purpose.INVESTIGATION));

    final TestNode node = TestNode.start();
    final JdbcTemplate sql = node.service(JdbcTemplate.class);
    final Homes homes = new Homes();
    final Path directory = homes.directory();

    Path backups() {
        return homes.backups();
    }

    /** Runs the command. @return what it printed */
    String backup(Path out, String... more) {
        return homes.backup(node, out, more);
    }

    /** A new home beside the passphrase of this node's vault. */
    Path newPlace() {
        try {
            return homes.newPlace(Files.readString(node.passphraseFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Restores into the place's home with an embedded database. @return the exit status */
    int restore(Path from, Path place, String... more) {
        return homes.restore(TestNode.embedded(), from, place, more);
    }

    int verify(Path from, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "backup",
                "verify",
                "--from=" + from,
                "--home=" + directory.resolve("nowhere"),
                "--set=vault.passphrase-file=" + node.passphraseFile()));
        arguments.addAll(List.of(more));
        return homes.run(arguments);
    }

    static TestNode start(Path place) {
        return Homes.start(place, List.of());
    }

    Reference report(String narrative) {
        ReportDraft draft = new ReportDraft(
                Category.PHISHING,
                narrative,
                Optional.of("en"),
                Optional.empty(),
                Optional.of("MA"),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.of(new Contact(
                        Optional.of("Tamarisk"), Optional.empty(), Optional.of("+212600000000"), Optional.empty())),
                ReporterRole.VICTIM);
        return node.service(IntakeService.class).submit(OFFICER, draft).reference();
    }

    ItemId file(int bytes) {
        return node.service(EvidenceService.class)
                .take(OFFICER, new NewItem("file.bin", "", false), new ByteArrayInputStream(content(bytes)))
                .id();
    }

    static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }

    static byte[] read(TestNode node, ItemId id) {
        try (var content = node.service(EvidenceService.class).view(OFFICER, id)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows of each table but those that a node writes by itself when it starts. */
    static Map<String, Long> counts(JdbcTemplate sql) {
        Map<String, Long> counts = new TreeMap<>();
        for (String table : sql.queryForList("""
                select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where c.relkind = 'r' and n.nspname in ('access', 'audit', 'intake', 'portal', 'campaign', 'triage', 'evidence')
                """, String.class))
            counts.put(table, sql.queryForObject("select count(*) from " + table, Long.class));
        return counts;
    }

    /** {@link #counts}, once the node's own tasks have nothing left to do. */
    Map<String, Long> quietCounts() throws InterruptedException {
        Map<String, Long> before;
        Map<String, Long> after = counts(sql);
        do {
            before = after;
            Thread.sleep(1500);
            after = counts(sql);
        } while (!after.equals(before) || after.get("audit.pending") > 0);
        return after;
    }

    static List<Path> files(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void copy(Path from, Path to) {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path each : tree.toList())
                Files.copy(each, to.resolve(from.relativize(each).toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        node.close();
        homes.close();
    }
}
