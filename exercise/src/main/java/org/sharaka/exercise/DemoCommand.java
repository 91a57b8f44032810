package org.sharaka.exercise;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.platform.PrintedMessages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Brings up a node full of invented reports, or checks headless that it does what it promises. */
@Command(name = "demo", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    /** The console's usual port; if somebody has it, the demo takes any other. */
    private static final int USUAL_PORT = 8443;

    /** The second node's usual port. */
    private static final int USUAL_NEIGHBOUR_PORT = 8444;

    private static final int SPANISH_REPORTS_MIN = 60;
    /** More than are told as few. */
    private static final int SHARED_REPORTS = 6;

    /** The portal's usual port. */
    private static final int USUAL_PORTAL_PORT = 8480;

    private static final long LINKING_PATIENCE_SECONDS = 600;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "93")
    private long seed;

    @Option(names = "--reports", paramLabel = "N", defaultValue = "3000")
    private int reports;

    @Option(names = "--home", paramLabel = "DIR")
    private @Nullable Path home;

    @Option(names = "--port", paramLabel = "P")
    private @Nullable Integer port;

    @Option(names = "--check")
    private boolean check;

    private final PrintedMessages messages;
    private final PrintWriter out;
    private final Clock clock = Clock.systemUTC();

    DemoCommand(PrintedMessages messages, PrintWriter out) {
        this.messages = messages;
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Instant started = clock.instant();
        Scenario scenario = Scenario.generate(seed, reports, started);
        // A check uses no port that somebody may look at meanwhile.
        int wantedPort = port != null ? port : check ? 0 : DemoNode.freePort(USUAL_PORT);
        say("exercise.demo.starting");
        int portalPort = check ? 0 : DemoNode.freePort(USUAL_PORTAL_PORT);
        int neighbourPort = check ? 0 : DemoNode.freePort(USUAL_NEIGHBOUR_PORT);
        Path networkDirectory = home == null ? DemoNode.temporaryDirectory() : beside("network");
        DemoNetwork network = DemoNetwork.in(networkDirectory);
        // The two start side by side.
        try (NeighbourChild neighbour = NeighbourChild.start(
                        networkDirectory,
                        neighbourPort,
                        home == null ? Optional.empty() : Optional.of(beside("spain")));
                DemoNode node = DemoNode.start(
                        Optional.ofNullable(home),
                        wantedPort,
                        network.portSetting(DemoNetwork.MOROCCO),
                        "logging.level.root=warn");
                PortalChild portal = PortalChild.start(node.home(), portalPort)) {
            node.addOfficers();
            network.join(node, DemoNetwork.MOROCCO);
            WantedList wanted = WantedList.generate(seed);
            node.addWanted(wanted);
            NodeClient client = node.client();
            say("exercise.demo.submitting", reports);
            Submission submission = new Submission(client);
            Map<String, String> references = submission.submit(scenario.reports(), this::progress);
            submission.awaitLinked(LINKING_PATIENCE_SECONDS);
            say("exercise.demo.linked", seconds(started));
            NeighbourChild.Ready spain = neighbour.ready();
            PlantedCampaign shared = scenario.spanning();
            reportAbroad(scenario, shared, spain);
            if (check)
                return new DemoCheck(
                                node,
                                portal.address(),
                                client,
                                scenario,
                                references,
                                wanted,
                                new DemoCheck.Abroad(shared, neighbour, spain),
                                messages,
                                out)
                        .run();
            invite(node, portal, wanted, spain, shared);
            untilStopped(node, () -> {
                end(portal, neighbour);
                if (home == null) DemoNode.delete(networkDirectory);
            });
            return 0;
        } finally {
            if (home == null) DemoNode.delete(networkDirectory);
        }
    }

    /** When the demo is stopped by a signal, what it started ends with it. */
    private static void end(PortalChild portal, NeighbourChild neighbour) {
        portal.close();
        neighbour.close();
    }

    /** What a home has beside it, as its passphrase has. */
    private Path beside(String what) {
        Path own = Objects.requireNonNull(home).toAbsolutePath();
        return own.resolveSibling(own.getFileName() + "-" + what);
    }

    /** Reports of Spain: a smaller scenario of its own, and a part of one campaign of Morocco's. */
    private void reportAbroad(Scenario scenario, PlantedCampaign shared, NeighbourChild.Ready spain) {
        List<SyntheticReport> reports = new ArrayList<>(
                Scenario.generate(seed + 1, Math.max(SPANISH_REPORTS_MIN, this.reports / 20), clock.instant())
                        .reports());
        for (int i = 0; i < SHARED_REPORTS; i++) reports.add(scenario.another("spain-" + i, shared));
        Submission submission = new Submission(new NodeClient(spain.console(), spain.token()));
        Map<String, String> unused = submission.submit(reports, done -> {});
        submission.awaitLinked(LINKING_PATIENCE_SECONDS);
        say("exercise.demo.abroad", reports.size());
    }

    private void progress(int done) {
        if (done % 500 == 0) say("exercise.demo.progress", done, reports);
    }

    /** Where to go and how to get in. Ruled above and below only: side rules would break where Arabic turns a line around. */
    private void invite(
            DemoNode node, PortalChild portal, WantedList wanted, NeighbourChild.Ready spain, PlantedCampaign shared) {
        String rule = "─".repeat(72);
        out.println();
        out.println(rule);
        say("exercise.demo.ready", node.console());
        say("exercise.demo.portal", portal.address());
        out.println();
        say("exercise.demo.password", DemoOfficer.PASSWORD);
        for (DemoOfficer officer : DemoOfficer.ALL) {
            out.printf("  %-8s %s%n", officer.login(), messages.text(officer.role()));
        }
        out.println();
        say("exercise.demo.spain", spain.console());
        for (DemoOfficer officer : DemoOfficer.SPANISH) {
            out.printf("  %-8s %s%n", officer.login(), messages.text(officer.role()));
        }
        out.println();
        say("exercise.demo.spanning", shared.anchor().orElseThrow().value());
        say("exercise.demo.screening", wanted.persons().get(0).arabic(), wanted.lostDocument());
        say("exercise.demo.synthetic", scenarioSize());
        say("exercise.demo.home", node.home());
        say("exercise.demo.stop");
        out.println(rule);
        out.flush();
    }

    private String scenarioSize() {
        return String.valueOf(reports);
    }

    /** Ctrl-C ends it; the node, the database and a temporary home are gone before the process is. */
    private void untilStopped(DemoNode node, Runnable rest) throws InterruptedException {
        node.afterShutdown(() -> {
            rest.run();
            say("exercise.demo.stopped");
            out.flush();
        });
        new CountDownLatch(1).await();
    }

    private void say(String key, Object... arguments) {
        out.println(messages.text(key, arguments));
    }

    private String seconds(Instant since) {
        return String.valueOf(Duration.between(since, clock.instant()).toSeconds());
    }
}
