package org.sharaka.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sharaka.matching.Answer;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ListIndex;
import org.sharaka.matching.NameComparator;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.PreparedName;
import org.sharaka.matching.Schema;

/** JMH of the matching library: `./sharaka bench matching --jmh`. Half a minute; JMH's own options make it longer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MatchingBenchmarks {
    /** Generated entries when there are no published lists. */
    private static final int GENERATED = 10_000;

    private static final int QUERIES = 4_096;

    /** The shared data; empty to measure on generated names. */
    @Param("")
    public String data = "";

    private final NameComparator comparator = new NameComparator();
    private final List<PreparedName> ones = new ArrayList<>();
    private final List<PreparedName> others = new ArrayList<>();
    private final List<String> raws = new ArrayList<>();
    private final List<Particulars> asked = new ArrayList<>();
    private ListIndex index = ListIndex.of(List.of());
    private int at;

    /** Reads or generates what is compared. */
    @Setup
    public void prepare() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (data.isEmpty()) {
            new SyntheticNames(GENERATED, 1).forEach(entries::add);
            for (int i = 0; i + 1 < 1_000; i++) {
                pair(Schema.PERSON, name(entries, i, 0), i % 2 == 0 ? name(entries, i, 1) : name(entries, i + 1, 0));
            }
        } else {
            entries.addAll(PublishedLists.both(Path.of(data)));
            TsvTable table = TsvTable.read(Path.of(data).resolve("names/name_bench_dev.tsv"));
            for (int row = 0; row < table.size(); row++) {
                Schema schema = Schema.of(table.get(row, "schema")).orElse(Schema.LEGAL_ENTITY);
                pair(schema, table.get(row, "name1"), table.get(row, "name2"));
            }
        }
        index = ListIndex.of(entries);
        SyntheticNames strangers = new SyntheticNames(QUERIES, 2);
        Random random = new Random(1);
        for (int i = 0; i < QUERIES; i++) {
            Particulars someone = i % 2 == 0
                    ? entries.get(random.nextInt(entries.size())).particulars()
                    : strangers.entry(i).particulars();
            List<String> first = List.of(someone.names().get(0));
            asked.add(new Particulars(someone.schema(), first, someone.births(), Set.of(), Set.of()));
        }
    }

    private static String name(List<Entry> entries, int entry, int name) {
        return entries.get(entry).particulars().names().get(name);
    }

    private void pair(Schema schema, String one, String other) {
        raws.add(one);
        ones.add(PreparedName.of(schema, one));
        others.add(PreparedName.of(schema, other));
    }

    @Benchmark
    public double pairPrepared() {
        int pair = next(ones.size());
        return comparator.score(ones.get(pair), others.get(pair));
    }

    @Benchmark
    public PreparedName prepareOneName() {
        return PreparedName.of(Schema.PERSON, raws.get(next(raws.size())));
    }

    /** By name and date of birth: of somebody on the list and of a stranger, in turn. */
    @Benchmark
    public Answer query() {
        return index.search(asked.get(next(asked.size())), NameComparator.THRESHOLD, 10);
    }

    private int next(int size) {
        at++;
        if (at >= size) at = 0;
        return at;
    }
}
