package org.sharaka.node.screening.roll;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.CsvLine;
import org.sharaka.node.screening.Comparison;
import org.sharaka.node.screening.desk.DeskAnswer;

/**
 * The results of a roll as a CSV file: a line for each row, and for each entry that it may be. Words of the columns are for programs and
 * stay as they are in every language. A score never stands without what it is made of (S7).
 */
final class RollResults {
    private static final List<String> HEADER = List.of(
            "line",
            "reference",
            "name",
            "birth",
            "number",
            "outcome",
            "entry",
            "entry_name",
            "list",
            "standing",
            "score",
            "reasons",
            "dismissed",
            "refused");
    private static final int ROW_COLUMNS = 5;

    private RollResults() {}

    /** Asks the lists for what is found, part after part. */
    static void write(RollService rolls, Actor actor, RollId id, Writer out) throws IOException {
        // Spreadsheets take a file without the mark for another encoding than UTF-8.
        out.write('\uFEFF');
        out.write(CsvLine.of(HEADER));
        long after = 0;
        for (List<RollService.Line> part = rolls.results(actor, id, after);
                !part.isEmpty();
                part = rolls.results(actor, id, after)) {
            for (RollService.Line line : part) write(line, out);
            after = part.get(part.size() - 1).line();
        }
    }

    private static void write(RollService.Line line, Writer out) throws IOException {
        List<String> row = new ArrayList<>();
        row.add(Long.toString(line.line()));
        line.row().ifPresent(read -> row.addAll(List.of(read.reference(), read.name(), read.birth(), read.number())));
        while (row.size() < ROW_COLUMNS) row.add("");
        String outcome = line.latest().map(RollResults::word).orElse("");
        String refused = line.refusal().map(RollResults::word).orElse("");
        List<DeskAnswer.Found> found = new ArrayList<>();
        line.answer().ifPresent(answer -> {
            found.addAll(answer.open());
            found.addAll(answer.settled());
        });
        if (found.isEmpty()) {
            List<String> alone = new ArrayList<>(row);
            alone.addAll(List.of(outcome, "", "", "", "", "", "", "", refused));
            out.write(CsvLine.of(alone));
        }
        for (DeskAnswer.Found each : found) {
            List<String> one = new ArrayList<>(row);
            Comparison entry = each.comparison();
            one.addAll(List.of(
                    outcome,
                    entry.entity(),
                    entry.listed().caption(),
                    entry.list(),
                    entry.standing().word(),
                    Double.toString(entry.score()),
                    reasons(entry),
                    each.dismissed().map(dismissed -> word(dismissed.reason())).orElse(""),
                    refused));
            out.write(CsvLine.of(one));
        }
    }

    private static String reasons(Comparison entry) {
        return entry.rows().stream()
                .filter(row -> !row.verdict().equals("missing"))
                .map(row -> row.property() + " " + row.verdict())
                .collect(Collectors.joining(", "));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
