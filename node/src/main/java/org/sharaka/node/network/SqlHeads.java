package org.sharaka.node.network;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.audit.EntryId;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SeenHeads;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** Heads and findings in the database. */
final class SqlHeads {
    private static final RowMapper<SeenLog> SEEN = (row, i) -> new SeenLog(
            new MemberId(row.getString("member")),
            note(row, "note"),
            instant(row, "seen_at"),
            row.getLong("epoch"),
            Optional.ofNullable(row.getBytes("declared")));

    /** Of one member; the rest is counted among the security events. */
    private static final int MAX_FINDINGS = 100;

    private final JdbcTemplate sql;

    /**
     * A head of {@code member} that {@code by} saw and cosigned.
     *
     * @param epoch of {@code member} when it was seen, as {@code by} tells
     * @param since nothing of what {@code by} told of this member has been proved
     * @param looks at the member that did not prove it
     */
    record Told(MemberId member, MemberId by, SignedNote note, long epoch, Instant since, int looks) {
        /** When it was cosigned; the beginning of time if none of these keys did. */
        Instant at(List<NoteKey> cosigners) {
            return NoteSigner.cosignatures(note, cosigners).stream()
                    .map(NoteSigner.Cosignature::at)
                    .max(Instant::compareTo)
                    .orElse(Instant.EPOCH);
        }
    }

    /** A head of ours that a member cosigned. */
    record Cosigned(MemberId by, SignedNote note, Instant at) {}

    SqlHeads(JdbcTemplate sql) {
        this.sql = sql;
    }

    List<SeenLog> seen() {
        return sql.query("select * from network.seen order by member", SEEN);
    }

    Optional<SeenLog> seen(MemberId member) {
        return sql.query("select * from network.seen where member = ?", SEEN, member.value()).stream()
                .findFirst();
    }

    /** Whether any head of a member was seen before a time. */
    boolean seen(MemberId member, Instant before) {
        return Boolean.TRUE.equals(
                sql.queryForObject("""
                select exists (select from network.earlier where member = ? and seen_at < ?)
                    or exists (select from network.seen where member = ? and size > 0 and seen_at < ?)
                """, Boolean.class, member.value(), utc(before), member.value(), utc(before)));
    }

    /** Until the end of the transaction nobody else looks at this member's log, on whichever node of this database. */
    void lock(MemberId member) {
        sql.query("select pg_advisory_xact_lock(hashtext('network.seen'), hashtext(?))", row -> {}, member.value());
    }

    void set(SeenLog log) {
        sql.update(
                """
                insert into network.seen (member, note, size, seen_at, epoch, declared) values (?, ?, ?, ?, ?, ?)
                on conflict (member) do update set note = excluded.note, size = excluded.size,
                seen_at = excluded.seen_at, epoch = excluded.epoch, declared = excluded.declared
                """,
                log.member().value(),
                log.note().encoded(),
                log.head().size(),
                utc(log.at()),
                log.epoch(),
                log.declared().orElse(null));
    }

    /**
     * Keeps what was seen last beside what is seen now: one head a day, and each that a return from a backup took the place of.
     *
     * @param restored how much came out of a backup that the member came back from since; what is larger was lost with it
     */
    void keepEarlier(MemberId member, Optional<Long> restored) {
        sql.update("""
                insert into network.earlier (member, size, note, seen_at, lost)
                select member, size, note, seen_at, false from network.seen s where member = ? and size > 0 and (? or not exists (
                    select from network.earlier e where e.member = s.member and e.seen_at > s.seen_at - interval '1 day'))
                on conflict do nothing
                """, member.value(), restored.isPresent());
        restored.ifPresent(size -> sql.update(
                "update network.earlier set lost = true where member = ? and size > ?", member.value(), size));
    }

    /** The longest head that was seen of a member, is no longer than this, and was not lost since. */
    Optional<SignedNote> earlier(MemberId member, long size) {
        return sql
                .query(
                        "select note from network.earlier where member = ? and size <= ? and not lost order by size desc limit 1",
                        (row, i) -> note(row, "note"),
                        member.value(),
                        size)
                .stream()
                .findFirst();
    }

    /** The longest head of a member that was seen before a time, is longer than one size, no longer than the other, and was not lost since. */
    Optional<SignedNote> longest(MemberId member, long over, long upTo, Instant before) {
        return sql.query("""
                        select note from network.earlier
                        where member = ? and size > ? and size <= ? and seen_at < ? and not lost
                        order by size desc limit 1
                        """, (row, i) -> note(row, "note"), member.value(), over, upTo, utc(before)).stream()
                .findFirst();
    }

    void tell(MemberId member, MemberId by, SeenHeads.Head head, Instant now) {
        sql.update(
                """
                insert into network.told (member, told_by, note, size, epoch, told_at) values (?, ?, ?, ?, ?, ?)
                on conflict (member, told_by) do update
                set note = excluded.note, size = excluded.size, epoch = excluded.epoch
                """,
                member.value(),
                by.value(),
                head.note().encoded(),
                Checkpoint.read(head.note()).head().size(),
                head.epoch(),
                utc(now));
    }

    /** What was looked at least first, then the oldest, at most {@code limit}. */
    List<Told> told(MemberId member, int limit) {
        return sql.query(
                "select * from network.told where member = ? order by looks, told_at, told_by limit ?",
                (row, i) -> new Told(
                        member,
                        new MemberId(row.getString("told_by")),
                        note(row, "note"),
                        row.getLong("epoch"),
                        instant(row, "told_at"),
                        row.getInt("looks")),
                member.value(),
                limit);
    }

    void looked(Told told) {
        sql.update(
                "update network.told set looks = looks + 1 where member = ? and told_by = ?",
                told.member().value(),
                told.by().value());
    }

    /** It was proved, or is a finding; a newer one that came meanwhile stays. */
    void forget(Told told) {
        sql.update(
                "delete from network.told where member = ? and told_by = ? and note = ?",
                told.member().value(),
                told.by().value(),
                told.note().encoded());
    }

    void cosigned(MemberId by, SignedNote note, Instant at) {
        sql.update("""
                insert into network.ours (cosigned_by, note, size, cosigned_at) values (?, ?, ?, ?)
                on conflict (cosigned_by) do update set note = excluded.note, size = excluded.size, cosigned_at = excluded.cosigned_at
                """, by.value(), note.encoded(), Checkpoint.read(note).head().size(), utc(at));
    }

    /** The newest head of ours that members cosigned, with the cosignatures of all who saw that one. */
    Optional<SignedNote> newestCosigned() {
        Optional<SignedNote> newest = Optional.empty();
        for (SignedNote note : sql.query(
                "select note from network.ours where size > 0 and size = (select max(size) from network.ours) order by cosigned_by",
                (row, i) -> note(row, "note"))) {
            Optional<SignedNote> before = newest;
            newest = Optional.of(before.filter(known -> known.text().equals(note.text()))
                    .map(known -> known.merge(note))
                    .orElse(before.orElse(note)));
        }
        return newest;
    }

    List<Cosigned> cosigned() {
        return sql.query(
                "select * from network.ours order by cosigned_by",
                (row, i) -> new Cosigned(
                        new MemberId(row.getString("cosigned_by")), note(row, "note"), instant(row, "cosigned_at")));
    }

    /** Whether this head was found to be contradicted before, or its member was caught so often that one more proves nothing new. */
    boolean knows(MemberId member, SignedNote earlier) {
        return Boolean.TRUE.equals(sql.queryForObject(
                "select count(*) >= ? or coalesce(bool_or(earlier = ?), false) from network.finding where member = ?",
                Boolean.class,
                MAX_FINDINGS,
                earlier.encoded(),
                member.value()));
    }

    void add(Finding finding, EntryId entry) {
        sql.update(
                """
                insert into network.finding (member, code, earlier, later, told_by, found_at, entry) values (?, ?, ?, ?, ?, ?, ?)
                """,
                finding.member().value(),
                finding.code(),
                finding.earlier().encoded(),
                finding.later().encoded(),
                finding.toldBy().value(),
                utc(finding.at()),
                entry.value());
    }

    /** The latest first. */
    List<Finding> findings(int limit) {
        return findings("order by id desc limit ?", limit);
    }

    Optional<Finding> finding(long number) {
        return findings("where id = ?", number).stream().findFirst();
    }

    private List<Finding> findings(String which, @Nullable Object argument) {
        return sql.query(
                "select * from network.finding " + which,
                (row, i) -> new Finding(
                        row.getLong("id"),
                        new MemberId(row.getString("member")),
                        row.getString("code"),
                        note(row, "earlier"),
                        note(row, "later"),
                        new MemberId(row.getString("told_by")),
                        instant(row, "found_at")),
                argument);
    }

    private static SignedNote note(ResultSet row, String column) throws SQLException {
        return SignedNote.parse(row.getBytes(column));
    }
}
