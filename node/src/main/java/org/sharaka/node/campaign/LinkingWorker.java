package org.sharaka.node.campaign;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.sharaka.node.platform.BackgroundJob;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The thread that links what waits: at once when reports come in, and every second in case another process took them in. */
final class LinkingWorker extends BackgroundJob {
    /** Reports linked in one transaction: enough to be fast under load, few enough to be short. */
    static final int BATCH = 500;

    private static final int SETTLED_AT_ONCE = 128;

    /** After a batch of reports what it left open is settled for so long before the next batch. */
    private static final Duration SETTLING_TURN = Duration.ofSeconds(1);

    /** Computing a family of this many reports takes well below a second. */
    private static final int SMALL_FAMILY = 5_000;

    /** Large families may take one part in so many of the time, so that fresh reports are never held up for long. */
    private static final int LARGE_FAMILIES_SHARE = 4;

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE_AFTER_OUTAGE = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(LinkingWorker.class);

    private final Linking linking;
    private final WaitingReports waiting;
    private final Campaigns campaigns;
    private final Clock clock;
    private final Timer batches;
    private final Counter linked;
    private final int rehearsals;
    private boolean rehearsed;
    private long largeFamiliesDueMillis;

    /** @param rehearsals see {@link Linking#rehearse}; 0 for a process that ends soon */
    LinkingWorker(
            Linking linking,
            WaitingReports waiting,
            Campaigns campaigns,
            Clock clock,
            MeterRegistry meters,
            int rehearsals) {
        super("linking", Rhythm.every(POLL).afterFailure(PAUSE_AFTER_OUTAGE));
        this.linking = linking;
        this.waiting = waiting;
        this.campaigns = campaigns;
        this.clock = clock;
        this.rehearsals = rehearsals;
        this.batches = Timer.builder("sharaka.linking.batch")
                .description("Time to link one batch of waiting reports, commit included")
                .publishPercentileHistogram()
                .register(meters);
        this.linked = Counter.builder("sharaka.linking.reports")
                .description("Reports linked, linked anew or taken out")
                .register(meters);
        meters.gauge("sharaka.linking.failures", waiting, w -> isRunning() ? w.failures() : 0);
    }

    /** Both in turn: under steady load what earlier reports left open must not wait for a pause. */
    @Override
    protected boolean round() {
        boolean linkedSome = linkSome();
        if (!linkedSome && !rehearsed) attempt("rehearsal", () -> linking.rehearse(rehearsals, this::goesOn));
        rehearsed = true;
        boolean settledSome = settleSome();
        return linkedSome || settledSome;
    }

    private boolean linkSome() {
        try {
            long begun = System.nanoTime();
            int done = linking.linkNext(BATCH);
            if (done > 0) batches.record(Duration.ofNanos(System.nanoTime() - begun));
            linked.increment(done);
            return done > 0;
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            log.atWarn().addKeyValue("cause", e.getClass().getSimpleName()).log("batch failed, linking one by one");
            return linkOneByOne();
        }
    }

    /** Finds the report that cannot be linked, so that it holds no other up. */
    private boolean linkOneByOne() {
        for (int i = 0; i < BATCH && goesOn(); i++) {
            List<WaitingReports.Place> next = waiting.next(1);
            if (next.isEmpty()) break;
            try {
                linking.linkNext(1);
                linked.increment();
            } catch (DataAccessException | TransactionException e) {
                throw e;
            } catch (RuntimeException e) {
                // No message and no cause: they may quote what was reported.
                log.atError()
                        .addKeyValue("report", next.get(0).report())
                        .addKeyValue("cause", e.getClass().getName())
                        .addKeyValue("at", e.getStackTrace().length == 0 ? "" : e.getStackTrace()[0])
                        .log("report cannot be linked");
                linking.setAside(next.get(0), e);
            }
        }
        return true;
    }

    /**
     * Judges what waits for as long as its turn lasts: keys judged late let families grow together that must be taken apart
     * again.
     */
    private boolean settleSome() {
        long begun = clock.millis();
        boolean any = false;
        while (goesOn() && linking.settle(SETTLED_AT_ONCE, SMALL_FAMILY)) {
            any = true;
            if (clock.millis() - begun > SETTLING_TURN.toMillis()) return true;
        }
        return any || settleLargeFamily() || campaigns.refreshOutdated(clock.instant(), BATCH) > 0;
    }

    private boolean settleLargeFamily() {
        long begun = clock.millis();
        if (begun < largeFamiliesDueMillis || !linking.settle(1, Integer.MAX_VALUE)) return false;
        long ended = clock.millis();
        largeFamiliesDueMillis = ended + (LARGE_FAMILIES_SHARE - 1) * (ended - begun);
        return true;
    }
}
