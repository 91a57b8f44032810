package org.sharaka.node.triage;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.intake.Category;
import org.springframework.jdbc.core.JdbcTemplate;

/** Assignment rules in PostgreSQL. */
final class SqlRules {
    private final JdbcTemplate sql;

    SqlRules(JdbcTemplate sql) {
        this.sql = sql;
    }

    List<AssignmentRule> inOrder() {
        return sql.query(
                "select * from triage.rule order by position, id",
                (row, n) -> new AssignmentRule(
                        row.getObject("id", UUID.class),
                        row.getInt("position"),
                        Optional.ofNullable(row.getString("category")).map(Category::valueOf),
                        Optional.ofNullable(row.getString("country")),
                        Optional.ofNullable(row.getString("place")),
                        row.getBoolean("child"),
                        row.getString("unit"),
                        row.getBoolean("closes")));
    }

    void add(AssignmentRule rule) {
        sql.update(
                """
                insert into triage.rule (id, position, category, country, place, child, unit, closes)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                rule.id(),
                rule.position(),
                rule.category().map(Enum::name).orElse(null),
                rule.country().orElse(null),
                rule.place().orElse(null),
                rule.child(),
                rule.unit(),
                rule.closes());
    }

    boolean remove(UUID id) {
        return sql.update("delete from triage.rule where id = ?", id) == 1;
    }
}
