package org.sharaka.node.screening;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sharaka.matching.NameProblem;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.PossibleMatch;

/**
 * What the lists say of one query. A machine's proposals: a person compares and decides (S1, S7).
 *
 * @param possible the best first
 * @param lists hash of each list that was searched, by its name
 * @param algorithm version of the comparison
 * @param problems names that could not be read well
 */
public record Screened(
        List<Possible> possible, Map<String, String> lists, String algorithm, Map<String, NameProblem> problems) {
    public Screened {
        possible = List.copyOf(possible);
        lists = Map.copyOf(lists);
        problems = Map.copyOf(problems);
    }

    /**
     * One entry that may be the one asked for, with the reasons.
     *
     * @param asked the reading of the query that fits best
     * @param dismissed whether an officer compared just this before and dismissed it
     * @param distinct whether somebody is on record as not being this entry (S6)
     */
    public record Possible(
            PossibleMatch match,
            ListedEntity entity,
            Particulars asked,
            Optional<Dismissed> dismissed,
            Distinct distinct) {
        /** Whether an officer has something to compare. */
        public boolean open() {
            return dismissed.isEmpty() && distinct != Distinct.THIS_PERSON;
        }
    }

    /** Who carries a distinguishing record for an entry. */
    public enum Distinct {
        NOBODY,
        /** Somebody does; a document number would tell whether it is the one asked for. */
        SOMEBODY,
        /** The bearer of the document number that was asked: not the person of the entry. */
        THIS_PERSON
    }

    /**
     * A decision of before. It speaks of the words that were asked: whoever stands there now may be somebody else.
     *
     * @param reason what an officer found
     */
    public record Dismissed(Reason reason, Instant at) {
        /** Why asked and entry are not the same. The names are stored: never rename one. */
        public enum Reason {
            /** Another date of birth. */
            BIRTH,
            /** Another face, sex, age or height. */
            LOOKS,
            /** Other fingerprints or another biometric trait. */
            BIOMETRICS,
            /** Another document or identity number. */
            NUMBER,
            /** Only part of a name agrees. */
            NAME,
            /** The own bureau says so. */
            BUREAU
        }
    }
}
