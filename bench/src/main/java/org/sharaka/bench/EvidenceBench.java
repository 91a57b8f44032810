package org.sharaka.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.sharaka.exercise.DemoNode;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * `./sharaka bench evidence`: one large file from node to node, each a process with a small heap; the recipient and then the sender are killed
 * in the middle. Needs three times the size on disk at most.
 */
@Command(
        name = "evidence",
        mixinStandardHelpOptions = true,
        description = "Measures a large file under custody from one node to another, resumed after kill -9 of either.")
public final class EvidenceBench extends BenchCommand {
    private static final MemberId SENDER = new MemberId("ma-ncb");
    private static final MemberId RECEIVER = new MemberId("es-ncb");
    private static final long GIGABYTE = 1_000_000_000;

    @Option(names = "--gigabytes", defaultValue = "10", description = "of the file (default: ${DEFAULT-VALUE})")
    private double gigabytes;

    @Option(names = "--heap", defaultValue = "256m", description = "of each node (default: ${DEFAULT-VALUE})")
    private String heap = "256m";

    private final Figures figures = new Figures("evidence");
    private final AtomicLong peakRss = new AtomicLong();
    private double rate;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = out();
        try (TemporaryDirectory place = TemporaryDirectory.create()) {
            boolean same = measure(place.path());
            figures.print(out);
            out.println(same ? "The file that came is the one that was sent." : "THE FILE THAT CAME IS ANOTHER.");
            out.flush();
            write(figures);
            return same ? 0 : 1;
        }
    }

    /** @return whether the recipient reads what the sender took in */
    private boolean measure(Path directory) throws Exception {
        int senderPort = FreePort.find();
        int receiverPort = FreePort.find();
        try (CountingForward line = new CountingForward(senderPort)) {
            ExchangeBench.found(directory, Map.of(SENDER, line.port(), RECEIVER, receiverPort), new SecureRandom());
            Child receiver = new Child(directory, RECEIVER, receiverPort);
            Child sender = new Child(directory, SENDER, senderPort);
            try {
                receiver.awaitReady();
                sender.awaitReady();
                long bytes = (long) (gigabytes * GIGABYTE);
                long begun = System.nanoTime();
                String[] item = sender.tell("take " + bytes).split(" ");
                figures.put("file", bytes / 1e9, "GB");
                figures.put("take_in", bytes / 1e6 / since(begun), "MB/s");
                long before = line.bytesBack();
                begun = System.nanoTime();
                String unused = sender.tell("send " + item[0]);
                await(receiver, 1 / 3.0);
                receiver.kill();
                receiver = restart(receiver, "restart_recipient");
                await(receiver, 2 / 3.0);
                sender.kill();
                sender = restart(sender, "restart_sender");
                await(receiver, 1);
                figures.put("fetched_with_both_kills", since(begun), "s");
                figures.put("fetched_best_ten_seconds", rate, "MB/s");
                long crossed = line.bytesBack() - before;
                begun = System.nanoTime();
                while (!receiver.tell("far").startsWith("COMPLETE")) TimeUnit.MILLISECONDS.sleep(200);
                figures.put("proved_whole", bytes / 1e6 / since(begun), "MB/s");
                // A sealed chunk has some 260 bytes more than its content, TLS some 22 in each record of 16 kB.
                figures.put("crossed_the_line", crossed / 1e9, "GB");
                figures.put("crossed_more_than_the_file", (crossed - bytes) / 1e6, "MB");
                begun = System.nanoTime();
                String read = receiver.tell("read");
                figures.put("read_by_an_officer", bytes / 1e6 / since(begun), "MB/s");
                figures.put("heap_limit", Math.max(heap(sender), heap(receiver)), "MB");
                figures.put("peak_resident", peakRss.get() / 1e6, "MB");
                return read.equals(item[1]);
            } finally {
                sender.close();
                receiver.close();
            }
        }
    }

    private static double heap(Child node) throws IOException {
        return Long.parseLong(node.tell("heap")) / 1e6;
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private Child restart(Child killed, String name) throws IOException {
        long begun = System.nanoTime();
        Child again = killed.again();
        again.awaitReady();
        figures.put(name, since(begun), "s");
        return again;
    }

    /** Returns when so much of the file is safe at its recipient; notes the best rate of a stretch between two looks of ten seconds. */
    private void await(Child receiver, double part) throws IOException, InterruptedException {
        long at = System.nanoTime();
        long had = -1;
        while (true) {
            String[] far = receiver.tell("far").split(" ");
            long have = Long.parseLong(far[1]);
            if (had < 0 || since(at) > 10) {
                if (had >= 0) rate = Math.max(rate, (have - had) * Limits.CHUNK_BYTES / 1e6 / since(at));
                at = System.nanoTime();
                had = have;
            }
            if (have >= part * Long.parseLong(far[2]) && !far[0].equals("NONE")) return;
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    /** A node in a process of its own that does what it is told, one line at a time. */
    private final class Child implements AutoCloseable {
        private final Path directory;
        private final MemberId member;
        private final int port;
        private final Process process;
        private final BufferedReader said;
        private final PrintWriter told;

        private Child(Path directory, MemberId member, int port) throws IOException {
            this.directory = directory;
            this.member = member;
            this.port = port;
            Path home =
                    Files.createDirectories(directory.resolve(member.value())).resolve("home");
            Files.setPosixFilePermissions(home.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
            List<String> command = new ArrayList<>(NodeProcess.javaCommand());
            command.replaceAll(option -> option.equals("-Xmx1g") ? "-Xmx" + heap : option);
            command.addAll(List.of(
                    EvidenceNode.class.getName(),
                    directory.toString(),
                    member.value(),
                    home.toString(),
                    DemoNode.passphraseFile(home).toString(),
                    Integer.toString(port)));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            told = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        }

        private void awaitReady() throws IOException {
            String unused = answer();
        }

        /** What it says last before it is ready. */
        private String answer() throws IOException {
            String last = "";
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.equals(ExchangeNode.READY)) return last;
                last = line;
            }
            throw new IOException("the node of " + member + " ended");
        }

        private String tell(String what) throws IOException {
            told.println(what);
            String answer = answer();
            noteMemory();
            return answer;
        }

        /** The kernel's own high-water mark of what was resident, heap and all. */
        private void noteMemory() throws IOException {
            try {
                Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                        .forEach(bytes -> peakRss.accumulateAndGet(bytes, Math::max));
            } catch (NoSuchFileException e) {
                // Another system: the figure stays zero.
            }
        }

        /** As kill -9 does. */
        private void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        private Child again() throws IOException {
            return new Child(directory, member, port);
        }

        @Override
        public void close() {
            told.close();
            try {
                if (!process.waitFor(60, TimeUnit.SECONDS))
                    process.destroyForcibly().waitFor();
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
