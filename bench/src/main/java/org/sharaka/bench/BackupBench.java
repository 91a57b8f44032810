package org.sharaka.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.sharaka.exercise.DemoNode;
import org.sharaka.exercise.NodeClient;
import org.sharaka.exercise.Scenario;
import org.sharaka.exercise.SyntheticReport;
import org.sharaka.node.access.Permission;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `./sharaka bench backup`: a node under load is backed up, verified, and comes back in another home. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Measures backups of a running node and the way home from them, all as processes.")
public final class BackupBench extends BenchCommand {
    @Option(names = "--stored", defaultValue = "200000", description = "reports (default: ${DEFAULT-VALUE})")
    private int stored;

    @Option(names = "--files", defaultValue = "20", description = "under custody (default: ${DEFAULT-VALUE})")
    private int files;

    @Option(names = "--megabytes", defaultValue = "50", description = "of each (default: ${DEFAULT-VALUE})")
    private int megabytes;

    @Option(names = "--clients", defaultValue = "4", description = "that report meanwhile (default: ${DEFAULT-VALUE})")
    private int clients;

    @Option(names = "--seed", defaultValue = "1", description = "of reports (default: ${DEFAULT-VALUE})")
    private long seed;

    private final Figures figures = new Figures("backup");
    private final AtomicInteger next = new AtomicInteger();

    @Override
    public Integer call() throws Exception {
        try (TemporaryDirectory place = TemporaryDirectory.create()) {
            return measure(place.path(), out());
        }
    }

    private int measure(Path directory, PrintWriter out) throws Exception {
        Path home = directory.resolve("home");
        Path backups = directory.resolve("backups");
        String token;
        try (DemoNode first = DemoNode.start(Optional.of(home), 0, "logging.level.root=warn")) {
            token = first.token(EnumSet.of(
                    Permission.REPORT_SUBMIT,
                    Permission.REPORT_READ,
                    Permission.CAMPAIGN_READ,
                    Permission.EVIDENCE_ADD));
        }
        if (stored > 0) new StoredReports(home, directory).add(stored, seed + 1, out);
        Administrator administrator = new Administrator(home, directory, out);
        long lost;
        Path restored = directory.resolve("restored");
        try (NodeProcess node = NodeProcess.start(home, DemoNode.passphraseFile(home))) {
            takeFiles(node, token);
            List<SyntheticReport> reports = Scenario.generate(seed, 10_000, Instant.parse("2026-11-01T12:00:00Z"))
                    .reports();
            Senders senders = new Senders(new NodeClient(node.console(), token), () -> {
                int number = next.getAndIncrement();
                return reports.get(number % reports.size()).under("bench-" + number);
            });
            senders.start(clients);
            List<String> before = awaitConfirmed(senders, 100);
            figures.put("database_size", node.count("select pg_database_size(current_database())") / 1e6, "MB");
            long accepted = senders.accepted.get();
            double first = administrator.succeed("backup", "--home", home.toString(), "--out", backups.toString());
            figures.put("reports_meanwhile_per_second", (senders.accepted.get() - accepted) / first, "reports/s");
            figures.put("backup_first", first, "s");
            figures.put("backup_size", size(backups) / 1e6, "MB");
            figures.put(
                    "backup_second",
                    administrator.succeed("backup", "--home", home.toString(), "--out", backups.toString()),
                    "s");
            senders.stop();
            figures.put(
                    "verify",
                    administrator.succeed("backup", "verify", "--from", backups.toString(), "--home", home.toString()),
                    "s");
            figures.put(
                    "restore",
                    administrator.succeed("restore", "--from", backups.toString(), "--home", restored.toString()),
                    "s");
            figures.put("confirmed_before", before.size(), "reports");
            lost = lost(restored, before);
            figures.put("confirmed_and_lost", lost, "reports");
        }
        figures.put("verify_audit", administrator.succeed("verify-audit", "--home", restored.toString()), "s");
        publish(figures);
        return lost == 0 ? 0 : 1;
    }

    /** What was confirmed before the backup began, by its reference. */
    private static List<String> awaitConfirmed(Senders senders, int count) throws InterruptedException {
        while (senders.confirmed.size() < count) Thread.sleep(20);
        return new ArrayList<>(senders.confirmed.values());
    }

    private long lost(Path restored, List<String> references) throws Exception {
        long begun = System.nanoTime();
        try (NodeProcess node = NodeProcess.start(restored, DemoNode.passphraseFile(restored.resolveSibling("home")))) {
            figures.put("start_after_restore", (System.nanoTime() - begun) / 1e9, "s");
            return references.size()
                    - node.count("select count(*) from intake.report where reference in ('"
                            + String.join("','", references) + "')");
        }
    }

    private void takeFiles(NodeProcess node, String token) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        long begun = System.nanoTime();
        for (int i = 0; i < files; i++) {
            long number = i;
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(node.console() + "/api/v1/evidence"))
                            .header("Authorization", "Bearer " + token)
                            .header("X-File-Name", "file-" + i + ".bin")
                            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> content(number, megabytes)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 201) throw new IOException("not taken in: " + answer.body());
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (files > 0) figures.put("taken_in", files * (double) megabytes / seconds, "MB/s");
    }

    /** Bytes that do not shrink, the same for the same seed. */
    static InputStream content(long seed, long megabytes) {
        return new NoiseStream(seed, megabytes * 1_000_000);
    }

    private static long size(Path directory) throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            long bytes = 0;
            for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) bytes += Files.size(file);
            return bytes;
        }
    }
}
