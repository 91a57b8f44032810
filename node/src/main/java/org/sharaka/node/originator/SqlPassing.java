package org.sharaka.node.originator;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.springframework.jdbc.core.JdbcTemplate;

/** What we hand on for others. */
final class SqlPassing {
    private final JdbcTemplate sql;

    SqlPassing(JdbcTemplate sql) {
        this.sql = sql;
    }

    void add(Passing passing, Instant since) {
        sql.update(
                """
                insert into originator.passing (peer, name, recipient, conversation, lane, legal_basis, since, next_try)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """,
                passing.peer().value(),
                passing.name().value(),
                passing.recipient().value(),
                passing.conversation().value(),
                passing.lane().name(),
                passing.legalBasis(),
                utc(since),
                utc(since));
    }

    List<Passing> due(Instant now, int limit) {
        return sql.query(
                "select * from originator.passing where message is null and next_try <= ? order by next_try limit ?",
                (row, i) -> passing(row),
                utc(now),
                limit);
    }

    /** Locks one that still waits. @return false if somebody else was faster */
    boolean lock(Passing passing) {
        return !sql.queryForList(
                        """
                        select 1 from originator.passing where peer = ? and name = ? and recipient = ? and message is null
                        for update skip locked
                        """,
                        Integer.class,
                        passing.peer().value(),
                        passing.name().value(),
                        passing.recipient().value())
                .isEmpty();
    }

    void passed(Passing passing, MessageId message) {
        sql.update(
                "update originator.passing set message = ?, failure = '' where peer = ? and name = ? and recipient = ?",
                message.value(),
                passing.peer().value(),
                passing.name().value(),
                passing.recipient().value());
    }

    void later(Passing passing, String failure, Instant next) {
        sql.update(
                """
                update originator.passing set failure = ?, tries = tries + 1, next_try = ?
                where peer = ? and name = ? and recipient = ? and message is null
                """,
                failure,
                utc(next),
                passing.peer().value(),
                passing.name().value(),
                passing.recipient().value());
    }

    /** To whom a message goes on; with why it has not gone yet, empty if it has, or {@code -} if it was not tried. */
    Map<MemberId, String> of(MemberId peer, MessageId name) {
        Map<MemberId, String> states = new TreeMap<>();
        sql.query(
                "select recipient, message, failure from originator.passing where peer = ? and name = ?",
                row -> {
                    String state = row.getString("message") != null
                            ? ""
                            : row.getString("failure").isEmpty() ? "-" : row.getString("failure");
                    states.put(new MemberId(row.getString("recipient")), state);
                },
                peer.value(),
                name.value());
        return states;
    }

    /** What nobody waits for any longer. */
    int end(Instant before, int limit) {
        return sql.update("""
                delete from originator.passing where (peer, name, recipient) in (
                    select peer, name, recipient from originator.passing where since <= ? limit ?)
                """, utc(before), limit);
    }

    private static Passing passing(ResultSet row) throws SQLException {
        return new Passing(
                new MemberId(row.getString("peer")),
                new MessageId(row.getString("name")),
                new MemberId(row.getString("recipient")),
                new ConversationId(row.getString("conversation")),
                Lane.valueOf(row.getString("lane")),
                row.getString("legal_basis"),
                row.getInt("tries"));
    }
}
