package org.sharaka.node.screening.register;

import static org.sharaka.node.platform.SqlTimes.utc;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The registers as the database has them, to be copied whole. Within a transaction of the caller's. */
public final class RegisterContents {
    private static final int FETCHED_AT_ONCE = 5_000;

    private final JdbcTemplate streaming;

    RegisterContents(DataSource database) {
        streaming = new JdbcTemplate(database);
        streaming.setFetchSize(FETCHED_AT_ONCE);
    }

    /** Hands on every document that is in force. */
    public void documents(Instant now, Consumer<RegisteredDocument> documents) {
        try (Stream<RegisteredDocument> all = streaming.queryForStream(
                "select * from screening.document where ends_at > ?",
                (row, i) -> SqlRegisters.document(row),
                utc(now))) {
            all.forEach(documents);
        }
    }

    /** Hands on every vehicle that is in force. */
    public void vehicles(Instant now, Consumer<RegisteredVehicle> vehicles) {
        try (Stream<RegisteredVehicle> all = streaming.queryForStream(
                "select * from screening.vehicle where ends_at > ?", (row, i) -> SqlRegisters.vehicle(row), utc(now))) {
            all.forEach(vehicles);
        }
    }
}
