package org.sharaka.node.attachment;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.FileReport;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.transport.SignedBytes;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which message carries which file, in the database. In whatever transaction the caller has open. */
final class SqlAttachments {
    /** Pauses grow from this to the longest. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final JdbcTemplate sql;

    SqlAttachments(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** A file of ours under one message. */
    record Sent(
            MessageId message,
            String file,
            MemberId recipient,
            ItemId item,
            long sizeBytes,
            int chunks,
            Optional<FileReport.State> told,
            int have,
            boolean fetched,
            String paused,
            boolean ended) {}

    /** A file of another member under one message. */
    record Received(
            MemberId sender,
            MessageId message,
            String file,
            ItemId item,
            long sizeBytes,
            int chunks,
            State state,
            String paused,
            boolean ended) {}

    /** The names are stored: never rename one. */
    enum State {
        /** An officer must agree. */
        ASKED,
        WANTED,
        COMPLETE,
        WRONG,
        REFUSED
    }

    // --- Ours --------------------------------------------------------------------------------------------------------

    void add(Sent row, int place, Instant keepUntil, Instant now) {
        sql.update(
                """
                insert into attachment.sent (message, file, recipient, item, place, size_bytes, chunks, keep_until, next_try)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """,
                row.message().value(),
                row.file(),
                row.recipient().value(),
                row.item().value(),
                place,
                row.sizeBytes(),
                row.chunks(),
                utc(keepUntil),
                utc(now));
    }

    List<Sent> sent(MessageId message) {
        return sql.query(
                "select * from attachment.sent where message = ? order by place",
                (row, i) -> sent(row),
                message.value());
    }

    /** Under which messages a member may have a file. */
    List<Sent> sentTo(MemberId recipient, String file, Instant now) {
        return sql.query(
                "select * from attachment.sent where recipient = ? and file = ? and ended_at is null and keep_until > ?",
                (row, i) -> sent(row),
                recipient.value(),
                file,
                utc(now));
    }

    /** @return false if it was noted before */
    boolean fetched(Sent row, Instant now) {
        return sql.update(
                        "update attachment.sent set fetched_at = ? where message = ? and file = ? and fetched_at is null",
                        utc(now),
                        row.message().value(),
                        row.file())
                == 1;
    }

    /** What was said last counts for nothing more. @return whether this changed the state */
    boolean told(Sent row, FileReport.Progress progress, SignedBytes signed, Instant now) {
        sql.update(
                """
                update attachment.sent set have = ?, paused = '', tries = 0, next_try = ?
                where message = ? and file = ? and (told is null or told in ('WAITING', 'ARRIVING'))
                """,
                Math.min(progress.have(), row.chunks()),
                utc(now),
                row.message().value(),
                row.file());
        return sql.update(
                        """
                        update attachment.sent set told = ?, report = ?
                        where message = ? and file = ? and told is distinct from ? and (told is null or told in ('WAITING', 'ARRIVING'))
                        """,
                        progress.state().name(),
                        progress.state().last() ? signed.der() : null,
                        row.message().value(),
                        row.file(),
                        progress.state().name())
                == 1;
    }

    /** The last word of the recipient about each file of a message, as it was signed; nothing of those that have not ended. */
    List<SignedBytes> reports(MessageId message) {
        return sql.query(
                "select report from attachment.sent where message = ? and report is not null order by place",
                (row, i) -> new SignedBytes(row.getBytes(1)),
                message.value());
    }

    /** Of each recipient the smallest file that waits to be brought. */
    List<Sent> toBring(Instant now) {
        return sql.query("""
                select distinct on (recipient) * from attachment.sent
                where ended_at is null and keep_until > ? and next_try <= ? and (told is null or told in ('WAITING', 'ARRIVING'))
                order by recipient, size_bytes, message, file
                """, (row, i) -> sent(row), utc(now), utc(now));
    }

    void pause(Sent row, String reason, Instant now) {
        sql.update(
                "update attachment.sent set paused = ?, tries = tries + 1, next_try = " + LATER
                        + " where message = ? and file = ?",
                cut(reason),
                utc(now),
                FIRST_PAUSE.toMillis(),
                LONGEST_PAUSE.toMillis(),
                row.message().value(),
                row.file());
    }

    // --- Theirs ------------------------------------------------------------------------------------------------------

    void add(Received row, int place, Instant keepUntil, Instant now) {
        sql.update(
                """
                insert into attachment.received (sender, message, file, item, place, size_bytes, chunks, keep_until, state, next_try)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """,
                row.sender().value(),
                row.message().value(),
                row.file(),
                row.item().value(),
                place,
                row.sizeBytes(),
                row.chunks(),
                utc(keepUntil),
                row.state().name(),
                utc(now));
    }

    List<Received> received(MemberId sender, MessageId message) {
        return sql.query(
                "select * from attachment.received where sender = ? and message = ? order by place",
                (row, i) -> received(row),
                sender.value(),
                message.value());
    }

    /** Under which messages others sent us this item. */
    List<Received> carrying(ItemId item) {
        return sql.query(
                "select * from attachment.received where item = ? order by sender, message",
                (row, i) -> received(row),
                item.value());
    }

    List<Received> receivedFrom(MemberId sender, String file) {
        return sql.query(
                "select * from attachment.received where sender = ? and file = ? and ended_at is null order by message",
                (row, i) -> received(row),
                sender.value(),
                file);
    }

    Optional<Received> lock(Received row) {
        return sql
                .query(
                        "select * from attachment.received where sender = ? and message = ? and file = ? for update",
                        (found, i) -> received(found),
                        row.sender().value(),
                        row.message().value(),
                        row.file())
                .stream()
                .findFirst();
    }

    /** Whether nobody refused it and its message has not ended meanwhile. */
    boolean isWanted(Received row) {
        return !sql.queryForList(
                        """
                        select 1 from attachment.received
                        where sender = ? and message = ? and file = ? and state = 'WANTED' and ended_at is null
                        """, Integer.class, row.sender().value(), row.message().value(), row.file())
                .isEmpty();
    }

    /** Of each sender the smallest file that may be fetched now. */
    List<Received> toFetch(Instant now) {
        return sql.query("""
                select distinct on (sender) * from attachment.received
                where state = 'WANTED' and ended_at is null and keep_until > ? and next_try <= ?
                order by sender, size_bytes, message, file
                """, (row, i) -> received(row), utc(now), utc(now));
    }

    /** Bytes of a member's other files that are here or on their way. */
    long bytesOf(MemberId sender, ItemId except) {
        Long bytes = sql.queryForObject("""
                select coalesce(sum(size_bytes), 0) from (
                    select distinct item, size_bytes from attachment.received
                    where sender = ? and item <> ? and cleared_at is null
                        and (state in ('COMPLETE', 'WRONG') or (state = 'WANTED' and begun))) counted
                """, Long.class, sender.value(), except.value());
        return bytes == null ? 0 : bytes;
    }

    void pause(Received row, String reason, Instant now) {
        sql.update(
                "update attachment.received set paused = ?, tries = tries + 1, next_try = " + LATER
                        + " where sender = ? and message = ? and file = ?",
                cut(reason),
                utc(now),
                FIRST_PAUSE.toMillis(),
                LONGEST_PAUSE.toMillis(),
                row.sender().value(),
                row.message().value(),
                row.file());
    }

    /** From now on it counts for what its sender's files take here. */
    void begun(Received row) {
        sql.update(
                "update attachment.received set begun = true where sender = ? and message = ? and file = ? and not begun",
                row.sender().value(),
                row.message().value(),
                row.file());
    }

    /** It goes on. @return whether it had paused */
    boolean goesOn(Received row, Instant now) {
        return sql.update("""
                        update attachment.received set paused = '', tries = 0, next_try = ?
                        where sender = ? and message = ? and file = ? and paused <> ''
                        """, utc(now), row.sender().value(), row.message().value(), row.file()) == 1;
    }

    /** Of all messages that wait for the item: what it is, it is for each. @return those that changed */
    List<Received> settle(ItemId item, State state, Instant now) {
        return sql.query("""
                update attachment.received set state = ?, paused = '', tries = 0, next_try = ?
                where item = ? and state in ('ASKED', 'WANTED') and ended_at is null returning *
                """, (row, i) -> received(row), state.name(), utc(now), item.value());
    }

    void decide(Received row, State state, String by, Instant now) {
        sql.update(
                """
                update attachment.received set state = ?, paused = '', tries = 0, next_try = ?, decided_by = ?, decided_at = ?
                where sender = ? and message = ? and file = ?
                """,
                state.name(),
                utc(now),
                by,
                utc(now),
                row.sender().value(),
                row.message().value(),
                row.file());
    }

    /** How it ended, and its sender does not know. */
    List<Received> toTell(Instant now, int limit) {
        return sql.query("""
                select * from attachment.received where state in ('COMPLETE', 'WRONG', 'REFUSED') and told_at is null
                    and ended_at is null and next_try <= ? order by next_try limit ?
                """, (row, i) -> received(row), utc(now), limit);
    }

    void toldSender(Received row, Instant now) {
        sql.update(
                "update attachment.received set told_at = ?, paused = '' where sender = ? and message = ? and file = ?",
                utc(now),
                row.sender().value(),
                row.message().value(),
                row.file());
    }

    // --- Ends --------------------------------------------------------------------------------------------------------

    /** @return how many files end with it */
    int end(Optional<MemberId> sender, MessageId message, Instant now) {
        return sender.map(from -> sql.update(
                        "update attachment.received set ended_at = ? where sender = ? and message = ? and ended_at is null",
                        utc(now),
                        from.value(),
                        message.value()))
                .orElseGet(() -> sql.update(
                        "update attachment.sent set ended_at = ? where message = ? and ended_at is null",
                        utc(now),
                        message.value()));
    }

    /** What nobody may keep any longer. */
    void endExpired(Instant now) {
        sql.update(
                "update attachment.received set ended_at = ? where keep_until <= ? and ended_at is null",
                utc(now),
                utc(now));
        sql.update(
                "update attachment.sent set ended_at = ? where keep_until <= ? and ended_at is null",
                utc(now),
                utc(now));
    }

    /** The messages that carry the key of an item, those that ended left out. */
    List<Carrier> carriers(ItemId item) {
        return sql.query("""
                select sender, message from attachment.received where item = ? and ended_at is null
                union all select null, message from attachment.sent where item = ? and ended_at is null
                """, (row, i) -> carrier(row), item.value(), item.value());
    }

    /**
     * A message that carries a file.
     *
     * @param sender empty for one of ours
     */
    record Carrier(Optional<MemberId> sender, MessageId message) {
        /** As evidence names what an item belongs to. */
        String subject() {
            return sender.map(from -> "message/" + message + " from " + from).orElseGet(() -> "message/" + message);
        }
    }

    /** A file whose message ended and that was not seen to yet. */
    record Ended(Carrier carrier, String file, ItemId item) {}

    List<Ended> toClear(int limit) {
        return sql.query(
                """
                select sender, message, file, item from attachment.received where ended_at is not null and cleared_at is null
                union all
                select null, message, file, item from attachment.sent where ended_at is not null and cleared_at is null limit ?
                """,
                (row, i) ->
                        new Ended(carrier(row), row.getString("file"), new ItemId(row.getObject("item", UUID.class))),
                limit);
    }

    /** Whether some other message of any time carried it, or carries it still. */
    List<Carrier> everCarried(ItemId item) {
        return sql.query("""
                select sender, message from attachment.received where item = ?
                union all select null, message from attachment.sent where item = ?
                """, (row, i) -> carrier(row), item.value(), item.value());
    }

    void cleared(Ended ended, Instant now) {
        ended.carrier()
                .sender()
                .ifPresentOrElse(
                        sender -> sql.update(
                                "update attachment.received set cleared_at = ? where sender = ? and message = ? and file = ?",
                                utc(now),
                                sender.value(),
                                ended.carrier().message().value(),
                                ended.file()),
                        () -> sql.update(
                                "update attachment.sent set cleared_at = ? where message = ? and file = ?",
                                utc(now),
                                ended.carrier().message().value(),
                                ended.file()));
    }

    // -----------------------------------------------------------------------------------------------------------------

    /** Files that pause, by reason. */
    List<Paused> paused() {
        return sql.query("""
                select paused, count(*) as many from attachment.received where paused <> '' and ended_at is null
                group by paused
                """, (row, i) -> new Paused(row.getString("paused"), row.getLong("many")));
    }

    record Paused(String reason, long many) {}

    /** Binds the time, the first and the longest pause in milliseconds. */
    private static final String LATER =
            "?::timestamptz + least(2 ^ least(tries, 20) * ?, ?) * interval '1 millisecond'";

    private static String cut(String reason) {
        return reason.length() > 64 ? reason.substring(0, 64) : reason;
    }

    private static Carrier carrier(ResultSet row) throws SQLException {
        return new Carrier(
                Optional.ofNullable(row.getString("sender")).map(MemberId::new),
                new MessageId(row.getString("message")));
    }

    private static Sent sent(ResultSet row) throws SQLException {
        return new Sent(
                new MessageId(row.getString("message")),
                row.getString("file"),
                new MemberId(row.getString("recipient")),
                new ItemId(row.getObject("item", UUID.class)),
                row.getLong("size_bytes"),
                row.getInt("chunks"),
                Optional.ofNullable(row.getString("told")).map(FileReport.State::valueOf),
                row.getInt("have"),
                row.getObject("fetched_at") != null,
                row.getString("paused"),
                row.getObject("ended_at") != null);
    }

    private static Received received(ResultSet row) throws SQLException {
        return new Received(
                new MemberId(row.getString("sender")),
                new MessageId(row.getString("message")),
                row.getString("file"),
                new ItemId(row.getObject("item", UUID.class)),
                row.getLong("size_bytes"),
                row.getInt("chunks"),
                State.valueOf(row.getString("state")),
                row.getString("paused"),
                row.getObject("ended_at") != null);
    }
}
