package org.sharaka.node.intake;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** The correspondence with reporters, sealed. */
final class SqlMessages {
    private final JdbcTemplate jdbc;

    SqlMessages(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param sealed the text */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Sealed(
            MessageId id,
            MessageKind kind,
            byte[] sealed,
            Optional<String> language,
            Optional<String> author,
            Instant writtenAt,
            Optional<Instant> readAt) {}

    void add(ReportId report, Sealed message, UUID entry) {
        jdbc.update(
                """
                insert into intake.message (id, report_id, kind, sealed, language, author, written_at, audit_entry)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                message.id().value(),
                report.value(),
                message.kind().name(),
                message.sealed(),
                message.language().orElse(null),
                message.author().orElse(null),
                utc(message.writtenAt()),
                entry);
    }

    /** In the order of writing. */
    List<Sealed> of(ReportId report) {
        return jdbc.query(
                "select * from intake.message where report_id = ? order by id",
                (row, n) -> message(row),
                report.value());
    }

    /** @return how many were unread */
    int markRead(ReportId report, Instant at) {
        return jdbc.update(
                "update intake.message set read_at = ? where report_id = ? and read_at is null and kind <> 'LETTER'",
                utc(at),
                report.value());
    }

    private static Sealed message(ResultSet row) throws SQLException {
        return new Sealed(
                new MessageId(row.getObject("id", UUID.class)),
                MessageKind.valueOf(row.getString("kind")),
                row.getBytes("sealed"),
                Optional.ofNullable(row.getString("language")),
                Optional.ofNullable(row.getString("author")),
                instant(row, "written_at"),
                ifAny(row, "read_at"));
    }
}
