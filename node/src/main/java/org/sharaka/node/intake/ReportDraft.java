package org.sharaka.node.intake;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A report as it comes in, before anything in it is recognised. Its text is repaired and its limits are checked here; a
 * draft that exists can be stored.
 *
 * @param narrative what happened in the reporter's words; may be empty where an identifier says it all
 * @param language BCP 47 tag of the narrative
 * @param country ISO 3166-1 alpha-2 code of where the victim was
 * @param locality a town or region, as written
 * @param identifiers those in fields of their own
 * @param labels a source's own words for it, such as tags or the imitated brand; not evidence for links
 * @param reporter empty for an anonymous report
 */
public record ReportDraft(
        Category category,
        String narrative,
        Optional<String> language,
        Optional<OccurredAt> occurredAt,
        Optional<String> country,
        Optional<String> locality,
        List<ReportedMoney> money,
        List<GivenIdentifier> identifiers,
        List<String> labels,
        Optional<Contact> reporter,
        ReporterRole role) {
    /** In UTF-16 units. */
    public static final int NARRATIVE_LENGTH_MAX = 100_000;

    /** Given in fields of their own, accounts of money included. */
    public static final int IDENTIFIERS_MAX = 10_000;

    public static final int MONEY_MAX = 1_000;

    static final int LOCALITY_LENGTH_MAX = 200;
    static final int LABELS_MAX = 50;
    static final int LABEL_LENGTH_MAX = 200;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** @throws org.sharaka.node.platform.ProblemException an {@link IntakeProblem} naming the limit that is passed */
    public ReportDraft {
        if (narrative.length() > NARRATIVE_LENGTH_MAX)
            throw IntakeProblem.NARRATIVE_TOO_LONG.because(
                    "narrative is longer than " + NARRATIVE_LENGTH_MAX + " characters");
        narrative = WrittenText.repaired(narrative);
        language = language.flatMap(tag -> WrittenText.language("language", tag));
        country = country.map(code -> code.strip().toUpperCase(Locale.ROOT)).filter(code -> !code.isEmpty());
        if (country.isPresent() && !COUNTRIES.contains(country.get()))
            throw IntakeProblem.BAD_COUNTRY.because("country is not an ISO 3166-1 alpha-2 code");
        locality = locality.flatMap(place -> WrittenText.line("locality", place, LOCALITY_LENGTH_MAX));
        money = List.copyOf(money);
        if (money.size() > MONEY_MAX) throw IntakeProblem.TOO_MUCH_MONEY.because("more than " + MONEY_MAX + " amounts");
        identifiers = List.copyOf(identifiers);
        if (identifiers.size() + accounts(money) > IDENTIFIERS_MAX)
            throw IntakeProblem.TOO_MANY_IDENTIFIERS.because("more than " + IDENTIFIERS_MAX + " identifiers");
        labels = labels.stream()
                .limit(LABELS_MAX)
                .flatMap(label -> WrittenText.line("labels", label, LABEL_LENGTH_MAX).stream())
                .toList();
    }

    private static long accounts(List<ReportedMoney> money) {
        return money.stream()
                .mapToLong(amount ->
                        (amount.from().isPresent() ? 1 : 0) + (amount.to().isPresent() ? 1 : 0))
                .sum();
    }

    /** A draft with a category and nothing else; the role is that of a victim. */
    public static ReportDraft of(Category category) {
        return new ReportDraft(
                category,
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                ReporterRole.VICTIM);
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#SAYS_NOTHING} */
    public void requireSaid() {
        if (saysNothing()) throw IntakeProblem.SAYS_NOTHING.because("no narrative, identifier or money");
    }

    /** True if it neither tells nor names anything. */
    boolean saysNothing() {
        return narrative.isBlank() && identifiers.isEmpty() && money.isEmpty();
    }
}
