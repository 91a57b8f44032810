package org.sharaka.node.agreement;

import java.time.Duration;
import java.util.Map;
import org.sharaka.protocol.content.Urgency;

/**
 * An agreement that lets certain data pass on a day.
 *
 * @param replyWithin until when an answer is due, by urgency
 */
public record LegalBasis(Agreement agreement, DualCriminality dualCriminality, Map<Urgency, Duration> replyWithin) {
    public LegalBasis {
        replyWithin = Map.copyOf(replyWithin);
    }

    public AgreementCode code() {
        return agreement.code();
    }

    /** The deadline of an answer. */
    public Duration replyWithin(Urgency urgency) {
        Duration span = replyWithin.get(urgency);
        if (span == null) throw new IllegalStateException("no deadline for " + urgency);
        return span;
    }
}
