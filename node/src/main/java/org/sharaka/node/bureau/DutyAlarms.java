package org.sharaka.node.bureau;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
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

    private final List<UrgentMatters> matters;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final Duration unreadFor;
    private final Duration every;
    private final Clock clock;

    DutyAlarms(
            List<UrgentMatters> matters,
            AuditTrail audit,
            TransactionTemplate transactions,
            BureauSettings settings,
            Clock clock) {
        this.matters = List.copyOf(matters);
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
        Integer rung = transactions.execute(
                status -> matters.stream().mapToInt(each -> ring(each, now)).sum());
        return rung == null ? 0 : rung;
    }

    private int ring(UrgentMatters alarms, Instant now) {
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
    }

    /** What rings for an officer, the longest waiting first. Not entered: it names a country and a time, and opens nothing. */
    List<UnreadAlarm> ringing(Actor actor) {
        actor.require(Permission.EXCHANGE_READ);
        return matters.stream()
                .flatMap(each -> each.ringing(actor, SHOWN).stream())
                .sorted(Comparator.comparing(UnreadAlarm::since).thenComparing(UnreadAlarm::message))
                .limit(SHOWN)
                .toList();
    }

    /** How many ring for the officers of a unit who may read what is exchanged. */
    UrgentMatters.Rings rings(Optional<String> unit) {
        return matters.stream()
                .map(each -> each.rings(unit))
                .reduce(new UrgentMatters.Rings(0, 0), UrgentMatters.Rings::plus);
    }

    /**
     * An officer takes an alarm on: it rings no more, and whose it is stands in the record.
     *
     * @return the path of where the message is
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NOT_FOUND}, also for what another unit keeps to itself;
     *     {@link BureauProblem#ALARM_OVER}; {@link AccessProblem#FORBIDDEN} for a program, which takes nothing on
     */
    String acknowledge(Actor actor, UUID message) {
        return audit.act(actor, "bureau.alarm-acknowledge", subject(message), entry -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            actor.require(Permission.EXCHANGE_SEND);
            if (actor.kind() != Actor.Kind.OFFICER) throw AccessProblem.FORBIDDEN.because("an officer takes it on");
            for (UrgentMatters alarms : matters) {
                Optional<String> where = alarms.seen(actor, message);
                if (where.isEmpty()) continue;
                if (!alarms.acknowledge(message, actor.id(), now(), entry))
                    throw BureauProblem.ALARM_OVER.because("message " + message);
                return where.get();
            }
            throw BureauProblem.NOT_FOUND.because("no such alarm");
        });
    }

    private static String subject(UUID message) {
        return "message/" + message;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
