package org.sharaka.node.network;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.roster.Roster;

/**
 * What members have to sign anew, and until when, lest exchange ends.
 *
 * @param expires of the members' list
 * @param over when its grace is over and nothing is exchanged any more
 * @param keys our own whose last certificate ends soon
 */
public record Renewal(Roster.Validity validity, Instant expires, Instant over, List<Roster.Expiring> keys, Instant at) {
    static Renewal of(Roster roster, MemberId us, Instant now) {
        return new Renewal(
                roster.validityAt(now),
                roster.expires(),
                roster.expires().plus(Duration.ofDays(roster.graceDays())),
                roster.expiringWithin(Rosters.RENEWAL, now).stream()
                        .filter(each -> each.member().equals(us))
                        .toList(),
                now);
    }

    /** Of the list itself. */
    public boolean soon() {
        return expires.isBefore(at.plus(Rosters.RENEWAL));
    }
}
