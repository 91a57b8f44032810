package org.sharaka.node.agreement;

import java.util.List;
import java.util.Optional;

/**
 * Which agreements let data pass, and why the others do not.
 *
 * @param refusals the closest misses first; agreements that concern neither side are left out
 */
public record LegalFindings(List<LegalBasis> valid, List<Refusal> refusals, DualCriminality dualCriminality) {
    public LegalFindings {
        valid = List.copyOf(valid);
        refusals = List.copyOf(refusals);
    }

    /** An agreement that does not let it pass. */
    public record Refusal(Agreement agreement, Obstacle obstacle) {}

    /** The closest miss, if nothing is valid and anything came close. */
    public Optional<Refusal> closest() {
        return valid.isEmpty() ? refusals.stream().findFirst() : Optional.empty();
    }
}
