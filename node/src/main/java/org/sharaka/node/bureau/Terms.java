package org.sharaka.node.bureau;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Purpose;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.Evaluation;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;

/**
 * What an officer lets the recipient do with a message, and how far it can be relied on.
 *
 * @param remarks the further restrictions of H3; empty for none
 * @param passable whether others may have it too, as far as the codes allow; null in drafts of earlier releases, as false
 */
record Terms(
        Purpose purpose,
        String legalBasis,
        Optional<String> offence,
        Set<HandlingCode> codes,
        String remarks,
        Optional<Evaluation> evaluation,
        @Nullable Boolean passable) {
    Terms {
        codes = Set.copyOf(codes);
    }

    boolean mayPass() {
        return Boolean.TRUE.equals(passable);
    }

    /** As it travels: for this recipient alone unless others may have it too, until this day. */
    Handling handling(MemberId us, MemberId recipient, Instant keepUntil) {
        return new Handling(
                us,
                purpose.code(),
                legalBasis,
                offence,
                codes,
                Optional.of(remarks).filter(text -> !text.isBlank()),
                mayPass() ? Set.of() : Set.of(recipient),
                keepUntil);
    }
}
