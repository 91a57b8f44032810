package org.sharaka.node.originator;

import static org.sharaka.node.originator.SqlReferences.reference;
import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.OrderAnswer;
import org.springframework.jdbc.core.JdbcTemplate;

/** Orders of originators, and what came of them here. */
final class SqlTaken {
    private final JdbcTemplate sql;
    private final Vault vault;

    SqlTaken(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    void add(Taken taken, Instant endsAt) {
        sql.update(
                """
                insert into originator.taken (peer, name, conversation, legal_basis, originator, first_name, first_hash, kind, target,
                    hash, taken_at, ends_at, outcome, done_at, sentence, gone_entry, next_try, look_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                taken.peer().value(),
                taken.name().value(),
                taken.conversation().value(),
                taken.legalBasis(),
                taken.target().originator().value(),
                taken.first().id().value(),
                taken.first().hash().bytes(),
                taken.kind().name(),
                taken.target().message().id().value(),
                taken.target().message().hash().bytes(),
                utc(taken.takenAt()),
                utc(endsAt),
                taken.outcome().name(),
                utc(taken.doneAt()),
                sealed(taken, taken.sentence()),
                taken.gone().orElse(null),
                utc(taken.takenAt()),
                taken.outcome() == OrderAnswer.Outcome.OBEYED ? null : utc(taken.takenAt()));
    }

    /** The orders about what a message from a peer holds, the oldest first. */
    List<Taken> about(MemberId peer, MessageId name) {
        return sql.query(
                """
                select t.* from originator.taken t where (t.originator = ? and t.target = ?
                        and not exists (select from originator.enclosed e where e.peer = ? and e.name = ?))
                    or exists (select from originator.enclosed e where e.peer = ? and e.name = ? and e.target = t.target
                        and e.originator = t.originator)
                order by t.taken_at, t.peer, t.name
                """,
                (row, i) -> taken(row),
                peer.value(),
                name.value(),
                peer.value(),
                name.value(),
                peer.value(),
                name.value());
    }

    List<Taken> about(Target target) {
        return sql.query(
                "select * from originator.taken where target = ? and originator = ? order by taken_at, peer, name",
                (row, i) -> taken(row),
                target.message().id().value(),
                target.originator().value());
    }

    /** By the originator's own order and the one to whom we passed it on. */
    Optional<Taken> passed(MessageId first, MemberId to) {
        return sql.query("""
                        select t.* from originator.taken t join originator.passing p on p.peer = t.peer and p.name = t.name
                        where t.first_name = ? and p.recipient = ? and p.message is not null order by t.taken_at limit 1
                        """, (row, i) -> taken(row), first.value(), to.value()).stream()
                .findFirst();
    }

    /** Those still to be answered whose time for a try has come, locked to the end of the transaction. */
    List<Taken> open(Instant now, int limit) {
        return sql.query("""
                select * from originator.taken where answer is null and next_try <= ?
                order by next_try limit ? for update skip locked
                """, (row, i) -> taken(row), utc(now), limit);
    }

    /** One that is still to be answered, locked to the end of the transaction. */
    Optional<Taken> open(MemberId peer, MessageId name) {
        return sql
                .query(
                        "select * from originator.taken where peer = ? and name = ? and answer is null for update skip locked",
                        (row, i) -> taken(row),
                        peer.value(),
                        name.value())
                .stream()
                .findFirst();
    }

    /**
     * Those that have to be looked at again and are answered, the first due first.
     *
     * @param latest no look is planned for later than that: a clock was ahead
     */
    List<Taken> toLookAt(Instant now, Instant latest, int limit) {
        return sql.query("""
                select * from originator.taken where answer is not null and (look_at <= ? or look_at > ?)
                order by look_at limit ? for update skip locked
                """, (row, i) -> taken(row), utc(now), utc(latest), limit);
    }

    /**
     * Plans the next look at what is not obeyed.
     *
     * @param next empty if only news are a reason to look once more
     */
    void look(Taken taken, Optional<Instant> next) {
        sql.update(
                "update originator.taken set look_at = ? where peer = ? and name = ? and outcome <> 'OBEYED'",
                utc(next),
                taken.peer().value(),
                taken.name().value());
    }

    /** Something of an originator's, by its own name. */
    record Data(MemberId originator, MessageId message) {}

    /** These came: orders about them that had found nothing are looked at. @return how many */
    int came(List<Data> data, Instant now) {
        return sql.update("""
                update originator.taken t set look_at = ? from unnest(?::text[], ?::text[]) as c(originator, target)
                where t.originator = c.originator and t.target = c.target and t.outcome = 'NOT_HELD'
                """, statement -> {
            var connection = statement.getConnection();
            statement.setObject(1, utc(now));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            data.stream().map(each -> each.originator().value()).toArray()));
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "text",
                            data.stream().map(each -> each.message().value()).toArray()));
        });
    }

    /** It ended otherwise than was answered: another answer goes. */
    void changed(Taken order, Instant now) {
        sql.update(
                """
                update originator.taken set outcome = ?, done_at = ?, sentence = ?, gone_entry = ?, statement = null, entry = null,
                    answer = null, tries = 0, next_try = ?, look_at = null
                where peer = ? and name = ?
                """,
                order.outcome().name(),
                utc(order.doneAt()),
                sealed(order, order.sentence()),
                order.gone().orElse(null),
                utc(now),
                order.peer().value(),
                order.name().value());
    }

    /** The answer is fixed, and entered. */
    void stated(Taken taken, Collection<MemberId> passedTo, Optional<String> sentence, Hash statement, EntryId entry) {
        sql.update(connection -> {
            var update = connection.prepareStatement(
                    "update originator.taken set passed_to = ?, sentence = ?, statement = ?, entry = ? where peer = ? and name = ?");
            update.setArray(
                    1,
                    connection.createArrayOf(
                            "text", passedTo.stream().map(MemberId::value).toArray(String[]::new)));
            update.setBytes(2, sealed(taken, sentence));
            update.setBytes(3, statement.bytes());
            update.setObject(4, entry.value());
            update.setString(5, taken.peer().value());
            update.setString(6, taken.name().value());
            return update;
        });
    }

    void answered(Taken taken, MessageId answer) {
        sql.update(
                "update originator.taken set answer = ? where peer = ? and name = ?",
                answer.value(),
                taken.peer().value(),
                taken.name().value());
    }

    void later(Taken taken, Instant next) {
        sql.update(
                "update originator.taken set tries = tries + 1, next_try = ? where peer = ? and name = ?",
                utc(next),
                taken.peer().value(),
                taken.name().value());
    }

    int tries(Taken taken) {
        Integer tries = sql.queryForObject(
                "select tries from originator.taken where peer = ? and name = ?",
                Integer.class,
                taken.peer().value(),
                taken.name().value());
        return tries == null ? 0 : tries;
    }

    int end(Instant now, int limit) {
        return sql.update("""
                delete from originator.taken where (peer, name) in (
                    select peer, name from originator.taken where ends_at <= ? limit ?)
                """, utc(now), limit);
    }

    private byte @Nullable [] sealed(Taken taken, Optional<String> sentence) {
        return sentence.map(words ->
                        vault.seal(context(taken.peer(), taken.name()), words.getBytes(StandardCharsets.UTF_8)))
                .orElse(null);
    }

    private Taken taken(ResultSet row) throws SQLException {
        MemberId peer = new MemberId(row.getString("peer"));
        MessageId name = new MessageId(row.getString("name"));
        byte[] sentence = row.getBytes("sentence");
        byte[] statement = row.getBytes("statement");
        return new Taken(
                peer,
                name,
                new ConversationId(row.getString("conversation")),
                row.getString("legal_basis"),
                reference(row, "first_name", "first_hash"),
                Order.Kind.valueOf(row.getString("kind")),
                new Target(new MemberId(row.getString("originator")), reference(row, "target", "hash")),
                instant(row, "taken_at"),
                OrderAnswer.Outcome.valueOf(row.getString("outcome")),
                instant(row, "done_at"),
                sentence == null
                        ? Optional.empty()
                        : Optional.of(new String(vault.open(context(peer, name), sentence), StandardCharsets.UTF_8)),
                Optional.ofNullable(row.getObject("gone_entry", UUID.class)),
                members(row.getArray("passed_to")),
                statement == null ? Optional.empty() : Optional.of(Hash.ofDigest(statement)),
                Optional.ofNullable(row.getObject("entry", UUID.class)));
    }

    static Set<MemberId> members(Array array) throws SQLException {
        return Arrays.stream((String[]) array.getArray()).map(MemberId::new).collect(Collectors.toSet());
    }

    private static String context(MemberId peer, MessageId name) {
        return "originator.sentence/" + peer + "/" + name;
    }
}
