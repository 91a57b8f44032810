package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.sharaka.exercise.DemoNode;
import org.sharaka.exercise.NodeClient;
import org.sharaka.exercise.PortalChild;
import org.sharaka.exercise.PublicVisitor;
import org.sharaka.exercise.PublicVisitor.Paper;
import org.sharaka.node.intake.Reference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `./sharaka bench portal`: a node and its portal, each a process of its own, before a crowd. */
@Command(
        name = "portal",
        mixinStandardHelpOptions = true,
        description = "Measures the public portal: every page over 2G, hand-in to officer, a crowd behind one address"
                + " beside a flood, guessing, kill -9.")
public final class PortalBench extends BenchCommand {
    /** Nobody's (RFC 5737): the town behind one address, and the one client that floods. */
    private static final String TOWN = "203.0.113.7";

    private static final String FLOODER = "198.51.100.9";

    private static final int INTERRUPTED_PEOPLE = 8;

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

    @Option(
            names = "--kills",
            defaultValue = "9",
            description = "kill -9 of portal, node, database in turn; 0 to leave out (default: ${DEFAULT-VALUE})")
    private int kills;

    @Option(
            names = "--slow-link",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "every page in a browser over 2G; needs Chromium")
    private boolean slowLink;

    private final Figures figures = new Figures("portal");
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    @Override
    public Integer call() throws Exception {
        try (TemporaryDirectory place = TemporaryDirectory.create()) {
            return measure(place.path(), out());
        }
    }

    private int measure(Path directory, PrintWriter out) throws Exception {
        Path home = directory.resolve("home");
        String token;
        try (DemoNode first = DemoNode.start(Optional.of(home), 0, "logging.level.root=warn")) {
            token = first.token();
        }
        // The portal stands behind a proxy, as in life: so the crowd and the flood come from different places.
        Files.writeString(home.resolve("portal").resolve("portal.properties"), "trusted-proxies=127.0.0.1\n");
        boolean right = true;
        try (NodeProcess node = NodeProcess.start(home, DemoNode.passphraseFile(home))) {
            URI address;
            try (PortalChild portal = PortalChild.start(home, 0)) {
                address = portal.address();
                if (slowLink && !SlowLink.possible())
                    out.println("no page measured over 2G: apt-get install chromium-headless-shell");
                if (slowLink && SlowLink.possible()) SlowLink.measure(address, figures);
                if (samples > 0) handIn(address, new NodeClient(node.console(), token));
                if (people > 0) right = crowd(node, address);
                if (guessSeconds > 0) right &= guess(address);
            }
            if (kills > 0) right &= survive(node, home, address);
        }
        publish(figures);
        return right ? 0 : 1;
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

    /** Everybody behind one address goes through the whole form, while one client elsewhere floods with whole reports. */
    private boolean crowd(NodeProcess node, URI portal) throws Exception {
        Latencies pages = new Latencies();
        Queue<Paper> papers = new ConcurrentLinkedQueue<>();
        AtomicInteger broken = new AtomicInteger();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
        ExecutorService crowd = Executors.newFixedThreadPool(Math.min(people, 200));
        Random random = new Random(1);
        Flood flooding = new Flood(portal, clock);
        for (int i = 0; i < people; i++) {
            long arrives = random.nextInt(waveSeconds * 1000);
            var unused = clock.schedule(
                    () -> crowd.execute(() -> {
                        try {
                            papers.add(new PublicVisitor(http, portal, "ar")
                                    .from(TOWN)
                                    .report(ANSWERS, pages::add));
                        } catch (RuntimeException e) {
                            broken.incrementAndGet();
                        }
                    }),
                    arrives,
                    TimeUnit.MILLISECONDS);
        }
        TimeUnit.SECONDS.sleep(waveSeconds);
        crowd.shutdown();
        boolean ended = crowd.awaitTermination(60, TimeUnit.SECONDS);
        flooding.stop();
        clock.shutdownNow();
        awaitCollected(node);
        long stored = count(node, papers, "");
        long aside = count(node, papers, " and set_aside_at is not null");
        figures.put("crowd_finished", papers.size(), "people");
        figures.put("crowd_stored", stored, "reports");
        figures.put("crowd_set_aside", aside, "reports");
        figures.put("crowd_failed", broken.get(), "people");
        pages.putInto(figures, "crowd_page");
        figures.put("crowd_page_slowest", pages.millis(1), "ms");
        return ended && papers.size() == people && stored == people && aside == 0 && flooding.told(node, figures);
    }

    private static long count(NodeProcess node, Iterable<Paper> papers, String condition)
            throws IOException, SQLException {
        StringBuilder references = new StringBuilder("''");
        for (Paper paper : papers)
            references.append(",'").append(paper.reference().replace("-", "")).append('\'');
        return node.count("select count(*) from intake.report where reference in (" + references + ")" + condition);
    }

    /** Everything that the portal took is with the officers. */
    private static void awaitCollected(NodeProcess node) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (node.count("select count(*) from portal.arrival where failed_at is null") > 0) {
            if (System.nanoTime() > end) throw new IllegalStateException("arrivals wait for ever");
            Thread.sleep(100);
        }
    }

    /** One client that hands in whole reports, page after page, at a fixed rate of requests. */
    private final class Flood {
        private final ExecutorService hands = Executors.newFixedThreadPool(16);
        private final Queue<Paper> papers = new ConcurrentLinkedQueue<>();
        private final AtomicInteger requests = new AtomicInteger();
        private final AtomicInteger broken = new AtomicInteger();
        private final AtomicBoolean ending = new AtomicBoolean();
        private final Semaphore allowed = new Semaphore(0);
        private final long begun = System.nanoTime();
        private double seconds;

        Flood(URI portal, ScheduledExecutorService clock) {
            var unused =
                    clock.scheduleAtFixedRate(() -> allowed.release(), 0, 1_000_000 / flood, TimeUnit.MICROSECONDS);
            for (int i = 0; i < 16; i++) hands.execute(() -> run(new PublicVisitor(http, portal, "fr").from(FLOODER)));
        }

        private void run(PublicVisitor visitor) {
            while (!ending.get()) {
                try {
                    papers.add(visitor.report(ANSWERS, nanos -> {
                        requests.incrementAndGet();
                        allowed.acquireUninterruptibly();
                    }));
                } catch (RuntimeException e) {
                    broken.incrementAndGet();
                }
            }
        }

        void stop() throws InterruptedException {
            seconds = (System.nanoTime() - begun) / 1e9;
            ending.set(true);
            allowed.release(1_000);
            hands.shutdown();
            if (!hands.awaitTermination(60, TimeUnit.SECONDS))
                throw new IllegalStateException("the flood does not end");
        }

        /** All is accepted, what passes the limit is set aside, and nothing that is set aside counts in a campaign. */
        boolean told(NodeProcess node, Figures figures) throws IOException, SQLException {
            long stored = count(node, papers, "");
            long aside = count(node, papers, " and set_aside_at is not null");
            long linked = node.count("select count(*) from campaign.report c join intake.report r on r.id = c.report_id"
                    + " where r.set_aside_at is not null");
            figures.put("flood_per_second", requests.get() / seconds, "requests/s");
            figures.put("flood_failed", broken.get(), "reports");
            figures.put("flood_stored", stored, "reports");
            figures.put("flood_set_aside", aside, "reports");
            figures.put("flood_set_aside_and_linked", linked, "reports");
            return stored == papers.size() && linked == 0;
        }
    }

    /** Wrong codes for a reference that is known and for others, and how a reader of another mailbox fares meanwhile. */
    private boolean guess(URI portal) throws InterruptedException {
        PublicVisitor visitor = new PublicVisitor(http, portal, "en");
        Paper own = visitor.report(ANSWERS, nanos -> {});
        Paper other = visitor.report(ANSWERS, nanos -> {});
        AtomicInteger tried = new AtomicInteger();
        AtomicInteger found = new AtomicInteger();
        Latencies known = new Latencies();
        Latencies unknown = new Latencies();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
        ExecutorService guessers = Executors.newFixedThreadPool(16);
        Random random = new Random(1);
        var guessing = clock.scheduleAtFixedRate(
                () -> {
                    boolean ofKnown = tried.getAndIncrement() % 2 == 0;
                    // A random code has the right check symbol, as a reference has, so each try goes the whole way.
                    String code = chance(random);
                    String reference = ofKnown ? own.reference() : chance(random);
                    guessers.execute(() -> {
                        long begun = System.nanoTime();
                        int status = new PublicVisitor(http, portal, "en").tryCode(reference, code);
                        (ofKnown ? known : unknown).add(System.nanoTime() - begun);
                        if (status != 404) found.incrementAndGet();
                    });
                },
                0,
                1_000_000 / guesses,
                TimeUnit.MICROSECONDS);
        Latencies reader = new Latencies();
        long begun = System.nanoTime();
        long end = begun + TimeUnit.SECONDS.toNanos(guessSeconds);
        while (System.nanoTime() < end) {
            long asked = System.nanoTime();
            visitor.mailbox(other);
            reader.add(System.nanoTime() - asked);
            TimeUnit.MILLISECONDS.sleep(200);
        }
        guessing.cancel(false);
        clock.shutdownNow();
        guessers.shutdown();
        boolean ended = guessers.awaitTermination(60, TimeUnit.SECONDS);
        figures.put("guesses", known.count() + unknown.count(), "guesses");
        figures.put(
                "guesses_per_second",
                (known.count() + unknown.count()) * 1e9 / (System.nanoTime() - begun),
                "guesses/s");
        figures.put("guesses_right", found.get(), "guesses");
        known.putInto(figures, "guess_known_reference");
        unknown.putInto(figures, "guess_unknown_reference");
        reader.putInto(figures, "reader_meanwhile");
        return ended && found.get() == 0;
    }

    private static String chance(Random random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return Reference.of(bytes).grouped();
    }

    /** kill -9 in turn of portal, node and database under people who send again what was not answered. */
    private boolean survive(NodeProcess node, Path home, URI address) throws Exception {
        Map<String, Paper> papers = new java.util.concurrent.ConcurrentHashMap<>();
        AtomicInteger contradictions = new AtomicInteger();
        AtomicInteger given = new AtomicInteger();
        AtomicBoolean ending = new AtomicBoolean();
        long before = node.count("select count(*) from intake.report");
        ExecutorService crowd = Executors.newFixedThreadPool(INTERRUPTED_PEOPLE);
        PortalChild portal = PortalChild.start(home, address.getPort());
        try {
            for (int i = 0; i < INTERRUPTED_PEOPLE; i++) {
                int person = i;
                crowd.execute(() -> {
                    PublicVisitor visitor = new PublicVisitor(http, address, "es").patient(Duration.ofMinutes(5));
                    for (int n = 0; !ending.get(); n++) {
                        String story = "interrupted " + person + " " + n;
                        Map<String, String> answers = new HashMap<>(ANSWERS);
                        answers.put("story", story);
                        try {
                            List<Paper> both = visitor.reportTwice(answers);
                            papers.put(story, both.get(0));
                            if (!both.get(0).equals(both.get(1))) contradictions.incrementAndGet();
                        } catch (RuntimeException e) {
                            given.incrementAndGet();
                        }
                    }
                });
            }
            for (int i = 0; i < kills; i++) {
                awaitMore(papers);
                switch (i % 3) {
                    case 0 -> {
                        portal.kill();
                        portal = PortalChild.start(home, address.getPort());
                    }
                    case 1 -> {
                        node.killJvm();
                        node.restart();
                        node.awaitReady();
                    }
                    default -> node.killDatabase();
                }
            }
            awaitMore(papers);
            ending.set(true);
            crowd.shutdown();
            if (!crowd.awaitTermination(6, TimeUnit.MINUTES)) throw new IllegalStateException("people wait for ever");
        } finally {
            ending.set(true);
            crowd.shutdownNow();
            portal.close();
        }
        awaitCollected(node);
        figures.put(
                "kill_set_aside",
                node.count("select count(*) from portal.arrival where failed_at is not null"),
                "arrivals");
        long rows = node.count("select count(*) from intake.report") - before;
        long found = count(node, papers.values(), "");
        long different =
                new HashSet<>(papers.values().stream().map(Paper::reference).collect(Collectors.toList())).size();
        figures.put("kill_kills", kills, "kills");
        figures.put("kill_confirmed", papers.size(), "reports");
        figures.put("kill_lost", papers.size() - found, "reports");
        figures.put("kill_doubled", rows - different, "reports");
        figures.put("kill_contradictions", contradictions.get(), "papers");
        figures.put("kill_given_up", given.get(), "people");
        return found == papers.size() && rows == different && contradictions.get() == 0 && given.get() == 0;
    }

    private static void awaitMore(Map<String, Paper> papers) throws InterruptedException {
        int before = papers.size();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        while (papers.size() < before + 20) {
            if (System.nanoTime() > end) throw new IllegalStateException("nothing is taken any more");
            Thread.sleep(20);
        }
    }
}
