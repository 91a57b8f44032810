package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
    private long peakResident;
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
            List<String> java = NodeProcess.javaCommand(heap);
            NodeChild receiver = NodeChild.start(java, EvidenceNode.class, directory, RECEIVER, receiverPort);
            NodeChild sender = NodeChild.start(java, EvidenceNode.class, directory, SENDER, senderPort);
            try {
                receiver.awaitReady();
                sender.awaitReady();
                long bytes = (long) (gigabytes * GIGABYTE);
                long begun = System.nanoTime();
                String[] item = tell(sender, "take " + bytes).split(" ");
                figures.put("file", bytes / 1e9, "GB");
                figures.put("take_in", bytes / 1e6 / since(begun), "MB/s");
                long before = line.bytesBack();
                begun = System.nanoTime();
                String unused = tell(sender, "send " + item[0]);
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
                while (!tell(receiver, "far").startsWith("COMPLETE")) TimeUnit.MILLISECONDS.sleep(200);
                figures.put("proved_whole", bytes / 1e6 / since(begun), "MB/s");
                // A sealed chunk has some 260 bytes more than its content, TLS some 22 in each record of 16 kB.
                figures.put("crossed_the_line", crossed / 1e9, "GB");
                figures.put("crossed_more_than_the_file", (crossed - bytes) / 1e6, "MB");
                begun = System.nanoTime();
                String read = tell(receiver, "read");
                figures.put("read_by_an_officer", bytes / 1e6 / since(begun), "MB/s");
                figures.put("heap_limit", Math.max(heap(sender), heap(receiver)), "MB");
                figures.put("peak_resident", peakResident / 1e6, "MB");
                return read.equals(item[1]);
            } finally {
                sender.close();
                receiver.close();
            }
        }
    }

    /** @return what it says last; notes how much memory it has taken */
    private String tell(NodeChild node, String what) throws IOException {
        List<String> said = node.tell(what);
        peakResident = Math.max(peakResident, node.peakResidentBytes());
        return said.get(said.size() - 1);
    }

    private double heap(NodeChild node) throws IOException {
        return Long.parseLong(tell(node, "heap")) / 1e6;
    }

    private static double since(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private NodeChild restart(NodeChild killed, String name) throws IOException {
        long begun = System.nanoTime();
        NodeChild again = killed.again();
        again.awaitReady();
        figures.put(name, since(begun), "s");
        return again;
    }

    /** Returns when so much of the file is safe at its recipient; notes the best rate of a stretch between two looks of ten seconds. */
    private void await(NodeChild receiver, double part) throws IOException, InterruptedException {
        long at = System.nanoTime();
        long had = -1;
        while (true) {
            String[] far = tell(receiver, "far").split(" ");
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
}
