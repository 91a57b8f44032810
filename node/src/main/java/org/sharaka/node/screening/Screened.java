package org.sharaka.node.screening;

import java.util.List;
import java.util.Map;
import org.sharaka.matching.NameProblem;
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

    /** One entry that may be the one asked for, with the reasons. */
    public record Possible(PossibleMatch match, ListedEntity entity) {}
}
