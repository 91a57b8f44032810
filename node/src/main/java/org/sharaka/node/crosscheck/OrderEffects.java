package org.sharaka.node.crosscheck;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.sharaka.node.originator.ContentCorrected;
import org.sharaka.node.originator.ContentPurged;
import org.sharaka.node.originator.ContentWithdrawn;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;
import org.springframework.context.event.EventListener;

/** What an originator's order means for what is compared and for what was answered; in the transaction that obeys (SAFEGUARDS S20). */
final class OrderEffects {
    private final SqlCrossChecks checks;
    private final Ending ending;
    private final Clock clock;

    OrderEffects(SqlCrossChecks checks, Ending ending, Clock clock) {
        this.checks = checks;
        this.ending = ending;
        this.clock = clock;
    }

    @EventListener
    void on(ContentWithdrawn withdrawn) {
        if (!withdrawn.ours()) close(withdrawn.peer(), withdrawn.name());
    }

    /** Nothing can be compared in its stead. */
    @EventListener
    void on(ContentCorrected corrected) {
        if (!corrected.ours()) close(corrected.peer(), corrected.name());
    }

    private void close(MemberId peer, MessageId name) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        checks.lock(peer, name).ifPresent(received -> checks.close(received.key(), now));
        checks.changedThere(peer, name);
    }

    /** An answer lies in the exchange alone, and is gone there. */
    @EventListener
    void on(ContentPurged purged) {
        if (purged.ours()) return;
        checks.lock(purged.peer(), purged.name()).ifPresent(ending::destroy);
        checks.changedThere(purged.peer(), purged.name());
    }
}
