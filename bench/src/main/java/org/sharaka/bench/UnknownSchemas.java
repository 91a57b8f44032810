package org.sharaka.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.sharaka.matching.Schema;

/** Rows whose schema we do not know: compared as legal entities, and told. */
final class UnknownSchemas {
    private static final int TOLD_MAX = 5;
    private static final int SHOWN_MAX = 40;

    private final List<String> told = new ArrayList<>();
    private int count;

    Schema read(TsvTable table, int row) throws BadTableException {
        String label = table.get(row, "schema");
        Schema known = Schema.of(label).orElse(null);
        if (known != null) return known;
        count++;
        if (told.size() < TOLD_MAX) {
            String what = label.isBlank() ? "no schema" : "unknown schema \"" + shown(label.strip()) + "\"";
            told.add(table.problem(row, what + ", compared as LegalEntity").getMessage());
        }
        return Schema.LEGAL_ENTITY;
    }

    static String shown(String text) {
        String start = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
        return start.replaceAll("\\p{Cntrl}", "?");
    }

    void tell(Figures figures, PrintWriter out) {
        if (count == 0) return;
        told.forEach(out::println);
        if (count > told.size()) out.println("… and " + (count - told.size()) + " more rows");
        figures.put("unknown_schemas", count, "rows");
    }
}
