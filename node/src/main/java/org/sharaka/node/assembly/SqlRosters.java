package org.sharaka.node.assembly;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sharaka.node.audit.EntryId;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.roster.Equivocation;
import org.sharaka.protocol.roster.SignedRoster;
import org.springframework.jdbc.core.JdbcTemplate;

/** The chain of rosters and our membership in the database. */
final class SqlRosters {
    private final JdbcTemplate sql;

    SqlRosters(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Changes whenever there is something to read anew. */
    String state() {
        return String.valueOf(sql.queryForObject("""
                select coalesce((select max(place) from assembly.roster), 0)
                       || '/' || (select count(*) from assembly.key_file) || '/' || (select count(*) from assembly.membership)
                """, String.class));
    }

    Optional<MemberId> member() {
        return sql.queryForList("select member from assembly.membership", String.class).stream()
                .findFirst()
                .map(MemberId::new);
    }

    void join(MemberId member, Instant now, EntryId entry) {
        sql.update(
                "insert into assembly.membership (member, joined_at, entry) values (?, ?, ?)",
                member.value(),
                utc(now),
                entry.value());
    }

    /** All rosters since the last founding, that one first, also those that were set aside. */
    List<SignedRoster> known() {
        return sql.query("""
                select signed from assembly.roster
                where place >= (select max(place) from assembly.roster where founded) order by place
                """, (row, i) -> SignedRoster.parse(row.getBytes(1)));
    }

    /** When a roster was stored. */
    Optional<Instant> learnedAt(Hash roster) {
        return sql
                .query(
                        "select learned_at from assembly.roster where hash = ?",
                        (row, i) -> row.getObject(1, OffsetDateTime.class).toInstant(),
                        (Object) roster.bytes())
                .stream()
                .findFirst();
    }

    void add(SignedRoster roster, boolean founded, String from, Instant now, EntryId entry) {
        sql.update(
                """
                insert into assembly.roster (version, hash, founded, signed, learned_at, learned_from, entry)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                roster.roster().version(),
                roster.roster().hash().bytes(),
                founded,
                roster.encoded(),
                utc(now),
                from,
                entry.value());
    }

    /** @return whether it was not on record */
    boolean add(Equivocation proof, String from, Instant now) {
        return sql.update(
                        """
                insert into assembly.equivocation (version, hash, members, proof, learned_at, learned_from)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing
                """,
                        proof.one().roster().version(),
                        proof.other().roster().hash().bytes(),
                        proof.members().stream().map(MemberId::value).toArray(String[]::new),
                        proof.encoded(),
                        utc(now),
                        from)
                > 0;
    }

    List<SignedTwice> signedTwice() {
        return sql.query(
                """
                select encode(hash, 'hex') as hash, version, members, learned_at from assembly.equivocation
                order by version desc, hash
                """,
                (row, i) -> new SignedTwice(
                        row.getString("hash"),
                        row.getLong("version"),
                        Stream.of((String[]) row.getArray("members").getArray())
                                .map(MemberId::new)
                                .toList(),
                        instant(row, "learned_at")));
    }

    Optional<byte[]> equivocation(String hash) {
        return sql
                .query(
                        "select proof from assembly.equivocation where encode(hash, 'hex') = ?",
                        (row, i) -> row.getBytes(1),
                        hash)
                .stream()
                .findFirst();
    }

    boolean knows(Hash roster) {
        return !sql.queryForList("select 1 from assembly.roster where hash = ?", Integer.class, (Object) roster.bytes())
                .isEmpty();
    }
}
