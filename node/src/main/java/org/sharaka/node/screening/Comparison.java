package org.sharaka.node.screening;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sharaka.matching.Assessor;
import org.sharaka.matching.Finding;
import org.sharaka.matching.NameComparison;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.PossibleMatch;

/**
 * What was asked and one entry, side by side: what agrees, what contradicts, what one side does not say. A score never stands without
 * what it is made of (S7).
 *
 * @param asked the description that fits best, as it was read
 * @param listed the entry as its list has it
 * @param listedAt when its list was last read
 * @param details what a register says besides, by the name of the field
 * @param rows property by property
 * @param words of the nearest names: which were taken for each other
 * @param contradicting words asked against which the entry has others
 * @param contradicted those others
 * @param missing words that one side only has
 * @param evidence in bits; breaks ties
 */
public record Comparison(
        String entity,
        String list,
        Instant listedAt,
        Standing standing,
        boolean sameNumber,
        Side asked,
        Side listed,
        Map<String, String> details,
        List<Row> rows,
        List<Words> words,
        List<String> contradicting,
        List<String> contradicted,
        List<String> missing,
        double score,
        double evidence,
        String algorithm) {
    public Comparison {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        rows = List.copyOf(rows);
        words = List.copyOf(words);
        contradicting = List.copyOf(contradicting);
        contradicted = List.copyOf(contradicted);
        missing = List.copyOf(missing);
    }

    /** All that one side says. */
    public record Side(
            String schema, List<String> names, List<String> births, List<String> countries, List<String> numbers) {
        public Side {
            names = List.copyOf(names);
            births = List.copyOf(births);
            countries = List.copyOf(countries);
            numbers = List.copyOf(numbers);
        }

        static Side of(Particulars particulars) {
            return new Side(
                    particulars.schema().label(),
                    particulars.names(),
                    particulars.births().stream().map(PartialDate::toString).toList(),
                    particulars.countries().stream().sorted().toList(),
                    particulars.keys().stream()
                            .map(key -> key.value())
                            .distinct()
                            .sorted()
                            .toList());
        }

        /** The name that stands first, of what has none its number. */
        public String caption() {
            if (!names.isEmpty()) return names.get(0);
            return numbers.isEmpty() ? "" : numbers.get(0);
        }
    }

    /**
     * One property.
     *
     * @param property name, birth, country or number
     * @param verdict agrees, close, contradicts or missing
     * @param effect by what it multiplies the score
     */
    public record Row(String property, String verdict, String asked, String listed, double effect) {}

    /**
     * Two words taken for one.
     *
     * @param why same, spelling, transliteration, equivalent, initial, joined or acronym
     */
    public record Words(String asked, String listed, double likeness, String why) {}

    /** What the answer says of a query that found this entry. */
    public static Comparison of(Screened.Possible possible) {
        PossibleMatch match = possible.match();
        NameComparison name = match.name();
        ListedEntity entity = possible.entity();
        return new Comparison(
                match.id(),
                entity.list().name(),
                entity.lastSeen(),
                entity.standing(),
                match.kind() == PossibleMatch.Kind.SAME_NUMBER,
                Side.of(possible.asked()),
                Side.of(entity.entry().particulars()),
                Map.of(),
                match.findings().stream().map(Comparison::row).toList(),
                name.pairs().stream()
                        .map(pair -> new Words(pair.one(), pair.other(), rounded(pair.likeness()), word(pair.why())))
                        .toList(),
                name.contradicting(),
                name.contradicted(),
                name.missing(),
                rounded(match.score()),
                rounded(match.evidence()),
                Assessor.ALGORITHM);
    }

    private static Row row(Finding finding) {
        return new Row(
                word(finding.property()),
                word(finding.verdict()),
                finding.asked(),
                finding.listed(),
                rounded(finding.effect()));
    }

    /** Three digits: more would pretend to know. */
    static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
