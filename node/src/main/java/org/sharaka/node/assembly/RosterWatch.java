package org.sharaka.node.assembly;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks every second for what a command beside the node, or another node on the database, has changed. */
final class RosterWatch implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RosterWatch.class);

    private final Rosters rosters;
    private final SecurityEvents events;
    private @Nullable ScheduledExecutorService executor;
    private boolean healthy = true;

    RosterWatch(Rosters rosters, SecurityEvents events) {
        this.rosters = rosters;
        this.events = events;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "roster-watch");
            thread.setDaemon(true);
            return thread;
        });
        executor = started;
        var unused = started.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private void look() {
        try {
            boolean changed = rosters.refresh();
            if (changed) LOG.info("roster read: version={}", rosters.current().version());
            events.write();
            healthy = true;
        } catch (RuntimeException e) {
            if (healthy) LOG.warn("the roster could not be looked at, next try in a second", e);
            healthy = false;
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
