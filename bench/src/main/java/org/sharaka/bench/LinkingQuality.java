package org.sharaka.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sharaka.identifiers.CardHash;
import org.sharaka.identifiers.Extractor;
import org.sharaka.identifiers.ExtractorSettings;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.Mention;
import org.sharaka.identifiers.Region;
import org.sharaka.identifiers.SharedInfrastructure;
import org.sharaka.linking.Edges;
import org.sharaka.linking.Evidence;
import org.sharaka.linking.InMemoryLinkStore;
import org.sharaka.linking.KeyDeriver;
import org.sharaka.linking.KeyState;
import org.sharaka.linking.LinkKey;
import org.sharaka.linking.LinkPolicy;
import org.sharaka.linking.LinkedReport;
import org.sharaka.linking.Linker;
import org.sharaka.linking.Members;
import org.sharaka.linking.Placement;

/** Links the reports of a file as the node would, one batch after another, and compares the groups with a truth. */
final class LinkingQuality {
    private final Path reports;
    private final @Nullable Path truth;
    private final Region region;
    private final int batch;
    private final int largest;
    private final @Nullable Path groupsFile;

    private final LinkPolicy policy = LinkPolicy.standard();
    private final KeyDeriver deriver = new KeyDeriver(policy, SharedInfrastructure.bundled());
    // The card hash is keyed per node; a bench needs equal cards to be equal within the run and no more.
    private final Extractor extractor = Extractor.create(
            ExtractorSettings.with(CardHash.hmacSha256("bench".repeat(8).getBytes(StandardCharsets.UTF_8))));
    private final InMemoryLinkStore store = new InMemoryLinkStore();
    private final Linker linker = new Linker(store, policy);
    private final Map<Long, String> idOf = new HashMap<>();

    LinkingQuality(
            Path reports, @Nullable Path truth, String region, int batch, int largest, @Nullable Path groupsFile) {
        this.reports = reports;
        this.truth = truth;
        this.region = Region.of(region);
        this.batch = Math.max(1, batch);
        this.largest = largest;
        this.groupsFile = groupsFile;
    }

    void measure(Figures figures, PrintWriter out) throws IOException {
        Memory.reset();
        long begin = System.nanoTime();
        link();
        long settling = System.nanoTime();
        while (!linker.settled()) linker.settle(500);
        long end = System.nanoTime();

        Map<String, Long> groups = groups();
        Map<Long, Integer> sizes = new HashMap<>();
        for (long group : groups.values()) sizes.merge(group, 1, Integer::sum);
        figures.put("reports", groups.size(), "reports");
        figures.put(
                "campaigns", sizes.values().stream().filter(size -> size > 1).count(), "groups");
        figures.put("alone", sizes.values().stream().filter(size -> size == 1).count(), "reports");
        figures.put(
                "largest_campaign",
                sizes.values().stream().mapToInt(Integer::intValue).max().orElse(0),
                "reports");
        figures.put("seconds", (end - begin) / 1e9, "s");
        figures.put("seconds_settling", (end - settling) / 1e9, "s");
        figures.put("peak_heap", Memory.peakHeapBytes() / 1e6, "MB");
        if (truth != null) {
            PairScore score = PairScore.of(groups, truth(truth));
            figures.put("pair_precision", score.precision(), "ratio");
            figures.put("pair_recall", score.recall(), "ratio");
            figures.put("pair_f1", score.f1(), "ratio");
            figures.put("pairs_found", score.found(), "pairs");
            figures.put("pairs_in_truth", score.wanted(), "pairs");
        }
        describeLargest(sizes, out);
        if (groupsFile != null) write(groups, groupsFile);
    }

    private void link() throws IOException {
        try (BufferedReader file = Files.newBufferedReader(reports);
                CsvReader rows = new CsvReader(file, ',', true)) {
            List<String> header = header(rows, reports);
            int id = column(header, "id", reports);
            int text = column(header, "text", reports);
            List<LinkedReport> waiting = new ArrayList<>();
            long number = 0;
            Set<String> seen = new LinkedHashSet<>();
            for (List<String> row = rows.next(); row != null; row = rows.next()) {
                if (row.size() <= Math.max(id, text) || !seen.add(row.get(id))) continue;
                idOf.put(++number, row.get(id));
                waiting.add(new LinkedReport(number, keys(row.get(text))));
                if (waiting.size() == batch) {
                    linker.add(waiting);
                    waiting.clear();
                }
            }
            linker.add(waiting);
        }
    }

    private List<LinkKey> keys(String text) {
        List<Identifier> identifiers = extractor.extract(text, region).stream()
                .map(Mention::identifier)
                .distinct()
                .toList();
        return deriver.derive(new Evidence(identifiers, text));
    }

    private Map<String, Long> groups() {
        Map<String, Long> groups = new HashMap<>();
        long[] numbers = idOf.keySet().stream().mapToLong(Long::longValue).toArray();
        for (Placement placement : store.placements(numbers)) {
            groups.put(idOf.getOrDefault(placement.report(), ""), placement.group());
        }
        return groups;
    }

    private static Map<String, String> truth(Path file) throws IOException {
        Map<String, String> truth = new HashMap<>();
        try (BufferedReader reader = Files.newBufferedReader(file);
                CsvReader rows = new CsvReader(reader, '\t', false)) {
            List<String> header = header(rows, file);
            int id = column(header, "id", file);
            int group = column(header, "group", file);
            for (List<String> row = rows.next(); row != null; row = rows.next()) {
                if (row.size() > Math.max(id, group) && !row.get(group).isBlank())
                    truth.put(row.get(id), row.get(group));
            }
        }
        return truth;
    }

    private static List<String> header(CsvReader rows, Path file) throws IOException {
        List<String> header = rows.next();
        if (header == null) throw new IOException(file + " is empty");
        return header.stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static int column(List<String> header, String name, Path file) throws IOException {
        int index = header.indexOf(name);
        if (index < 0) throw new IOException(file + " has no column " + name);
        return index;
    }

    /** The largest campaigns, each with the keys that most of it holds. */
    private void describeLargest(Map<Long, Integer> sizes, PrintWriter out) {
        List<Map.Entry<Long, Integer>> order = new ArrayList<>(sizes.entrySet());
        order.sort(Map.Entry.<Long, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()));
        for (Map.Entry<Long, Integer> group : order.subList(0, Math.min(largest, order.size()))) {
            if (group.getValue() < 2) break;
            Members members = store.group(group.getKey());
            Map<Long, Integer> held = new HashMap<>();
            Edges edges = members.edges();
            for (long key : edges.keys()) held.merge(key, 1, Integer::sum);
            List<Long> keys = new ArrayList<>(held.keySet());
            keys.sort(Comparator.<Long>comparingInt(key -> -held.getOrDefault(key, 0))
                    .thenComparing(key -> key));
            StringBuilder line = new StringBuilder().append(group.getValue()).append(" reports:");
            for (long key : keys.subList(0, Math.min(5, keys.size()))) {
                KeyState state = store.keys(new long[] {key}).get(0);
                line.append(' ')
                        .append(held.get(key))
                        .append("× ")
                        .append(state.kind())
                        .append(' ');
                String label = state.label();
                line.append(label, 0, Math.min(60, label.length())).append(';');
            }
            out.println(line);
        }
    }

    private static void write(Map<String, Long> groups, Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write("id\tgroup\n");
            for (Map.Entry<String, Long> row : groups.entrySet()) {
                out.write(row.getKey() + "\t" + row.getValue() + "\n");
            }
        }
    }
}
