package org.sharaka.matching.lists;

import java.util.List;

/**
 * What became of a list file that was read to its end.
 *
 * @param entries how many were handed on
 * @param refused how many rows were not
 * @param refusals the first of them: where, and why; no text of the row
 */
public record ListReport(long entries, long refused, List<String> refusals) {
    public ListReport {
        refusals = List.copyOf(refusals);
    }
}
