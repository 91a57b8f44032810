package org.sharaka.node.assembly;

import java.time.Duration;
import org.sharaka.node.platform.BackgroundJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second for what a command beside the node, or another node on the database, has changed. */
final class RosterWatch extends BackgroundJob {
    private static final Logger LOG = LoggerFactory.getLogger(RosterWatch.class);

    private final Rosters rosters;
    private final SecurityEvents events;

    RosterWatch(Rosters rosters, SecurityEvents events) {
        super("roster-watch", Rhythm.every(Duration.ofSeconds(1)));
        this.rosters = rosters;
        this.events = events;
    }

    @Override
    protected boolean round() {
        boolean changed = rosters.refresh();
        if (changed) LOG.info("roster read: version={}", rosters.current().version());
        events.write();
        return false;
    }
}
