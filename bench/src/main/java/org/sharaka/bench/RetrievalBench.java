package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ListIndex;
import org.sharaka.matching.NameComparator;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.PossibleMatch;
import org.sharaka.matching.Schema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `./sharaka bench retrieval`: which rank the right entry of any list gets. */
@Command(
        name = "retrieval",
        mixinStandardHelpOptions = true,
        description =
                "Asks a list for names, and counts how often the right entry comes first and among the first five.")
public final class RetrievalBench extends BenchCommand {
    @Option(
            names = "--list",
            required = true,
            paramLabel = "FILE.tsv",
            description = "columns id, schema, name; one row a name")
    private @Nullable Path list;

    @Option(names = "--queries", required = true, paramLabel = "FILE.tsv", description = "columns query, id")
    private @Nullable Path queries;

    /** What is asked, and the id of the entry that should come first. */
    record Query(Particulars asked, String id) {}

    @Override
    public Integer call() throws IOException {
        try {
            return measure();
        } catch (BadTableException e) {
            return refuse(e);
        }
    }

    private int measure() throws IOException {
        if (list == null || queries == null) throw new IllegalStateException("picocli fills both");
        PrintWriter out = out();
        TsvTable names = TsvTable.read(list, "id", "schema", "name");
        UnknownSchemas unknown = new UnknownSchemas();
        Map<String, List<String>> byId = new LinkedHashMap<>();
        Map<String, Schema> schemas = new LinkedHashMap<>();
        for (int row = 0; row < names.size(); row++) {
            String id = id(names, row);
            byId.computeIfAbsent(id, i -> new ArrayList<>()).add(names.get(row, "name"));
            Schema schema = unknown.read(names, row);
            schemas.putIfAbsent(id, schema);
        }
        List<Entry> entries = new ArrayList<>();
        byId.forEach((id, all) -> entries.add(new Entry(
                id,
                new Particulars(schemas.getOrDefault(id, Schema.LEGAL_ENTITY), all, List.of(), Set.of(), Set.of()))));
        TsvTable asked = TsvTable.read(queries, "query", "id");
        int notListed = 0;
        int firstNotListed = 0;
        List<Query> all = new ArrayList<>();
        for (int row = 0; row < asked.size(); row++) {
            String id = id(asked, row);
            if (!byId.containsKey(id)) {
                if (notListed++ == 0) firstNotListed = asked.line(row);
            }
            // Who asks knows at best whether it is a person: a name alone cannot tell a ship from a company.
            Schema schema =
                    asked.find(row, "schema").flatMap(Schema::of).orElse(schemas.getOrDefault(id, Schema.LEGAL_ENTITY));
            all.add(new Query(Particulars.named(schema, asked.get(row, "query")), id));
        }
        Figures figures = new Figures("retrieval");
        unknown.tell(figures, out);
        if (notListed > 0) {
            out.println(queries.getFileName() + ": " + notListed + " ids are not on the list, the first in line "
                    + firstNotListed + "; they count as not found");
            figures.put("ids_not_listed", notListed, "queries");
        }
        ListIndex index = ListIndex.of(entries);
        figures.put("list_entries", index.size(), "entries");
        figures.put("list_names", index.names(), "names");
        ranks(index, all, "queries", figures);
        publish(figures);
        return 0;
    }

    private static String id(TsvTable table, int row) throws BadTableException {
        String id = table.get(row, "id").strip();
        if (id.isEmpty()) throw table.problem(row, "the id is empty");
        return id;
    }

    static void ranks(ListIndex index, List<Query> queries, String key, Figures figures) {
        int first = 0;
        int five = 0;
        int above = 0;
        for (Query query : queries) {
            List<PossibleMatch> matches = index.search(query.asked(), 0.01, 5).matches();
            for (int rank = 0; rank < matches.size(); rank++) {
                if (!matches.get(rank).id().equals(query.id())) continue;
                five++;
                if (rank == 0) first++;
                if (matches.get(rank).score() >= NameComparator.THRESHOLD) above++;
            }
        }
        figures.put(key + "_asked", queries.size(), "queries");
        figures.put(key + "_rank_1", (double) first / queries.size(), "part");
        figures.put(key + "_rank_5", (double) five / queries.size(), "part");
        figures.put(key + "_above_threshold", (double) above / queries.size(), "part");
    }
}
