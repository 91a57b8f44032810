package org.sharaka.node.originator;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;

/** How this module's tables hold times and names of messages. */
final class SqlTimes {
    private SqlTimes() {}

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static Optional<Instant> ifAny(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    static MessageReference reference(ResultSet row, String name, String hash) throws SQLException {
        return new MessageReference(new MessageId(row.getString(name)), Hash.ofDigest(row.getBytes(hash)));
    }
}
