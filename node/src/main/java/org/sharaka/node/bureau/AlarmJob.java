package org.sharaka.node.bureau;

import java.time.Duration;
import org.sharaka.node.platform.BackgroundJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every few seconds whether an urgent message stays unread. Several nodes on one database ring once. */
final class AlarmJob extends BackgroundJob {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmJob.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final DutyAlarms alarms;

    AlarmJob(DutyAlarms alarms) {
        super("bureau-alarm", Rhythm.every(EVERY).firstAfter(EVERY));
        this.alarms = alarms;
    }

    @Override
    protected boolean round() {
        int rung = alarms.ring();
        if (rung > 0) LOG.warn("urgent messages stay unread: alarms={}", rung);
        return false;
    }
}
