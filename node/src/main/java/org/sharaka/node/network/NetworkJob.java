package org.sharaka.node.network;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.exchange.PeerAwayException;
import org.sharaka.node.exchange.PeerLines;
import org.sharaka.protocol.roster.Member;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks at the other members' logs, one after another, again and again. Who is away is asked the next time. */
final class NetworkJob implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkJob.class);
    /** A node that has just started lets its mail go first. */
    private static final Duration FIRST = Duration.ofSeconds(10);

    private final HeadWatch watch;
    private final PeerLines lines;
    private final Rosters rosters;
    private final Duration every;
    private @Nullable ScheduledExecutorService executor;

    NetworkJob(HeadWatch watch, PeerLines lines, Rosters rosters, Duration every) {
        this.watch = watch;
        this.lines = lines;
        this.rosters = rosters;
        this.every = every;
    }

    @Override
    public synchronized void start() {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "network-heads");
            thread.setDaemon(true);
            return thread;
        });
        executor = started;
        long first = Math.min(FIRST.toMillis(), every.toMillis());
        var unused = started.scheduleWithFixedDelay(this::round, first, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            if (rosters.joined()) lines.members().forEach(this::look);
        } catch (RuntimeException e) {
            LOG.warn("the members' logs were not looked at, next try in {}", every, e);
        }
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
