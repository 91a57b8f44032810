package org.sharaka.node.audit;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Purpose;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.SqlParameterValue;

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

    /** One statement however many they are: a statement for each would cost more than the rows. */
    void add(List<Entry> entries) {
        if (entries.isEmpty()) return;
        if (entries.size() == 1) {
            add(entries.get(0));
            return;
        }
        Rows rows = new Rows(entries);
        sql.update("""
                with entered as (
                    insert into audit.entry (id, commitment, salt, began_at, recorded_at, actor_kind, actor_id, unit,
                        purpose, action, subject, outcome, problem, request)
                    select * from unnest(?::uuid[], ?::bytea[], ?::bytea[], ?::timestamptz[], ?::timestamptz[], ?::text[],
                        ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                    returning id, commitment)
                insert into audit.pending (entry_id, commitment) select id, commitment from entered
                """, rows.columns());
    }

    /** What most acts enter. Arrays of one are a detour that costs the database a sixth of a small act. */
    private void add(Entry entry) {
        byte[] salt = new byte[Entry.SALT_BYTES];
        random.nextBytes(salt);
        sql.update(
                """
                with entered as (
                    insert into audit.entry (id, commitment, salt, began_at, recorded_at, actor_kind, actor_id, unit,
                        purpose, action, subject, outcome, problem, request)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    returning id, commitment)
                insert into audit.pending (entry_id, commitment) select id, commitment from entered
                """,
                entry.id().value(),
                entry.commitment(salt),
                salt,
                utc(entry.beganAt()),
                utc(entry.id().time()),
                entry.actorKind().name(),
                entry.actorId(),
                text(entry.unit()),
                text(entry.purpose().map(Purpose::name)),
                entry.action(),
                entry.subject(),
                entry.outcome().name(),
                text(entry.problem()),
                text(entry.request()));
    }

    /** With its type, also if there is none: for an untyped null the driver asks the server, and prepares anew. */
    private static SqlParameterValue text(Optional<String> value) {
        return new SqlParameterValue(Types.VARCHAR, value.orElse(null));
    }

    /** Entries turned into columns; each gets its salt here. */
    private final class Rows {
        private final List<Entry> entries;
        private final byte[][] salts;
        private final byte[][] commitments;

        private Rows(List<Entry> entries) {
            this.entries = entries;
            this.salts = new byte[entries.size()][Entry.SALT_BYTES];
            this.commitments = new byte[entries.size()][];
            for (int i = 0; i < salts.length; i++) {
                random.nextBytes(salts[i]);
                commitments[i] = entries.get(i).commitment(salts[i]);
            }
        }

        private Object[] columns() {
            return new Object[] {
                column(entry -> entry.id().toString()),
                commitments,
                salts,
                column(entry -> entry.beganAt().toString()),
                column(entry -> entry.id().time().toString()),
                column(entry -> entry.actorKind().name()),
                column(Entry::actorId),
                columnIfAny(Entry::unit),
                columnIfAny(entry -> entry.purpose().map(Purpose::name)),
                column(Entry::action),
                column(Entry::subject),
                column(entry -> entry.outcome().name()),
                columnIfAny(Entry::problem),
                columnIfAny(Entry::request)
            };
        }

        private String[] column(Function<Entry, String> field) {
            return entries.stream().map(field).toArray(String[]::new);
        }

        private @Nullable String[] columnIfAny(Function<Entry, Optional<String>> field) {
            @Nullable String[] column = new String[entries.size()];
            for (int i = 0; i < column.length; i++)
                column[i] = field.apply(entries.get(i)).orElse(null);
            return column;
        }
    }

    /** @param row with {@link #COLUMNS} */
    static Entry read(ResultSet row) throws SQLException {
        return new Entry(
                new EntryId(row.getObject("id", UUID.class)),
                instant(row, "began_at"),
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

    private static Optional<String> text(@Nullable String column) {
        return Optional.ofNullable(column);
    }
}
