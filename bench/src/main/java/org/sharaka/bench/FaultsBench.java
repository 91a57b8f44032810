package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sharaka.protocol.MemberId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * `./sharaka bench faults`: three nodes in processes of their own send to each other while they are killed, cut off, told wrong times, left
 * without room, and brought back from backups. Then all of it is compared: what was committed at one was taken once at the other, or is
 * marked as skipped, or was lost with a return from a backup, as {@link FaultsAccount} counts it.
 *
 * <p>Faults are dealt from shuffled decks of all kinds, and each kind goes round the nodes: so each comes as often as any other. Which fault
 * meets which node follows from the seed; at what moment of the traffic it does, the machine decides.
 */
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        description =
                "Kills, cuts, misleads, fills up and restores three nodes that write to each other, and checks that nothing is lost"
                        + " or doubled.")
public final class FaultsBench implements Callable<Integer> {
    private static final List<MemberId> MEMBERS =
            List.of(new MemberId("es-ncb"), new MemberId("fr-ncb"), new MemberId("ma-ncb"));
    private static final Duration SETTLE = Duration.ofMinutes(10);
    private static final Duration RECOVER = Duration.ofMinutes(2);

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "which faults, in which order (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--faults", defaultValue = "200", description = "how many (default: ${DEFAULT-VALUE})")
    private int faults;

    @Option(
            names = "--minutes",
            defaultValue = "600",
            description = "no new fault after so many (default: ${DEFAULT-VALUE})")
    private int minutes;

    @Option(
            names = "--pace",
            defaultValue = "5",
            description = "messages a second from each to each (default: ${DEFAULT-VALUE})")
    private int pace;

    @Option(names = "--directory", paramLabel = "DIR", description = "where it works (default: a temporary one)")
    private @Nullable Path under;

    @Option(names = "--json", paramLabel = "FILE", description = "writes the figures")
    private @Nullable Path json;

    @Spec
    private @Nullable CommandSpec spec;

    private final Figures figures = new Figures("faults");
    private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
    private final List<FaultsStation> stations = new ArrayList<>();
    private final List<String> stuck = new ArrayList<>();
    private final AtomicBoolean cleaned = new AtomicBoolean();
    private PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    private long leftOut;
    private long copies;
    private long broughtAtOnce;
    private long refusedForWantOfRoom;
    private long restartedForRoom;
    private long backups;

    @Override
    public Integer call() throws Exception {
        if (spec != null) out = spec.commandLine().getOut();
        Path parent = under;
        Path directory = parent == null
                ? Files.createTempDirectory("sharaka-bench-")
                : Files.createTempDirectory(parent, "sharaka-bench-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        // Whoever ends this process with a signal finds no disk mounted and no node running either.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(directory), "bench-clean-up"));
        try {
            boolean sound = run(directory);
            figures.print(out);
            stuck.forEach(out::println);
            out.println(sound ? "Nothing lost, nothing doubled, all in order." : "SOMETHING IS WRONG.");
            out.flush();
            if (json != null) figures.writeTo(json);
            return sound ? 0 : 1;
        } finally {
            cleanUp(directory);
        }
    }

    private void cleanUp(Path directory) {
        if (!cleaned.compareAndSet(false, true)) return;
        for (FaultsStation station : stations) {
            try {
                station.close();
            } catch (IOException e) {
                out.println(station.member() + ": " + e.getMessage());
            }
        }
        try {
            if (System.getenv("SHARAKA_BENCH_KEEP") == null) IntakeBench.delete(directory);
        } catch (IOException e) {
            out.println("left behind: " + directory + ": " + e.getMessage());
        }
    }

    private boolean run(Path directory) throws Exception {
        Map<MemberId, Integer> ports = new LinkedHashMap<>();
        for (MemberId member : MEMBERS) {
            FaultsStation station = new FaultsStation(directory, member, FreePort.find());
            stations.add(station);
            ports.put(member, station.line().port());
        }
        if (stations.stream().anyMatch(station -> station.disk().isEmpty()))
            out.println("FULL_DISK is left out: this system lets us mount no small disk.");
        ExchangeBench.found(directory, ports, new SecureRandom());
        for (FaultsStation station : stations) station.start();
        for (FaultsStation station : stations) station.awaitReady();
        for (FaultsStation station : stations) station.tell("send " + pace);
        Random chance = new Random(seed);
        for (FaultsStation station : stations) {
            station.beginBackup();
            station.endBackup(false);
        }
        deal(chance);
        double settled = settle();
        done.forEach((fault, times) -> figures.put(fault.name().toLowerCase(Locale.ROOT), times, "times"));
        figures.put("left_out", leftOut, "times");
        figures.put("copies_of_messages_brought", copies, "messages");
        figures.put("brought_last_first", broughtAtOnce, "messages");
        figures.put("refused_for_want_of_room", refusedForWantOfRoom, "messages");
        figures.put("restarted_after_a_full_disk", restartedForRoom, "times");
        figures.put("backups_in_mid_traffic", backups, "backups");
        figures.put("stuck_after_a_fault", stuck.size(), "times");
        figures.put("settled", settled, "s");
        return compare(directory) && stuck.isEmpty();
    }

    private void deal(Random chance) throws Exception {
        List<Fault> deck = new ArrayList<>();
        Map<Fault, Integer> first = new EnumMap<>(Fault.class);
        for (Fault each : Fault.values()) first.put(each, chance.nextInt(stations.size()));
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        for (int i = 0; i < faults && System.nanoTime() < end; i++) {
            if (deck.isEmpty()) {
                deck.addAll(Arrays.asList(Fault.values()));
                Collections.shuffle(deck, chance);
            }
            Fault fault = deck.remove(deck.size() - 1);
            int turn = first.merge(fault, 1, Integer::sum);
            FaultsStation station = stations.get(turn % stations.size());
            // So that each node has a backup that is neither new nor older than two decks; half of them are made under
            // fire.
            FaultsStation copied = stations.get(chance.nextInt(stations.size()));
            boolean copies = i % 3 == 0 && copied.lives();
            boolean together = chance.nextBoolean();
            out.println((i + 1) + " " + fault + " " + station.member());
            if (copies) copied.beginBackup();
            if (copies && !together) copied.endBackup(false);
            strike(station, fault, chance);
            if (copies && together) copied.endBackup(copied == station);
            if (copies) backups++;
        }
    }

    private void strike(FaultsStation station, Fault fault, Random chance) throws Exception {
        if (fault == Fault.FULL_DISK && station.disk().isEmpty()) {
            leftOut++;
            return;
        }
        long millis = 500L + chance.nextInt(2_500);
        switch (fault) {
            case KILL_JVM -> station.killJvm();
            case KILL_DATABASE -> station.killDatabase();
            case KILL_BOTH -> {
                station.killDatabase();
                station.killJvm();
            }
            case CUT, SLOW, HALF_OPEN, DEAF -> {
                station.line().become(FaultyLine.State.valueOf(fault.name()));
                TimeUnit.MILLISECONDS.sleep(millis);
                station.line().become(FaultyLine.State.SOUND);
            }
            case DUPLICATE -> copies += Long.parseLong(station.tell("duplicate"));
            case REORDER -> reorder(station);
            case FULL_DISK -> fullDisk(station, station.disk().orElseThrow(), chance.nextBoolean(), millis);
            case CLOCK_AHEAD, CLOCK_BEHIND -> jump(station, fault, chance, millis);
            case TEN_DAYS_AWAY -> tenDaysAway(station);
            case RESTORE -> station.comeBack();
        }
        TimeUnit.MILLISECONDS.sleep(chance.nextInt(1_000));
        for (FaultsStation each : stations) each.reviveIfDead(pace);
        done.merge(fault, 1, Integer::sum);
        // What comes back late, or by itself, has to come back at all.
        if (fault == Fault.FULL_DISK
                || fault == Fault.CLOCK_AHEAD
                || fault == Fault.CLOCK_BEHIND
                || fault == Fault.RESTORE) probe(fault + " at " + station.member());
    }

    private void probe(String after) throws IOException {
        for (FaultsStation each : stations) {
            String result = each.tell("probe");
            if (!result.equals(FaultsNode.OK)) stuck.add("After " + after + ", " + each.member() + ": " + result);
        }
    }

    private void reorder(FaultsStation station) throws IOException {
        for (FaultsStation each : stations) if (each != station) each.line().become(FaultyLine.State.UNEVEN);
        broughtAtOnce += Long.parseLong(station.tell("reorder"));
        for (FaultsStation each : stations) each.line().become(FaultyLine.State.SOUND);
    }

    /** @param log whether the database's own log runs out of room as well, which ends the server */
    private void fullDisk(FaultsStation station, SmallDisk disk, boolean log, long millis) throws Exception {
        long before = Long.parseLong(station.tell("refused"));
        disk.fill();
        if (log) station.quietly("log");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (!log && station.lives() && System.nanoTime() < end && Long.parseLong(station.tell("refused")) == before)
            TimeUnit.MILLISECONDS.sleep(100);
        TimeUnit.MILLISECONDS.sleep(millis);
        if (station.lives()) refusedForWantOfRoom += Long.parseLong(station.tell("refused")) - before;
        disk.free();
        end = System.nanoTime() + RECOVER.toNanos();
        while (station.lives() && Long.parseLong(station.tell("waiting")) < 0) {
            if (System.nanoTime() > end) station.killJvm();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        if (!station.lives()) restartedForRoom++;
    }

    /** Half of the jumps happen while others are not reached: what pauses then must not pause until that wrong time has come. */
    private void jump(FaultsStation station, Fault fault, Random chance, long millis) throws Exception {
        long hours = 1L + chance.nextInt(47);
        boolean alone = chance.nextBoolean();
        Duration before = station.moved();
        station.move(before.plus(Duration.ofHours(fault == Fault.CLOCK_AHEAD ? hours : -hours)));
        if (alone)
            for (FaultsStation each : stations) if (each != station) each.line().become(FaultyLine.State.CUT);
        TimeUnit.MILLISECONDS.sleep(millis);
        station.move(before);
        for (FaultsStation each : stations) each.line().become(FaultyLine.State.SOUND);
    }

    private void tenDaysAway(FaultsStation away) throws Exception {
        away.killJvm();
        for (FaultsStation each : stations) each.move(each.moved().plus(Duration.ofDays(10)));
        TimeUnit.SECONDS.sleep(2);
    }

    /** Until nothing waits anywhere. @return seconds */
    private double settle() throws Exception {
        for (FaultsStation station : stations) station.reviveIfDead(0);
        for (FaultsStation station : stations) station.quietly("halt");
        // What was written under a clock that was ahead waits until that time has come.
        for (FaultsStation station : stations) station.move(station.moved().plus(Duration.ofDays(3)));
        long begun = System.nanoTime();
        for (FaultsStation station : stations) {
            String result = station.tell("last");
            if (!result.equals(FaultsNode.OK)) stuck.add("At the end, " + station.member() + ": " + result);
        }
        none("waiting");
        double seconds = (System.nanoTime() - begun) / 1e9;
        // Orders of the last half minute, whose data may have come at the same moment.
        none("looking");
        return seconds;
    }

    /** Until no node has any more of it, or it lasts too long. */
    private void none(String of) throws Exception {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < SETTLE.toNanos()) {
            long left = 0;
            for (FaultsStation station : stations) {
                long here = Long.parseLong(station.tell(of));
                left += here < 0 ? 1 : here;
            }
            if (left == 0) return;
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private boolean compare(Path directory) throws Exception {
        FaultsAccount account = new FaultsAccount();
        for (FaultsStation station : stations) {
            Path report = directory.resolve("report-" + station.member());
            String unused = station.tell("report " + report);
            account.read(
                    station.member(),
                    Files.readAllLines(report),
                    FaultsJournal.read(station.journal()),
                    station.losses());
        }
        boolean sound = account.judge(figures);
        account.wrong().forEach(out::println);
        return sound;
    }
}
