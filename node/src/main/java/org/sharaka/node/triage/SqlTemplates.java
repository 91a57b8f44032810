package org.sharaka.node.triage;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Templates in PostgreSQL. */
final class SqlTemplates {
    private final JdbcTemplate sql;

    SqlTemplates(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Those in force, in the order in which they were written. */
    List<Template> standing() {
        Map<UUID, Map<String, Template.Text>> texts = new HashMap<>();
        sql.query("""
                select x.* from triage.template_text x join triage.template t on t.id = x.template_id
                where t.retired_at is null
                """, row -> {
            texts.computeIfAbsent(row.getObject("template_id", UUID.class), id -> new HashMap<>())
                    .put(row.getString("language"), new Template.Text(row.getString("title"), row.getString("body")));
        });
        return sql.query(
                """
                select t.*, array(select r.officer from triage.template_review r where r.template_id = t.id
                    order by r.reviewed_at) as reviewers
                from triage.template t where t.retired_at is null order by t.written_at, t.id
                """,
                (row, n) -> new Template(
                        row.getObject("id", UUID.class),
                        row.getBoolean("asks"),
                        texts.getOrDefault(row.getObject("id", UUID.class), Map.of()),
                        Optional.ofNullable(row.getString("author")),
                        Arrays.asList((String[]) row.getArray("reviewers").getArray()),
                        false));
    }

    /** @param shipped name of one that comes with the product; @return false if that is there already */
    boolean add(Template template, Optional<String> shipped, Instant at) {
        boolean added = sql.update(
                        """
                        insert into triage.template (id, shipped, asks, author, written_at) values (?, ?, ?, ?, ?)
                        on conflict (shipped) do nothing
                        """,
                        template.id(),
                        shipped.orElse(null),
                        template.asks(),
                        template.author().orElse(null),
                        utc(at))
                == 1;
        if (!added) return false;
        template.texts().forEach((language, text) -> {
            int unused = sql.update(
                    "insert into triage.template_text (template_id, language, title, body) values (?, ?, ?, ?)",
                    template.id(),
                    language,
                    text.title(),
                    text.text());
        });
        return true;
    }

    /** @return false if this officer reviewed it before, or wrote it */
    boolean review(UUID template, String officer, Instant at) {
        return sql.update("""
                        insert into triage.template_review (template_id, officer, reviewed_at)
                        select id, ?, ? from triage.template where id = ? and author is distinct from ?
                        on conflict do nothing
                        """, officer, utc(at), template, officer) == 1;
    }

    boolean retire(UUID template, Instant at) {
        return sql.update(
                        "update triage.template set retired_at = ? where id = ? and retired_at is null",
                        utc(at),
                        template)
                == 1;
    }
}
