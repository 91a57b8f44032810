package org.sharaka.node.network;

import java.time.Duration;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.exchange.PeerAwayException;
import org.sharaka.node.exchange.PeerLines;
import org.sharaka.node.platform.BackgroundJob;
import org.sharaka.protocol.roster.Member;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the other members' logs, one after another, again and again. Who is away is asked the next time. */
final class NetworkJob extends BackgroundJob {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkJob.class);
    /** A node that has just started lets its mail go first. */
    private static final Duration FIRST = Duration.ofSeconds(10);

    private final HeadWatch watch;
    private final PeerLines lines;
    private final Rosters rosters;

    NetworkJob(HeadWatch watch, PeerLines lines, Rosters rosters, Duration every) {
        super("network-heads", Rhythm.every(every).firstAfter(every.compareTo(FIRST) < 0 ? every : FIRST));
        this.watch = watch;
        this.lines = lines;
        this.rosters = rosters;
    }

    @Override
    protected boolean round() {
        if (!rosters.joined()) return false;
        for (Member member : lines.members()) if (goesOn()) look(member);
        return false;
    }

    private void look(Member member) {
        try {
            watch.look(member);
        } catch (PeerAwayException e) {
            LOG.debug("the log of {} was not looked at: {}", member.id(), e.reason());
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("peer", member.id()).setCause(e).log("a member's log was not looked at");
        }
    }
}
