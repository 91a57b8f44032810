package org.sharaka.node.originator;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.sharaka.node.audit.EntryId;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.HandlingCode;
import org.springframework.jdbc.core.JdbcTemplate;

/** What this country set otherwise than the node would. */
final class SqlRules {
    private final JdbcTemplate sql;

    SqlRules(JdbcTemplate sql) {
        this.sql = sql;
    }

    Map<Act, Map<HandlingCode, Act.Rule>> all() {
        Map<Act, Map<HandlingCode, Act.Rule>> all = new EnumMap<>(Act.class);
        sql.query("select act, code, rule from originator.rule", row -> {
            all.computeIfAbsent(Act.valueOf(row.getString("act")), unused -> new EnumMap<>(HandlingCode.class))
                    .put(HandlingCode.valueOf(row.getString("code")), Act.Rule.valueOf(row.getString("rule")));
        });
        return all;
    }

    void put(Act act, HandlingCode code, Act.Rule rule, String by, Instant at, EntryId entry) {
        sql.update("""
                insert into originator.rule (act, code, rule, changed_by, changed_at, entry) values (?, ?, ?, ?, ?, ?)
                on conflict (act, code) do update set rule = excluded.rule, changed_by = excluded.changed_by,
                    changed_at = excluded.changed_at, entry = excluded.entry
                """, act.name(), code.name(), rule.name(), by, utc(at), entry.value());
    }

    void remove(Act act, HandlingCode code) {
        sql.update("delete from originator.rule where act = ? and code = ?", act.name(), code.name());
    }
}
