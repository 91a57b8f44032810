package org.sharaka.node.exchange;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.transport.SignedBytes;
import org.springframework.jdbc.core.JdbcTemplate;

/** Receipts in the database: those that we give, and those that we got. */
final class SqlReceipts {
    private final JdbcTemplate sql;
    private final Vault vault;

    SqlReceipts(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    // --- Ours --------------------------------------------------------------------------------------------------------

    /** A receipt of ours by the number under which it waits. */
    record Given(long number, Receipt receipt) {}

    private static String context(MemberId recipient, MessageId message, Receipt.State state) {
        return "exchange.given/" + recipient + "/" + message + "/" + state;
    }

    /** Adds receipts for a member; one that is there already stays as it is. */
    void give(MemberId recipient, Collection<Receipt> receipts) {
        add(recipient, receipts, Optional.empty());
    }

    /** As {@link #give}, of such that go out with the answer that is under way; if it is lost, it is asked for again. */
    void giveNow(MemberId recipient, Collection<Receipt> receipts, Instant now) {
        add(recipient, receipts, Optional.of(now));
    }

    /**
     * What was given since a time is given once more: the member may have lost it. Whatever came to be after the first of that is given as
     * well, though our own clock had been set back meanwhile.
     */
    void giveAgain(MemberId recipient, Instant since, Instant now) {
        sql.update("""
                update exchange.given g set given_at = null where recipient = ? and given_at is not null and (given_at >= ?
                    or number >= (select min(number) from exchange.given where recipient = ? and given_at >= ?))
                and (state <> 'SKIPPED' or not exists (select from exchange.sent s where s.id = g.message
                    and s.state in ('DELIVERED', 'ACCEPTED') and s.purged_at is null and s.expires_at > ?))
                """, recipient.value(), utc(since), recipient.value(), utc(since), utc(now));
    }

    /** What was said about these messages is said once more: the member brings them as if it had never heard. */
    void giveAgain(MemberId recipient, Collection<MessageId> messages) {
        if (messages.isEmpty()) return;
        sql.update("""
                update exchange.given set given_at = null
                where recipient = ? and message = any (?) and state <> 'SKIPPED' and given_at is not null
                """, statement -> {
            statement.setString(1, recipient.value());
            statement.setArray(2, statement.getConnection().createArrayOf("text", SqlOutbox.texts(messages)));
        });
    }

    private void add(MemberId recipient, Collection<Receipt> receipts, Optional<Instant> given) {
        if (receipts.isEmpty()) return;
        Columns<Receipt> columns = new Columns<>(List.copyOf(receipts));
        sql.update(
                """
                insert into exchange.given (recipient, message, hash, state, at, refusal, sentence, conversation, lane, epoch,
                    sequence, given_at)
                select ?, *, nullif(?, '')::timestamptz from unnest(?::text[], ?::bytea[], ?::text[], ?::timestamptz[], ?::text[],
                    ?::bytea[], ?::text[], ?::text[], ?::bigint[], ?::bigint[])
                on conflict (recipient, message, state) do nothing
                """,
                recipient.value(),
                given.map(Instant::toString).orElse(""),
                columns.texts(receipt -> Optional.of(receipt.message().id().value())),
                columns.bytes(receipt -> receipt.message().hash().bytes()),
                columns.texts(receipt -> Optional.of(receipt.state().name())),
                columns.texts(receipt -> Optional.of(receipt.at().toString())),
                columns.texts(receipt -> Optional.of(receipt.refusal().orElse(""))),
                columns.bytesIfAny(receipt -> receipt.sentence()
                        .map(text -> vault.seal(
                                context(recipient, receipt.message().id(), receipt.state()),
                                text.getBytes(java.nio.charset.StandardCharsets.UTF_8)))),
                columns.texts(receipt ->
                        receipt.skipped().map(place -> place.conversation().value())),
                columns.texts(
                        receipt -> receipt.skipped().map(place -> place.lane().name())),
                columns.numbers(receipt -> receipt.skipped().map(Position::epoch)),
                columns.numbers(receipt -> receipt.skipped().map(Position::sequence)));
    }

    private static final String GIVEN =
            "select number, recipient, message, hash, state, at, refusal, sentence, conversation, lane, epoch, sequence "
                    + "from exchange.given ";

    /** What a member has not been given, the oldest first. */
    List<Given> waiting(MemberId recipient, int limit) {
        return sql.query(
                GIVEN + "where recipient = ? and given_at is null order by number limit ?",
                (row, i) -> given(row),
                recipient.value(),
                limit);
    }

    /** All that was ever said about these messages to a member. */
    List<Given> about(MemberId recipient, Collection<MessageId> messages) {
        return sql.query(
                GIVEN + "where recipient = ? and message = any (?) order by number",
                statement -> {
                    statement.setString(1, recipient.value());
                    statement.setArray(2, statement.getConnection().createArrayOf("text", SqlOutbox.texts(messages)));
                },
                (row, i) -> given(row));
    }

    private Given given(ResultSet row) throws SQLException {
        Receipt.State state = Receipt.State.valueOf(row.getString("state"));
        MessageId id = new MessageId(row.getString("message"));
        byte[] sentence = row.getBytes("sentence");
        String conversation = row.getString("conversation");
        Optional<Position> place = conversation == null
                ? Optional.empty()
                : Optional.of(new Position(
                        new ConversationId(conversation),
                        Lane.valueOf(row.getString("lane")),
                        row.getLong("epoch"),
                        row.getLong("sequence")));
        Optional<String> text = sentence == null
                ? Optional.empty()
                : Optional.of(new String(
                        vault.open(context(new MemberId(row.getString("recipient")), id, state), sentence),
                        java.nio.charset.StandardCharsets.UTF_8));
        return new Given(
                row.getLong("number"),
                new Receipt(
                        new MessageReference(id, Hash.ofDigest(row.getBytes("hash"))),
                        state,
                        instant(row, "at"),
                        Optional.of(row.getString("refusal")).filter(code -> !code.isEmpty()),
                        text,
                        place));
    }

    void markGiven(Collection<Long> numbers, Instant now) {
        if (numbers.isEmpty()) return;
        sql.update("update exchange.given set given_at = ? where number = any (?) and given_at is null", statement -> {
            statement.setObject(1, utc(now));
            statement.setArray(2, statement.getConnection().createArrayOf("bigint", numbers.toArray()));
        });
    }

    /** For whom receipts wait. */
    List<MemberId> recipients(Collection<MemberId> among) {
        return sql.query(
                """
                select member from unnest(?) as among(member)
                where exists (select from exchange.given where recipient = member and given_at is null)
                """,
                statement ->
                        statement.setArray(1, statement.getConnection().createArrayOf("text", SqlOutbox.texts(among))),
                (row, i) -> new MemberId(row.getString(1)));
    }

    /** Notes what a member that collects was offered; an older offer is void. */
    void offer(MemberId recipient, Hash batch, Collection<Long> numbers) {
        sql.update("""
                insert into exchange.offered (recipient, hash, numbers) values (?, ?, ?)
                on conflict (recipient) do update set hash = excluded.hash, numbers = excluded.numbers
                """, statement -> {
            statement.setString(1, recipient.value());
            statement.setBytes(2, batch.bytes());
            statement.setArray(3, statement.getConnection().createArrayOf("bigint", numbers.toArray()));
        });
    }

    /** The member has what it was offered last, if that is what it names. */
    void acknowledge(MemberId recipient, Hash batch, Instant now) {
        sql.update("""
                update exchange.given set given_at = ? where given_at is null and number = any (
                    select unnest(numbers) from exchange.offered where recipient = ? and hash = ?)
                """, utc(now), recipient.value(), batch.bytes());
    }

    long waiting() {
        Long many = sql.queryForObject("select count(*) from exchange.given where given_at is null", Long.class);
        return many == null ? 0 : many;
    }

    // --- Theirs ------------------------------------------------------------------------------------------------------

    /**
     * Stores a batch as it was signed; of one that carries text only its hash, see {@link #keepText}.
     *
     * @return its number; empty if it is known
     */
    Optional<Long> store(MemberId from, SignedBytes signed, boolean carriesText, Instant now) {
        return sql
                .query(
                        """
                        insert into exchange.receipt_batch (member, signed, received_at, hash) values (?, ?, ?, ?)
                        on conflict (hash) do nothing returning number
                        """,
                        (row, i) -> row.getLong(1),
                        from.value(),
                        carriesText ? null : signed.der(),
                        utc(now),
                        signed.hash().bytes())
                .stream()
                .findFirst();
    }

    /**
     * Keeps what a batch says in words, as it was signed, until the first of these messages of ours has ended: a signed whole has no parts
     * (SAFEGUARDS S20). If one has ended already, it is not kept. The caller has locked them.
     */
    void keepText(long batch, SignedBytes signed, Collection<MessageId> about) {
        if (about.isEmpty()) return;
        sql.update("""
                insert into exchange.receipt_text (batch, sealed, messages) select ?, ?, a.messages
                from (select ?::text[] as messages) a
                where not exists (select from exchange.sent where id = any (a.messages) and purged_at is not null)
                """, batch, vault.seal("exchange.receipt_text/" + batch, signed.der()), SqlOutbox.texts(about));
    }

    /** Drops a batch in which nothing stands that is kept. */
    void forget(long batch) {
        sql.update("delete from exchange.receipt_batch where number = ?", batch);
    }

    /** @return those that are new: a message has one of each state */
    List<Receipt> add(long batch, List<Receipt> receipts) {
        if (receipts.isEmpty()) return List.of();
        Columns<Receipt> columns = new Columns<>(receipts);
        Set<String> added = new HashSet<>(sql.query(
                """
                insert into exchange.receipt (message, state, at, refusal, batch)
                select *, ? from unnest(?::text[], ?::text[], ?::timestamptz[], ?::text[]) on conflict do nothing
                returning message, state
                """,
                (row, i) -> row.getString("message") + row.getString("state"),
                batch,
                columns.texts(receipt -> Optional.of(receipt.message().id().value())),
                columns.texts(receipt -> Optional.of(receipt.state().name())),
                columns.texts(receipt -> Optional.of(receipt.at().toString())),
                columns.texts(receipt -> Optional.of(receipt.refusal().orElse("")))));
        // Once: the same may stand twice in one batch.
        return receipts.stream()
                .filter(receipt -> added.remove(receipt.message().id().value() + receipt.state()))
                .toList();
    }

    /** The signed batches in which a message's receipts stand, as they came; without those whose text has ended. */
    List<SignedBytes> proofs(MessageId message) {
        return sql.query(
                """
                select distinct b.number, b.signed, t.sealed from exchange.receipt r
                join exchange.receipt_batch b on b.number = r.batch left join exchange.receipt_text t on t.batch = b.number
                where r.message = ? and (b.signed is not null or t.sealed is not null) order by b.number
                """,
                (row, i) -> {
                    byte[] signed = row.getBytes("signed");
                    return new SignedBytes(
                            signed != null
                                    ? signed
                                    : vault.open(
                                            "exchange.receipt_text/" + row.getLong("number"), row.getBytes("sealed")));
                },
                message.value());
    }

    Optional<Hash> collected(MemberId member) {
        return sql
                .query(
                        "select hash from exchange.collected where member = ?",
                        (row, i) -> Hash.ofDigest(row.getBytes(1)),
                        member.value())
                .stream()
                .findFirst();
    }

    void setCollected(MemberId member, Hash batch) {
        sql.update("""
                insert into exchange.collected (member, hash) values (?, ?)
                on conflict (member) do update set hash = excluded.hash
                """, member.value(), batch.bytes());
    }
}
