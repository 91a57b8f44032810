package org.sharaka.node.triage;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * What triage does by itself every few seconds: moves what time moves, rings alarms and sends them out, thanks reporters,
 * ends what is over. Several nodes on one database do no harm to each other.
 */
final class TriageJob implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(TriageJob.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int ROUNDS_MAX = 100;

    private final TriageService triage;
    private final DutyService duty;
    private final AlarmSender sender;
    private final OutcomeService outcomes;
    private @Nullable ScheduledExecutorService executor;

    TriageJob(TriageService triage, DutyService duty, AlarmSender sender, OutcomeService outcomes) {
        this.triage = triage;
        this.duty = duty;
        this.sender = sender;
        this.outcomes = outcomes;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "triage");
            thread.setDaemon(true);
            return thread;
        });
        executor = started;
        var unused =
                started.scheduleWithFixedDelay(this::round, EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    private void round() {
        // Each by itself: a pager that is down must not keep money fresh for ever.
        attempt("clock", () -> {
            for (int i = 0; i < ROUNDS_MAX && triage.anyChanging(); i++) {
                if (triage.follow() == 0) return;
            }
        });
        attempt("alarm", () -> {
            List<Alarm> rung = duty.ring(sender.configured());
            if (!rung.isEmpty()) LOG.warn("urgent reports stay unread: alarms={}", rung.size());
        });
        attempt("webhook", () -> {
            for (int i = 0; i < ROUNDS_MAX && sender.sendNext(); i++) {}
        });
        attempt("thanks", () -> {
            for (int i = 0; i < ROUNDS_MAX && outcomes.thankNext() > 0; i++) {}
        });
        attempt("purge", duty::purge);
    }

    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("triage task failed, next try in {} seconds: task={}", EVERY.toSeconds(), what, e);
        }
    }

    @Override
    public synchronized void stop() {
        if (executor != null) executor.shutdownNow();
        executor = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }
}
