package org.sharaka.matching;

import java.util.Comparator;
import java.util.List;

/**
 * One entry that may be the one asked for. A machine's proposal: a person compares and decides (S1, S7).
 *
 * @param id of the entry
 * @param kind what may be said of it
 * @param score 0 to 1
 * @param evidence how much speaks for it, in bits: rare words and whole dates more than common ones; breaks ties of the score
 * @param name how the names compare that fit best
 * @param listedName that name of the entry
 * @param findings what each property says
 */
public record PossibleMatch(
        String id,
        Kind kind,
        double score,
        double evidence,
        NameComparison name,
        String listedName,
        List<Finding> findings) {
    /** By score to three digits, then by evidence, then by id: the order of every answer. */
    public static final Comparator<PossibleMatch> BEST_FIRST = Comparator.comparingDouble(
                    (PossibleMatch match) -> Math.rint(match.score() * 1000))
            .thenComparingDouble(PossibleMatch::evidence)
            .reversed()
            .thenComparing(PossibleMatch::id);

    /** What an answer may say; "hit" is not among it. */
    public enum Kind {
        /** Compare. */
        POSSIBLE_MATCH,
        /** A number is the same; its bearer need not be. */
        SAME_NUMBER
    }

    public PossibleMatch {
        findings = List.copyOf(findings);
    }
}
