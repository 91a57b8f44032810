package org.sharaka.node.screening.register;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.audit.EntryId;
import org.springframework.jdbc.core.JdbcTemplate;

/** The registers in PostgreSQL. In whatever transaction the caller has open. */
final class SqlRegisters implements RegisterEntries {
    /** Orders imports of registers: an advisory lock to the end of the transaction. */
    private static final long LOCK = 0x5348_5245_4749L;

    static final int FOUND_MAX = 50;

    private final JdbcTemplate sql;

    SqlRegisters(JdbcTemplate sql) {
        this.sql = sql;
    }

    void changed(EntryId entry, String subject, Instant now) {
        sql.update(
                "insert into screening.register_change (entry, subject, changed_at) values (?, ?, ?)",
                entry.value(),
                subject,
                utc(now));
    }

    /** Waits for other imports. */
    void lock() {
        sql.query("select pg_advisory_xact_lock(?)", row -> {}, LOCK);
    }

    // --- Documents -------------------------------------------------------------------------------------------------

    /** Adds or renews; of two with the same number the later counts. */
    void addDocuments(List<RegisteredDocument> documents) {
        sql.batchUpdate("""
                insert into screening.document (id, source, number, kind, country, circumstances, happened_on, expires_on,
                    reference, added_at, ends_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (source, country, kind, number) do update set circumstances = excluded.circumstances,
                    happened_on = excluded.happened_on, expires_on = excluded.expires_on, reference = excluded.reference,
                    ends_at = excluded.ends_at
                """, documents, Math.max(1, documents.size()), SqlRegisters::bind);
    }

    private static void bind(PreparedStatement row, RegisteredDocument document) throws SQLException {
        NewDocument said = document.document();
        row.setObject(1, document.id().value());
        row.setString(2, document.source());
        row.setString(3, said.number());
        row.setString(4, said.kind().name());
        row.setString(5, said.country());
        row.setString(6, said.circumstances().name());
        row.setObject(7, said.happenedOn().orElse(null));
        row.setObject(8, said.expiresOn().orElse(null));
        row.setString(9, said.reference().orElse(null));
        row.setObject(10, utc(document.addedAt()));
        row.setObject(11, utc(document.endsAt()));
    }

    @Override
    public Optional<RegisteredDocument> document(UUID id, Instant now) {
        return sql
                .query(
                        "select * from screening.document where id = ? and ends_at > ?",
                        (row, i) -> document(row),
                        id,
                        utc(now))
                .stream()
                .findFirst();
    }

    @Override
    public List<RegisteredDocument> documents(Collection<String> numbers, Instant now) {
        return sql.query(
                "select * from screening.document where number = any (?) and ends_at > ? order by country, kind, id limit ?",
                (row, i) -> document(row),
                numbers.toArray(String[]::new),
                utc(now),
                FOUND_MAX);
    }

    Optional<RegisteredDocument> own(NewDocument document, Instant now) {
        return sql
                .query(
                        "select * from screening.document where source = '' and country = ? and kind = ? and number = ? and ends_at > ?",
                        (row, i) -> document(row),
                        document.country(),
                        document.kind().name(),
                        document.number(),
                        utc(now))
                .stream()
                .findFirst();
    }

    static RegisteredDocument document(ResultSet row) throws SQLException {
        return new RegisteredDocument(
                new ThingId(ThingId.Register.DOCUMENT, row.getObject("id", UUID.class)),
                row.getString("source"),
                new NewDocument(
                        row.getString("number"),
                        DocumentKind.valueOf(row.getString("kind")),
                        row.getString("country"),
                        Circumstances.valueOf(row.getString("circumstances")),
                        day(row, "happened_on"),
                        day(row, "expires_on"),
                        Optional.ofNullable(row.getString("reference"))),
                instant(row, "added_at"),
                instant(row, "ends_at"));
    }

    // --- Vehicles --------------------------------------------------------------------------------------------------

    /** Adds or renews; of two with the same numbers the later counts. */
    void addVehicles(List<RegisteredVehicle> vehicles) {
        sql.batchUpdate("""
                insert into screening.vehicle (id, source, vin, plate, country, make, model, happened_on, reference, added_at, ends_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (source, country, coalesce(vin, ''), coalesce(plate, '')) do update set make = excluded.make,
                    model = excluded.model, happened_on = excluded.happened_on, reference = excluded.reference,
                    ends_at = excluded.ends_at
                """, vehicles, Math.max(1, vehicles.size()), SqlRegisters::bind);
    }

    private static void bind(PreparedStatement row, RegisteredVehicle vehicle) throws SQLException {
        NewVehicle said = vehicle.vehicle();
        row.setObject(1, vehicle.id().value());
        row.setString(2, vehicle.source());
        row.setString(3, said.vin().orElse(null));
        row.setString(4, said.plate().orElse(null));
        row.setString(5, said.country());
        row.setString(6, said.make().orElse(null));
        row.setString(7, said.model().orElse(null));
        row.setObject(8, said.happenedOn().orElse(null));
        row.setString(9, said.reference().orElse(null));
        row.setObject(10, utc(vehicle.addedAt()));
        row.setObject(11, utc(vehicle.endsAt()));
    }

    @Override
    public Optional<RegisteredVehicle> vehicle(UUID id, Instant now) {
        return sql
                .query(
                        "select * from screening.vehicle where id = ? and ends_at > ?",
                        (row, i) -> vehicle(row),
                        id,
                        utc(now))
                .stream()
                .findFirst();
    }

    @Override
    public List<RegisteredVehicle> vehicles(Collection<String> numbers, Instant now) {
        String[] wanted = numbers.toArray(String[]::new);
        return sql.query("""
                select * from screening.vehicle where (vin = any (?) or plate = any (?)) and ends_at > ?
                order by country, id limit ?
                """, (row, i) -> vehicle(row), wanted, wanted, utc(now), FOUND_MAX);
    }

    Optional<RegisteredVehicle> own(NewVehicle vehicle, Instant now) {
        return sql
                .query(
                        """
                        select * from screening.vehicle where source = '' and country = ? and coalesce(vin, '') = ?
                            and coalesce(plate, '') = ? and ends_at > ?
                        """,
                        (row, i) -> vehicle(row),
                        vehicle.country(),
                        vehicle.vin().orElse(""),
                        vehicle.plate().orElse(""),
                        utc(now))
                .stream()
                .findFirst();
    }

    static RegisteredVehicle vehicle(ResultSet row) throws SQLException {
        return new RegisteredVehicle(
                new ThingId(ThingId.Register.VEHICLE, row.getObject("id", UUID.class)),
                row.getString("source"),
                new NewVehicle(
                        Optional.ofNullable(row.getString("vin")),
                        Optional.ofNullable(row.getString("plate")),
                        row.getString("country"),
                        Optional.ofNullable(row.getString("make")),
                        Optional.ofNullable(row.getString("model")),
                        day(row, "happened_on"),
                        Optional.ofNullable(row.getString("reference"))),
                instant(row, "added_at"),
                instant(row, "ends_at"));
    }

    // --- Both ------------------------------------------------------------------------------------------------------

    boolean remove(ThingId id) {
        String table = id.register() == ThingId.Register.DOCUMENT ? "screening.document" : "screening.vehicle";
        return sql.update("delete from " + table + " where id = ?", id.value()) == 1;
    }

    int count(ThingId.Register register, String source) {
        String table = register == ThingId.Register.DOCUMENT ? "screening.document" : "screening.vehicle";
        Integer count =
                sql.queryForObject("select count(*) from " + table + " where source = ?", Integer.class, source);
        return count == null ? 0 : count;
    }

    /** Takes out what a list no longer has: everything of it that was not renewed. */
    int removeNotRenewed(ThingId.Register register, String source, Instant renewedUntil) {
        String table = register == ThingId.Register.DOCUMENT ? "screening.document" : "screening.vehicle";
        return sql.update("delete from " + table + " where source = ? and ends_at <> ?", source, utc(renewedUntil));
    }

    int purge(Instant now, int limit) {
        int gone = 0;
        for (String table : List.of("screening.document", "screening.vehicle"))
            gone += sql.update(
                    "delete from " + table + " where id in (select id from " + table + " where ends_at <= ? limit ?)",
                    utc(now),
                    limit);
        return gone;
    }

    private static Optional<LocalDate> day(ResultSet row, String column) throws SQLException {
        @Nullable LocalDate day = row.getObject(column, LocalDate.class);
        return Optional.ofNullable(day);
    }
}
