package org.sharaka.node.screening.hit;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.screening.AskedHash;
import org.sharaka.node.screening.Screened;
import org.sharaka.node.screening.ScreeningService;
import org.sharaka.node.screening.ScreeningSettings;
import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps pairs that an officer compared and found different, so that nobody is stopped for them again until one side changes. */
public final class DismissalService {
    private final JdbcTemplate sql;
    private final ScreeningService screening;
    private final AskedHash hash;
    private final AuditTrail audit;
    private final ScreeningSettings settings;
    private final Ids ids;
    private final Clock clock;

    /** Seven parts: from the comparison to the row. */
    DismissalService(
            JdbcTemplate sql,
            ScreeningService screening,
            AskedHash hash,
            AuditTrail audit,
            ScreeningSettings settings,
            Ids ids,
            Clock clock) {
        this.sql = sql;
        this.screening = screening;
        this.hash = hash;
        this.audit = audit;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /** Needs {@link Permission#SCREENING_CONFIRM}. A second dismissal of the same pair replaces the first. */
    public void dismiss(Actor actor, ScreeningService.Query asked, String entity, Screened.Dismissed.Reason reason) {
        var unused = audit.act(actor, "screening.dismiss", "entity/" + entity, entry -> {
            actor.require(Permission.SCREENING_CONFIRM).requirePurpose();
            Screened.Possible possible = screening.compared(asked, entity);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            return sql.update(
                    """
                    insert into screening.dismissal
                        (id, asked, entity, digest, reason, dismissed_by, unit, dismissed_at, ends_at, entry)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (entity, digest, asked) do update set reason = excluded.reason, unit = excluded.unit,
                        dismissed_by = excluded.dismissed_by, dismissed_at = excluded.dismissed_at,
                        ends_at = excluded.ends_at, entry = excluded.entry
                    """,
                    ids.timeOrdered(),
                    hash.of(possible.asked()),
                    entity,
                    possible.entity().entry().digest(),
                    reason.name(),
                    actor.id(),
                    actor.unit().orElse(null),
                    utc(now),
                    now.atZone(ZoneOffset.UTC)
                            .plus(settings.dismissalRetention())
                            .toOffsetDateTime(),
                    entry.value());
        });
    }

    /** The pair is a possible match again. Needs {@link Permission#SCREENING_CONFIRM}. */
    public void takeBack(Actor actor, ScreeningService.Query asked, String entity) {
        var unused = audit.act(actor, "screening.dismissal-take-back", "entity/" + entity, entry -> {
            actor.require(Permission.SCREENING_CONFIRM).requirePurpose();
            Screened.Possible possible = screening.compared(asked, entity);
            return sql.update(
                    "delete from screening.dismissal where entity = ? and asked = ?",
                    entity,
                    hash.of(possible.asked()));
        });
    }

    int purge(Instant now, int limit) {
        return sql.update(
                "delete from screening.dismissal where id in (select id from screening.dismissal where ends_at <= ? limit ?)",
                utc(now),
                limit);
    }
}
