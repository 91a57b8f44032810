package org.sharaka.node.screening.desk;

import java.util.List;
import java.util.Optional;
import org.sharaka.node.screening.Comparison;
import org.sharaka.node.screening.Screened;
import org.sharaka.node.screening.Standing;
import org.sharaka.node.screening.hit.Distinction;

/**
 * What an officer is told. Never a hit: that is what an officer makes of it (S1).
 *
 * @param typed what was asked, with what would act on a screen made harmless
 * @param read what of it was understood
 * @param told people who are on record as not being somebody sought, by the document or paper that was asked (S6): seen first
 * @param open entries to compare
 * @param settled entries that were dismissed before, or that the bearer of the document is not
 * @param problems codes of what could not be read well
 */
public record DeskAnswer(
        String typed, Read read, List<Distinction> told, List<Found> open, List<Found> settled, List<String> problems) {
    public DeskAnswer {
        told = List.copyOf(told);
        open = List.copyOf(open);
        settled = List.copyOf(settled);
        problems = List.copyOf(problems);
    }

    /** What was understood of the typed text. */
    public record Read(String name, List<String> births, List<String> numbers) {
        public Read {
            births = List.copyOf(births);
            numbers = List.copyOf(numbers);
        }
    }

    /**
     * One entry.
     *
     * @param dismissed whether an officer dismissed just this before
     * @param somebodyIsNot whether somebody of a like name carries a distinguishing record: their document would tell
     */
    public record Found(Comparison comparison, Optional<Screened.Dismissed> dismissed, boolean somebodyIsNot) {
        public Standing standing() {
            return comparison.standing();
        }
    }

    /** The answer in one word. */
    public enum Outcome {
        NO_MATCH,
        POSSIBLE_MATCH,
        SAME_NUMBER,
        /** Whoever carries this document or paper is not the person of the entry. */
        NOT_THIS_PERSON,
        /** Only what was compared and dismissed before. */
        DISMISSED
    }

    public Outcome outcome() {
        if (open.stream().anyMatch(found -> found.comparison().sameNumber())) return Outcome.SAME_NUMBER;
        if (!open.isEmpty()) return Outcome.POSSIBLE_MATCH;
        if (!told.isEmpty()) return Outcome.NOT_THIS_PERSON;
        return settled.isEmpty() ? Outcome.NO_MATCH : Outcome.DISMISSED;
    }
}
