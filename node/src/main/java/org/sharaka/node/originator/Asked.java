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
 * @param revokedAt when the originator's revocation came; what was granted before or comes after it lets us do nothing
 */
public record Asked(
        MessageReference request,
        Target target,
        Act act,
        Optional<MemberId> recipient,
        Instant askedAt,
        Optional<PermissionAnswer.Outcome> outcome,
        Optional<Instant> until,
        Optional<Instant> usedAt,
        Optional<Instant> revokedAt) {
    /** Whether it lets us do it now. */
    public boolean grants(Instant now) {
        return outcome.filter(PermissionAnswer.Outcome::grants).isPresent()
                && until.map(now::isBefore).orElse(true)
                && usedAt.isEmpty()
                && revokedAt.isEmpty();
    }

    boolean waits() {
        return outcome.isEmpty() && revokedAt.isEmpty();
    }

    boolean revoked() {
        return revokedAt.isPresent();
    }

    boolean refused() {
        return outcome.filter(said -> said == PermissionAnswer.Outcome.REFUSED).isPresent();
    }
}
