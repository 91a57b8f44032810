package org.sharaka.node.triage;

import java.time.Duration;
import java.util.List;
import org.sharaka.node.platform.BackgroundJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What triage does by itself every few seconds: moves what time moves, rings alarms and sends them out, thanks reporters,
 * ends what is over. Several nodes on one database do no harm to each other.
 */
final class TriageJob extends BackgroundJob {
    private static final Logger LOG = LoggerFactory.getLogger(TriageJob.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int ROUNDS_MAX = 100;

    private final TriageService triage;
    private final DutyService duty;
    private final AlarmSender sender;
    private final OutcomeService outcomes;

    TriageJob(TriageService triage, DutyService duty, AlarmSender sender, OutcomeService outcomes) {
        super("triage", Rhythm.every(EVERY).firstAfter(EVERY));
        this.triage = triage;
        this.duty = duty;
        this.sender = sender;
        this.outcomes = outcomes;
    }

    @Override
    protected boolean round() {
        // Each by itself: a pager that is down must not keep money fresh for ever.
        attempt("clock", () -> {
            for (int i = 0; i < ROUNDS_MAX && goesOn() && triage.anyChanging(); i++) {
                if (triage.follow() == 0) return;
            }
        });
        attempt("alarm", () -> {
            List<Alarm> rung = duty.ring(sender.configured());
            if (!rung.isEmpty()) LOG.warn("urgent reports stay unread: alarms={}", rung.size());
        });
        attempt("webhook", () -> {
            for (int i = 0; i < ROUNDS_MAX && goesOn() && sender.sendNext(); i++) {}
        });
        attempt("thanks", () -> {
            for (int i = 0; i < ROUNDS_MAX && goesOn() && outcomes.thankNext() > 0; i++) {}
        });
        attempt("purge", duty::purge);
        return false;
    }
}
