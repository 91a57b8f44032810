package org.sharaka.node.portal;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import org.sharaka.node.access.Actor;
import org.sharaka.node.intake.CorrespondenceService;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.platform.BackgroundJob;
import org.sharaka.node.platform.PublicSeal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Collects what the portal sealed: opens it, hands it to intake and removes it, all in one transaction, so that each arrival
 * is taken in exactly once. What cannot be taken in is set aside, so that it holds nobody up, and tried again later.
 */
final class Collector extends BackgroundJob {
    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PAUSE_WHEN_AWAY = Duration.ofSeconds(1);
    private static final Duration UNTIL_TRIED_AGAIN = Duration.ofMinutes(10);
    private static final int BATCH = 100;
    private static final Actor COLLECTOR = Actor.system("portal.collector");

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final Supplier<byte[]> privateKey;
    private final IntakeService reports;
    private final CorrespondenceService letters;
    private final Deliveries deliveries;
    private final ZoneId zone;
    private final Clock clock;
    private byte[] key = new byte[0];
    private Instant triedAgain = Instant.MIN;

    Collector(
            JdbcTemplate jdbc,
            TransactionTemplate transactions,
            Supplier<byte[]> privateKey,
            IntakeService reports,
            CorrespondenceService letters,
            Deliveries deliveries,
            ZoneId zone,
            Clock clock) {
        super("portal-collector", Rhythm.every(PAUSE).afterFailure(PAUSE_WHEN_AWAY));
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.privateKey = privateKey;
        this.reports = reports;
        this.letters = letters;
        this.deliveries = deliveries;
        this.zone = zone;
        this.clock = clock;
    }

    /** @return how many arrivals were taken in or set aside */
    int collect(byte[] key) {
        List<Long> waiting = jdbc.queryForList(
                "select seq from portal.arrival where failed_at is null order by seq limit " + BATCH, Long.class);
        for (long seq : waiting) {
            try {
                transactions.executeWithoutResult(status -> take(seq, key));
            } catch (RuntimeException e) {
                if (outage(e)) throw e;
                LOG.error("arrival {} could not be taken in and is set aside", seq, e);
                jdbc.update(
                        "update portal.arrival set failed_at = ?, failure = ? where seq = ?",
                        utc(clock.instant()),
                        e.getClass().getName(),
                        seq);
            }
        }
        return waiting.size();
    }

    /** It lies with the database and not with the arrival: the next try will do. */
    static boolean outage(RuntimeException e) {
        // Also a rollback that failed because the database went away, which hides what failed first.
        return e instanceof TransactionException
                || (e instanceof DataAccessException
                        && !(e instanceof DataIntegrityViolationException)
                        && !(e instanceof InvalidDataAccessResourceUsageException));
    }

    /** Gives what was set aside another try, so that nobody's report waits for a restart. */
    void tryAgain(Duration after) {
        int again = jdbc.update(
                "update portal.arrival set failed_at = null, failure = null where failed_at <= ?",
                utc(clock.instant().minus(after)));
        if (again > 0) LOG.warn("arrivals are tried again: count={}", again);
    }

    /** How many arrivals stand aside now. */
    long aside() {
        Long count = jdbc.queryForObject("select count(*) from portal.arrival where failed_at is not null", Long.class);
        return count == null ? 0 : count;
    }

    /** Two nodes on one database: who comes second finds nothing. */
    private void take(long seq, byte[] key) {
        List<byte[]> found = jdbc.query("""
                delete from portal.arrival where seq = (
                    select seq from portal.arrival where seq = ? and failed_at is null for update skip locked)
                returning sealed
                """, (row, n) -> row.getBytes(1), seq);
        for (byte[] closed : found) {
            try {
                takeIn(Arrival.read(PublicSeal.open(key, Arrival.CONTEXT, closed)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("arrival was altered, or sealed to another key", e);
            }
        }
    }

    private void takeIn(Arrival arrival) {
        if (arrival.form().isPresent() && arrival.reference() != null) {
            ReportForm form = arrival.form().get();
            ReportId id = reports.submit(
                            COLLECTOR,
                            form.submission(new Reference(arrival.reference()), arrival.at(), zone, arrival.setAside()))
                    .id();
            deliveries.add(id, arrival.mailbox());
        } else if (arrival.kind() != null && arrival.text() != null) {
            ReportId id = deliveries
                    .reportOf(arrival.mailbox())
                    .orElseThrow(() -> new IllegalStateException("a message to a report that is not there"));
            letters.receive(COLLECTOR, id, arrival.kind(), arrival.text(), arrival.at());
        } else throw new IllegalStateException("an arrival that says nothing");
    }

    @Override
    protected boolean round() {
        if (key.length == 0) {
            key = privateKey.get();
            tryAgain(Duration.ZERO);
            triedAgain = clock.instant();
        } else if (triedAgain.plus(UNTIL_TRIED_AGAIN).isBefore(clock.instant())) {
            tryAgain(UNTIL_TRIED_AGAIN);
            triedAgain = clock.instant();
        }
        return collect(key) == BATCH;
    }
}
