package org.sharaka.node.exchange;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.MemberId;
import org.springframework.jdbc.core.JdbcTemplate;

/** In the database: with whom it is settled what was ordered while we were away. */
final class SqlSettled {
    private final JdbcTemplate sql;
    private final Vault vault;

    SqlSettled(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    boolean has(MemberId member, int restore) {
        return !sql.queryForList(
                        "select 1 from exchange.settled where member = ? and restore = ?",
                        Integer.class,
                        member.value(),
                        restore)
                .isEmpty();
    }

    /** @return false if it was settled before */
    boolean add(MemberId member, int restore, Instant now) {
        return sql.update(
                        "insert into exchange.settled (member, restore, at) values (?, ?, ?) on conflict do nothing",
                        member.value(),
                        restore,
                        utc(now))
                == 1;
    }

    /** Without the member's word. @return false if it was settled before */
    boolean add(MemberId member, int restore, Instant now, String by, String reason, EntryId entry) {
        return sql.update(
                        """
                        insert into exchange.settled (member, restore, at, by, reason, entry) values (?, ?, ?, ?, ?, ?)
                        on conflict do nothing
                        """,
                        member.value(),
                        restore,
                        utc(now),
                        by,
                        vault.seal(context(member, restore), reason.getBytes(StandardCharsets.UTF_8)),
                        entry.value())
                == 1;
    }

    /** Where an officer went on without the member's word, the latest first. */
    List<WithoutWord> withoutWord(int restore) {
        return sql.query(
                "select member, at, by, reason from exchange.settled where restore = ? and by is not null order by at desc, member",
                (row, i) -> {
                    MemberId member = new MemberId(row.getString("member"));
                    return new WithoutWord(
                            member,
                            row.getString("by"),
                            instant(row, "at"),
                            new String(
                                    vault.open(context(member, restore), row.getBytes("reason")),
                                    StandardCharsets.UTF_8));
                },
                restore);
    }

    private static String context(MemberId member, int restore) {
        return "exchange.settled/" + member + "/" + restore;
    }
}
