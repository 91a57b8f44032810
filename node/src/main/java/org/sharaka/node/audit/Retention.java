package org.sharaka.node.audit;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.sharaka.node.access.Actor;
import org.springframework.jdbc.core.JdbcTemplate;

/** Ends the life of details (S20). Their leaves stay, so the tree still proves how many entries there were, and when. */
final class Retention {
    /** Bounds a transaction. */
    private static final int BATCH = 10_000;

    private final AuditTrail audit;
    private final JdbcTemplate sql;
    private final Clock clock;

    Retention(AuditTrail audit, JdbcTemplate sql, Clock clock) {
        this.audit = audit;
        this.sql = sql;
        this.clock = clock;
    }

    /** Purges details that are older than this; the purge is itself an entry. @return how many went */
    long purge(Actor actor, Duration older) {
        Instant before = clock.instant().minus(older).truncatedTo(ChronoUnit.SECONDS);
        Boolean any = sql.queryForObject(
                "select exists (select 1 from audit.entry e join audit.leaf l on l.entry_id = e.id where e.id < ?::uuid)",
                Boolean.class,
                firstId(before));
        if (!Boolean.TRUE.equals(any)) return 0;
        audit.act(
                actor,
                "audit.purge",
                subject(before),
                entry -> sql.update(
                        "insert into audit.purge (entry_id, before) values (?, ?)", entry.value(), utc(before)));
        long gone = 0;
        for (int batch = BATCH; batch == BATCH; gone += batch) {
            batch = sql.update("""
                    delete from audit.entry where id in (
                        select e.id from audit.entry e join audit.leaf l on l.entry_id = e.id
                        where e.id < ?::uuid order by e.id limit ?)
                    """, firstId(before), BATCH);
        }
        return gone;
    }

    static String subject(Instant before) {
        return "entries/before " + before;
    }

    /** Smaller than every id of this time or later. */
    static String firstId(Instant time) {
        String hex = String.format("%012x", Math.max(0, time.toEpochMilli()));
        return hex.substring(0, 8) + "-" + hex.substring(8) + "-0000-0000-000000000000";
    }
}
