package org.sharaka.node.screening;

import java.util.List;

/**
 * What an import did.
 *
 * @param entries read from the file
 * @param refused rows that could not be read
 * @param refusals the first of them: where, and why; no text of the row
 */
public record ListImport(
        String list, long entries, int added, int changed, int removed, long refused, List<String> refusals) {
    public ListImport {
        refusals = List.copyOf(refusals);
    }

    /** Whether anything is other than before. */
    boolean changedAnything() {
        return added + changed + removed > 0;
    }
}
