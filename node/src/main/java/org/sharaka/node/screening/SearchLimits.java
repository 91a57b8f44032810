package org.sharaka.node.screening;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.sharaka.matching.ListIndex;
import org.sharaka.matching.NameComparator;
import org.sharaka.matching.Schema;

/**
 * What an answer may hold.
 *
 * @param least score from which on an entry is named, 0 to 1
 * @param limit most entries named, 1 to {@link ListIndex#CANDIDATES_MAX}
 * @param excluded ids of entries that are not named
 * @param changedSince only entries that changed then or later
 * @param excludedSchemas kinds of entries that are not named
 */
public record SearchLimits(
        double least, int limit, Set<String> excluded, Optional<Instant> changedSince, Set<Schema> excludedSchemas) {
    /** As shipped. */
    public static final SearchLimits STANDARD =
            new SearchLimits(NameComparator.THRESHOLD, 10, Set.of(), Optional.empty(), Set.of());

    /** @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#BAD_PARAMETER} */
    public SearchLimits {
        excluded = Set.copyOf(excluded);
        excludedSchemas = Set.copyOf(excludedSchemas);
        if (limit < 1 || limit > ListIndex.CANDIDATES_MAX)
            throw ScreeningProblem.BAD_PARAMETER.because("limit is not within 1 and " + ListIndex.CANDIDATES_MAX);
        if (!(least >= 0 && least <= 1)) throw ScreeningProblem.BAD_PARAMETER.because("a threshold is 0 to 1");
    }
}
