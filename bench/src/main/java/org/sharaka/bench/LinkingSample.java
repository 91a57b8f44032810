package org.sharaka.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.sharaka.identifiers.CardHash;
import org.sharaka.identifiers.Extractor;
import org.sharaka.identifiers.ExtractorSettings;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.Mention;
import org.sharaka.identifiers.Region;
import org.sharaka.identifiers.SharedInfrastructure;
import org.sharaka.linking.Evidence;
import org.sharaka.linking.InMemoryLinkStore;
import org.sharaka.linking.KeyDeriver;
import org.sharaka.linking.KeyKind;
import org.sharaka.linking.KeyState;
import org.sharaka.linking.LinkKey;
import org.sharaka.linking.LinkPolicy;
import org.sharaka.linking.LinkedReport;
import org.sharaka.linking.Linker;
import org.sharaka.linking.Placement;

/**
 * Links feeds of indicators whose truth nobody knows, and draws what a person should read to judge the campaigns: pairs within them
 * (precision), and reports beside the most alike one of the same days (recall). The same seed draws the same.
 */
final class LinkingSample {
    private static final int PAIRS = 60;
    private static final int NEIGHBOURS = 70;
    private static final long DAYS_APART = 3;
    private static final int GRAM = 4;
    private static final int LENGTH_SHOWN = 150;

    private record Row(String file, LocalDateTime time, String value, String about, List<LinkKey> keys) {
        @Override
        public String toString() {
            String shown = value.length() <= LENGTH_SHOWN ? value : value.substring(0, LENGTH_SHOWN) + "…";
            // Never a live link, wherever the output is pasted.
            return time.toLocalDate() + "  " + shown.replace("http", "hxxp").replace(".", "[.]") + "  " + about;
        }
    }

    private final List<Path> files;
    private final Region region;
    private final Random random;
    private final InMemoryLinkStore store = new InMemoryLinkStore();
    private final KeyDeriver deriver = new KeyDeriver(LinkPolicy.standard(), SharedInfrastructure.bundled());
    private final Extractor extractor = Extractor.create(
            ExtractorSettings.with(CardHash.hmacSha256("bench".repeat(8).getBytes(StandardCharsets.UTF_8))));
    private final List<Row> rows = new ArrayList<>();
    private final Map<Long, List<Integer>> campaigns = new TreeMap<>();
    private final Map<Integer, Long> campaignOf = new HashMap<>();

    /** @param files with columns {@code date} or {@code time}, and {@code value}, {@code url} or {@code text}; others are shown */
    LinkingSample(List<Path> files, String region, long seed) {
        this.files = files;
        this.region = Region.of(region);
        this.random = new Random(seed);
    }

    void draw(Figures figures, PrintWriter out) throws IOException {
        for (Path file : files) read(file);
        Linker linker = new Linker(store, LinkPolicy.standard());
        for (int from = 0; from < rows.size(); from += 500) {
            List<LinkedReport> some = new ArrayList<>();
            for (int i = from; i < Math.min(from + 500, rows.size()); i++) {
                some.add(new LinkedReport(i + 1L, rows.get(i).keys()));
            }
            linker.add(some);
        }
        while (!linker.settled()) linker.settle(500);
        long[] numbers = new long[rows.size()];
        for (int i = 0; i < numbers.length; i++) numbers[i] = i + 1L;
        Map<Long, List<Integer>> groups = new TreeMap<>();
        for (Placement placement : store.placements(numbers)) {
            campaignOf.put((int) placement.report() - 1, placement.group());
            groups.computeIfAbsent(placement.group(), group -> new ArrayList<>())
                    .add((int) placement.report() - 1);
        }
        groups.forEach((group, members) -> {
            if (members.size() > 1)
                campaigns.put(group, members.stream().sorted().toList());
        });
        figures.put("reports", rows.size(), "reports");
        figures.put("campaigns", campaigns.size(), "campaigns");
        figures.put(
                "in_campaigns", campaigns.values().stream().mapToInt(List::size).sum(), "reports");
        figures.put("pairs", weights().stream().mapToLong(Long::longValue).sum(), "pairs");
        largest(out);
        shared(out);
        pairsOfAll(out);
        pairsOfEach(out);
        neighbours(out);
    }

    private void read(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file);
                CsvReader csv = new CsvReader(reader, ',', true)) {
            List<String> header = csv.next();
            if (header == null) throw new IOException(file + " is empty");
            List<String> names = header.stream()
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .toList();
            int time = column(names, List.of("date", "time"), file);
            int value = column(names, List.of("value", "url", "text"), file);
            Set<String> seen = new HashSet<>();
            for (List<String> row = csv.next(); row != null; row = csv.next()) {
                if (row.size() <= Math.max(time, value) || !seen.add(row.get(value))) continue;
                String about = row.size() > value + 1 ? row.get(value + 1) : "";
                rows.add(new Row(file.toString(), time(row.get(time)), row.get(value), about, keys(row.get(value))));
            }
        }
    }

    private static LocalDateTime time(String written) {
        String plain = written.replace('/', '-').replace('T', ' ').replace("Z", "");
        return LocalDateTime.parse(plain, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT));
    }

    private static int column(List<String> names, List<String> any, Path file) throws IOException {
        for (String name : any) if (names.contains(name)) return names.indexOf(name);
        throw new IOException(file + " has no column " + String.join(" or ", any));
    }

    private List<LinkKey> keys(String value) {
        List<Identifier> identifiers = extractor.extract(value, region).stream()
                .map(Mention::identifier)
                .distinct()
                .toList();
        return deriver.derive(new Evidence(identifiers, ""));
    }

    private List<Long> weights() {
        return campaigns.values().stream()
                .map(members -> (long) members.size() * (members.size() - 1) / 2)
                .toList();
    }

    private void largest(PrintWriter out) {
        out.println("\nLargest campaigns, with the keys that most of each holds");
        campaigns.values().stream()
                .sorted(Comparator.comparingInt(members -> -members.size()))
                .limit(15)
                .forEach(members -> out.println(members.size() + " reports: " + keysOf(members)));
    }

    private String keysOf(List<Integer> members) {
        Map<String, Integer> held = new HashMap<>();
        for (int member : members)
            for (LinkKey key : links(rows.get(member))) held.merge(key.kind() + " " + key.label(), 1, Integer::sum);
        return held.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(4)
                .map(key -> key.getValue() + "× " + key.getKey())
                .collect(Collectors.joining("; "));
    }

    private List<LinkKey> links(Row row) {
        Map<Long, LinkKey> keys = new HashMap<>();
        for (LinkKey key : row.keys()) keys.put(key.hash(), key);
        for (KeyState state :
                store.keys(keys.keySet().stream().mapToLong(Long::longValue).toArray())) {
            if (state.shared() || state.degree() < 2) keys.remove(state.hash());
        }
        return List.copyOf(keys.values());
    }

    /** The keys of most reports that are taken for shared services. */
    private void shared(PrintWriter out) {
        out.println("\nShared services that most reports name");
        Map<Long, LinkKey> keys = new HashMap<>();
        for (Row row : rows) for (LinkKey key : row.keys()) keys.put(key.hash(), key);
        store.keys(keys.keySet().stream().mapToLong(Long::longValue).toArray()).stream()
                .filter(state -> state.shared() && state.kind() != KeyKind.BYSTANDER)
                .sorted(Comparator.comparingInt(state -> -state.degree()))
                .limit(25)
                .forEach(state -> out.println(state.degree() + " " + state.kind() + " " + state.label()
                        + (state.listed() ? " (listed)" : " (observed)")));
    }

    private void pairsOfAll(PrintWriter out) {
        out.println("\n" + PAIRS + " pairs, drawn uniformly over all pairs within campaigns");
        List<List<Integer>> all = List.copyOf(campaigns.values());
        List<Long> weights = weights();
        long total = weights.stream().mapToLong(Long::longValue).sum();
        for (int i = 1; i <= PAIRS && total > 0; i++) {
            long at = (long) (random.nextDouble() * total);
            int campaign = 0;
            while (at >= weights.get(campaign)) at -= weights.get(campaign++);
            pair("A" + i, all.get(campaign), out);
        }
    }

    private void pairsOfEach(PrintWriter out) {
        out.println(
                "\n" + PAIRS + " pairs of one campaign each, of three reports and more without a domain that all hold");
        List<List<Integer>> some = new ArrayList<>(campaigns.values().stream()
                .filter(members -> members.size() > 2 && !haveOneDomain(members))
                .toList());
        for (int i = 1; i <= PAIRS && !some.isEmpty(); i++) {
            pair("B" + i, some.remove(random.nextInt(some.size())), out);
        }
    }

    private boolean haveOneDomain(List<Integer> members) {
        Set<Long> common = domains(members.get(0));
        for (int member : members) common.retainAll(domains(member));
        return !common.isEmpty();
    }

    private Set<Long> domains(int row) {
        Set<Long> domains = new HashSet<>();
        for (LinkKey key : rows.get(row).keys()) if (key.kind() == KeyKind.DOMAIN) domains.add(key.hash());
        return domains;
    }

    private void pair(String name, List<Integer> members, PrintWriter out) {
        int first = random.nextInt(members.size());
        int second = random.nextInt(members.size() - 1);
        if (second >= first) second++;
        Row one = rows.get(members.get(first));
        Row other = rows.get(members.get(second));
        Set<Long> hashes = links(one).stream().map(LinkKey::hash).collect(Collectors.toSet());
        String common = links(other).stream()
                .filter(key -> hashes.contains(key.hash()))
                .map(key -> key.kind() + " " + key.label())
                .collect(Collectors.joining("; "));
        out.println(name + " of " + members.size() + ", common: "
                + (common.isEmpty() ? "(over a third) " + keysOf(members) : common));
        out.println("   " + one);
        out.println("   " + other);
    }

    private void neighbours(PrintWriter out) {
        out.println("\n" + NEIGHBOURS + " reports, each beside the most alike of the same file within " + DAYS_APART
                + " days");
        for (int i = 1; i <= NEIGHBOURS && rows.size() > 1; i++) {
            int at = random.nextInt(rows.size());
            Row row = rows.get(at);
            Set<String> grams = grams(row.value());
            int best = -1;
            double most = 0;
            for (int other = 0; other < rows.size(); other++) {
                Row beside = rows.get(other);
                boolean near = beside.file().equals(row.file())
                        && Math.abs(ChronoUnit.HOURS.between(row.time(), beside.time())) <= 24 * DAYS_APART;
                if (other == at || !near || bare(beside.value()).equals(bare(row.value()))) continue;
                Set<String> common = grams(beside.value());
                int size = common.size();
                common.retainAll(grams);
                double likeness = (double) common.size() / Math.max(1, grams.size() + size - common.size());
                if (likeness > most) {
                    most = likeness;
                    best = other;
                }
            }
            if (best < 0) continue;
            boolean linked = Objects.equals(campaignOf.get(at), campaignOf.get(best));
            out.printf(Locale.ROOT, "C%d %.2f %s%n", i, most, linked ? "linked" : "not linked");
            out.println("   " + row);
            out.println("   " + rows.get(best));
        }
    }

    private static String bare(String value) {
        return value.toLowerCase(Locale.ROOT).replaceFirst("^\\w+://", "").replaceFirst("/+$", "");
    }

    private static Set<String> grams(String value) {
        String plain = bare(value);
        Set<String> grams = new HashSet<>();
        for (int i = 0; i + GRAM <= plain.length(); i++) grams.add(plain.substring(i, i + GRAM));
        return grams;
    }
}
