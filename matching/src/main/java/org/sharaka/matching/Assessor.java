package org.sharaka.matching;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.sharaka.matching.Finding.Property;
import org.sharaka.matching.Finding.Verdict;

/** Weighs two sets of particulars property by property. Holds scratch memory: one per thread. */
public final class Assessor {
    /** Changes with every change of what a score means; stands in every answer. */
    public static final String ALGORITHM = "sharaka-names-2";

    private static final double NUMBER_SCORE = 0.95;
    private static final double UNKNOWN_WORD_BITS = 10;
    private static final double NUMBER_BITS = 30;
    private static final double COUNTRY_AGREES = 1.01;

    private final NameComparator names = new NameComparator();

    /** Compares two descriptions without a list: every word counts as equally rare. */
    public PossibleMatch assess(Particulars asked, Entry listed) {
        List<PreparedName> prepared = prepared(asked);
        PossibleMatch match = assess(
                asked, prepared, new Whole(listed), prepared(listed.particulars()), 0, word -> UNKNOWN_WORD_BITS);
        if (match == null) throw new IllegalStateException("no score is below 0");
        return match;
    }

    /** An entry whose particulars besides the names are read when they are wanted: of most that are compared they are not. */
    interface Listed {
        String id();

        /** The names may be missing. */
        Particulars facts();
    }

    private record Whole(Entry entry) implements Listed {
        @Override
        public String id() {
            return entry.id();
        }

        @Override
        public Particulars facts() {
            return entry.particulars();
        }
    }

    static List<PreparedName> prepared(Particulars particulars) {
        List<PreparedName> prepared = new ArrayList<>();
        for (String name : particulars.names()) prepared.add(PreparedName.of(particulars.schema(), name));
        return prepared;
    }

    /**
     * Null without an explanation when names and dates alone stay below the threshold and no number is the same.
     *
     * @param bits how rare a word is, as the logarithm to base two of one in how many names has it
     */
    @Nullable
    PossibleMatch assess(
            Particulars asked,
            List<PreparedName> askedNames,
            Listed entry,
            List<PreparedName> listedNames,
            double threshold,
            ToDoubleFunction<String> bits) {
        double best = 0;
        PreparedName bestAsked = null;
        PreparedName bestListed = null;
        for (PreparedName one : askedNames) {
            for (PreparedName other : listedNames) {
                double score = names.score(one, other);
                if (score > best || bestListed == null) {
                    best = score;
                    bestAsked = one;
                    bestListed = other;
                }
            }
        }
        // No other property raises a score by more, but a number that is the same.
        boolean enough = best * COUNTRY_AGREES >= threshold;
        if (!enough && asked.keys().isEmpty()) return null;
        Particulars listed = entry.facts();
        ExactKey shared = shared(asked.keys(), listed.keys());
        if (shared == null && !enough) return null;
        List<Finding> findings = new ArrayList<>();
        NameComparison comparison =
                bestAsked == null || bestListed == null ? NameComparison.NONE : names.compare(bestAsked, bestListed);
        double score = best;
        double evidence = 0;
        int words = 0;
        for (NameComparison.Pair pair : comparison.pairs()) {
            evidence += bits.applyAsDouble(pair.other()) * pair.likeness();
            if (pair.why() != NameComparison.Likeness.INITIAL) words++;
        }
        if (bestAsked != null && bestListed != null) {
            Verdict verdict = best >= 0.95
                    ? Verdict.AGREES
                    : best >= NameComparator.THRESHOLD ? Verdict.CLOSE : Verdict.CONTRADICTS;
            findings.add(new Finding(Property.NAME, verdict, bestAsked.raw(), bestListed.raw(), best));
        }
        double birth = birth(asked, listed, words, findings);
        score *= birth;
        if (birth >= 0.97 && !asked.births().isEmpty() && !listed.births().isEmpty()) evidence += birth == 1 ? 8 : 5;
        double country = country(asked, listed, findings);
        score *= country;
        if (country > 1) evidence += 3;
        if (shared != null) {
            findings.add(new Finding(Property.NUMBER, Verdict.AGREES, shared.value(), shared.value(), 1));
            evidence += NUMBER_BITS;
            score = Math.max(score, NUMBER_SCORE);
        } else if (!asked.keys().isEmpty()) {
            findings.add(new Finding(Property.NUMBER, Verdict.MISSING, "", "", 1));
        }
        return new PossibleMatch(
                entry.id(),
                shared == null ? PossibleMatch.Kind.POSSIBLE_MATCH : PossibleMatch.Kind.SAME_NUMBER,
                Math.min(1, score),
                evidence,
                comparison,
                bestListed == null ? "" : bestListed.raw(),
                findings);
    }

    /** A date on one side only takes a little from names that were only close. */
    private static double birth(Particulars asked, Particulars listed, int words, List<Finding> findings) {
        if (asked.births().isEmpty() && listed.births().isEmpty()) return 1;
        String first = text(asked.births());
        String second = text(listed.births());
        if (asked.births().isEmpty() || listed.births().isEmpty()) {
            double effect = asked.births().isEmpty() ? 1 : OMITTED;
            findings.add(new Finding(Property.BIRTH, Verdict.MISSING, first, second, effect));
            return effect;
        }
        PartialDate.Likeness best = PartialDate.Likeness.CONTRADICTED;
        for (PartialDate one : asked.births()) {
            for (PartialDate other : listed.births()) {
                PartialDate.Likeness here = one.compare(other);
                if (here.compareTo(best) < 0) best = here;
            }
        }
        double effect =
                switch (best) {
                    case SAME -> 1;
                    case TURNED -> 0.97;
                    case CLOSE -> 0.92;
                    case APART -> words >= 3 ? 0.82 : 0.77;
                    // Four words that agree outweigh a wrong year, two do not.
                    case FAR -> words >= 3 ? 0.78 : 0.69;
                    case VERY_FAR -> words >= 3 ? 0.73 : 0.66;
                    case CONTRADICTED -> 0.5;
                };
        Verdict verdict = effect == 1 ? Verdict.AGREES : effect >= 0.97 ? Verdict.CLOSE : Verdict.CONTRADICTS;
        findings.add(new Finding(Property.BIRTH, verdict, first, second, effect));
        return effect;
    }

    private static final double OMITTED = 0.78;

    private static double country(Particulars asked, Particulars listed, List<Finding> findings) {
        if (asked.countries().isEmpty() || listed.countries().isEmpty()) return 1;
        boolean common = asked.countries().stream().anyMatch(listed.countries()::contains);
        double effect = common ? COUNTRY_AGREES : 0.97;
        findings.add(new Finding(
                Property.COUNTRY,
                common ? Verdict.AGREES : Verdict.CONTRADICTS,
                String.join(" ", new TreeSet<>(asked.countries())),
                String.join(" ", new TreeSet<>(listed.countries())),
                effect));
        return effect;
    }

    private static @Nullable ExactKey shared(Set<ExactKey> asked, Set<ExactKey> listed) {
        ExactKey first = null;
        for (ExactKey one : asked) {
            for (ExactKey other : listed) {
                // Sets have no order, and every answer names the same of several.
                if (one.same(other) && (first == null || one.value().compareTo(first.value()) < 0)) first = one;
            }
        }
        return first;
    }

    private static String text(List<PartialDate> dates) {
        StringBuilder text = new StringBuilder();
        for (PartialDate date : dates) text.append(text.isEmpty() ? "" : "; ").append(date);
        return text.toString();
    }
}
