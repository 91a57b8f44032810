package org.sharaka.node.originator;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.audit.EntryId;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which permissions of ours we took back. */
final class SqlGrants {
    private final JdbcTemplate sql;

    SqlGrants(JdbcTemplate sql) {
        this.sql = sql;
    }

    /**
     * @param request the question that the permission answered
     * @param message what says now that it is taken back
     */
    record Revocation(MessageId request, MemberId recipient, MessageId message) {}

    boolean revoked(MessageId request) {
        return !sql.queryForList(
                        "select 1 from originator.revocation where request = ?", Integer.class, request.value())
                .isEmpty();
    }

    /** @return false if it was taken back before */
    boolean add(Revocation revocation, String by, Instant at, Instant endsAt, EntryId entry) {
        return sql.update(
                        """
                        insert into originator.revocation (request, recipient, message, by, at, ends_at, entry)
                        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                        """,
                        revocation.request().value(),
                        revocation.recipient().value(),
                        revocation.message().value(),
                        by,
                        utc(at),
                        utc(endsAt),
                        entry.value())
                == 1;
    }

    /** Those whose time is not over and that may be tried now, in the order of their requests. */
    List<Revocation> inForce(Optional<Revocation> after, Instant now, int limit) {
        return sql.query(
                """
                select request, recipient, message from originator.revocation
                where request > ? and ends_at > ? and next_try <= ? order by request limit ?
                """,
                (row, i) -> new Revocation(
                        new MessageId(row.getString("request")),
                        new MemberId(row.getString("recipient")),
                        new MessageId(row.getString("message"))),
                after.map(each -> each.request().value()).orElse(""),
                utc(now),
                utc(now),
                limit);
    }

    void later(Revocation revocation, Instant next) {
        sql.update(
                "update originator.revocation set next_try = ? where request = ?",
                utc(next),
                revocation.request().value());
    }

    void renewed(Revocation revocation, MessageId message) {
        sql.update(
                "update originator.revocation set message = ? where request = ? and message = ?",
                message.value(),
                revocation.request().value(),
                revocation.message().value());
    }

    int end(Instant now, int limit) {
        return sql.update("""
                delete from originator.revocation where request in (
                    select request from originator.revocation where ends_at <= ? limit ?)
                """, utc(now), limit);
    }
}
