package org.sharaka.node.screening.hit;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.screening.Standing;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Hits in PostgreSQL, what they say of anybody sealed. In whatever transaction the caller has open. */
final class SqlHits {
    private static final String COLUMNS = "id, entity, standing, content, confirmed_by, unit, confirmed_at, state, "
            + "decision, decided_by, decided_at";

    private final JdbcTemplate sql;
    private final Vault vault;
    private final JsonMapper json;

    SqlHits(JdbcTemplate sql, Vault vault, JsonMapper json) {
        this.sql = sql;
        this.vault = vault;
        this.json = json;
    }

    /** The part of a decision that nobody outside the bureau reads. */
    private record Sealed(Map<Concern, Concern.Answer> check, String reason) {}

    void add(Hit hit, Instant endsAt, EntryId entry) {
        sql.update(
                """
                insert into screening.hit (id, entity, standing, content, confirmed_by, unit, confirmed_at, entry, state, ends_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                hit.id().value(),
                hit.entity(),
                hit.standing().name(),
                vault.seal(context("content", hit.id()), json.writeValueAsBytes(hit.content())),
                hit.confirmedBy(),
                hit.unit().orElse(null),
                utc(hit.confirmedAt()),
                entry.value(),
                hit.state().name(),
                utc(endsAt));
    }

    /** @return false if somebody else decided meanwhile */
    boolean decide(Hit hit, EntryId entry) {
        HitDecision decision = hit.decision().orElseThrow();
        byte[] sealed = json.writeValueAsBytes(new Sealed(decision.check(), decision.reason()));
        return sql.update(
                        """
                        update screening.hit set state = ?, decision = ?, decided_by = ?, decided_at = ?, decision_entry = ?
                        where id = ? and state = 'WAITING'
                        """,
                        hit.state().name(),
                        vault.seal(context("decision", hit.id()), sealed),
                        decision.by(),
                        utc(decision.at()),
                        entry.value(),
                        hit.id().value())
                == 1;
    }

    Optional<Hit> find(HitId id) {
        return sql
                .query("select " + COLUMNS + " from screening.hit where id = ?", (row, i) -> hit(row), id.value())
                .stream()
                .findFirst();
    }

    /** Those that wait for the bureau, the oldest first. */
    List<Hit> waiting(int limit) {
        return sql.query(
                "select " + COLUMNS + " from screening.hit where state = 'WAITING' order by confirmed_at, id limit ?",
                (row, i) -> hit(row),
                limit);
    }

    /** Those that the bureau has decided, the latest first. */
    List<Hit> decided(int limit) {
        return sql.query(
                "select " + COLUMNS
                        + " from screening.hit where state <> 'WAITING' order by confirmed_at desc, id desc limit ?",
                (row, i) -> hit(row),
                limit);
    }

    /** An officer's own, the latest first. */
    List<Hit> ofOfficer(String officer, int limit) {
        return sql.query(
                "select " + COLUMNS
                        + " from screening.hit where confirmed_by = ? order by confirmed_at desc, id desc limit ?",
                (row, i) -> hit(row),
                officer,
                limit);
    }

    int countWaiting() {
        Integer count = sql.queryForObject("select count(*) from screening.hit where state = 'WAITING'", Integer.class);
        return count == null ? 0 : count;
    }

    int purge(Instant now, int limit) {
        return sql.update(
                "delete from screening.hit where id in (select id from screening.hit where ends_at <= ? limit ?)",
                utc(now),
                limit);
    }

    private Hit hit(ResultSet row) throws SQLException {
        HitId id = new HitId(row.getObject("id", UUID.class));
        byte[] content = vault.open(context("content", id), row.getBytes("content"));
        byte[] decision = row.getBytes("decision");
        return new Hit(
                id,
                row.getString("entity"),
                Standing.valueOf(row.getString("standing")),
                json.readValue(new String(content, StandardCharsets.UTF_8), HitContent.class),
                row.getString("confirmed_by"),
                Optional.ofNullable(row.getString("unit")),
                instant(row, "confirmed_at"),
                HitState.valueOf(row.getString("state")),
                decision == null ? Optional.empty() : Optional.of(decision(id, decision, row)));
    }

    private HitDecision decision(HitId id, byte[] sealed, ResultSet row) throws SQLException {
        Sealed opened = json.readValue(vault.open(context("decision", id), sealed), Sealed.class);
        return new HitDecision(
                opened.check(), opened.reason(), row.getString("decided_by"), instant(row, "decided_at"));
    }

    private static String context(String what, HitId id) {
        return "screening.hit." + what + "/" + id;
    }
}
