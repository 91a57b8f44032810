package org.sharaka.node.screening.hit;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.sharaka.node.platform.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Distinguishing records as their table has them: what tells of the person is sealed. */
public final class DistinctionRows {
    private final JdbcTemplate sql;
    private final Vault vault;
    private final JsonMapper json;

    DistinctionRows(JdbcTemplate sql, Vault vault, JsonMapper json) {
        this.sql = sql;
        this.vault = vault;
        this.json = json;
    }

    /** What stands sealed in a row. */
    private record Content(
            String caption, String name, String birth, List<String> documents, String code, String consent) {}

    /** All in force, to be copied whole. Within a transaction of the caller's. */
    public List<Distinction> inForce(Instant now) {
        return sql.query(
                "select * from screening.distinction where ends_at > ? order by made_at, id",
                (row, i) -> read(row),
                utc(now));
    }

    byte[] sealed(Distinction made) {
        return vault.seal(
                context(made.id()),
                json.writeValueAsBytes(new Content(
                        made.caption(), made.name(), made.birth(), made.documents(), made.code(), made.consent())));
    }

    private static String context(UUID id) {
        return "screening.distinction/" + id;
    }

    Distinction read(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        Content content = json.readValue(vault.open(context(id), row.getBytes("content")), Content.class);
        return new Distinction(
                id,
                row.getString("entity"),
                content.caption(),
                content.name(),
                content.birth(),
                content.documents(),
                content.code(),
                content.consent(),
                row.getString("made_by"),
                instant(row, "made_at"),
                instant(row, "ends_at"));
    }
}
