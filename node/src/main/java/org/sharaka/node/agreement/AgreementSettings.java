package org.sharaka.node.agreement;

import java.time.Duration;
import java.util.Map;
import org.sharaka.protocol.content.Urgency;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How soon an answer is due where the agreement does not say. Source: Directive (EU) 2023/977, article 5.
 *
 * @param replyUrgent for what is urgent
 * @param replyPriority for what is urgent and must be fetched from elsewhere
 * @param replyRoutine for all else
 */
@ConfigurationProperties(prefix = "sharaka.agreement", ignoreUnknownFields = false)
record AgreementSettings(
        @DefaultValue("8h") Duration replyUrgent,
        @DefaultValue("3d") Duration replyPriority,
        @DefaultValue("7d") Duration replyRoutine) {
    AgreementSettings {
        if (replyUrgent.isNegative()
                || replyUrgent.isZero()
                || replyPriority.compareTo(replyUrgent) < 0
                || replyRoutine.compareTo(replyPriority) < 0)
            throw new IllegalArgumentException(
                    "sharaka.agreement.reply-urgent, reply-priority and reply-routine grow in this order");
    }

    Map<Urgency, Duration> replyWithin() {
        return Map.of(Urgency.URGENT, replyUrgent, Urgency.PRIORITY, replyPriority, Urgency.ROUTINE, replyRoutine);
    }
}
