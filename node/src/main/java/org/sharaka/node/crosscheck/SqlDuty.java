package org.sharaka.node.crosscheck;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.bureau.AlarmTable;
import org.sharaka.node.bureau.OpenMatters;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.CrossCheck;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.message.ConversationId;
import org.springframework.jdbc.core.JdbcTemplate;

/** What others ask as duty officers are alarmed by it and hand it over. No unit keeps it to itself: every officer of the bureau sees it. */
final class SqlDuty extends AlarmTable implements OpenMatters {
    /** What somebody answered or its originator took back is no alarm any more. */
    private static final Tables TABLES = new Tables(
            "crosscheck.alarm",
            "request",
            "crosscheck.received",
            "received_at",
            "m.unread",
            "m.urgency = 'URGENT' and m.answer is null and m.withdrawn_at is null and m.ends_at > :now",
            "true");

    private final JdbcTemplate sql;
    private final Clock clock;

    SqlDuty(JdbcTemplate sql, Clock clock) {
        super(sql, clock, TABLES);
        this.sql = sql;
        this.clock = clock;
    }

    @Override
    protected String path(MemberId peer, ConversationId conversation) {
        return new CheckKey(peer, conversation).path();
    }

    @Override
    public List<Matter> open(Actor actor, int limit) {
        return sql.query(
                """
                select r.* from crosscheck.received r where r.answer is null and r.withdrawn_at is null and r.ends_at > ?
                order by r.due_at, r.id limit ?
                """,
                (row, i) -> new Matter(
                        row.getObject("id", UUID.class),
                        new MemberId(row.getString("peer")),
                        new ConversationId(row.getString("conversation")),
                        CrossCheck.TYPE,
                        instant(row, "received_at"),
                        Urgency.valueOf(row.getString("urgency")),
                        instant(row, "due_at")),
                utc(clock.instant()),
                limit);
    }
}
