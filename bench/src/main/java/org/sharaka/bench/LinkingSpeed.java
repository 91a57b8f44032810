package org.sharaka.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sharaka.linking.BatchLinker;
import org.sharaka.linking.InMemoryLinkStore;
import org.sharaka.linking.LinkPolicy;
import org.sharaka.linking.LinkedReport;
import org.sharaka.linking.Linker;
import org.sharaka.linking.Partition;

/** How fast generated reports are linked: all of them in a batch, a part of them one by one. */
final class LinkingSpeed {
    private final int count;
    private final int online;
    private final long seed;

    LinkingSpeed(int count, int online, long seed) {
        this.count = count;
        this.online = Math.min(online, count);
        this.seed = seed;
    }

    void measure(Figures figures, PrintWriter out) {
        batch(figures, out);
        online(figures, out);
    }

    private void batch(Figures figures, PrintWriter out) {
        Memory.reset();
        long begin = System.nanoTime();
        BatchLinker linker = new BatchLinker(LinkPolicy.standard());
        SyntheticKeys keys = new SyntheticKeys(seed, count);
        for (int i = 0; i < count; i++) linker.add(keys.next());
        long read = System.nanoTime();
        out.printf("read %,d reports in %.1f s%n", count, (read - begin) / 1e9);
        out.flush();
        Partition partition = linker.link();
        long end = System.nanoTime();
        int[] sizes = new int[partition.size()];
        for (int row = 0; row < partition.size(); row++) sizes[partition.group(row)]++;
        figures.put("batch_reports", count, "reports");
        figures.put("batch_seconds", (end - begin) / 1e9, "s");
        figures.put("batch_seconds_linking", (end - read) / 1e9, "s");
        figures.put("batch_peak_heap", Memory.peakHeapBytes() / 1e6, "MB");
        figures.put("batch_live_heap", Memory.usedHeapBytes() / 1e6, "MB");
        figures.put(
                "batch_campaigns", Arrays.stream(sizes).filter(size -> size > 1).count(), "groups");
        figures.put("batch_largest", Arrays.stream(sizes).max().orElse(0), "reports");
        figures.put("batch_keys_shared", partition.keysShared(), "keys");
        figures.put("batch_planted_campaigns", keys.campaigns(), "groups");
    }

    private void online(Figures figures, PrintWriter out) {
        InMemoryLinkStore store = new InMemoryLinkStore();
        Linker linker = new Linker(store, LinkPolicy.standard());
        SyntheticKeys keys = new SyntheticKeys(seed, count);
        int before = Math.max(0, online - 20_000);
        List<LinkedReport> waiting = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < before; i++) {
            waiting.add(keys.next());
            if (waiting.size() == 500) {
                linker.add(waiting);
                waiting.clear();
                linker.settle(1000);
            }
        }
        linker.add(waiting);
        while (!linker.settled()) linker.settle(5000);
        double seconds = (System.nanoTime() - begin) / 1e9;
        out.printf("added %,d reports in %.1f s%n", before, seconds);
        int single = online - before;
        long[] times = new long[single];
        long[] settleTimes = new long[single];
        for (int i = 0; i < single; i++) {
            LinkedReport report = keys.next();
            long start = System.nanoTime();
            linker.add(List.of(report));
            long added = System.nanoTime();
            linker.settle(100);
            times[i] = added - start;
            settleTimes[i] = System.nanoTime() - added;
        }
        figures.put("online_reports", online, "reports");
        figures.put("online_batches_of_500", before / Math.max(seconds, 1e-9), "reports/s");
        percentiles("online_add", times, figures);
        percentiles("online_settle", settleTimes, figures);
    }

    private static void percentiles(String name, long[] nanos, Figures figures) {
        if (nanos.length == 0) return;
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        figures.put(name + "_p50", sorted[sorted.length / 2] / 1e6, "ms");
        figures.put(name + "_p99", sorted[(int) (sorted.length * 0.99)] / 1e6, "ms");
        figures.put(name + "_max", sorted[sorted.length - 1] / 1e6, "ms");
    }
}
