package org.sharaka.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sharaka.exercise.DemoNode;
import org.sharaka.protocol.MemberId;

/** A node behind its line and on a disk of its own, in a process that is started again when it was killed. */
final class FaultsStation implements AutoCloseable {
    private final Path directory;
    private final MemberId member;
    private final int port;
    private final Path place;
    private final Path home;
    private final Path programs;
    private final FaultyLine line;
    private final Optional<SmallDisk> disk;
    private final List<Loss> losses = new ArrayList<>();
    private Duration moved = Duration.ZERO;
    private Optional<Backup> newest = Optional.empty();
    private Optional<Backup> begun = Optional.empty();
    private int backups;
    private @Nullable Process process;
    private @Nullable BufferedReader said;
    private @Nullable PrintWriter told;

    /**
     * A backup of this node.
     *
     * @param at when it began, by the machine's clock in milliseconds: what was committed before is in it
     * @param of the process that makes it
     */
    private record Backup(Path place, Path taken, long at, Process of) {}

    /** What was committed between these moments may be lost with a return from a backup; milliseconds of the machine's clock. */
    record Loss(long since, long until) {}

    FaultsStation(Path directory, MemberId member, int port) throws IOException, InterruptedException {
        this.directory = directory;
        this.member = member;
        this.port = port;
        this.line = new FaultyLine(port);
        this.place = Files.createDirectories(directory.resolve(member.value()));
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx--x--x"));
        this.disk = SmallDisk.mount(place);
        this.home = place.resolve("home");
        this.programs = directory.resolve("postgres-" + member);
    }

    MemberId member() {
        return member;
    }

    FaultyLine line() {
        return line;
    }

    /** Empty if this system does not let us mount one. */
    Optional<SmallDisk> disk() {
        return disk;
    }

    Duration moved() {
        return moved;
    }

    List<Loss> losses() {
        return List.copyOf(losses);
    }

    /** Nodes that live short need no compiler that takes long, and three of them find room beside whatever else runs. */
    private static List<String> java() {
        List<String> command = new ArrayList<>(NodeProcess.javaCommand());
        command.remove("-XX:+UseG1GC");
        command.addAll(
                command.indexOf("-cp"),
                List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        return command;
    }

    void start() throws IOException {
        List<String> command = java();
        command.addAll(1, List.of("-Dbench.clock=" + moved.toSeconds(), "-Dbench.journal=" + journal()));
        command.addAll(List.of(
                FaultsNode.class.getName(),
                directory.toString(),
                member.value(),
                home.toString(),
                DemoNode.passphraseFile(home).toString(),
                Integer.toString(port),
                programs.toString()));
        Process started = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        process = started;
        said = new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        told = new PrintWriter(started.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    Path journal() {
        return FaultsJournal.of(directory, member);
    }

    private Path log() {
        return directory.resolve(member + ".log");
    }

    void awaitReady() throws IOException {
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
        List<String> lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
    }

    String tell(String what) throws IOException {
        PrintWriter to = told;
        if (to != null) to.println(what);
        return answer();
    }

    /** As {@link #tell}, if it lives. */
    void quietly(String what) throws IOException {
        if (lives()) {
            String unused = tell(what);
        }
    }

    boolean lives() {
        return process != null && process.isAlive();
    }

    void killJvm() throws InterruptedException {
        Process killed = process;
        if (killed != null) killed.destroyForcibly().waitFor();
    }

    private Optional<ProcessHandle> database() throws IOException {
        return Files.exists(home.resolve("postgres").resolve("data").resolve("postmaster.pid"))
                ? ProcessHandle.of(NodeProcess.databasePid(home))
                : Optional.empty();
    }

    void killDatabase() throws IOException {
        database().ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Its clock goes so far from the machine's from now on, also after a restart. */
    void move(Duration by) throws IOException {
        moved = by;
        quietly("clock " + by.toSeconds());
    }

    /** @param perSecond how much it sends from then on; nothing if it is 0 */
    void reviveIfDead(int perSecond) throws IOException {
        if (lives()) return;
        start();
        awaitReady();
        if (perSecond > 0) {
            String unused = tell("send " + perSecond);
        }
    }

    /** Lets it make a backup while it works. What it makes counts once {@link #endBackup} has seen the end of it. */
    void beginBackup() throws IOException {
        Process by = process;
        if (by == null || !by.isAlive()) return;
        int number = ++backups;
        Path to = directory.resolve("backups-" + member).resolve(Integer.toString(number));
        Path taken = directory.resolve("taken-" + member + "-" + number);
        Backup backup = new Backup(to, taken, System.currentTimeMillis(), by);
        begun = Optional.of(backup);
        String unused = tell("backup " + to + " " + taken);
    }

    /**
     * @param struck whether something was done to it meanwhile, so that a backup may have failed
     * @throws IOException if it failed without that
     */
    void endBackup(boolean struck) throws IOException {
        Optional<Backup> made = begun;
        begun = Optional.empty();
        if (made.isEmpty() || !lives() || made.get().of() != process) return;
        String result = tell("backed");
        if (result.equals(FaultsNode.OK)) {
            newest.ifPresent(FaultsStation::forget);
            newest = made;
        } else if (!struck) {
            throw new IOException(member + " could not be backed up: " + result);
        }
    }

    private static void forget(Backup backup) {
        try {
            IntakeBench.delete(backup.place());
            Files.deleteIfExists(backup.taken());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** As after the loss of the machine: nothing of the old home is used. The node is not started yet. */
    void comeBack() throws IOException, InterruptedException {
        Backup backup = newest.orElseThrow();
        throwAway();
        losses.add(new Loss(backup.at(), System.currentTimeMillis()));
        Files.copy(backup.taken(), FaultsNode.takenAtBackup(directory, member), StandardCopyOption.REPLACE_EXISTING);
        List<String> command = java();
        command.addAll(List.of(
                FaultsReturn.class.getName(),
                backup.place().toString(),
                home.toString(),
                DemoNode.passphraseFile(home).toString(),
                programs.toString(),
                Long.toString(moved.toSeconds())));
        int status = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start()
                .waitFor();
        if (status != 0) throw new IOException(member + " was not restored: " + lastWords());
    }

    private void throwAway() throws IOException, InterruptedException {
        List<ProcessHandle> servers = new ArrayList<>();
        database().ifPresent(server -> {
            servers.add(server);
            server.descendants().forEach(servers::add);
        });
        killJvm();
        servers.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle each : servers)
            for (int i = 0; each.isAlive() && i < 1_000; i++) TimeUnit.MILLISECONDS.sleep(10);
        IntakeBench.delete(home);
    }

    /** Stops it and takes away its line and its disk. What the harness's directory holds besides stays. */
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
        database().ifPresent(ProcessHandle::destroyForcibly);
        line.close();
        if (disk.isPresent()) disk.get().close();
    }
}
