package org.sharaka.node.bureau;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.springframework.jdbc.core.JdbcTemplate;

/** To whom conversations are closed, and who asked to see one, in PostgreSQL; why is sealed. In whatever transaction the caller has open. */
final class SqlCrossings {
    /** Whether the question {@code x} is about the conversation {@code c}, and of an officer of another unit than its own. */
    private static final String MEANT = """
            (x.name = c.id
                or x.name in (select m.name from bureau.message m where m.peer = c.peer and m.conversation = c.id)
                or x.hash = c.reference_hash
                or x.hash in (select r.hash from bureau.their_reference r join bureau.message m on m.id = r.message
                    where m.peer = c.peer and m.conversation = c.id))
            and x.unit <> c.closed_to""";

    private static final String ANSWERED =
            "bureau.crossing_answer a on a.crossing = x.id and a.peer = c.peer and a.conversation = c.id and a.unit = c.closed_to";

    /** That, and its unit has not answered. */
    static final String OPEN = MEANT + " and not exists (select from " + ANSWERED.replace(" on ", " where ") + ")";

    private final JdbcTemplate sql;
    private final Vault vault;

    SqlCrossings(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    // --- Closed and opened ------------------------------------------------------------------------------------------

    /**
     * Closes a conversation to a unit, or opens it.
     *
     * @param unit folded; empty to open it
     * @return false if it is no longer as it was read
     */
    boolean close(Conversation conversation, String unit, String reason, String by, Instant at, EntryId entry) {
        ConversationKey key = conversation.key();
        int closed = sql.update(
                "update bureau.conversation set closed_to = ?, changes = changes + 1 where peer = ? and id = ? and closed_to = ?",
                unit,
                key.peer().value(),
                key.id().value(),
                conversation.closedTo());
        if (closed == 0) return false;
        sql.update(
                "insert into bureau.closure (entry, peer, conversation, unit, by, at, reason) values (?, ?, ?, ?, ?, ?, ?)",
                entry.value(),
                key.peer().value(),
                key.id().value(),
                unit,
                by,
                utc(at),
                vault.seal(closureContext(entry.value()), reason.getBytes(StandardCharsets.UTF_8)));
        return true;
    }

    /** The latest first. */
    List<Crossings.Closure> closures(ConversationKey key, int limit) {
        return sql.query(
                "select * from bureau.closure where peer = ? and conversation = ? order by at desc, entry limit ?",
                (row, i) -> new Crossings.Closure(
                        row.getString("unit"),
                        row.getString("by"),
                        instant(row, "at"),
                        opened(closureContext(row.getObject("entry", UUID.class)), row)),
                key.peer().value(),
                key.id().value(),
                limit);
    }

    // --- Asked and answered -----------------------------------------------------------------------------------------

    /**
     * Stores a question.
     *
     * @param name the number that was named; empty if it was a reference
     * @param hash the keyed hash of the reference; null if it was a number
     */
    void ask(
            Crossings.Question question,
            String unit,
            Optional<String> name,
            byte @Nullable [] hash,
            Instant endsAt,
            EntryId entry) {
        sql.update(
                """
                insert into bureau.crossing (id, officer, unit, name, hash, reason, asked_at, ends_at, entry)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                question.id(),
                question.officer(),
                unit,
                name.orElse(null),
                hash,
                vault.seal(context(question.id()), question.reason().getBytes(StandardCharsets.UTF_8)),
                utc(question.at()),
                utc(endsAt),
                entry.value());
    }

    /** An officer's own, the latest first; what was refused is as if nobody had answered. */
    List<Crossings.Asked> askedBy(String officer, Instant now, int limit) {
        return sql.query(
                "select * from bureau.crossing where officer = ? and ends_at > ? order by asked_at desc, id limit ?",
                (row, i) -> {
                    Crossings.Question question = question(row);
                    return new Crossings.Asked(question, granted(question.id(), now));
                },
                officer,
                utc(now),
                limit);
    }

    private List<Crossings.Granted> granted(UUID question, Instant now) {
        return sql.query(
                """
                select a.peer, a.conversation, a.until from bureau.crossing_answer a
                join bureau.conversation c on c.peer = a.peer and c.id = a.conversation
                where a.crossing = ? and a.unit = c.closed_to and a.until > ? order by a.peer, a.conversation
                """,
                (row, i) -> new Crossings.Granted(
                        new ConversationKey(
                                new MemberId(row.getString("peer")), new ConversationId(row.getString("conversation"))),
                        instant(row, "until")),
                question,
                utc(now));
    }

    /** Questions about a conversation that are open or granted, the latest first. */
    List<Crossings.Request> requests(ConversationKey key, Instant now, int limit) {
        return sql.query(
                "select x.*, a.until from bureau.crossing x cross join bureau.conversation c left join " + ANSWERED
                        + " where c.peer = ? and c.id = ? and " + MEANT
                        + " and x.ends_at > ? and (a.crossing is null or a.until > ?) order by x.asked_at desc, x.id limit ?",
                (row, i) -> new Crossings.Request(question(row), ifAny(row, "until")),
                key.peer().value(),
                key.id().value(),
                utc(now),
                utc(now),
                limit);
    }

    /** One question about a conversation, answered or not; nobody else answers it before the transaction ends. */
    Optional<Crossings.Question> request(ConversationKey key, UUID id, Instant now) {
        return sql
                .query(
                        "select x.* from bureau.crossing x cross join bureau.conversation c"
                                + " where c.peer = ? and c.id = ? and x.id = ? and x.ends_at > ? and " + MEANT
                                + " for update of x",
                        (row, i) -> question(row),
                        key.peer().value(),
                        key.id().value(),
                        id,
                        utc(now))
                .stream()
                .findFirst();
    }

    /** @param until empty if it is refused, or taken back */
    void answer(
            UUID question, Conversation conversation, Optional<Instant> until, String by, Instant at, EntryId entry) {
        sql.update(
                """
                insert into bureau.crossing_answer (crossing, peer, conversation, unit, by, at, until, entry)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (crossing, peer, conversation) do update
                    set unit = excluded.unit, by = excluded.by, at = excluded.at, until = excluded.until, entry = excluded.entry
                """,
                question,
                conversation.key().peer().value(),
                conversation.key().id().value(),
                conversation.closedTo(),
                by,
                utc(at),
                utc(until),
                entry.value());
        until.ifPresent(end -> sql.update(
                "update bureau.crossing set ends_at = greatest(ends_at, ?) where id = ?", utc(end), question));
    }

    boolean anyEnded(Instant now) {
        return Boolean.TRUE.equals(sql.queryForObject(
                "select exists (select from bureau.crossing where ends_at <= ?)", Boolean.class, utc(now)));
    }

    int removeEnded(Instant now) {
        return sql.update("delete from bureau.crossing where ends_at <= ?", utc(now));
    }

    private Crossings.Question question(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        return new Crossings.Question(id, row.getString("officer"), opened(context(id), row), instant(row, "asked_at"));
    }

    private String opened(String context, ResultSet row) throws SQLException {
        return new String(vault.open(context, row.getBytes("reason")), StandardCharsets.UTF_8);
    }

    private static String context(UUID question) {
        return "bureau.crossing/" + question;
    }

    private static String closureContext(UUID entry) {
        return "bureau.closure/" + entry;
    }
}
