package org.sharaka.node.crosscheck;

import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.message.Evaluation;
import org.sharaka.protocol.message.HandlingCode;

/**
 * What the officer who answers lets the other member do with an answer, and how far it can be relied on.
 *
 * @param basis code of the agreement that lets it pass
 * @param codes of those that a form offers: H1 and H2; remarks (H3) have no place beside figures
 * @param evaluation of source and information; empty if nobody graded them
 */
record Terms(String basis, Set<HandlingCode> codes, Optional<Evaluation> evaluation) {
    Terms {
        codes = Set.copyOf(codes);
    }

    /** Under the same agreement, and nothing else by which one answer could be told from another (SAFEGUARDS S21). */
    Terms bare() {
        return new Terms(basis, Set.of(), Optional.empty());
    }
}
