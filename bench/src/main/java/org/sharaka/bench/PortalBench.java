package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sharaka.exercise.DemoNode;
import org.sharaka.exercise.NodeClient;
import org.sharaka.exercise.PortalChild;
import org.sharaka.exercise.PublicVisitor;
import org.sharaka.exercise.PublicVisitor.Paper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** `./sharaka bench portal`: a node and its portal, each a process of its own, before a crowd. */
@Command(
        name = "portal",
        mixinStandardHelpOptions = true,
        description =
                "Measures the public portal: page weight, hand-in to officer, a crowd behind one address, guessing.")
public final class PortalBench implements Callable<Integer> {
    /** Chrome's "Regular 2G" profile was 250 kbit/s and 300 ms a round trip; GPRS 50 kbit/s and 500 ms. */
    private static final int KILOBITS_2G = 250;

    private static final int ROUND_TRIP_2G_MILLIS = 300;
    /** TCP handshake, request, and the style sheet after the page; HTTP, as between a proxy and us. */
    private static final int ROUND_TRIPS = 3;

    private static final Map<String, String> ANSWERS = Map.of(
            "money-left",
            "today",
            "category",
            "ONLINE_FRAUD",
            "role",
            "victim",
            "amount",
            "1500",
            "currency",
            "MAD",
            "story",
            "The shop took my money and sent nothing. It was at https://shop-of-the-bench.example/buy",
            "identity",
            "anonymous");

    @Option(
            names = "--samples",
            defaultValue = "200",
            description = "reports handed in one by one (default: ${DEFAULT-VALUE})")
    private int samples;

    @Option(names = "--people", defaultValue = "1000", description = "of the crowd (default: ${DEFAULT-VALUE})")
    private int people;

    @Option(
            names = "--wave-seconds",
            defaultValue = "600",
            description = "in which the crowd comes (default: ${DEFAULT-VALUE})")
    private int waveSeconds;

    @Option(
            names = "--flood",
            defaultValue = "100",
            description = "requests a second of one client (default: ${DEFAULT-VALUE})")
    private int flood;

    @Option(
            names = "--guess-seconds",
            defaultValue = "3600",
            description = "of guessing codes (default: ${DEFAULT-VALUE})")
    private int guessSeconds;

    @Option(names = "--guesses", defaultValue = "1000", description = "a second (default: ${DEFAULT-VALUE})")
    private int guesses;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the figures")
    private @Nullable Path json;

    @Spec
    private @Nullable CommandSpec spec;

    private final Figures figures = new Figures("portal");
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true, StandardCharsets.UTF_8)
                : spec.commandLine().getOut();
        Path directory = Files.createTempDirectory("sharaka-bench-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        try {
            return measure(directory, out);
        } finally {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
            }
        }
    }

    private int measure(Path directory, PrintWriter out) throws Exception {
        Path home = directory.resolve("home");
        String token;
        try (DemoNode first = DemoNode.start(Optional.of(home), 0, "logging.level.root=warn")) {
            token = first.token();
        }
        boolean right = true;
        try (NodeProcess node = NodeProcess.start(home, DemoNode.passphraseFile(home));
                PortalChild portal = PortalChild.start(home, 0)) {
            weigh(portal.address());
            handIn(portal.address(), new NodeClient(node.console(), token));
            if (people > 0) right = crowd(node, portal.address());
            if (guessSeconds > 0) right &= guess(portal.address());
        }
        figures.print(out);
        out.flush();
        if (json != null) figures.writeTo(json);
        return right ? 0 : 1;
    }

    /** As it travels, compressed, in the heaviest language; and what that means over 2G. */
    private void weigh(URI portal) throws IOException, InterruptedException {
        int style = bytes(portal, "/assets/portal.css") + bytes(portal, "/assets/portal.js");
        Map<String, Integer> pages = new LinkedHashMap<>();
        for (String page : List.of("", "report", "follow", "rights")) {
            for (String language : List.of("ar", "fr", "en", "es"))
                pages.merge(page.isEmpty() ? "home" : page, bytes(portal, "/" + language + "/" + page), Math::max);
        }
        pages.forEach((page, size) -> {
            figures.put("page_" + page, (size + style) / 1000.0, "kB");
            figures.put(
                    "page_" + page + "_2g_computed",
                    (ROUND_TRIPS * ROUND_TRIP_2G_MILLIS + (size + style) * 8.0 / KILOBITS_2G) / 1000,
                    "s");
        });
    }

    private int bytes(URI portal, String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = http.send(
                HttpRequest.newBuilder(portal.resolve(path))
                        .header("Accept-Encoding", "gzip")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) throw new IOException(path + " answered " + answer.statusCode());
        return answer.body().length;
    }

    /** From the click on the last page to the officers' interface. */
    private void handIn(URI portal, NodeClient officers) throws InterruptedException {
        Latencies visible = new Latencies();
        PublicVisitor visitor = new PublicVisitor(http, portal, "fr");
        for (int i = 0; i < samples; i++) {
            long[] last = new long[1];
            Paper paper = visitor.report(ANSWERS, nanos -> last[0] = nanos);
            long begun = System.nanoTime() - last[0];
            while (!visible(officers, paper)) Thread.sleep(1);
            visible.add(System.nanoTime() - begun);
        }
        visible.putInto(figures, "handed_in_to_visible");
    }

    private static boolean visible(NodeClient officers, Paper paper) {
        try {
            officers.get("/api/v1/reports/" + paper.reference());
            return true;
        } catch (NodeClient.Refused notYet) {
            if (notYet.status() != 404) throw notYet;
            return false;
        }
    }

    /** Everybody behind one address, and one of them a flood. */
    private boolean crowd(NodeProcess node, URI portal) throws Exception {
        Latencies pages = new Latencies();
        AtomicInteger finished = new AtomicInteger();
        AtomicInteger broken = new AtomicInteger();
        long before = node.count("select count(*) from intake.report");
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
        ExecutorService crowd = Executors.newFixedThreadPool(Math.min(people, 200));
        ExecutorService flooder = Executors.newFixedThreadPool(16);
        Random random = new Random(1);
        AtomicInteger flooded = new AtomicInteger();
        var flooding = clock.scheduleAtFixedRate(
                () -> flooder.execute(() -> {
                    try {
                        bytes(portal, "/fr/report");
                        flooded.incrementAndGet();
                    } catch (IOException | InterruptedException e) {
                        broken.incrementAndGet();
                    }
                }),
                0,
                1_000_000 / flood,
                TimeUnit.MICROSECONDS);
        for (int i = 0; i < people; i++) {
            long arrives = random.nextInt(waveSeconds * 1000);
            var unused = clock.schedule(
                    () -> crowd.execute(() -> {
                        try {
                            new PublicVisitor(http, portal, "ar").report(ANSWERS, pages::add);
                            finished.incrementAndGet();
                        } catch (RuntimeException e) {
                            broken.incrementAndGet();
                        }
                    }),
                    arrives,
                    TimeUnit.MILLISECONDS);
        }
        TimeUnit.SECONDS.sleep(waveSeconds);
        flooding.cancel(false);
        crowd.shutdown();
        boolean ended = crowd.awaitTermination(60, TimeUnit.SECONDS);
        flooder.shutdownNow();
        clock.shutdownNow();
        TimeUnit.SECONDS.sleep(2);
        long stored = node.count("select count(*) from intake.report") - before;
        figures.put("crowd_finished", finished.get(), "people");
        figures.put("crowd_stored", (double) stored, "reports");
        figures.put("crowd_flood_per_second", flooded.get() / (double) waveSeconds, "requests/s");
        figures.put("crowd_failed_requests", broken.get(), "requests");
        pages.putInto(figures, "crowd_page");
        return ended && finished.get() == people && stored == people;
    }

    /** Wrong codes for a reference that is known, and how a reader of another mailbox fares meanwhile. */
    private boolean guess(URI portal) throws InterruptedException {
        PublicVisitor visitor = new PublicVisitor(http, portal, "en");
        Paper own = visitor.report(ANSWERS, nanos -> {});
        Paper other = visitor.report(ANSWERS, nanos -> {});
        AtomicInteger tried = new AtomicInteger();
        AtomicInteger found = new AtomicInteger();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
        ExecutorService guessers = Executors.newFixedThreadPool(16);
        var guessing = clock.scheduleAtFixedRate(
                () -> guessers.execute(() -> {
                    // References are valid codes in form, so each try goes the whole way.
                    int status = new PublicVisitor(http, portal, "en").tryCode(own.reference(), other.reference());
                    tried.incrementAndGet();
                    if (status != 404) found.incrementAndGet();
                }),
                0,
                1_000_000 / guesses,
                TimeUnit.MICROSECONDS);
        Latencies reader = new Latencies();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(guessSeconds);
        while (System.nanoTime() < end) {
            long begun = System.nanoTime();
            visitor.mailbox(other);
            reader.add(System.nanoTime() - begun);
            TimeUnit.MILLISECONDS.sleep(200);
        }
        guessing.cancel(false);
        clock.shutdownNow();
        guessers.shutdown();
        boolean ended = guessers.awaitTermination(60, TimeUnit.SECONDS);
        figures.put("guesses_per_second", tried.get() / (double) guessSeconds, "guesses/s");
        figures.put("guesses_right", found.get(), "guesses");
        reader.putInto(figures, "reader_meanwhile");
        return ended && found.get() == 0;
    }
}
