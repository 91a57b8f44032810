package org.sharaka.node.triage;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.ReportFacts;

/**
 * Which unit works on which reports. Data of the country, not code; the first rule that fits wins.
 *
 * @param position smaller comes first
 * @param country ISO 3166-1 alpha-2 code of where the victim was
 * @param place part of the place as reporters write it, for instance a town; compared without marks and case
 * @param child only if a child is concerned or the reporter is under 18
 * @param closes whether the report is closed to the unit: nobody else sees it
 */
public record AssignmentRule(
        UUID id,
        int position,
        Optional<Category> category,
        Optional<String> country,
        Optional<String> place,
        boolean child,
        String unit,
        boolean closes) {
    static final int UNIT_LENGTH_MAX = 200;

    public AssignmentRule {
        place = place.map(AssignmentRule::folded).filter(text -> !text.isEmpty());
        unit = unit.strip();
        if (unit.isEmpty() || unit.length() > UNIT_LENGTH_MAX)
            throw TriageProblem.UNIT_MISSING.because("a unit has 1 to " + UNIT_LENGTH_MAX + " characters");
        if (country.filter(code -> !Set.of(Locale.getISOCountries()).contains(code))
                .isPresent()) throw TriageProblem.BAD_RULE.because("the country is no ISO 3166-1 alpha-2 code");
        if (place.filter(text -> text.length() < 2 || text.length() > 100).isPresent())
            throw TriageProblem.BAD_RULE.because("a place has 2 to 100 characters");
    }

    boolean fits(ReportFacts report) {
        return category.map(report.category()::equals).orElse(true)
                && country.map(code -> report.country().equals(Optional.of(code)))
                        .orElse(true)
                && place.map(part -> report.locality()
                                .map(AssignmentRule::folded)
                                .filter(text -> text.contains(part))
                                .isPresent())
                        .orElse(true)
                && (!child || concernsChild(report));
    }

    private static boolean concernsChild(ReportFacts report) {
        return report.category() == Category.CHILD_EXPLOITATION
                || report.circumstances().child()
                || report.circumstances().reporterMinor();
    }

    /** Marks of Latin and Arabic letters fall away; case too. */
    static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .strip();
    }
}
