package org.sharaka.node.intake;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The circumstances of reports. */
final class SqlCircumstances {
    private static final TypeReference<Map<String, String>> PARTICULARS = new TypeReference<>() {};

    private final JdbcTemplate jdbc;
    private final JsonMapper json = new JsonMapper();

    SqlCircumstances(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void add(ReportId report, Circumstances circumstances) {
        jdbc.update(
                """
                insert into intake.circumstances (report_id, danger, child, reporter_minor, money_sent_at, shared_phone,
                    female_officer, wants_news, particulars) values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                """,
                report.value(),
                circumstances.danger(),
                circumstances.child(),
                circumstances.reporterMinor(),
                circumstances.moneySentAt().map(at -> utc(at)).orElse(null),
                circumstances.sharedPhone(),
                circumstances.femaleOfficer(),
                circumstances.wantsNews(),
                json.writeValueAsString(circumstances.particulars()));
    }

    Map<ReportId, Circumstances> find(Collection<ReportId> reports) {
        var found = new HashMap<ReportId, Circumstances>();
        UUID[] keys = reports.stream().map(ReportId::value).toArray(UUID[]::new);
        jdbc.query(
                "select * from intake.circumstances where report_id = any (?)",
                row -> {
                    found.put(new ReportId(row.getObject("report_id", UUID.class)), circumstances(row));
                },
                (Object) keys);
        return found;
    }

    private Circumstances circumstances(ResultSet row) throws SQLException {
        Optional<Instant> moneySentAt = ifAny(row, "money_sent_at");
        return new Circumstances(
                row.getBoolean("danger"),
                row.getBoolean("child"),
                row.getBoolean("reporter_minor"),
                moneySentAt,
                row.getBoolean("shared_phone"),
                row.getBoolean("female_officer"),
                row.getBoolean("wants_news"),
                json.readValue(row.getString("particulars"), PARTICULARS));
    }
}
