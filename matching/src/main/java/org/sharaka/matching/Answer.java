package org.sharaka.matching;

import java.util.List;
import java.util.Map;

/**
 * What a list has to say of one query.
 *
 * @param matches the best first; by score, then by evidence
 * @param algorithm version of the comparison: scores of two versions do not compare
 * @param listHash of the entries that were searched, in hexadecimal; equal for equal entries in any order
 * @param problems names that were asked and could not be read well, with what was wrong
 * @param candidates how many entries were compared in full
 */
public record Answer(
        List<PossibleMatch> matches,
        String algorithm,
        String listHash,
        Map<String, NameProblem> problems,
        int candidates) {
    public Answer {
        matches = List.copyOf(matches);
        problems = Map.copyOf(problems);
    }
}
