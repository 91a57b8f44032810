package org.sharaka.node.bureau;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.EntryId;

/**
 * What rings for duty officers while it stays unread; a module that keeps urgent matters of other members offers them as a bean. In whatever
 * transaction the caller has open.
 */
public interface UrgentMatters {
    /**
     * Those that nobody has opened, as far as their member does not ring already.
     *
     * @param before when a matter must have come
     * @param ofOneMember how many alarms of one member ring at once: one that cries wolf must not drown the others
     */
    List<UUID> unread(Instant before, int ofOneMember, int limit);

    /**
     * Alarms that nobody has taken on.
     *
     * @param before when they must have rung last
     */
    List<UUID> unheard(Instant before, int limit);

    /** @param entry of the audit; its action is {@code bureau.alarm}, its subject {@code message/} and the matter's id */
    void rung(UUID matter, Instant at, EntryId entry);

    /** Those that an officer may see, the longest waiting first. */
    List<UnreadAlarm> ringing(Actor actor, int limit);

    /** How many ring for the officers of a unit, and how often they rang: another text when a page would show something else. */
    Rings rings(Optional<String> unit);

    /** The path of the matter of an alarm that an officer may see, ringing or not. */
    Optional<String> seen(Actor actor, UUID matter);

    /**
     * @param entry of the audit; its action is {@code bureau.alarm-acknowledge}
     * @return false if somebody has taken it on, or it rings no more
     */
    boolean acknowledge(UUID matter, String by, Instant at, EntryId entry);

    /** @param times how often all of them rang together */
    record Rings(int alarms, long times) {
        Rings plus(Rings more) {
            return new Rings(alarms + more.alarms, times + more.times);
        }

        String mark() {
            return alarms + "-" + times;
        }
    }
}
