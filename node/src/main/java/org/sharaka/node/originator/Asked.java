package org.sharaka.node.originator;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.MessageReference;

/**
 * What we asked an originator, and what it said.
 *
 * @param recipient of an onward share
 * @param until when a grant ends; empty: with the data
 * @param usedAt when what was granted once was done
 */
public record Asked(
        MessageReference request,
        Target target,
        Act act,
        Optional<MemberId> recipient,
        Instant askedAt,
        Optional<PermissionAnswer.Outcome> outcome,
        Optional<Instant> until,
        Optional<Instant> usedAt) {
    /** Whether it lets us do it now. */
    public boolean grants(Instant now) {
        return outcome.filter(said -> said != PermissionAnswer.Outcome.REFUSED).isPresent()
                && until.map(now::isBefore).orElse(true)
                && usedAt.isEmpty();
    }

    boolean waits() {
        return outcome.isEmpty();
    }

    boolean refused() {
        return outcome.filter(said -> said == PermissionAnswer.Outcome.REFUSED).isPresent();
    }
}
