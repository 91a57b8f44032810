package org.sharaka.node.bureau;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.sharaka.node.access.Purpose;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.Evaluation;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;

/**
 * What an officer lets the recipient do with a message, and how far it can be relied on.
 *
 * @param remarks the further restrictions of H3; empty for none
 */
record Terms(
        Purpose purpose,
        String legalBasis,
        Optional<String> offence,
        Set<HandlingCode> codes,
        String remarks,
        Optional<Evaluation> evaluation) {
    Terms {
        codes = Set.copyOf(codes);
    }

    /** As it travels: for this recipient alone, until this day. */
    Handling handling(MemberId us, MemberId recipient, Instant keepUntil) {
        return new Handling(
                us,
                purpose.code(),
                legalBasis,
                offence,
                codes,
                Optional.of(remarks).filter(text -> !text.isBlank()),
                Set.of(recipient),
                keepUntil);
    }
}
