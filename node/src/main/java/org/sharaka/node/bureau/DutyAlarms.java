package org.sharaka.node.bureau;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Rings while an urgent message of another member stays unread, until an officer takes the alarm on under their name. What stands in the
 * database rings on after a restart. An alarm says nothing of the message, and exists for whom its conversation exists (SAFEGUARDS S19).
 */
final class DutyAlarms {
    /** Most that a page shows. */
    static final int SHOWN = 50;
    /** Alarms of one member that ring at once. */
    static final int OF_ONE_MEMBER = 20;

    private static final int AT_ONCE = 100;
    private static final Actor NODE = Actor.system("bureau.alarm");

    private final SqlAlarms alarms;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final Duration unreadFor;
    private final Duration every;
    private final Clock clock;

    DutyAlarms(
            SqlAlarms alarms,
            AuditTrail audit,
            TransactionTemplate transactions,
            BureauSettings settings,
            Clock clock) {
        this.alarms = alarms;
        this.audit = audit;
        this.transactions = transactions;
        this.unreadFor = settings.alarmAfter();
        this.every = settings.alarmEvery();
        this.clock = clock;
    }

    /**
     * Rings for what was not opened in time, and again for what nobody has taken on.
     *
     * @return how many rang
     */
    int ring() {
        Instant now = now();
        Integer rung = transactions.execute(status -> {
            List<UUID> ringing = new ArrayList<>(alarms.unheard(now.minus(every), AT_ONCE));
            ringing.addAll(alarms.unread(now.minus(unreadFor), OF_ONE_MEMBER, AT_ONCE));
            if (ringing.isEmpty()) return 0;
            List<EntryId> entries = audit.enterAll(
                    NODE,
                    ringing.stream()
                            .map(message -> AuditTrail.Deed.done("bureau.alarm", subject(message)))
                            .toList());
            for (int i = 0; i < ringing.size(); i++) alarms.rung(ringing.get(i), now, entries.get(i));
            return ringing.size();
        });
        return rung == null ? 0 : rung;
    }

    /** What rings for an officer, the longest waiting first. Not entered: it names a country and a time, and opens nothing. */
    List<UnreadAlarm> ringing(Actor actor) {
        actor.require(Permission.EXCHANGE_READ);
        return alarms.ringing(actor, SHOWN);
    }

    /** How many ring for the officers of a unit who may read what is exchanged. */
    SqlAlarms.Rings rings(Optional<String> unit) {
        return alarms.rings(unit);
    }

    /**
     * An officer takes an alarm on: it rings no more, and whose it is stands in the record.
     *
     * @return where the message is
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NOT_FOUND}, also for what another unit keeps to itself;
     *     {@link BureauProblem#ALARM_OVER}; {@link AccessProblem#FORBIDDEN} for a program, which takes nothing on
     */
    ConversationKey acknowledge(Actor actor, UUID message) {
        return audit.act(actor, "bureau.alarm-acknowledge", subject(message), entry -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            actor.require(Permission.EXCHANGE_SEND);
            if (actor.kind() != Actor.Kind.OFFICER) throw AccessProblem.FORBIDDEN.because("an officer takes it on");
            ConversationKey conversation =
                    alarms.seen(actor, message).orElseThrow(() -> BureauProblem.NOT_FOUND.because("no such alarm"));
            if (!alarms.acknowledge(message, actor.id(), now(), entry))
                throw BureauProblem.ALARM_OVER.because("message " + message);
            return conversation;
        });
    }

    private static String subject(UUID message) {
        return "message/" + message;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
