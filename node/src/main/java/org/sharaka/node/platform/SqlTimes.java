package org.sharaka.node.platform;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How tables hold times: with a zone, always UTC, in microseconds. */
public final class SqlTimes {
    private SqlTimes() {}

    public static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** @return null if there is none, as the database has it */
    public static @Nullable OffsetDateTime utc(Optional<Instant> instant) {
        return instant.map(SqlTimes::utc).orElse(null);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** @return empty if the column is null */
    public static Optional<Instant> ifAny(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
