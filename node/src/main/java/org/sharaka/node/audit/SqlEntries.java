package org.sharaka.node.audit;

import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Purpose;
import org.springframework.jdbc.core.JdbcTemplate;

/** Stores entries, in whatever transaction the caller has open. */
final class SqlEntries {
    static final String COLUMNS =
            "id, began_at, actor_kind, actor_id, unit, purpose, action, subject, outcome, problem, request";

    private final JdbcTemplate sql;
    private final SecureRandom random;

    SqlEntries(JdbcTemplate sql, SecureRandom random) {
        this.sql = sql;
        this.random = random;
    }

    void add(List<Entry> entries) {
        sql.batchUpdate("""
                with entered as (
                    insert into audit.entry (id, commitment, salt, began_at, recorded_at, actor_kind, actor_id, unit,
                        purpose, action, subject, outcome, problem, request)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id, commitment)
                insert into audit.pending (entry_id, commitment) select id, commitment from entered
                """, entries, entries.size(), this::bind);
    }

    private void bind(PreparedStatement row, Entry entry) throws SQLException {
        byte[] salt = new byte[Entry.SALT_BYTES];
        random.nextBytes(salt);
        row.setObject(1, entry.id().value());
        row.setBytes(2, entry.commitment(salt));
        row.setBytes(3, salt);
        row.setObject(4, utc(entry.beganAt()));
        row.setObject(5, utc(entry.id().time()));
        row.setString(6, entry.actorKind().name());
        row.setString(7, entry.actorId());
        row.setString(8, entry.unit().orElse(null));
        row.setString(9, entry.purpose().map(Purpose::name).orElse(null));
        row.setString(10, entry.action());
        row.setString(11, entry.subject());
        row.setString(12, entry.outcome().name());
        row.setString(13, entry.problem().orElse(null));
        row.setString(14, entry.request().orElse(null));
    }

    /** @param row with {@link #COLUMNS} */
    static Entry read(ResultSet row) throws SQLException {
        return new Entry(
                new EntryId(row.getObject("id", UUID.class)),
                row.getObject("began_at", OffsetDateTime.class).toInstant(),
                Actor.Kind.valueOf(row.getString("actor_kind")),
                row.getString("actor_id"),
                text(row.getString("unit")),
                text(row.getString("purpose")).map(Purpose::valueOf),
                row.getString("action"),
                row.getString("subject"),
                Outcome.valueOf(row.getString("outcome")),
                text(row.getString("problem")),
                text(row.getString("request")));
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Optional<String> text(@Nullable String column) {
        return Optional.ofNullable(column);
    }
}
