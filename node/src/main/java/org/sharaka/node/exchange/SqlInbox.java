package org.sharaka.node.exchange;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.SignedMessage;
import org.springframework.jdbc.core.JdbcTemplate;

/** Messages of others in the database, and the place that is awaited next in each order. */
final class SqlInbox {
    private final JdbcTemplate sql;

    SqlInbox(JdbcTemplate sql) {
        this.sql = sql;
    }

    private static @Nullable OffsetDateTime utc(Optional<Instant> time) {
        return time.map(known -> known.atOffset(ZoneOffset.UTC)).orElse(null);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /**
     * A message to be stored.
     *
     * @param message empty for one that is refused before it could be read
     * @param keyedHash of its hash, under a key of ours
     * @param sealed by the vault; empty for one that is refused
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Arrival(
            MessageId id,
            Hash hash,
            byte[] keyedHash,
            Optional<SignedMessage> message,
            Optional<Refusal> refusal,
            byte[] sealed) {}

    /** @return keyed hashes of those that are known */
    Map<MessageId, Hash> known(MemberId sender, Collection<MessageId> ids) {
        Map<MessageId, Hash> known = new HashMap<>();
        sql.query(
                "select id, keyed_hash from exchange.received where sender = ? and id = any (?)",
                statement -> {
                    statement.setString(1, sender.value());
                    statement.setArray(2, statement.getConnection().createArrayOf("text", SqlOutbox.texts(ids)));
                },
                row -> {
                    known.put(new MessageId(row.getString("id")), Hash.ofDigest(row.getBytes("keyed_hash")));
                });
        return known;
    }

    /** Which of these places another message has. */
    Set<Position> taken(MemberId sender, List<Position> places) {
        Set<Position> taken = new HashSet<>();
        sql.query(
                """
                select r.conversation, r.lane, r.epoch, r.sequence
                from unnest(?, ?, ?, ?) as p(conversation, lane, epoch, sequence)
                join exchange.received r on r.sender = ? and r.conversation = p.conversation and r.lane = p.lane
                    and r.epoch = p.epoch and r.sequence = p.sequence
                """,
                statement -> {
                    var connection = statement.getConnection();
                    statement.setArray(
                            1,
                            connection.createArrayOf(
                                    "text",
                                    places.stream()
                                            .map(p -> p.conversation().value())
                                            .toArray()));
                    statement.setArray(
                            2,
                            connection.createArrayOf(
                                    "text",
                                    places.stream().map(p -> p.lane().name()).toArray()));
                    statement.setArray(
                            3,
                            connection.createArrayOf(
                                    "bigint",
                                    places.stream().map(Position::epoch).toArray()));
                    statement.setArray(
                            4,
                            connection.createArrayOf(
                                    "bigint",
                                    places.stream().map(Position::sequence).toArray()));
                    statement.setString(5, sender.value());
                },
                row -> {
                    taken.add(new Position(
                            new ConversationId(row.getString(1)),
                            Lane.valueOf(row.getString(2)),
                            row.getLong(3),
                            row.getLong(4)));
                });
        return taken;
    }

    void add(MemberId sender, List<Arrival> arrivals, Instant now) {
        sql.batchUpdate("""
                insert into exchange.received (sender, id, hash, keyed_hash, conversation, lane, epoch, sequence, content_type,
                    content_format, sent_at, keep_until, received_at, state, refusal, decided_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, arrivals, arrivals.size() + 1, (row, arrival) -> {
            // A refused one has no place: its sender marks that as skipped.
            Optional<Position> place = arrival.refusal().isPresent()
                    ? Optional.empty()
                    : arrival.message().map(each -> each.message().header().position());
            row.setString(1, sender.value());
            row.setString(2, arrival.id().value());
            row.setBytes(3, arrival.hash().bytes());
            row.setBytes(4, arrival.keyedHash());
            row.setString(5, place.map(p -> p.conversation().value()).orElse(null));
            row.setString(6, place.map(p -> p.lane().name()).orElse(null));
            row.setObject(7, place.map(Position::epoch).orElse(null), java.sql.Types.BIGINT);
            row.setObject(8, place.map(Position::sequence).orElse(null), java.sql.Types.BIGINT);
            row.setString(
                    9,
                    arrival.message()
                            .map(each -> each.message().content().type())
                            .orElse(""));
            row.setInt(
                    10,
                    arrival.message()
                            .map(each -> each.message().content().format())
                            .orElse(0));
            row.setObject(
                    11,
                    utc(arrival.message().map(each -> each.message().header().sent())));
            row.setObject(
                    12,
                    utc(arrival.message().map(each -> each.message().handling().keepUntil())));
            row.setObject(13, utc(now));
            row.setString(14, arrival.refusal().isPresent() ? "REFUSED" : "HELD");
            row.setString(15, arrival.refusal().map(Refusal::code).orElse(""));
            row.setObject(16, arrival.refusal().isPresent() ? utc(now) : null);
        });
        List<Arrival> kept =
                arrivals.stream().filter(arrival -> arrival.refusal().isEmpty()).toList();
        sql.batchUpdate(
                "insert into exchange.received_content (sender, id, sealed) values (?, ?, ?)",
                kept,
                kept.size() + 1,
                (row, arrival) -> {
                    row.setString(1, sender.value());
                    row.setString(2, arrival.id().value());
                    row.setBytes(3, arrival.sealed());
                });
    }

    /** Begins orders that are new. */
    private void begin(List<Stream> streams) {
        sql.batchUpdate("""
                insert into exchange.awaited (sender, conversation, lane, epoch, next) values (?, ?, ?, 1, 1)
                on conflict do nothing
                """, streams, streams.size() + 1, (row, stream) -> {
            row.setString(1, stream.sender().value());
            row.setString(2, stream.conversation().value());
            row.setString(3, stream.lane().name());
        });
    }

    /** Whether at least so many messages of a sender wait for their turn. */
    boolean held(MemberId sender, int many) {
        return !sql.queryForList(
                        "select 1 from exchange.received where sender = ? and state = 'HELD' offset ? limit 1",
                        Integer.class,
                        sender.value(),
                        many - 1)
                .isEmpty();
    }

    /** Notes places that stay empty; those that were passed already need no note. */
    void skip(MemberId sender, List<Position> places) {
        begin(places.stream()
                .map(place -> Stream.of(sender, place))
                .distinct()
                .sorted()
                .toList());
        sql.batchUpdate("""
                insert into exchange.skipped (sender, conversation, lane, epoch, sequence)
                select s.* from (values (?, ?, ?, ?::bigint, ?::bigint)) as s(sender, conversation, lane, epoch, sequence)
                where not exists (select from exchange.awaited a where a.sender = s.sender
                    and a.conversation = s.conversation and a.lane = s.lane and (a.epoch, a.next) > (s.epoch, s.sequence))
                on conflict do nothing
                """, places, places.size() + 1, (row, place) -> {
            row.setString(1, sender.value());
            row.setString(2, place.conversation().value());
            row.setString(3, place.lane().name());
            row.setLong(4, place.epoch());
            row.setLong(5, place.sequence());
        });
    }

    /** The places that are awaited next; they stay so to the end of the transaction. Orders that are new begin. */
    Map<Stream, Position> awaited(List<Stream> streams) {
        List<Stream> sorted = streams.stream().distinct().sorted().toList();
        begin(sorted);
        Map<Stream, Position> awaited = new HashMap<>();
        sql.query(
                """
                select a.sender, a.conversation, a.lane, a.epoch, a.next
                from exchange.awaited a join unnest(?, ?, ?) as s(sender, conversation, lane)
                    on s.sender = a.sender and s.conversation = a.conversation and s.lane = a.lane
                order by a.sender, a.conversation, a.lane desc for share of a
                """,
                statement -> {
                    var connection = statement.getConnection();
                    statement.setArray(
                            1,
                            connection.createArrayOf(
                                    "text",
                                    sorted.stream().map(s -> s.sender().value()).toArray()));
                    statement.setArray(
                            2,
                            connection.createArrayOf(
                                    "text",
                                    sorted.stream()
                                            .map(s -> s.conversation().value())
                                            .toArray()));
                    statement.setArray(
                            3,
                            connection.createArrayOf(
                                    "text",
                                    sorted.stream().map(s -> s.lane().name()).toArray()));
                },
                row -> {
                    Lane lane = Lane.valueOf(row.getString(3));
                    ConversationId conversation = new ConversationId(row.getString(2));
                    awaited.put(
                            new Stream(new MemberId(row.getString(1)), conversation, lane),
                            new Position(conversation, lane, row.getLong(4), row.getLong(5)));
                });
        return awaited;
    }

    /** Orders in which something can be taken in, whoever forgot to say so. */
    List<Stream> ready(int limit) {
        return sql.query(
                """
                select r.sender, r.conversation, r.lane from exchange.received r join exchange.awaited a
                    on a.sender = r.sender and a.conversation = r.conversation and a.lane = r.lane
                    and a.epoch = r.epoch and a.next = r.sequence
                where r.state = 'HELD'
                union
                select s.sender, s.conversation, s.lane from exchange.skipped s join exchange.awaited a
                    on a.sender = s.sender and a.conversation = s.conversation and a.lane = s.lane
                    and a.epoch = s.epoch and a.next = s.sequence
                limit ?
                """,
                (row, i) -> new Stream(
                        new MemberId(row.getString(1)),
                        new ConversationId(row.getString(2)),
                        Lane.valueOf(row.getString(3))),
                limit);
    }

    /** The next awaited place, locked to the end of the transaction; nobody else takes in from this order meanwhile. */
    Position lock(Stream stream) {
        return sql
                .query(
                        """
                        select epoch, next from exchange.awaited where sender = ? and conversation = ? and lane = ? for update
                        """,
                        (row, i) -> new Position(stream.conversation(), stream.lane(), row.getLong(1), row.getLong(2)),
                        stream.sender().value(),
                        stream.conversation().value(),
                        stream.lane().name())
                .stream()
                .findFirst()
                .orElseThrow();
    }

    void advance(Stream stream, Position next) {
        sql.update(
                """
                update exchange.awaited set epoch = ?, next = ? where sender = ? and conversation = ? and lane = ?
                """,
                next.epoch(),
                next.sequence(),
                stream.sender().value(),
                stream.conversation().value(),
                stream.lane().name());
        sql.update(
                """
                delete from exchange.skipped
                where sender = ? and conversation = ? and lane = ? and (epoch, sequence) < (?, ?)
                """,
                stream.sender().value(),
                stream.conversation().value(),
                stream.lane().name(),
                next.epoch(),
                next.sequence());
    }

    /** A message whose turn may have come, sealed by the vault. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Held(MessageId id, Hash hash, Position position, String contentType, int contentFormat, byte[] sealed) {}

    /** Messages from a place on, in their order. */
    List<Held> held(Stream stream, Position from, int limit) {
        return sql.query(
                """
                select id, hash, epoch, sequence, content_type, content_format, sealed from exchange.received
                join exchange.received_content using (sender, id)
                where sender = ? and conversation = ? and lane = ? and state = 'HELD' and (epoch, sequence) >= (?, ?)
                order by epoch, sequence limit ?
                """,
                (row, i) -> new Held(
                        new MessageId(row.getString("id")),
                        Hash.ofDigest(row.getBytes("hash")),
                        new Position(
                                stream.conversation(), stream.lane(), row.getLong("epoch"), row.getLong("sequence")),
                        row.getString("content_type"),
                        row.getInt("content_format"),
                        row.getBytes("sealed")),
                stream.sender().value(),
                stream.conversation().value(),
                stream.lane().name(),
                from.epoch(),
                from.sequence(),
                limit);
    }

    Set<Position> skipped(Stream stream, Position from) {
        return new HashSet<>(sql.query(
                """
                select epoch, sequence from exchange.skipped
                where sender = ? and conversation = ? and lane = ? and (epoch, sequence) >= (?, ?)
                """,
                (row, i) -> new Position(stream.conversation(), stream.lane(), row.getLong(1), row.getLong(2)),
                stream.sender().value(),
                stream.conversation().value(),
                stream.lane().name(),
                from.epoch(),
                from.sequence()));
    }

    /** What became of a held message. */
    record Decided(MemberId sender, MessageId id, Hash hash, Optional<String> refusal) {}

    void decide(List<Decided> decided, Instant now) {
        sql.batchUpdate(
                "update exchange.received set state = ?, refusal = ?, decided_at = ? where sender = ? and id = ?",
                decided,
                decided.size() + 1,
                (row, each) -> {
                    row.setString(1, each.refusal().isPresent() ? "REFUSED" : "ACCEPTED");
                    row.setString(2, each.refusal().orElse(""));
                    row.setObject(3, utc(now));
                    row.setString(4, each.sender().value());
                    row.setString(5, each.id().value());
                });
        // Of what was refused nothing is kept.
        List<Decided> refused =
                decided.stream().filter(each -> each.refusal().isPresent()).toList();
        destroy(refused.stream().map(each -> new Name(each.sender(), each.id())).toList());
    }

    private record Name(MemberId sender, MessageId id) {}

    private void destroy(List<Name> names) {
        sql.batchUpdate(
                "delete from exchange.received_content where sender = ? and id = ?",
                names,
                names.size() + 1,
                (row, name) -> {
                    row.setString(1, name.sender().value());
                    row.setString(2, name.id().value());
                });
    }

    /** @return the message as it was sealed by the vault, if it was accepted and is still kept */
    Optional<byte[]> content(MemberId sender, MessageId id) {
        return sql.query("""
                        select sealed from exchange.received_content join exchange.received using (sender, id)
                        where sender = ? and id = ? and state = 'ACCEPTED'
                        """, (row, i) -> row.getBytes(1), sender.value(), id.value()).stream()
                .findFirst();
    }

    /** Destroys the content, and of the hash keeps the keyed one alone. */
    boolean purge(MemberId sender, MessageId id, Instant now) {
        int found = sql.update("""
                update exchange.received set purged_at = ?, hash = null
                where sender = ? and id = ? and purged_at is null and state <> 'HELD'
                """, utc(now), sender.value(), id.value());
        if (found > 0) destroy(List.of(new Name(sender, id)));
        return found > 0;
    }

    /** Destroys the content of what nobody may keep any longer. @return how many */
    int purge(Instant now, int limit) {
        List<Name> over = new ArrayList<>(sql.query(
                """
                update exchange.received set purged_at = ?, hash = null where (sender, id) in (
                    select sender, id from exchange.received where purged_at is null and keep_until <= ? and state <> 'HELD'
                    order by keep_until limit ? for update skip locked)
                returning sender, id
                """,
                (row, i) -> new Name(new MemberId(row.getString(1)), new MessageId(row.getString(2))),
                utc(now),
                utc(now),
                limit));
        destroy(over);
        return over.size();
    }

    /** How many wait for their turn, and since when the oldest does. */
    SqlOutbox.Backlog backlog() {
        return sql.query(
                        "select count(*) as many, min(received_at) as oldest from exchange.received where state = 'HELD'",
                        (row, i) -> new SqlOutbox.Backlog(
                                Lane.ORDINARY,
                                row.getLong("many"),
                                Optional.ofNullable(row.getObject("oldest", OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant)))
                .get(0);
    }
}
