package org.sharaka.node.exchange;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.audit.EntryId;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.SignedMessage;
import org.springframework.jdbc.core.JdbcTemplate;

/** Messages of others in the database, and the place that is awaited next in each order. */
final class SqlInbox {
    /** So that what lies behind the gaps of many orders fits into memory. */
    private static final int READ_BEFOREHAND_BYTES = 8 << 10;
    /** Contents up to this size are sent to the database in one array. */
    private static final int BOUND_TOGETHER_BYTES = 64 << 10;

    private final JdbcTemplate sql;

    SqlInbox(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** What is stored of a message that could be read: of its body, which may be large in memory, nothing. */
    record Facts(Position place, String contentType, int contentFormat, Instant sent, Instant keepUntil) {
        static Facts of(SignedMessage signed) {
            Message message = signed.message();
            return new Facts(
                    message.header().position(),
                    message.content().type(),
                    message.content().format(),
                    message.header().sent(),
                    message.handling().keepUntil());
        }
    }

    /**
     * A message to be stored.
     *
     * @param facts empty for one that is refused before it could be read
     * @param keyedHash of its hash, under a key of ours
     * @param sealed by the vault; empty for one that is refused
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Arrival(
            MessageId id,
            Hash hash,
            byte[] keyedHash,
            Optional<Facts> facts,
            Optional<Refusal> refusal,
            byte[] sealed) {
        /** A refused one has no place: its sender marks that as skipped. */
        Optional<Position> place() {
            return refusal.isPresent() ? Optional.empty() : facts.map(Facts::place);
        }
    }

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

    /** All in one statement, and one more for what is large: it is bound by itself. */
    void add(MemberId sender, List<Arrival> arrivals, Instant now) {
        if (arrivals.isEmpty()) return;
        Columns<Arrival> columns = new Columns<>(arrivals);
        sql.update(
                """
                with arrived as (
                    select * from unnest(?::text[], ?::bytea[], ?::bytea[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],
                            ?::text[], ?::int[], ?::timestamptz[], ?::timestamptz[], ?::text[])
                        as a(id, hash, keyed_hash, conversation, lane, epoch, sequence, content_type, content_format, sent_at,
                            keep_until, refusal)),
                waiting as (
                    insert into exchange.held (sender, conversation, lane, epoch, sequence, id)
                    select ?, conversation, lane, epoch, sequence, id from arrived where refusal = '')
                insert into exchange.received (sender, id, hash, keyed_hash, conversation, lane, epoch, sequence, content_type,
                    content_format, sent_at, keep_until, received_at, state, refusal, decided_at)
                select ?, id, hash, keyed_hash, conversation, lane, epoch, sequence, content_type, content_format, sent_at,
                    keep_until, ?, case refusal when '' then 'HELD' else 'REFUSED' end, refusal,
                    case refusal when '' then null else ?::timestamptz end
                from arrived
                """,
                columns.texts(arrival -> Optional.of(arrival.id().value())),
                columns.bytes(arrival -> arrival.hash().bytes()),
                columns.bytes(Arrival::keyedHash),
                columns.texts(arrival ->
                        arrival.place().map(place -> place.conversation().value())),
                columns.texts(
                        arrival -> arrival.place().map(place -> place.lane().name())),
                columns.numbers(arrival -> arrival.place().map(Position::epoch)),
                columns.numbers(arrival -> arrival.place().map(Position::sequence)),
                columns.texts(arrival ->
                        Optional.of(arrival.facts().map(Facts::contentType).orElse(""))),
                columns.numbers(arrival -> Optional.of(
                        arrival.facts().map(Facts::contentFormat).orElse(0).longValue())),
                columns.texts(arrival -> arrival.facts().map(Facts::sent).map(Instant::toString)),
                columns.texts(arrival -> arrival.facts().map(Facts::keepUntil).map(Instant::toString)),
                columns.texts(arrival ->
                        Optional.of(arrival.refusal().map(Refusal::code).orElse(""))),
                sender.value(),
                sender.value(),
                utc(now),
                utc(now));
        addContents(
                sender,
                arrivals.stream().filter(arrival -> arrival.refusal().isEmpty()).toList());
    }

    private void addContents(MemberId sender, List<Arrival> kept) {
        List<Arrival> small = kept.stream()
                .filter(arrival -> arrival.sealed().length <= BOUND_TOGETHER_BYTES)
                .toList();
        Columns<Arrival> columns = new Columns<>(small);
        if (!small.isEmpty())
            sql.update(
                    "insert into exchange.received_content (sender, id, sealed) select ?, * from unnest(?::text[], ?::bytea[])",
                    sender.value(),
                    columns.texts(arrival -> Optional.of(arrival.id().value())),
                    columns.bytes(Arrival::sealed));
        for (Arrival arrival : kept)
            if (arrival.sealed().length > BOUND_TOGETHER_BYTES)
                sql.update(
                        "insert into exchange.received_content (sender, id, sealed) values (?, ?, ?)",
                        sender.value(),
                        arrival.id().value(),
                        arrival.sealed());
    }

    /** Messages that were brought, and the bytes that are kept of them. */
    record Brought(long messages, long bytes) {
        Brought plus(Brought more) {
            return new Brought(messages + more.messages, bytes + more.bytes);
        }
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** The lanes in which a sender has brought its share of today. */
    Set<Lane> full(MemberId sender, Brought share, Instant now) {
        return Set.copyOf(sql.query(
                "select lane from exchange.brought where sender = ? and day = ? and (messages >= ? or bytes >= ?)",
                (row, i) -> Lane.valueOf(row.getString(1)),
                sender.value(),
                day(now),
                share.messages(),
                share.bytes()));
    }

    /** Counts what a sender brought. Whoever counts for it next waits for the end of this transaction. */
    void count(MemberId sender, Lane lane, Brought more, Instant now) {
        sql.update("""
                insert into exchange.brought as b (sender, lane, day, messages, bytes) values (?, ?, ?, ?, ?)
                on conflict (sender, lane) do update set day = excluded.day,
                    messages = excluded.messages + case b.day when excluded.day then b.messages else 0 end,
                    bytes = excluded.bytes + case b.day when excluded.day then b.bytes else 0 end
                """, sender.value(), lane.name(), day(now), more.messages(), more.bytes());
    }

    /** Begins orders that are new. */
    private void begin(List<Stream> streams) {
        if (streams.isEmpty()) return;
        sql.update("""
                insert into exchange.awaited (sender, conversation, lane, epoch, next)
                select sender, conversation, lane, 1, 1 from unnest(?, ?, ?) as s(sender, conversation, lane)
                on conflict do nothing
                """, statement -> setStreams(statement, streams));
    }

    /** Whether at least so many messages of a sender wait for their turn. */
    boolean held(MemberId sender, int many) {
        return !sql.queryForList(
                        "select 1 from exchange.held where sender = ? offset ? limit 1",
                        Integer.class,
                        sender.value(),
                        many - 1)
                .isEmpty();
    }

    /** Whether anything of a sender waits for its turn in a lane. */
    boolean waits(MemberId sender, Lane lane) {
        return !sql.queryForList(
                        "select 1 from exchange.held where sender = ? and lane = ? limit 1",
                        Integer.class,
                        sender.value(),
                        lane.name())
                .isEmpty();
    }

    /** Which of these orders hold something that waits for its turn. */
    Set<Stream> holding(Collection<Stream> streams) {
        return Set.copyOf(sql.query("""
                select s.sender, s.conversation, s.lane from unnest(?, ?, ?) as s(sender, conversation, lane)
                where exists (select from exchange.held h
                    where h.sender = s.sender and h.conversation = s.conversation and h.lane = s.lane)
                """, statement -> setStreams(statement, streams), (row, i) -> stream(row)));
    }

    /** In this transaction: who holds a place longer than that makes whoever wants it try again, without a connection in his hands. */
    void waitNoLongerThan(Duration time) {
        sql.execute("set local lock_timeout = " + time.toMillis());
    }

    /** Notes places that stay empty; those that were passed already need no note. @return whether one was new */
    boolean skip(MemberId sender, List<Position> places) {
        begin(places.stream()
                .map(place -> Stream.of(sender, place))
                .distinct()
                .sorted()
                .toList());
        int[][] noted = sql.batchUpdate("""
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
        return Arrays.stream(noted).flatMapToInt(Arrays::stream).anyMatch(rows -> rows != 0);
    }

    /** The places that are awaited next; they stay so to the end of the transaction. Orders that are new begin. */
    Map<Stream, Position> awaited(Collection<Stream> streams) {
        List<Stream> sorted = streams.stream().distinct().sorted().toList();
        Map<Stream, Position> known = places(sorted, "share");
        if (known.size() == sorted.size()) return known;
        begin(sorted.stream().filter(stream -> !known.containsKey(stream)).toList());
        return places(sorted, "share");
    }

    /** The same, of those alone that have begun. */
    Map<Stream, Position> begun(Collection<Stream> streams) {
        return places(streams.stream().distinct().sorted().toList(), "share");
    }

    /** The same, and nobody else takes in from these orders meanwhile. */
    Map<Stream, Position> lock(Collection<Stream> streams) {
        return places(streams.stream().distinct().sorted().toList(), "update");
    }

    private Map<Stream, Position> places(List<Stream> sorted, String lock) {
        Map<Stream, Position> places = new LinkedHashMap<>();
        sql.query("""
                select a.sender, a.conversation, a.lane, a.epoch, a.next
                from exchange.awaited a join unnest(?, ?, ?) as s(sender, conversation, lane)
                    on s.sender = a.sender and s.conversation = a.conversation and s.lane = a.lane
                order by a.sender, a.conversation, a.lane desc for""" + " " + lock + " of a", statement -> setStreams(statement, sorted), row -> {
            Stream stream = stream(row);
            places.put(stream, new Position(stream.conversation(), stream.lane(), row.getLong(4), row.getLong(5)));
        });
        return places;
    }

    private static void setStreams(PreparedStatement statement, Collection<Stream> streams) throws SQLException {
        var connection = statement.getConnection();
        statement.setArray(
                1,
                connection.createArrayOf(
                        "text", streams.stream().map(s -> s.sender().value()).toArray()));
        statement.setArray(
                2,
                connection.createArrayOf(
                        "text",
                        streams.stream().map(s -> s.conversation().value()).toArray()));
        statement.setArray(
                3,
                connection.createArrayOf(
                        "text", streams.stream().map(s -> s.lane().name()).toArray()));
    }

    private static void setPlaces(PreparedStatement statement, Map<Stream, Position> places) throws SQLException {
        setStreams(statement, places.keySet());
        var connection = statement.getConnection();
        statement.setArray(
                4,
                connection.createArrayOf(
                        "bigint", places.values().stream().map(Position::epoch).toArray()));
        statement.setArray(
                5,
                connection.createArrayOf(
                        "bigint",
                        places.values().stream().map(Position::sequence).toArray()));
    }

    /** From the first three columns. */
    private static Stream stream(ResultSet row) throws SQLException {
        return new Stream(
                new MemberId(row.getString(1)), new ConversationId(row.getString(2)), Lane.valueOf(row.getString(3)));
    }

    /** Orders in which something can be taken in, whoever forgot to say so: of each sender some. */
    List<Stream> ready(int limit) {
        String ready = """
                select h.sender, h.conversation, h.lane from exchange.held h join exchange.awaited a
                    on a.sender = h.sender and a.conversation = h.conversation and a.lane = h.lane
                    and (a.epoch = h.epoch and a.next = h.sequence or a.epoch < h.epoch)
                union
                select s.sender, s.conversation, s.lane from exchange.skipped s join exchange.awaited a
                    on a.sender = s.sender and a.conversation = s.conversation and a.lane = s.lane
                    and a.epoch = s.epoch and a.next = s.sequence
                """;
        return sql.query(
                "select sender, conversation, lane from (select *, row_number() over (partition by sender) as turn from ("
                        + ready + ") as ready) as turns order by turn limit ?",
                (row, i) -> stream(row),
                limit);
    }

    /** Sets the places that are awaited next. */
    void advance(Map<Stream, Position> next) {
        sql.update("""
                update exchange.awaited a set epoch = n.epoch, next = n.next
                from unnest(?, ?, ?, ?, ?) as n(sender, conversation, lane, epoch, next)
                where a.sender = n.sender and a.conversation = n.conversation and a.lane = n.lane
                """, statement -> setPlaces(statement, next));
    }

    /** Marks of places before these are of no use any more. */
    void forgetSkipped(Map<Stream, Position> next) {
        sql.update("""
                delete from exchange.skipped s using unnest(?, ?, ?, ?, ?) as n(sender, conversation, lane, epoch, sequence)
                where s.sender = n.sender and s.conversation = n.conversation and s.lane = n.lane
                    and (s.epoch, s.sequence) < (n.epoch, n.sequence)
                """, statement -> setPlaces(statement, next));
    }

    /**
     * A message whose turn may have come.
     *
     * @param sealed by the vault; absent if it is larger than what is read beforehand
     * @param newestEpoch of all that waits in its order
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Held(
            MessageId id,
            Hash hash,
            Position position,
            String contentType,
            int contentFormat,
            Instant keepUntil,
            byte @Nullable [] sealed,
            long newestEpoch) {}

    /** @return a held message as it was sealed by the vault */
    byte[] sealed(MemberId sender, MessageId id) {
        return sql
                .query(
                        "select sealed from exchange.received_content where sender = ? and id = ?",
                        (row, i) -> row.getBytes(1),
                        sender.value(),
                        id.value())
                .stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no content is kept of " + id));
    }

    /**
     * Messages from these places on, in the order of each, up to so many of each. Some may lie behind a gap, so only small contents
     * come with them.
     */
    Map<Stream, List<Held>> held(Map<Stream, Position> from, int limit) {
        Map<Stream, List<Held>> held = new HashMap<>();
        sql.query(
                """
                select n.sender, n.conversation, n.lane, r.id, r.hash, r.epoch, r.sequence, r.content_type, r.content_format,
                    r.keep_until, c.sealed,
                    (select h.epoch from exchange.held h
                        where h.sender = n.sender and h.conversation = n.conversation and h.lane = n.lane
                        order by h.epoch desc, h.sequence desc limit 1) as newest
                from unnest(?, ?, ?, ?, ?) as n(sender, conversation, lane, epoch, next)
                cross join lateral (select * from exchange.held h
                    where h.sender = n.sender and h.conversation = n.conversation and h.lane = n.lane
                        and (h.epoch, h.sequence) >= (n.epoch, n.next)
                    order by h.epoch, h.sequence limit ?) h
                join exchange.received r on r.sender = h.sender and r.id = h.id
                left join exchange.received_content c on c.sender = h.sender and c.id = h.id and octet_length(c.sealed) <= ?
                order by n.sender, n.conversation, n.lane, h.epoch, h.sequence
                """,
                statement -> {
                    setPlaces(statement, from);
                    statement.setInt(6, limit);
                    statement.setInt(7, READ_BEFOREHAND_BYTES);
                },
                row -> {
                    Stream stream = stream(row);
                    held.computeIfAbsent(stream, unused -> new ArrayList<>())
                            .add(new Held(
                                    new MessageId(row.getString("id")),
                                    Hash.ofDigest(row.getBytes("hash")),
                                    new Position(
                                            stream.conversation(),
                                            stream.lane(),
                                            row.getLong("epoch"),
                                            row.getLong("sequence")),
                                    row.getString("content_type"),
                                    row.getInt("content_format"),
                                    instant(row, "keep_until"),
                                    row.getBytes("sealed"),
                                    row.getLong("newest")));
                });
        return held;
    }

    /** Orders in which messages wait whose time is over. What is over and does not wait is purged, so there are few to look at. */
    List<Stream> outlived(Instant now, int limit) {
        return sql.query("""
                select distinct sender, conversation, lane from (
                    select r.sender, r.conversation, r.lane from exchange.received r
                    where r.purged_at is null and r.keep_until <= ? and r.state = 'HELD' order by r.keep_until limit ?) outlived
                """, (row, i) -> stream(row), utc(now), limit);
    }

    /** A message that waits past its time. */
    record Outlived(MemberId sender, MessageId id, Hash hash, Position place) {}

    /** Those in these orders, which the caller has locked. */
    List<Outlived> outlived(Collection<Stream> streams, Instant now) {
        return sql.query(
                """
                select s.sender, s.conversation, s.lane, h.epoch, h.sequence, r.id, r.hash
                from unnest(?, ?, ?) as s(sender, conversation, lane)
                join exchange.held h on h.sender = s.sender and h.conversation = s.conversation and h.lane = s.lane
                join exchange.received r on r.sender = h.sender and r.id = h.id
                where r.state = 'HELD' and r.keep_until <= ? order by h.sender, h.epoch, h.sequence
                """,
                statement -> {
                    setStreams(statement, streams);
                    statement.setObject(4, utc(now));
                },
                (row, i) -> {
                    Stream stream = stream(row);
                    return new Outlived(
                            stream.sender(),
                            new MessageId(row.getString("id")),
                            Hash.ofDigest(row.getBytes("hash")),
                            new Position(
                                    stream.conversation(),
                                    stream.lane(),
                                    row.getLong("epoch"),
                                    row.getLong("sequence")));
                });
    }

    /** Whether at least so many places that a sender gave up are marked. */
    boolean marked(MemberId sender, int many) {
        return !sql.queryForList(
                        "select 1 from exchange.skipped where sender = ? offset ? limit 1",
                        Integer.class,
                        sender.value(),
                        many - 1)
                .isEmpty();
    }

    /** Marks of places from these on, the first so many of each order. */
    Map<Stream, Set<Position>> skipped(Map<Stream, Position> from, int limit) {
        Map<Stream, Set<Position>> skipped = new HashMap<>();
        sql.query(
                """
                select n.sender, n.conversation, n.lane, m.epoch, m.sequence
                from unnest(?, ?, ?, ?, ?) as n(sender, conversation, lane, epoch, next)
                cross join lateral (select s.epoch, s.sequence from exchange.skipped s
                    where s.sender = n.sender and s.conversation = n.conversation and s.lane = n.lane
                        and (s.epoch, s.sequence) >= (n.epoch, n.next)
                    order by s.epoch, s.sequence limit ?) m
                """,
                statement -> {
                    setPlaces(statement, from);
                    statement.setInt(6, limit);
                },
                row -> {
                    Stream stream = stream(row);
                    skipped.computeIfAbsent(stream, unused -> new HashSet<>())
                            .add(new Position(stream.conversation(), stream.lane(), row.getLong(4), row.getLong(5)));
                });
        return skipped;
    }

    /** What became of a held message. */
    record Decided(MemberId sender, MessageId id, Hash hash, Optional<String> refusal) {}

    void decide(List<Decided> decided, Instant now) {
        Columns<Decided> columns = new Columns<>(decided);
        sql.update(
                """
                with decided as (select * from unnest(?::text[], ?::text[], ?::text[]) as d(sender, id, refusal)),
                settled as (
                    update exchange.received r set state = case d.refusal when '' then 'ACCEPTED' else 'REFUSED' end,
                        refusal = d.refusal, decided_at = ?
                    from decided d where r.sender = d.sender and r.id = d.id
                    returning r.sender, conversation, lane, epoch, sequence)
                delete from exchange.held h using settled s where h.sender = s.sender and h.conversation = s.conversation
                    and h.lane = s.lane and h.epoch = s.epoch and h.sequence = s.sequence
                """,
                columns.texts(each -> Optional.of(each.sender().value())),
                columns.texts(each -> Optional.of(each.id().value())),
                columns.texts(each -> Optional.of(each.refusal().orElse(""))),
                utc(now));
        // Of what was refused nothing is kept.
        List<Decided> refused =
                decided.stream().filter(each -> each.refusal().isPresent()).toList();
        destroy(refused.stream().map(each -> new Name(each.sender(), each.id())).toList());
    }

    record Name(MemberId sender, MessageId id) {}

    /** What we said about them in words goes too (SAFEGUARDS S20). */
    private void destroy(List<Name> names) {
        if (names.isEmpty()) return;
        Columns<Name> columns = new Columns<>(names);
        sql.update(
                """
                with named as (select * from unnest(?::text[], ?::text[]) as n(sender, id)),
                unsaid as (
                    update exchange.given g set sentence = null from named n
                    where g.recipient = n.sender and g.message = n.id and g.sentence is not null)
                delete from exchange.received_content c using named n where c.sender = n.sender and c.id = n.id
                """,
                columns.texts(name -> Optional.of(name.sender().value())),
                columns.texts(name -> Optional.of(name.id().value())));
    }

    /** @return the message as it was sealed by the vault, if it was accepted and is still kept */
    Optional<byte[]> content(MemberId sender, MessageId id) {
        return sql.query("""
                        select sealed from exchange.received_content join exchange.received using (sender, id)
                        where sender = ? and id = ? and state = 'ACCEPTED'
                        """, (row, i) -> row.getBytes(1), sender.value(), id.value()).stream()
                .findFirst();
    }

    /** To the end of the transaction nobody destroys it. @return whether it is still kept */
    boolean hold(MemberId sender, MessageId id) {
        return !sql.queryForList(
                        "select 1 from exchange.received where sender = ? and id = ? and purged_at is null for share",
                        Integer.class,
                        sender.value(),
                        id.value())
                .isEmpty();
    }

    /** Which of these members sent us a message of this name that was taken in, whether or not its content is still kept. */
    List<MemberId> senders(MessageId id, Collection<MemberId> among) {
        return sql.query(
                "select sender from exchange.received where sender = any (?) and id = ? and state = 'ACCEPTED'",
                statement -> {
                    statement.setArray(
                            1,
                            statement
                                    .getConnection()
                                    .createArrayOf(
                                            "text",
                                            among.stream().map(MemberId::value).toArray(String[]::new)));
                    statement.setString(2, id.value());
                },
                (row, i) -> new MemberId(row.getString(1)));
    }

    /** Destroys the content, and of the hash keeps the keyed one alone. */
    boolean purge(MemberId sender, MessageId id, EntryId entry, Instant now) {
        int found = sql.update("""
                update exchange.received set purged_at = ?, hash = null, gone_entry = ?
                where sender = ? and id = ? and purged_at is null and state <> 'HELD'
                """, utc(now), entry.value(), sender.value(), id.value());
        if (found > 0) destroy(List.of(new Name(sender, id)));
        return found > 0;
    }

    /** What nobody may keep any longer, locked to the end of the transaction. */
    List<Name> over(Instant now, int limit) {
        return sql.query(
                """
                select sender, id from exchange.received where purged_at is null and keep_until <= ? and state <> 'HELD'
                order by keep_until limit ? for update skip locked
                """,
                (row, i) -> new Name(new MemberId(row.getString(1)), new MessageId(row.getString(2))),
                utc(now),
                limit);
    }

    /** As {@link #purge(MemberId, MessageId, EntryId, Instant)}, of messages that are locked; each has an entry. */
    void purge(List<Name> names, List<EntryId> entries, Instant now) {
        if (names.isEmpty()) return;
        Columns<Name> columns = new Columns<>(names);
        sql.update(
                """
                update exchange.received r set purged_at = ?, hash = null, gone_entry = n.entry::uuid
                from unnest(?::text[], ?::text[], ?::text[]) as n(sender, id, entry) where r.sender = n.sender and r.id = n.id
                """,
                utc(now),
                columns.texts(name -> Optional.of(name.sender().value())),
                columns.texts(name -> Optional.of(name.id().value())),
                entries.stream().map(EntryId::toString).toArray(String[]::new));
        destroy(names);
    }

    Optional<ExchangeService.Gone> gone(MemberId sender, MessageId id) {
        return sql
                .query(
                        """
                        select purged_at, gone_entry from exchange.received
                        where sender = ? and id = ? and state = 'ACCEPTED' and gone_entry is not null
                        """,
                        (row, i) -> new ExchangeService.Gone(
                                row.getObject(1, OffsetDateTime.class).toInstant(),
                                new EntryId(row.getObject(2, UUID.class))),
                        sender.value(),
                        id.value())
                .stream()
                .findFirst();
    }

    /** What of a sender waits for its turn. */
    record Behind(long messages, Instant since) {}

    /** By sender, what came before a time and waits for its turn. */
    Map<MemberId, Behind> behind(Instant before) {
        Map<MemberId, Behind> behind = new HashMap<>();
        sql.query(
                """
                select h.sender, count(*) as many, min(r.received_at) as oldest
                from exchange.held h join exchange.received r on r.sender = h.sender and r.id = h.id
                where r.received_at < ? group by h.sender
                """,
                row -> {
                    behind.put(
                            new MemberId(row.getString("sender")),
                            new Behind(row.getLong("many"), instant(row, "oldest")));
                },
                utc(before));
        return behind;
    }

    /** How many wait for their turn, and since when the oldest does. */
    SqlOutbox.Backlog backlog() {
        return sql.query(
                        """
                        select count(*) as many, min(received_at) as oldest
                        from exchange.held h join exchange.received r on r.sender = h.sender and r.id = h.id
                        """,
                        (row, i) -> new SqlOutbox.Backlog(Lane.ORDINARY, row.getLong("many"), ifAny(row, "oldest")))
                .get(0);
    }
}
