package org.sharaka.bench;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ListIndex;
import org.sharaka.matching.NameComparator;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.PreparedName;
import org.sharaka.matching.Schema;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * `./sharaka bench matching`: how fast the matching library is, without server and disk. Times of pairs and queries are processor time of one
 * thread, since the machine is shared; loading and changing entries is told by the clock.
 */
@Command(
        name = "matching",
        mixinStandardHelpOptions = true,
        description =
                "Measures the speed of the matching library: a pair, a query of the UN and OFAC lists, an index of a million.")
public final class MatchingBench extends BenchCommand {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "../shared/data",
            description = "the shared data (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("../shared/data");

    @Option(names = "--count", defaultValue = "1000000", description = "generated entries (default: ${DEFAULT-VALUE})")
    private int count = 1_000_000;

    @Option(names = "--queries", defaultValue = "5000", description = "of each sort (default: ${DEFAULT-VALUE})")
    private int queries = 5_000;

    @Option(names = "--seed", defaultValue = "1", description = "of the generated entries (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(names = "--jmh", description = "measures a pair, a name and a query with JMH instead, half a minute")
    private boolean jmh;

    private double sink;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = out();
        if (jmh) return withJmh(out);
        Figures figures = new Figures("matching");
        if (Files.isReadable(data.resolve("names/name_bench_dev.tsv"))) {
            pairs(figures);
            lists(figures);
        } else {
            out.println("skipped: no shared data at " + data + "; pairs and published lists are not measured");
        }
        million(figures);
        // The sum is used, or the compiler may leave the work out.
        if (sink == 42.0) out.println();
        publish(figures);
        return 0;
    }

    /** JMH in a process of its own: its jars are no part of what we pass on, so they stand on no other class path. */
    private int withJmh(PrintWriter out) throws IOException {
        Path own = ownPath();
        Path jars = own.resolveSibling("jmh-classpath.txt");
        if (!Files.isReadable(jars)) {
            out.println("no " + jars + ": ./mvnw package writes it");
            out.flush();
            return 1;
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")
                        + File.pathSeparator
                        + Files.readString(jars).strip(),
                "org.openjdk.jmh.Main",
                MatchingBenchmarks.class.getName()));
        boolean shared = Files.isReadable(data.resolve("names/name_bench_dev.tsv"));
        if (shared) command.addAll(List.of("-p", "data=" + data));
        else out.println("no shared data at " + data + ": measured on generated names");
        out.flush();
        json().ifPresent(file -> command.addAll(List.of("-rf", "json", "-rff", file.toString())));
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static Path ownPath() {
        try {
            return Path.of(MatchingBench.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of our own classes is no path", e);
        }
    }

    private void pairs(Figures figures) throws IOException {
        TsvTable table = TsvTable.read(data.resolve("names/name_bench_dev.tsv"));
        List<PreparedName> ones = new ArrayList<>();
        List<PreparedName> others = new ArrayList<>();
        for (int row = 0; row < table.size(); row++) {
            Schema schema = Schema.of(table.get(row, "schema")).orElse(Schema.LEGAL_ENTITY);
            ones.add(PreparedName.of(schema, table.get(row, "name1")));
            others.add(PreparedName.of(schema, table.get(row, "name2")));
        }
        NameComparator comparator = new NameComparator();
        double best = Double.MAX_VALUE;
        double preparing = Double.MAX_VALUE;
        for (int round = 0; round < 12; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            for (int repeat = 0; repeat < 100; repeat++) {
                for (int i = 0; i < ones.size(); i++) sink += comparator.score(ones.get(i), others.get(i));
            }
            best = Math.min(best, (THREADS.getCurrentThreadCpuTime() - start) / 100.0 / ones.size());
            start = THREADS.getCurrentThreadCpuTime();
            for (int repeat = 0; repeat < 5; repeat++) {
                for (int row = 0; row < table.size(); row++) {
                    sink += PreparedName.of(Schema.PERSON, table.get(row, "name1"))
                            .raw()
                            .length();
                }
            }
            preparing = Math.min(preparing, (THREADS.getCurrentThreadCpuTime() - start) / 5.0 / ones.size());
        }
        figures.put("pair_prepared", best / 1e3, "us");
        figures.put("prepare_one_name", preparing / 1e3, "us");
    }

    private void lists(Figures figures) throws IOException {
        List<Entry> entries = PublishedLists.both(data);
        long start = System.nanoTime();
        ListIndex index = ListIndex.of(entries);
        figures.put("lists_load", (System.nanoTime() - start) / 1e9, "s");
        figures.put("lists_entries", index.size(), "entries");
        figures.put("lists_bytes_per_entry", (double) index.sizeBytes() / index.size(), "bytes");
        List<Particulars> asked = new ArrayList<>();
        try (CsvReader rows = new CsvReader(
                Files.newBufferedReader(data.resolve("names/negatives_us_25k.csv"), StandardCharsets.UTF_8),
                ',',
                true)) {
            rows.next();
            for (List<String> row = rows.next(); row != null && asked.size() < queries; row = rows.next()) {
                asked.add(Particulars.named(Schema.PERSON, row.get(0)));
            }
        }
        Random random = new Random(seed);
        for (int i = 0; i < queries; i++) {
            Particulars listed = entries.get(random.nextInt(entries.size())).particulars();
            asked.add(Particulars.named(listed.schema(), listed.names().get(0)));
        }
        double median = search(index, asked, "lists_query", figures);
        List<Particulars> hostile = new ArrayList<>();
        for (String name : hostile()) hostile.add(Particulars.named(Schema.PERSON, name));
        search(index, hostile, "hostile_query", figures);
        Latencies worst = new Latencies();
        for (Particulars one : hostile) worst.add(time(index, one));
        figures.put("hostile_worst_by_median", worst.millis(1) / median, "times");
    }

    /** Names that somebody asks to cost us dear. */
    static List<String> hostile() {
        return List.of(
                "a".repeat(10_000),
                "abcdef ".repeat(2_000),
                "mohammed ali ".repeat(800),
                "محمد علي احمد ".repeat(800),
                "ا".repeat(10_000),
                "y" + "\u0301".repeat(10_000),
                "\u202e\u0000\u200f".repeat(3_000),
                "-._,;:!? ".repeat(1_000),
                "a b c d e f g h i j k l m n o p",
                "王".repeat(5_000),
                "abdul rahman mohammed ahmed ali hassan hussein ibrahim omar khalid",
                "😀".repeat(3_000));
    }

    private void million(Figures figures) {
        SyntheticNames names = new SyntheticNames(count, seed);
        long before = Memory.usedHeapBytes();
        Memory.reset();
        long start = System.nanoTime();
        ListIndex index = ListIndex.of(names);
        figures.put("million_load", (System.nanoTime() - start) / 1e9, "s");
        figures.put("million_load_peak_heap", Memory.peakHeapBytes() / 1e6, "MB");
        long after = Memory.usedHeapBytes();
        figures.put("million_entries", index.size(), "entries");
        figures.put("million_names", index.names(), "names");
        figures.put("million_heap", (after - before) / 1e6, "MB");
        figures.put("million_heap_per_entry", (double) (after - before) / index.size(), "bytes");
        Random random = new Random(seed);
        List<Particulars> asked = new ArrayList<>();
        SyntheticNames strangers = new SyntheticNames(count, seed + 1);
        for (int i = 0; i < queries; i++) {
            SyntheticNames from = i % 2 == 0 ? names : strangers;
            Particulars someone = from.entry(random.nextInt(count)).particulars();
            asked.add(
                    i % 4 < 2
                            ? someone
                            : Particulars.named(Schema.PERSON, someone.names().get(1)));
        }
        search(index, asked, "million_query", figures);
        int found = 0;
        int sought = 500;
        for (int i = 0; i < sought; i++) {
            Entry entry = names.entry(random.nextInt(count));
            Particulars person = entry.particulars();
            String damaged = new StringBuilder(person.names().get(0))
                    .deleteCharAt(person.names().get(0).length() - 2)
                    .toString();
            Particulars query = new Particulars(
                    Schema.PERSON, List.of(damaged), person.births(), person.countries(), java.util.Set.of());
            if (index.search(query, NameComparator.THRESHOLD, 10).matches().stream()
                    .anyMatch(match -> match.id().equals(entry.id()))) found++;
        }
        figures.put("million_damaged_found", (double) found / sought, "part");
        Latencies changes = new Latencies();
        for (int i = 0; i < 200; i++) {
            long begun = System.nanoTime();
            index.put(strangers.entry(i));
            changes.add(System.nanoTime() - begun);
        }
        figures.put("million_change_p50", changes.millis(0.5), "ms");
        figures.put("million_change_p99", changes.millis(0.99), "ms");
    }

    /** The median, in milliseconds. */
    private double search(ListIndex index, List<Particulars> asked, String key, Figures figures) {
        for (int i = 0; i < Math.min(asked.size(), 3_000); i++) sink += time(index, asked.get(i));
        Latencies latencies = new Latencies();
        long start = THREADS.getCurrentThreadCpuTime();
        for (Particulars one : asked) latencies.add(time(index, one));
        double all = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
        latencies.putInto(figures, key);
        figures.put(key + "_most", latencies.millis(1), "ms");
        figures.put(key + "_per_cpu_second", asked.size() / all, "queries");
        return latencies.millis(0.5);
    }

    private long time(ListIndex index, Particulars asked) {
        long start = THREADS.getCurrentThreadCpuTime();
        sink += index.search(asked, NameComparator.THRESHOLD, 10).candidates();
        return THREADS.getCurrentThreadCpuTime() - start;
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new MatchingBench()).execute(arguments));
    }
}
