package org.sharaka.node.originator;

import static org.sharaka.node.originator.SqlReferences.reference;
import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.OrderAnswer;
import org.springframework.jdbc.core.JdbcTemplate;

/** Orders of ours and what holders said. */
final class SqlGiven {
    /** Before all others. */
    private static final UUID NO_ID = new UUID(0, 0);

    private final JdbcTemplate sql;
    private final Vault vault;

    SqlGiven(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    void add(Given given, String reason, Instant endsAt, EntryId entry) {
        sql.update(
                """
                insert into originator.given (id, kind, target, hash, recipient, conversation, closed_to, reason, by, at, ends_at, entry)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                given.id(),
                given.kind().name(),
                given.target().id().value(),
                given.target().hash().bytes(),
                given.recipient().value(),
                given.conversation().value(),
                given.closedTo(),
                vault.seal(context(given.id()), reason.getBytes(StandardCharsets.UTF_8)),
                given.by(),
                utc(given.at()),
                utc(endsAt),
                entry.value());
    }

    void keepTo(MemberId recipient, ConversationId conversation, String closedTo) {
        sql.update(
                "update originator.given set closed_to = ? where recipient = ? and conversation = ?",
                closedTo,
                recipient.value(),
                conversation.value());
    }

    void carried(UUID given, MessageReference by, Instant at) {
        sql.update(
                "insert into originator.given_message (name, hash, given, sent_at) values (?, ?, ?, ?)",
                by.id().value(),
                by.hash().bytes(),
                given,
                utc(at));
    }

    /** The message that carries it now. */
    Optional<MessageReference> carrier(UUID given) {
        return sql
                .query(
                        "select name, hash from originator.given_message where given = ? order by sent_at desc limit 1",
                        (row, i) -> reference(row, "name", "hash"),
                        given)
                .stream()
                .findFirst();
    }

    /** Every message that carried it, the oldest first. */
    List<MessageReference> carriers(UUID given) {
        return sql.query(
                "select name, hash from originator.given_message where given = ? order by sent_at",
                (row, i) -> reference(row, "name", "hash"),
                given);
    }

    Optional<Given> carriedBy(MessageReference message) {
        return sql
                .query(
                        """
                        select g.* from originator.given g join originator.given_message m on m.given = g.id
                        where m.name = ? and m.hash = ?
                        """,
                        (row, i) -> given(row),
                        message.id().value(),
                        message.hash().bytes())
                .stream()
                .findFirst();
    }

    Optional<Given> find(UUID id) {
        return sql.query("select * from originator.given where id = ?", (row, i) -> given(row), id).stream()
                .findFirst();
    }

    /**
     * Where an order stands in a list.
     *
     * @param since when a holder began to owe an answer, in microseconds; of what each has answered and one refused, after all others
     */
    record Place(long since, UUID id) {
        static Optional<Place> parse(String text) {
            String[] parts = text.split(":", 2);
            try {
                return Optional.of(new Place(Long.parseLong(parts[0]), UUID.fromString(parts[parts.length - 1])));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return since + ":" + id;
        }
    }

    record Placed(Place place, Given order) {}

    /** The latest first, of those that somebody of a unit may see. */
    List<Placed> latest(String unit, Optional<Place> after, int limit) {
        return sql.query(
                "select *, 0 as since from originator.given where closed_to in ('', ?) and id < ? order by id desc limit ?",
                (row, i) -> placed(row),
                unit,
                after.map(Place::id).orElse(new UUID(-1, -1)),
                limit);
    }

    /** What somebody still holds, as far as we know, the most overdue first; of those that somebody of a unit may see. */
    List<Placed> open(String unit, Optional<Place> after, int limit) {
        Place from = after.orElse(new Place(Long.MIN_VALUE, NO_ID));
        return sql.query("""
                select g.*, w.since from originator.given g cross join lateral (select coalesce(
                    (extract(epoch from least(
                        case when not exists (select from originator.given_answer a where a.given = g.id and a.holder = g.recipient)
                            then g.at end,
                        (select min(a.done_at) from originator.given_answer a cross join unnest(a.passed_to) third
                            where a.given = g.id and not exists
                                (select from originator.given_answer t where t.given = g.id and t.holder = third)))) * 1000000)::bigint,
                    case when exists (select from originator.given_answer a where a.given = g.id and a.outcome = 'REFUSED')
                        then 9223372036854775807 end) as since) w
                where g.closed_to in ('', ?) and w.since is not null and (w.since, g.id) > (?, ?)
                order by w.since, g.id limit ?
                """, (row, i) -> placed(row), unit, from.since(), from.id(), limit);
    }

    private Placed placed(ResultSet row) throws SQLException {
        Given order = given(row);
        return new Placed(new Place(row.getLong("since"), order.id()), order);
    }

    /** Orders about a message of ours, the oldest first. */
    List<Given> about(MessageId ours) {
        return sql.query(
                "select * from originator.given where target = ? order by at, id",
                (row, i) -> given(row),
                ours.value());
    }

    /** An order and the message that carries it now. */
    record Carried(UUID order, MessageId by) {}

    /** Those that the member to whom they went has not answered and that may be tried now, the oldest first. */
    List<Carried> unanswered(Optional<Carried> after, Instant now, int limit) {
        return sql.query(
                """
                select g.id, m.name from originator.given g cross join lateral
                    (select name from originator.given_message where given = g.id order by sent_at desc limit 1) m
                where g.id > ? and g.next_try <= ? and not exists
                    (select from originator.given_answer a where a.given = g.id and a.holder = g.recipient)
                order by g.id limit ?
                """,
                (row, i) -> new Carried(row.getObject("id", UUID.class), new MessageId(row.getString("name"))),
                after.map(Carried::order).orElse(NO_ID),
                utc(now),
                limit);
    }

    void later(UUID given, Instant next) {
        sql.update("update originator.given set next_try = ? where id = ?", utc(next), given);
    }

    void answered(UUID given, GivenAnswer answer) {
        sql.update(connection -> {
            var insert = connection.prepareStatement("""
                    insert into originator.given_answer (given, holder, outcome, done_at, passed_to, peer, name, came_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (given, holder) do update set outcome = excluded.outcome, done_at = excluded.done_at,
                        passed_to = excluded.passed_to, peer = excluded.peer, name = excluded.name, came_at = excluded.came_at
                    """);
            insert.setObject(1, given);
            insert.setString(2, answer.holder().value());
            insert.setString(3, answer.outcome().name());
            insert.setObject(4, utc(answer.doneAt()));
            insert.setArray(
                    5,
                    connection.createArrayOf(
                            "text",
                            answer.passedTo().stream().map(MemberId::value).toArray(String[]::new)));
            insert.setString(6, answer.peer().value());
            insert.setString(7, answer.name().value());
            insert.setObject(8, utc(answer.cameAt()));
            return insert;
        });
    }

    List<GivenAnswer> answers(UUID given) {
        return sql.query(
                "select * from originator.given_answer where given = ? order by came_at, holder",
                (row, i) -> new GivenAnswer(
                        new MemberId(row.getString("holder")),
                        OrderAnswer.Outcome.valueOf(row.getString("outcome")),
                        instant(row, "done_at"),
                        SqlTaken.members(row.getArray("passed_to")),
                        new MemberId(row.getString("peer")),
                        new MessageId(row.getString("name")),
                        instant(row, "came_at")),
                given);
    }

    int end(Instant now, int limit) {
        return sql.update(
                "delete from originator.given where id in (select id from originator.given where ends_at <= ? limit ?)",
                utc(now),
                limit);
    }

    private Given given(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        byte[] reason = row.getBytes("reason");
        return new Given(
                id,
                Order.Kind.valueOf(row.getString("kind")),
                reference(row, "target", "hash"),
                new MemberId(row.getString("recipient")),
                new ConversationId(row.getString("conversation")),
                row.getString("closed_to"),
                reason == null
                        ? Optional.empty()
                        : Optional.of(new String(vault.open(context(id), reason), StandardCharsets.UTF_8)),
                row.getString("by"),
                instant(row, "at"));
    }

    private static String context(UUID id) {
        return "originator.reason/" + id;
    }
}
