package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sharaka.exercise.DemoNode;
import org.sharaka.exercise.NodeClient;
import org.sharaka.exercise.OfficerBrowser;
import org.sharaka.exercise.Scenario;
import org.sharaka.exercise.SyntheticReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** `./sharaka bench intake`: a node in a process of its own under load, killed again and again, and with many reports. */
@Command(
        name = "intake",
        mixinStandardHelpOptions = true,
        description =
                "Measures a whole node over HTTP: reports accepted and linked, kill -9 under load, a million stored.")
public final class IntakeBench extends BenchCommand {
    /** Idle time before the node is weighed: longer than the collector's period of 60 s. */
    private static final long REST_SECONDS = 75;

    private static final int SINGLE_REPORTS = 500;
    private static final int PAGES = 200;
    private static final int SCENARIO_SIZE = 40_000;

    @Option(names = "--seconds", defaultValue = "60", description = "of load (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--clients", defaultValue = "16", description = "at once (default: ${DEFAULT-VALUE})")
    private int clients;

    @Option(
            names = "--stored",
            defaultValue = "1000000",
            description = "reports imported before one more is measured; 0 to leave out (default: ${DEFAULT-VALUE})")
    private int stored;

    @Option(
            names = "--kills",
            defaultValue = "20",
            description = "kill -9 of JVM, database, both; 0 to leave out (default: ${DEFAULT-VALUE})")
    private int kills;

    @Option(
            names = "--rest",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "weigh the node at rest")
    private boolean rest;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "keep the node here and go on with what is stored; default: a new one that is removed")
    private @Nullable Path home;

    @Option(names = "--seed", defaultValue = "1", description = "of reports and kills (default: ${DEFAULT-VALUE})")
    private long seed;

    private final Figures figures = new Figures("intake");
    private final AtomicInteger next = new AtomicInteger();
    private List<SyntheticReport> reports = List.of();

    @Override
    public Integer call() throws Exception {
        if (home != null) return measure(Files.createDirectories(home), out());
        try (TemporaryDirectory place = TemporaryDirectory.create()) {
            return measure(place.path(), out());
        }
    }

    private int measure(Path directory, PrintWriter out) throws Exception {
        reports = Scenario.generate(seed, SCENARIO_SIZE, Instant.parse("2026-11-01T12:00:00Z"))
                .reports();
        Path home = directory.resolve("home");
        String token = prepare(home);
        boolean right = true;
        try (NodeProcess node = NodeProcess.start(home, DemoNode.passphraseFile(home))) {
            NodeClient client = new NodeClient(node.console(), token);
            long before = node.count("select count(*) from intake.report");
            next.set((int) before);
            if (rest && before == 0) weigh(node, "node_at_rest_empty");
            if (seconds > 0) load(client);
            if (kills > 0) right = survive(node, client, out);
            if (stored > 0) {
                if (before < stored) fill(home, directory, (int) (stored - before), out);
                long begun = System.nanoTime();
                awaitLinked(client);
                if (before < stored) figures.put("linked_after_import", (System.nanoTime() - begun) / 1e9, "s");
                figures.put("stored", node.count("select count(*) from intake.report"), "reports");
                figures.put(
                        "largest_campaign",
                        node.count("select coalesce(max(reports), 0) from campaign.campaign"),
                        "reports");
                single(node, client);
                pages(node);
                if (rest) weigh(node, "node_at_rest");
            }
        }
        publish(figures);
        return right ? 0 : 1;
    }

    /** A first start makes the database, the API key and the officers. */
    private static String prepare(Path home) {
        try (DemoNode first = DemoNode.start(Optional.of(home), 0, "logging.level.root=warn")) {
            first.addOfficers();
            return first.token();
        }
    }

    /** A report that nobody handed in before. */
    private SyntheticReport fresh() {
        int number = next.getAndIncrement();
        return reports.get(number % reports.size()).under("bench-" + number);
    }

    /** How many reports a second are accepted and linked, and how long each takes. */
    private void load(NodeClient client) throws InterruptedException {
        Senders senders = new Senders(client, this::fresh);
        Backlog backlog = new Backlog(client, senders.accepted::get);
        long begun = System.nanoTime();
        backlog.start();
        senders.start(clients);
        TimeUnit.SECONDS.sleep(seconds);
        senders.stop();
        double sending = (System.nanoTime() - begun) / 1e9;
        awaitLinked(client);
        double linking = (System.nanoTime() - begun) / 1e9;
        backlog.stop();
        figures.put("accepted_per_second", senders.accepted.get() / sending, "reports/s");
        figures.put("accepted_and_linked_per_second", senders.accepted.get() / linking, "reports/s");
        senders.latencies.putInto(figures, "http");
        backlog.latencies().putInto(figures, "accepted_to_linked");
    }

    /** kill -9 at random under load; then the database itself is asked what became of every confirmed report. */
    private boolean survive(NodeProcess node, NodeClient client, PrintWriter out) throws Exception {
        long before = node.count("select count(*) from intake.report");
        Random random = new Random(seed);
        Senders senders = new Senders(client, this::fresh);
        senders.start(clients);
        for (int i = 0; i < kills; i++) {
            awaitAccepting(senders);
            TimeUnit.MILLISECONDS.sleep(300 + random.nextInt(2500));
            int target = random.nextInt(3);
            if (target != 0) node.killDatabase();
            if (target != 1) {
                node.killJvm();
                node.restart();
                node.awaitReady();
            }
            out.printf(
                    "kill %d of %d: %s%n",
                    i + 1, kills, List.of("JVM", "database", "both").get(target));
            out.flush();
        }
        awaitAccepting(senders);
        senders.stop();
        awaitLinked(client);
        long rows = node.count("select count(*) from intake.report") - before;
        long confirmed = senders.confirmed.size();
        long lost = missing(node, senders);
        long doubled = rows - (confirmed - lost);
        figures.put("kills", kills, "kills");
        figures.put("kill_confirmed", (double) confirmed, "reports");
        figures.put("kill_lost", (double) lost, "reports");
        figures.put("kill_doubled", (double) doubled, "reports");
        figures.put("kill_contradictions", senders.contradictions.get(), "answers");
        figures.put("kill_retries", (double) senders.retries.get(), "requests");
        figures.put("kill_unlinked", (double) node.count("""
                select count(*) from intake.report r
                where not exists (select 1 from campaign.report c where c.report_id = r.id)
                """), "reports");
        return lost == 0 && doubled == 0 && senders.contradictions.get() == 0;
    }

    private static long missing(NodeProcess node, Senders senders) throws IOException, SQLException {
        List<String> references = new ArrayList<>(senders.confirmed.values());
        long found = 0;
        for (int i = 0; i < references.size(); i += 1000) {
            String some = String.join("','", references.subList(i, Math.min(references.size(), i + 1000)));
            found += node.count("select count(*) from intake.report where reference in ('" + some + "')");
        }
        return references.size() - found;
    }

    /** The node is up again and takes reports. */
    private static void awaitAccepting(Senders senders) throws InterruptedException {
        int before = senders.accepted.get();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (senders.accepted.get() < before + 20) {
            if (System.nanoTime() > end) throw new IllegalStateException("the node accepts nothing any more");
            Thread.sleep(20);
        }
    }

    private void fill(Path home, Path directory, int wanted, PrintWriter out) throws IOException, InterruptedException {
        // A run that goes on with a home takes up scenarios that no run before it took.
        double seconds = new StoredReports(home, directory).add(wanted, seed + 1 + next.get(), out);
        figures.put("imported_per_second", wanted / seconds, "reports/s");
    }

    /** One report at a time, each linked before the next comes. */
    private void single(NodeProcess node, NodeClient client) throws IOException, InterruptedException {
        Latencies accepted = new Latencies();
        Latencies whole = new Latencies();
        LinkingTimer before = LinkingTimer.read(node.management());
        for (int i = 0; i < SINGLE_REPORTS; i++) {
            long begun = System.nanoTime();
            client.submit(fresh());
            accepted.add(System.nanoTime() - begun);
            while (client.get("/api/v1/linking").path("waiting").asLong(-1) != 0) Thread.onSpinWait();
            whole.add(System.nanoTime() - begun);
        }
        accepted.putInto(figures, "single_accepted");
        whole.putInto(figures, "single_accepted_and_linked");
        LinkingTimer.read(node.management()).since(before).putInto(figures, "single_linking");
    }

    private void pages(NodeProcess node) {
        OfficerBrowser browser = OfficerBrowser.loggedIn(node.console());
        Latencies list = new Latencies();
        for (int i = 0; i < PAGES; i++) {
            long begun = System.nanoTime();
            int status = browser.page("/campaigns").statusCode();
            if (status != 200) throw new IllegalStateException("campaign list answered " + status);
            list.add(System.nanoTime() - begun);
        }
        list.putInto(figures, "campaign_list");
    }

    private void weigh(NodeProcess node, String key) throws InterruptedException, IOException {
        TimeUnit.SECONDS.sleep(REST_SECONDS);
        figures.put(key, node.proportionalBytes() / 1e6, "MB");
    }

    private static void awaitLinked(NodeClient client) {
        while (true) {
            JsonNode state = client.get("/api/v1/linking");
            long waiting = state.path("waiting").asLong(-1);
            if (waiting == 0 && state.path("settled").asBoolean(false)) return;
            try {
                // Counting a long queue costs what is to be measured.
                Thread.sleep(waiting > 1_000 ? 1_000 : 2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    /** As {@link TemporaryDirectory#delete}, for the bench of faults. */
    static void delete(Path directory) throws IOException {
        TemporaryDirectory.delete(directory);
    }
}
