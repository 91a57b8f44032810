package org.sharaka.node.exchange;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sharaka.node.audit.EntryId;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.transport.Waiting;
import org.springframework.jdbc.core.JdbcTemplate;

/** Messages of ours in the database, from the act that sends them on. */
final class SqlOutbox {
    /** A message that was put off is tried again after 2 s, then twice as long each time, up to this. */
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(15);

    private final JdbcTemplate sql;

    SqlOutbox(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** @param sealed the SignedData, by the vault */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Due(MessageId id, Instant sent, byte[] sealed) {}

    /** A message that will not be delivered, and the place that stays empty. */
    record Lost(MessageReference reference, MemberId recipient, Position position) {}

    static String[] texts(Collection<?> values) {
        return values.stream().map(Object::toString).toArray(String[]::new);
    }

    /** The next place in an order of our epoch; whoever takes one next waits until this transaction has ended. */
    Position next(MemberId us, MemberId recipient, ConversationId conversation, Lane lane) {
        List<Position> next = sql.query(
                """
                insert into exchange.sequence as known (recipient, conversation, lane, epoch, last)
                select ?, ?, ?, coalesce(max(epoch), 1), 1 from exchange.opening where member = ?
                on conflict (recipient, conversation, lane, epoch) do update set last = known.last + 1 returning epoch, last
                """,
                (row, i) -> new Position(conversation, lane, row.getLong("epoch"), row.getLong("last")),
                recipient.value(),
                conversation.value(),
                lane.name(),
                us.value());
        return next.get(0);
    }

    /** Stores it and lets it wait, in one statement: each more would cost a message more than its rows. */
    void add(SignedMessage message, byte[] sealed, EntryId entry) {
        Header header = message.message().header();
        Position place = header.position();
        sql.update(
                """
                with added as (
                    insert into exchange.sent (id, hash, recipient, conversation, lane, epoch, sequence, content_type,
                        content_format, size, sent_at, expires_at, keep_until, entry)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    returning id, serial, recipient, conversation, lane, epoch, size, sent_at, expires_at),
                queued as (
                    insert into exchange.waiting (id, serial, recipient, conversation, lane, epoch, size, sent_at, expires_at,
                        next_try)
                    select id, serial, recipient, conversation, lane, epoch, size, sent_at, expires_at, sent_at from added)
                insert into exchange.sent_content (id, sealed) values (?, ?)
                """,
                header.id().value(),
                message.hash().bytes(),
                header.recipient().value(),
                place.conversation().value(),
                place.lane().name(),
                place.epoch(),
                place.sequence(),
                message.message().content().type(),
                message.message().content().format(),
                sealed.length,
                utc(header.sent()),
                utc(header.expires()),
                utc(message.message().handling().keepUntil()),
                entry.value(),
                header.id().value(),
                sealed);
    }

    /** What a member has to know that came back from a backup, as of one moment. */
    Waiting waiting(MemberId member) {
        return sql.query(
                        """
                        select (select count(*) from exchange.waiting where recipient = ? and lane = 'CONTROL') as control,
                            (select coalesce(max(epoch), 1) from exchange.opening where member = ?) as epoch
                        """,
                        (row, i) -> new Waiting(row.getLong("control"), row.getLong("epoch")),
                        member.value(),
                        member.value())
                .get(0);
    }

    /** How many wait for a member, counted up to so many. */
    int waiting(MemberId recipient, int upTo) {
        Integer many = sql.queryForObject(
                "select count(*) from (select from exchange.waiting where recipient = ? limit ?) as line",
                Integer.class,
                recipient.value(),
                upTo);
        return many == null ? 0 : many;
    }

    /**
     * What may go to a member now, the oldest first: at least one, then as many as fit. In a conversation nothing goes while
     * something of an older epoch waits: the recipient takes the first of a new one for the end of what came before.
     *
     * @param except what is under way already
     */
    List<Due> due(
            MemberId recipient, Lane lane, Instant now, int maxMessages, int maxBytes, Collection<MessageId> except) {
        return sql.query(
                """
                select id, sent_at, sealed from (
                    select id, epoch, serial, sent_at, row_number() over (order by epoch, serial) as place,
                        sum(size) over (order by epoch, serial) as upto
                    from (select id, epoch, serial, size, sent_at from exchange.waiting w
                          where recipient = ? and lane = ? and next_try <= ? and expires_at > ?
                              and not exists (select from unnest(?::text[]) as under_way(name) where name = id)
                              and (epoch = (select min(epoch) from exchange.waiting where recipient = ? and lane = ?)
                                  or not exists (select from exchange.waiting o where o.recipient = w.recipient
                                      and o.lane = w.lane and o.epoch < w.epoch and o.conversation = w.conversation))
                          order by epoch, serial limit ?) oldest) chosen
                join exchange.sent_content using (id)
                where place = 1 or upto <= ? order by epoch, serial
                """,
                statement -> {
                    statement.setString(1, recipient.value());
                    statement.setString(2, lane.name());
                    statement.setObject(3, utc(now));
                    statement.setObject(4, utc(now));
                    statement.setArray(5, statement.getConnection().createArrayOf("text", texts(except)));
                    statement.setString(6, recipient.value());
                    statement.setString(7, lane.name());
                    statement.setInt(8, maxMessages);
                    statement.setInt(9, maxBytes);
                },
                (row, i) ->
                        new Due(new MessageId(row.getString("id")), instant(row, "sent_at"), row.getBytes("sealed")));
    }

    /** For whom something may go now in a lane. */
    List<MemberId> recipients(Collection<MemberId> among, Lane lane, Instant now) {
        return sql.query(
                """
                select member from unnest(?) as among(member)
                where exists (select from exchange.waiting where recipient = member and lane = ? and next_try <= ? and expires_at > ?)
                """,
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("text", texts(among)));
                    statement.setString(2, lane.name());
                    statement.setObject(3, utc(now));
                    statement.setObject(4, utc(now));
                },
                (row, i) -> new MemberId(row.getString(1)));
    }

    /** Puts off what the recipient decided nothing about, each try longer. */
    void postpone(Collection<MessageId> ids, String reason, Instant now) {
        sql.update("""
                update exchange.waiting set tries = tries + 1, reason = ?,
                    next_try = ?::timestamptz + least(2 ^ least(tries, 20) * interval '2 seconds', ? * interval '1 second')
                where id = any (?)
                """, statement -> {
            statement.setString(1, reason.length() > 64 ? reason.substring(0, 64) : reason);
            statement.setObject(2, utc(now));
            statement.setLong(3, LONGEST_DELAY.toSeconds());
            statement.setArray(4, statement.getConnection().createArrayOf("text", texts(ids)));
        });
    }

    /** What was put off for a reason that is over goes at once. */
    void hurry(MemberId recipient, String reason, Instant now) {
        sql.update(
                "update exchange.waiting set next_try = ? where recipient = ? and reason = ? and next_try > ?",
                utc(now),
                recipient.value(),
                reason,
                utc(now));
    }

    /**
     * What was put off until a time that no delay reaches from now on goes at once: it was put off by a clock that was ahead.
     *
     * @param latest what was sent after that is not touched: the recipient would refuse it until its time has come
     * @return how many
     */
    int resume(Instant now, Instant latest) {
        return sql.update(
                "update exchange.waiting set next_try = ? where next_try > ? and sent_at <= ?",
                utc(now),
                utc(now.plus(LONGEST_DELAY)),
                utc(latest));
    }

    /** Gives up what has expired; the caller leaves a mark for each. */
    List<Lost> expire(Instant now, int limit) {
        return sql.query("""
                with over as (
                    select s.id from exchange.waiting w join exchange.sent s using (id) where w.expires_at <= ?
                    order by w.expires_at limit ? for update of s skip locked),
                gone as (delete from exchange.waiting w using over where w.id = over.id)
                update exchange.sent s set state = case state when 'WAITING' then 'SKIPPED' else state end,
                    reason = case state when 'WAITING' then 'expired' else reason end
                from over where s.id = over.id
                returning s.id, hash, recipient, conversation, lane, epoch, sequence
                """, (row, i) -> lost(row), utc(now), limit);
    }

    /** Which of these never arrived and were given up. */
    Set<MessageId> skipped(Collection<MessageId> ids) {
        if (ids.isEmpty()) return Set.of();
        return Set.copyOf(sql.query(
                "select id from exchange.sent where id = any (?) and state = 'SKIPPED'",
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("text", texts(ids))),
                (row, i) -> new MessageId(row.getString(1))));
    }

    /** Gives up one that waits still; the caller leaves a mark for it. */
    Optional<Lost> giveUp(MessageId id) {
        return sql.query("""
                        with given_up as (
                            update exchange.sent set state = 'SKIPPED', reason = 'withdrawn' where id = ? and state = 'WAITING'
                            returning id, hash, recipient, conversation, lane, epoch, sequence),
                        gone as (delete from exchange.waiting w using given_up g where w.id = g.id)
                        select * from given_up
                        """, (row, i) -> lost(row), id.value()).stream().findFirst();
    }

    private static Lost lost(ResultSet row) throws SQLException {
        return new Lost(
                new MessageReference(new MessageId(row.getString("id")), Hash.ofDigest(row.getBytes("hash"))),
                new MemberId(row.getString("recipient")),
                new Position(
                        new ConversationId(row.getString("conversation")),
                        Lane.valueOf(row.getString("lane")),
                        row.getLong("epoch"),
                        row.getLong("sequence")));
    }

    /**
     * Lets wait again what a member had and may have lost with all that it committed since a time. What it receipted after the first
     * receipt of that time came later too, though its clock had been set back meanwhile.
     *
     * @return how many
     */
    int waitAgain(MemberId recipient, Instant since, Instant now) {
        return sql.update("""
                insert into exchange.waiting (id, serial, recipient, conversation, lane, epoch, size, sent_at, expires_at, next_try)
                select id, serial, recipient, conversation, lane, epoch, size, sent_at, expires_at, ? from exchange.sent
                where recipient = ? and state in ('DELIVERED', 'ACCEPTED') and purged_at is null and expires_at > ?
                    and exists (select from exchange.receipt r where r.message = id and (r.at >= ? or r.batch >= (
                        select min(l.batch) from exchange.receipt_batch b join exchange.receipt l on l.batch = b.number
                        where b.member = ? and l.at >= ?)))
                on conflict do nothing
                """, utc(now), recipient.value(), utc(now), utc(since), recipient.value(), utc(since));
    }

    /** Of the same those that are kept no longer, or have expired: their places are marked as empty. They may be all that ever went there. */
    void markLost(MemberId recipient, Instant since, Instant now) {
        sql.update("""
                insert into exchange.given (recipient, message, hash, state, at, conversation, lane, epoch, sequence)
                select recipient, id, hash, 'SKIPPED', ?, conversation, lane, epoch, sequence from exchange.sent
                where recipient = ? and state in ('DELIVERED', 'ACCEPTED') and (purged_at is not null or expires_at <= ?)
                    and exists (select from exchange.receipt r where r.message = id and (r.at >= ? or r.batch >= (
                        select min(l.batch) from exchange.receipt_batch b join exchange.receipt l on l.batch = b.number
                        where b.member = ? and l.at >= ?)))
                on conflict (recipient, message, state) do nothing
                """, utc(now), recipient.value(), utc(now), utc(since), recipient.value(), utc(since));
    }

    /** Those of these messages that went to a member, locked to the end of the transaction. */
    List<Lost> known(MemberId recipient, Collection<MessageId> ids) {
        return sql.query(
                """
                select id, hash, recipient, conversation, lane, epoch, sequence from exchange.sent
                where recipient = ? and id = any (?) order by id for update
                """,
                statement -> {
                    statement.setString(1, recipient.value());
                    statement.setArray(2, statement.getConnection().createArrayOf("text", texts(ids)));
                },
                (row, i) -> lost(row));
    }

    /**
     * A state never goes back. That something arrived after all outweighs that we gave it up; that it was refused since its place had been
     * passed does not.
     */
    void settle(Sent.State state, List<MessageId> ids, List<String> reasons) {
        if (ids.isEmpty()) return;
        sql.update("""
                with told as (select * from unnest(?::text[], ?::text[]) as told(id, reason)),
                gone as (delete from exchange.waiting w using told where w.id = told.id)
                update exchange.sent set state = ?, reason = told.reason from told
                where sent.id = told.id and array_position(array['WAITING', 'SKIPPED', 'DELIVERED', 'ACCEPTED', 'REFUSED'], state)
                    < least(array_position(array['WAITING', 'SKIPPED', 'DELIVERED', 'ACCEPTED', 'REFUSED'], ?), 4)
                    and (state <> 'SKIPPED' or ? <> 'REFUSED')
                """, statement -> {
            statement.setArray(1, statement.getConnection().createArrayOf("text", texts(ids)));
            statement.setArray(2, statement.getConnection().createArrayOf("text", texts(reasons)));
            statement.setString(3, state.name());
            statement.setString(4, state.name());
            statement.setString(5, state.name());
        });
    }

    /**
     * Of these the recipient says that their places had been passed. Where it was we who gave them up, they are given up, also if they had
     * arrived before: the recipient lost them with a return from a backup, and had our mark sooner than the message.
     */
    void passed(List<MessageId> ids) {
        if (ids.isEmpty()) return;
        sql.update(
                """
                with gone as (
                    update exchange.sent s set state = 'SKIPPED', reason = 'withdrawn'
                    where id = any (?::text[]) and state in ('WAITING', 'DELIVERED', 'ACCEPTED') and exists (select from exchange.given g
                        where g.recipient = s.recipient and g.message = s.id and g.state = 'SKIPPED')
                    returning id)
                delete from exchange.waiting w using gone where w.id = gone.id
                """,
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("text", texts(ids))));
    }

    Optional<Sent> find(MessageId id) {
        return sql
                .query(
                        """
                        select s.id, hash, s.recipient, s.conversation, state, coalesce(w.reason, s.reason) as reason, s.sent_at,
                            s.expires_at
                        from exchange.sent s left join exchange.waiting w using (id) where s.id = ?
                        """,
                        (row, i) -> new Sent(
                                new MessageReference(
                                        new MessageId(row.getString("id")), Hash.ofDigest(row.getBytes("hash"))),
                                new MemberId(row.getString("recipient")),
                                new ConversationId(row.getString("conversation")),
                                Sent.State.valueOf(row.getString("state")),
                                Optional.of(row.getString("reason")).filter(reason -> !reason.isEmpty()),
                                instant(row, "sent_at"),
                                instant(row, "expires_at")),
                        id.value())
                .stream()
                .findFirst();
    }

    Optional<byte[]> content(MessageId id) {
        return sql
                .query("select sealed from exchange.sent_content where id = ?", (row, i) -> row.getBytes(1), id.value())
                .stream()
                .findFirst();
    }

    /** A message of ours whose content is destroyed. */
    record Ended(MessageId id, MemberId recipient) {}

    /** Destroys the content of what nobody may keep any longer. */
    List<Ended> purge(Instant now, int limit) {
        List<Ended> over = sql.query(
                """
                update exchange.sent set purged_at = ? where id in (
                    select id from exchange.sent where purged_at is null and keep_until <= ? and state <> 'WAITING'
                    order by keep_until limit ? for update skip locked)
                returning id, recipient
                """,
                (row, i) -> new Ended(new MessageId(row.getString(1)), new MemberId(row.getString(2))),
                utc(now),
                utc(now),
                limit);
        destroy(over.stream().map(each -> each.id().value()).toList());
        return over;
    }

    boolean purge(MessageId id, Instant now) {
        int found = sql.update(
                "update exchange.sent set purged_at = ? where id = ? and purged_at is null and state <> 'WAITING'",
                utc(now),
                id.value());
        if (found > 0) destroy(List.of(id.value()));
        return found > 0;
    }

    /** Lets a message go no more that waited again. @return the place that stays empty, if it did */
    Optional<Lost> stop(MessageId id) {
        return sql.query("""
                        with gone as (delete from exchange.waiting where id = ? returning id)
                        select id, hash, recipient, conversation, lane, epoch, sequence from exchange.sent join gone using (id)
                        """, (row, i) -> lost(row), id.value()).stream().findFirst();
    }

    /** What was said about them in words goes too (SAFEGUARDS S20). */
    private void destroy(List<String> ids) {
        if (ids.isEmpty()) return;
        for (String statement : List.of(
                "delete from exchange.sent_content where id = any (?)",
                "delete from exchange.receipt_text where messages && ?"))
            sql.update(
                    statement,
                    prepared -> prepared.setArray(
                            1, prepared.getConnection().createArrayOf("text", ids.toArray(String[]::new))));
    }

    /** What waits, by lane. */
    List<Backlog> backlog() {
        List<Backlog> backlog = new ArrayList<>();
        for (Lane lane : Lane.values())
            backlog.addAll(sql.query(
                    "select count(*) as many, min(sent_at) as oldest from exchange.waiting where lane = ?",
                    (row, i) -> new Backlog(lane, row.getLong("many"), ifAny(row, "oldest")),
                    lane.name()));
        return backlog;
    }

    /** What waits, by recipient and lane. */
    List<Queue> queues() {
        return sql.query(
                """
                select recipient, lane, count(*) as many, min(sent_at) as oldest
                from exchange.waiting group by recipient, lane
                """,
                (row, i) -> new Queue(
                        new MemberId(row.getString("recipient")),
                        Lane.valueOf(row.getString("lane")),
                        row.getLong("many"),
                        instant(row, "oldest")));
    }

    record Queue(MemberId recipient, Lane lane, long messages, Instant oldest) {}

    record Backlog(Lane lane, long messages, Optional<Instant> oldest) {}
}
