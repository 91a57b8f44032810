package org.sharaka.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sharaka.exercise.DemoNode;
import org.sharaka.protocol.MemberId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * `./sharaka bench faults`: three nodes in processes of their own send to each other while they are killed, cut off and told wrong times.
 * Then all of it is compared: what was committed at one was taken once at the other, or is marked as skipped.
 */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        description =
                "Kills, cuts and misleads three nodes that write to each other, and checks that nothing is lost or doubled.")
public final class FaultsBench implements Callable<Integer> {
    private static final List<MemberId> MEMBERS =
            List.of(new MemberId("es-ncb"), new MemberId("fr-ncb"), new MemberId("ma-ncb"));
    private static final Duration SETTLE = Duration.ofMinutes(5);

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "which faults, in which order (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--faults", defaultValue = "200", description = "how many (default: ${DEFAULT-VALUE})")
    private int faults;

    @Option(
            names = "--pace",
            defaultValue = "5",
            description = "messages a second from each to each (default: ${DEFAULT-VALUE})")
    private int pace;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the figures")
    private @Nullable Path json;

    @Spec
    private @Nullable CommandSpec spec;

    private final Figures figures = new Figures("faults");
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
    private final List<Station> stations = new ArrayList<>();

    /** What may happen to a node. */
    private enum Fault {
        KILL_JVM,
        KILL_DATABASE,
        KILL_BOTH,
        CUT,
        SLOW,
        HALF_OPEN,
        DEAF,
        CLOCK_AHEAD,
        CLOCK_BEHIND,
        /** The node is stopped, the others live through ten days, then it comes back. */
        TEN_DAYS_AWAY
    }

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true, StandardCharsets.UTF_8)
                : spec.commandLine().getOut();
        Path directory = Files.createTempDirectory("sharaka-bench-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        try {
            boolean sound = run(directory);
            figures.print(out);
            out.println(sound ? "Nothing lost, nothing doubled, all in order." : "SOMETHING IS WRONG.");
            out.flush();
            if (json != null) figures.writeTo(json);
            return sound ? 0 : 1;
        } finally {
            for (Station station : stations) station.close();
            IntakeBench.delete(directory);
        }
    }

    private boolean run(Path directory) throws Exception {
        Map<MemberId, Integer> ports = new LinkedHashMap<>();
        for (MemberId member : MEMBERS) {
            Station station = new Station(directory, member, ExchangeBench.freePort());
            stations.add(station);
            ports.put(member, station.line.port());
        }
        ExchangeBench.found(directory, ports, new SecureRandom());
        for (Station station : stations) station.start();
        for (Station station : stations) station.awaitReady();
        for (Station station : stations) station.tell("send " + pace);
        Random chance = new Random(seed);
        for (int i = 0; i < faults; i++) {
            Station station = stations.get(chance.nextInt(stations.size()));
            // Every fiftieth: ten days are long.
            Fault fault =
                    i % 50 == 25 ? Fault.TEN_DAYS_AWAY : Fault.values()[chance.nextInt(Fault.values().length - 1)];
            strike(station, fault, chance);
            done.merge(fault, 1, Integer::sum);
        }
        for (Station station : stations) station.quietly("halt");
        double settled = settle();
        done.forEach((fault, times) -> figures.put(fault.name().toLowerCase(java.util.Locale.ROOT), times, "times"));
        figures.put("settled", settled, "s");
        return compare(directory);
    }

    private void strike(Station station, Fault fault, Random chance) throws Exception {
        long millis = 500L + chance.nextInt(2_500);
        switch (fault) {
            case KILL_JVM -> station.killJvm();
            case KILL_DATABASE -> station.killDatabase();
            case KILL_BOTH -> {
                station.killDatabase();
                station.killJvm();
            }
            case CUT, SLOW, HALF_OPEN, DEAF -> {
                station.line.become(FaultyLine.State.valueOf(fault.name()));
                TimeUnit.MILLISECONDS.sleep(millis);
                station.line.become(FaultyLine.State.SOUND);
            }
            case CLOCK_AHEAD, CLOCK_BEHIND -> {
                long hours = 1L + chance.nextInt(47);
                Duration before = station.moved;
                station.move(before.plus(Duration.ofHours(fault == Fault.CLOCK_AHEAD ? hours : -hours)));
                TimeUnit.MILLISECONDS.sleep(millis);
                station.move(before);
            }
            case TEN_DAYS_AWAY -> tenDaysAway(station);
        }
        TimeUnit.MILLISECONDS.sleep(chance.nextInt(1_000));
        for (Station each : stations) each.reviveIfDead(pace);
    }

    private void tenDaysAway(Station away) throws Exception {
        away.killJvm();
        for (Station each : stations) each.move(each.moved.plus(Duration.ofDays(10)));
        TimeUnit.SECONDS.sleep(2);
    }

    /** Until nothing waits anywhere. @return seconds */
    private double settle() throws Exception {
        long begun = System.nanoTime();
        for (Station station : stations) station.reviveIfDead(0);
        // What was written under a clock that was ahead waits until that time has come.
        for (Station station : stations) station.move(station.moved.plus(Duration.ofDays(3)));
        while (System.nanoTime() - begun < SETTLE.toNanos()) {
            long waiting = 0;
            for (Station station : stations) {
                long here = Long.parseLong(station.tell("waiting"));
                waiting += here < 0 ? 1 : here;
            }
            if (waiting == 0) break;
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private boolean compare(Path directory) throws Exception {
        FaultsAccount account = new FaultsAccount();
        for (Station station : stations) {
            Path report = directory.resolve("report-" + station.member);
            String unused = station.tell("report " + report);
            account.read(station.member, Files.readAllLines(report));
        }
        return account.judge(figures);
    }

    /** A node behind its line, in a process that is started again when it was killed. */
    private static final class Station implements AutoCloseable {
        private final Path directory;
        private final MemberId member;
        private final int port;
        private final Path home;
        private final FaultyLine line;
        private Duration moved = Duration.ZERO;
        private @Nullable Process process;
        private @Nullable BufferedReader said;
        private @Nullable PrintWriter told;

        private Station(Path directory, MemberId member, int port) throws IOException {
            this.directory = directory;
            this.member = member;
            this.port = port;
            this.line = new FaultyLine(port);
            this.home =
                    Files.createDirectories(directory.resolve(member.value())).resolve("home");
            Files.setPosixFilePermissions(home.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
        }

        private void start() throws IOException {
            List<String> command = new ArrayList<>(NodeProcess.javaCommand());
            command.add(1, "-Dbench.clock=" + moved.toSeconds());
            command.addAll(List.of(
                    FaultsNode.class.getName(),
                    directory.toString(),
                    member.value(),
                    home.toString(),
                    DemoNode.passphraseFile(home).toString(),
                    Integer.toString(port)));
            Process started = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            directory.resolve(member + ".log").toFile()))
                    .start();
            process = started;
            said = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
            told = new PrintWriter(started.getOutputStream(), true, StandardCharsets.UTF_8);
        }

        private void awaitReady() throws IOException {
            String unused = answer();
        }

        /** What it says last before it is ready. */
        private String answer() throws IOException {
            BufferedReader from = said;
            if (from == null) throw new IOException("the node of " + member + " was not started");
            String last = "";
            for (String next = from.readLine(); next != null; next = from.readLine()) {
                if (next.equals(ExchangeNode.READY)) return last;
                last = next;
            }
            throw new IOException("the node of " + member + " ended: " + lastWords());
        }

        private String lastWords() throws IOException {
            List<String> log = Files.readAllLines(directory.resolve(member + ".log"));
            return String.join("\n", log.subList(Math.max(0, log.size() - 30), log.size()));
        }

        private String tell(String what) throws IOException {
            PrintWriter to = told;
            if (to != null) to.println(what);
            return answer();
        }

        /** As {@link #tell}, if it lives. */
        private void quietly(String what) throws IOException {
            if (lives()) {
                String unused = tell(what);
            }
        }

        private boolean lives() {
            return process != null && process.isAlive();
        }

        private void killJvm() throws InterruptedException {
            Process killed = process;
            if (killed != null) killed.destroyForcibly().waitFor();
        }

        private void killDatabase() throws IOException {
            if (Files.exists(home.resolve("postgres").resolve("data").resolve("postmaster.pid")))
                ProcessHandle.of(NodeProcess.databasePid(home)).ifPresent(ProcessHandle::destroyForcibly);
        }

        /** Its clock goes so far from the machine's from now on, also after a restart. */
        private void move(Duration by) throws IOException {
            moved = by;
            quietly("clock " + by.toSeconds());
        }

        /** @param perSecond how much it sends from then on; nothing if it is 0 */
        private void reviveIfDead(int perSecond) throws IOException {
            if (lives()) return;
            start();
            awaitReady();
            if (perSecond > 0) {
                String unused = tell("send " + perSecond);
            }
        }

        @Override
        public void close() throws IOException {
            if (told != null) told.close();
            Process ended = process;
            try {
                if (ended != null && !ended.waitFor(60, TimeUnit.SECONDS))
                    ended.destroyForcibly().waitFor();
            } catch (InterruptedException e) {
                ended.destroyForcibly();
                Thread.currentThread().interrupt();
            }
            line.close();
        }
    }
}
