package org.sharaka.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ListIndex;
import org.sharaka.matching.NameComparator;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.PreparedName;
import org.sharaka.matching.Schema;

/** How well lists are searched: damaged names of listed persons, strangers, and names in their own script. */
final class ListQuality {
    private static final int LIMIT = 50;
    private static final double THRESHOLD = NameComparator.THRESHOLD;

    private final Path data;

    ListQuality(Path data) {
        this.data = data;
    }

    void measure(Figures figures, PrintWriter out) throws IOException {
        List<Entry> entries = PublishedLists.both(data);
        ListIndex index = ListIndex.of(entries);
        figures.put("list_entries", index.size(), "entries");
        figures.put("list_names", index.names(), "names");
        treated(index, entries, figures, out);
        strangers(index, figures);
        originalScript(figures);
    }

    /** Names of the UN list that somebody damaged; found is who is the same entry, by the undamaged name. */
    private void treated(ListIndex index, List<Entry> entries, Figures figures, PrintWriter out) throws IOException {
        Map<String, Set<String>> byName = new HashMap<>();
        for (Entry entry : entries) {
            if (!entry.id().startsWith("un-")) continue;
            for (String name : entry.particulars().names()) {
                byName.computeIfAbsent(PreparedName.normalised(name), n -> new HashSet<>())
                        .add(entry.id());
            }
        }
        TsvTable table = TsvTable.read(data.resolve("names/un_treated_pairs.tsv"));
        int asked = 0;
        int found = 0;
        int foundByName = 0;
        for (int row = 0; row < table.size(); row++) {
            Set<String> wanted = byName.get(PreparedName.normalised(table.get(row, "original")));
            if (wanted == null) continue;
            asked++;
            Particulars name = Particulars.named(Schema.PERSON, table.get(row, "treated"));
            Optional<PartialDate> birth = PartialDate.parse(table.get(row, "dob_treated"));
            if (finds(index, name, wanted)) foundByName++;
            if (finds(index, birth.map(name::born).orElse(name), wanted)) found++;
        }
        out.println("damaged names whose original is no longer on the list: " + (table.size() - asked));
        figures.put("damaged_asked", asked, "queries");
        figures.put("damaged_found", (double) found / asked, "part");
        figures.put("damaged_found_by_name_alone", (double) foundByName / asked, "part");
    }

    private static boolean finds(ListIndex index, Particulars asked, Set<String> wanted) {
        return index.search(asked, THRESHOLD, LIMIT).matches().stream().anyMatch(match -> wanted.contains(match.id()));
    }

    /** Persons who are on no list: whoever is found is a false alert. */
    private void strangers(ListIndex index, Figures figures) throws IOException {
        int asked = 0;
        int alerts = 0;
        int alertsByName = 0;
        try (BufferedReader in =
                        Files.newBufferedReader(data.resolve("names/negatives_us_25k.csv"), StandardCharsets.UTF_8);
                CsvReader rows = new CsvReader(in, ',', true)) {
            List<String> header = rows.next();
            if (header == null) throw new IOException("the strangers' file is empty");
            int name = header.indexOf("full_name");
            int birth = header.indexOf("date_of_birth");
            for (List<String> row = rows.next(); row != null; row = rows.next()) {
                asked++;
                Particulars person = Particulars.named(Schema.PERSON, row.get(name));
                if (!index.search(person, THRESHOLD, 1).matches().isEmpty()) alertsByName++;
                Particulars born =
                        PartialDate.parse(row.get(birth)).map(person::born).orElse(person);
                if (!index.search(born, THRESHOLD, 1).matches().isEmpty()) alerts++;
            }
        }
        figures.put("strangers_asked", asked, "queries");
        figures.put("false_alerts", (double) alerts / asked, "part");
        figures.put("false_alerts_by_name_alone", (double) alertsByName / asked, "part");
    }

    /** Names in their own script against the Latin names of the whole UN list; entries newer than the list come with their one name. */
    private void originalScript(Figures figures) throws IOException {
        TsvTable table = TsvTable.read(data.resolve("names/un_crossscript_dev.tsv"));
        List<Entry> entries = new ArrayList<>(PublishedLists.un(data, false));
        Set<String> known = new HashSet<>();
        for (Entry entry : entries) known.add(entry.id());
        List<RetrievalBench.Query> queries = new ArrayList<>();
        for (int row = 0; row < table.size(); row++) {
            String id = "un-" + table.get(row, "dataid");
            Schema schema = Schema.of(table.get(row, "schema")).orElse(Schema.LEGAL_ENTITY);
            if (known.add(id)) entries.add(new Entry(id, Particulars.named(schema, table.get(row, "latin_name"))));
            queries.add(
                    new RetrievalBench.Query(Particulars.named(schema, table.get(row, "original_script_name")), id));
        }
        RetrievalBench.ranks(ListIndex.of(entries), queries, "original_script", figures);
    }
}
