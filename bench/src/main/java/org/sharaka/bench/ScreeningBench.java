package org.sharaka.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sharaka.exercise.DemoNode;
import org.sharaka.exercise.NodeClient;
import org.sharaka.matching.Entry;
import org.sharaka.node.access.Permission;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `./sharaka bench screening`: a whole node under queries over HTTP, each entered in the audit before its answer. */
@Command(
        name = "screening",
        mixinStandardHelpOptions = true,
        description = "Measures screening over HTTP, audited: UN and OFAC lists, or generated entries, or a peer.")
public final class ScreeningBench extends BenchCommand {
    private static final int QUERIES = 20_000;
    private static final String MATCH = "/api/v1/screening/match/default?limit=5";

    @Option(names = "--seconds", defaultValue = "30", description = "of load (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "20", description = "seconds before (default: ${DEFAULT-VALUE})")
    private int warmUp;

    @Option(
            names = "--clients",
            defaultValue = "4",
            description = "connections at once, for the requests per processor-second (default: ${DEFAULT-VALUE})")
    private int clients;

    @Option(
            names = "--listed",
            defaultValue = "5",
            description = "of a hundred who are asked for, how many are on a list (default: ${DEFAULT-VALUE})")
    private int listed;

    @Option(names = "--entities", paramLabel = "N", description = "generated entries instead of the published lists")
    private @Nullable Integer entities;

    @Option(
            names = "--updates",
            defaultValue = "100",
            description = "changes of one entry that are awaited; 0 to leave out (default: ${DEFAULT-VALUE})")
    private int updates;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "../shared/data",
            description = "the shared data (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("../shared/data");

    @Option(
            names = "--against",
            paramLabel = "URL",
            description =
                    "asks a peer that speaks the yente API instead, for instance http://127.0.0.1:8000/match/default")
    private @Nullable URI against;

    @Option(
            names = "--authorization",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "header for the peer, if it wants one")
    private String authorization = "";

    @Option(names = "--seed", defaultValue = "1", description = "of queries and entries (default: ${DEFAULT-VALUE})")
    private long seed;

    private final Figures figures = new Figures("screening");

    @Override
    public Integer call() throws Exception {
        PrintWriter out = out();
        if (entities == null && !Files.isReadable(data.resolve("names/negatives_us_25k.csv"))) {
            out.println("skipped: no shared data at " + data + "; --entities N needs none");
            return 0;
        }
        if (against != null) {
            String path = against.getRawPath() + (against.getRawQuery() == null ? "" : "?" + against.getRawQuery());
            warm(against, authorization, path, queries());
            load("peer", against, authorization, path, queries(), clients);
            load("peer_single", against, authorization, path, queries(), 1);
        } else {
            own(out);
        }
        publish(figures);
        return 0;
    }

    private ScreeningQueries queries() throws IOException {
        if (entities == null) return ScreeningQueries.published(data, QUERIES, listed, seed);
        return ScreeningQueries.generated(new SyntheticNames(entities, seed), entities, QUERIES, listed, seed);
    }

    private void own(PrintWriter out) throws Exception {
        try (TemporaryDirectory place = TemporaryDirectory.create()) {
            Path directory = place.path();
            Path home = directory.resolve("home");
            String token;
            try (DemoNode first = DemoNode.start(Optional.of(home), 0, "logging.level.root=warn")) {
                token = first.token(EnumSet.of(Permission.SCREENING_QUERY));
            }
            importLists(home, directory, out);
            DiskSync.measure(directory, figures);
            long begun = System.nanoTime();
            try (NodeProcess node = NodeProcess.start(home, DemoNode.passphraseFile(home))) {
                awaitLoaded(node, token, begun);
                measure(node, token);
            }
        }
    }

    private void importLists(Path home, Path directory, PrintWriter out) throws IOException, InterruptedException {
        Administrator administrator = new Administrator(home, directory, out);
        if (entities != null) {
            Path file = directory.resolve("generated.ftm.json");
            try (BufferedWriter lines = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                for (Entry entry : new SyntheticNames(entities, seed)) {
                    lines.write(ScreeningQueries.line(entry));
                    lines.write('\n');
                }
            }
            figures.put("import", administrator.importFile("ftm-json", file, "--list", "generated"), "s");
            Files.delete(file);
            return;
        }
        try (DirectoryStream<Path> un = Files.newDirectoryStream(data.resolve("lists"), "UN_consolidated*.xml")) {
            for (Path file : un)
                figures.put("import_un", administrator.importFile("un-xml", file.toAbsolutePath()), "s");
        }
        Path ofac = data.resolve("lists/ofac_2021/sdn.csv").toAbsolutePath();
        figures.put("import_ofac", administrator.importFile("ofac-csv", ofac), "s");
    }

    /** How long a start takes until queries are answered, and how much of that comes after the node listens. */
    private void awaitLoaded(NodeProcess node, String token, long begun) throws InterruptedException {
        double listening = (System.nanoTime() - begun) / 1e9;
        double used = node.serverSeconds();
        NodeClient client = new NodeClient(node.console(), token);
        while (!ready(client)) TimeUnit.MILLISECONDS.sleep(5);
        double ready = (System.nanoTime() - begun) / 1e9;
        figures.put("start_to_listening", listening, "s");
        figures.put("start_to_lists_in_force", ready, "s");
        figures.put("lists_processor_time", node.serverSeconds() - used, "s");
        client.get("/api/v1/screening/catalog")
                .path("datasets")
                .forEach(list -> figures.put(
                        "entries_" + list.path("name").asString(),
                        list.path("entity_count").asLong(),
                        "entries"));
    }

    private static boolean ready(NodeClient client) {
        try {
            client.get("/api/v1/screening/readyz");
            return true;
        } catch (NodeClient.Refused e) {
            if (e.status() != 503) throw e;
            return false;
        }
    }

    private void measure(NodeProcess node, String token) throws Exception {
        String header = "ApiKey " + token;
        ScreeningQueries queries = queries();
        warm(node.console(), header, MATCH, queries);
        long entriesBefore = audited(node);
        double server = node.serverSeconds();
        double database = node.databaseSeconds();
        double compiling = node.compilerSeconds();
        double collecting = node.collectorSeconds();
        long answered = load("http", node.console(), header, MATCH, queries, clients);
        server = node.serverSeconds() - server;
        figures.put("per_server_processor_second", answered / server, "requests");
        figures.put("server_still_compiling", (node.compilerSeconds() - compiling) / server, "part");
        figures.put("server_collecting", (node.collectorSeconds() - collecting) / server, "part");
        figures.put("per_database_processor_second", answered / (node.databaseSeconds() - database), "requests");
        figures.put("audited_of_answered", (double) (audited(node) - entriesBefore) / answered, "part");
        load("single", node.console(), header, MATCH, queries, 1);
        figures.put("server_memory", node.serverBytes() / 1e6, "MB");
        figures.put("database_memory", node.databaseBytes() / 1e6, "MB");
        if (updates > 0) new ScreeningUpdates(node, token).measure(updates, figures);
    }

    private static long audited(NodeProcess node) throws Exception {
        return node.count("select count(*) from audit.entry where action = 'screening.match' and outcome = 'DONE'");
    }

    private void warm(URI server, String header, String path, ScreeningQueries queries) throws InterruptedException {
        send(server, header, path, queries, clients, warmUp, new Latencies());
    }

    /** @return how many were answered */
    private long load(String key, URI server, String header, String path, ScreeningQueries queries, int connections)
            throws InterruptedException {
        Latencies latencies = new Latencies();
        long begun = System.nanoTime();
        long matched = send(server, header, path, queries, connections, seconds, latencies);
        double took = (System.nanoTime() - begun) / 1e9;
        figures.put(key + "_connections", connections, "connections");
        figures.put(key + "_per_second", latencies.count() / took, "requests/s");
        figures.put(key + "_with_possible_match", (double) matched / latencies.count(), "part");
        latencies.putInto(figures, key);
        return latencies.count();
    }

    /** @return how many answers named an entry */
    private static long send(
            URI server,
            String header,
            String path,
            ScreeningQueries queries,
            int connections,
            int seconds,
            Latencies latencies)
            throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        AtomicLong matched = new AtomicLong();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < connections; i++) {
            Thread thread = new Thread(
                    () -> {
                        try (KeptConnection connection = new KeptConnection(server, header)) {
                            while (System.nanoTime() < end) {
                                byte[] body = queries.body(next.getAndIncrement() & Integer.MAX_VALUE);
                                long begun = System.nanoTime();
                                KeptConnection.Answer answer = connection.post(path, body);
                                latencies.add(System.nanoTime() - begun);
                                if (answer.status() != 200)
                                    throw new IOException("answered " + answer.status() + ": " + answer.body());
                                if (answer.body().contains("\"score\":")) matched.incrementAndGet();
                            }
                        } catch (IOException e) {
                            failures.add(e);
                        }
                    },
                    "asking-" + i);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) thread.join();
        if (!failures.isEmpty()) throw new UncheckedIOException(new IOException("a request failed", failures.get(0)));
        return matched.get();
    }
}
