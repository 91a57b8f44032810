package org.sharaka.node.exchange;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.EpochOpening;
import org.sharaka.protocol.transport.SignedBytes;
import org.springframework.jdbc.core.JdbcTemplate;

/** Declarations of epochs in the database: those of the members and ours. */
final class SqlOpenings {
    private final JdbcTemplate sql;

    SqlOpenings(JdbcTemplate sql) {
        this.sql = sql;
    }

    /**
     * A declaration that is kept.
     *
     * @param restore of ours: the return from a backup that it declares; 0 for others
     */
    record Kept(long epoch, SignedBytes signed, Hash hash, Instant opened, int restore) {}

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getLong("epoch"),
                new SignedBytes(row.getBytes("signed")),
                Hash.ofDigest(row.getBytes("hash")),
                instant(row, "opened_at"),
                row.getInt("restore"));
    }

    Optional<Kept> newest(MemberId member) {
        return sql.query("""
                        select epoch, signed, hash, opened_at, coalesce(restore, 0) as restore from exchange.opening
                        where member = ? order by epoch desc limit 1
                        """, (row, i) -> kept(row), member.value()).stream().findFirst();
    }

    /** All declarations of a member that are known, as they were signed, the oldest first. */
    List<SignedBytes> all(MemberId member) {
        return sql.query(
                "select signed from exchange.opening where member = ? order by epoch",
                (row, i) -> new SignedBytes(row.getBytes(1)),
                member.value());
    }

    /** When a member declared a return, and from when on it had lost what it received. */
    record Earlier(Instant opened, Instant backup) {}

    /** All that are known of a member, the newest first. */
    List<Earlier> earlier(MemberId member) {
        return sql.query(
                "select opened_at, backup_at from exchange.opening where member = ? order by epoch desc",
                (row, i) -> new Earlier(instant(row, "opened_at"), instant(row, "backup_at")),
                member.value());
    }

    /** The newest time that any member named in what we have of it: a message's, a receipt's. */
    Optional<Instant> heard() {
        return sql.query("""
                        select greatest((select max(sent_at) from exchange.received), (select max(at) from exchange.receipt)) as at
                        """, (row, i) -> Optional.ofNullable(row.getObject("at", OffsetDateTime.class)))
                .get(0)
                .map(OffsetDateTime::toInstant);
    }

    /** How many of a member came since a time. */
    int since(MemberId member, Instant time) {
        Integer many = sql.queryForObject(
                "select count(*) from exchange.opening where member = ? and noted_at >= ?",
                Integer.class,
                member.value(),
                utc(time));
        return many == null ? 0 : many;
    }

    /** @param restore of ours: the return that it declares; empty for others */
    void add(EpochOpening opening, SignedBytes signed, Optional<Integer> restore, Instant now) {
        sql.update(
                """
                insert into exchange.opening (member, epoch, hash, signed, opened_at, backup_at, noted_at, restore)
                values (?, ?, ?, ?, ?, ?, ?, nullif(?, 0))
                """,
                opening.member().value(),
                opening.epoch(),
                signed.hash().bytes(),
                signed.der(),
                utc(opening.opened()),
                utc(opening.backup()),
                utc(now),
                restore.orElse(0));
    }

    /** Those of these members that do not have our newest declaration. */
    List<MemberId> untold(Collection<MemberId> among, long epoch) {
        return sql.query(
                """
                select member from unnest(?) as among(member)
                where not exists (select from exchange.opening_told where recipient = member and epoch >= ?)
                """,
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("text", SqlOutbox.texts(among)));
                    statement.setLong(2, epoch);
                },
                (row, i) -> new MemberId(row.getString(1)));
    }

    /** It has none of our declarations any more: it came back from a backup that is older than the newest. */
    void forgetTold(MemberId recipient) {
        sql.update("delete from exchange.opening_told where recipient = ?", recipient.value());
    }

    void setTold(MemberId recipient, long epoch) {
        sql.update("""
                insert into exchange.opening_told as known (recipient, epoch) values (?, ?)
                on conflict (recipient) do update set epoch = greatest(known.epoch, excluded.epoch)
                """, recipient.value(), epoch);
    }
}
