package org.sharaka.node.intake;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.node.access.Purpose;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reports in PostgreSQL. */
final class SqlReports implements Reports {
    /** Closed reports that are looked through for what they name. */
    private static final int CLOSED_MAX = 5_000;

    private static final String LABEL_SEPARATOR = "\u001f";

    /** One round trip for a whole batch: one row of parameters a table, as arrays. */
    private static final String ADD = """
            with act as (
                select ?::uuid as entry, ?::uuid as import
            ), report as (
                insert into intake.report (id, reference, received_at, category, narrative, language, occurred_at,
                    occurred_precision, country, locality, channel, source, labels, role, anonymous,
                    purpose, originator, handling, expires_at, status, set_aside_at, audit_entry, import_id)
                select id, reference, received_at, category, narrative, language, occurred_at,
                    occurred_precision, country, locality, channel, source,
                    case labels when '' then '{}' else string_to_array(labels, chr(31)) end, role, anonymous,
                    purpose, originator, handling, expires_at, status, set_aside_at, act.entry, act.import
                from act, unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::timestamptz[],
                    ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::boolean[],
                    ?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::timestamptz[])
                    as r (id, reference, received_at, category, narrative, language, occurred_at,
                    occurred_precision, country, locality, channel, source, labels, role, anonymous,
                    purpose, originator, handling, expires_at, status, set_aside_at)
            ), identifier as (
                insert into intake.identifier (report_id, position, kind, canonical, display, origin)
                select * from unnest(?::uuid[], ?::integer[], ?::text[], ?::text[], ?::text[], ?::text[])
            ), unrecognised as (
                insert into intake.unrecognised (report_id, position, kind, given, reason)
                select * from unnest(?::uuid[], ?::integer[], ?::text[], ?::text[], ?::text[])
            )
            insert into intake.money (report_id, position, amount, currency, kind, occurred_at, occurred_precision,
                from_account, to_account)
            select * from unnest(?::uuid[], ?::integer[], ?::numeric[], ?::text[], ?::text[], ?::timestamptz[],
                ?::text[], ?::text[], ?::text[])
            """;

    private static final String SUMMARY = """
            select r.id, r.reference, r.received_at, r.occurred_at, r.occurred_precision, r.category, r.country,
                r.channel, r.source, left(r.narrative, 160) as opening, r.labels, r.anonymous,
                r.withdrawn_at is not null as withdrawn,
                array(select i.display from intake.identifier i
                    where i.report_id = r.id and i.withdrawn_at is null order by i.position limit 3) as identifiers
            from intake.report r
            """;

    private final JdbcTemplate jdbc;

    SqlReports(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(List<StoredReport> reports, UUID entry, Optional<UUID> imported) {
        if (reports.isEmpty()) return;
        jdbc.execute(ADD, (PreparedStatement statement) -> {
            var columns = new Columns(statement);
            columns.set(entry);
            columns.set(imported.orElse(null));
            bindReports(columns, reports);
            bindIdentifiers(columns, reports);
            bindUnrecognised(columns, reports);
            bindMoney(columns, reports);
            return statement.executeUpdate();
        });
    }

    private static void bindReports(Columns columns, List<StoredReport> reports) throws SQLException {
        columns.add("uuid", reports, r -> r.id().value());
        columns.add("text", reports, r -> r.reference().symbols());
        columns.add("timestamptz", reports, r -> utc(r.receivedAt()));
        columns.add("text", reports, r -> r.category().name());
        columns.add("text", reports, StoredReport::narrative);
        columns.add("text", reports, r -> r.language().orElse(null));
        columns.add("timestamptz", reports, r -> utc(r.happenedAt()));
        columns.add("text", reports, r -> r.occurredAt()
                .map(at -> at.precision().name())
                .orElse(null));
        columns.add("text", reports, r -> r.country().orElse(null));
        columns.add("text", reports, r -> r.locality().orElse(null));
        columns.add("text", reports, r -> r.channel().name());
        columns.add("text", reports, r -> r.source().orElse(null));
        columns.add("text", reports, r -> String.join(LABEL_SEPARATOR, r.labels()));
        columns.add("text", reports, r -> r.role().name());
        columns.add("boolean", reports, StoredReport::anonymous);
        columns.add("text", reports, r -> r.retention().purpose().name());
        columns.add("text", reports, r -> r.retention().originator());
        columns.add("text", reports, r -> r.retention().handling());
        columns.add("timestamptz", reports, r -> utc(r.retention().expiresAt()));
        columns.add("text", reports, r -> r.status().name());
        columns.add("timestamptz", reports, r -> utc(r.setAsideAt()));
    }

    private static void bindIdentifiers(Columns columns, List<StoredReport> reports) throws SQLException {
        List<Owned<ReportedIdentifier>> rows = Owned.of(reports, StoredReport::identifiers);
        columns.add("uuid", rows, Owned::report);
        columns.add("integer", rows, row -> row.part().position());
        columns.add("text", rows, row -> row.part().identifier().kind().name());
        columns.add("text", rows, row -> row.part().identifier().canonical());
        columns.add("text", rows, row -> row.part().identifier().display());
        columns.add("text", rows, row -> row.part().origin().name());
    }

    private static void bindUnrecognised(Columns columns, List<StoredReport> reports) throws SQLException {
        List<Owned<NotRecognised>> rows = Owned.of(reports, StoredReport::notRecognised);
        columns.add("uuid", rows, Owned::report);
        columns.add("integer", rows, Owned::position);
        columns.add("text", rows, row -> row.part().kind().name());
        columns.add("text", rows, row -> row.part().value());
        columns.add("text", rows, row -> row.part().reason());
    }

    private static void bindMoney(Columns columns, List<StoredReport> reports) throws SQLException {
        List<Owned<ReportView.Amount>> rows = Owned.of(reports, StoredReport::money);
        columns.add("uuid", rows, Owned::report);
        columns.add("integer", rows, Owned::position);
        columns.add("numeric", rows, row -> row.part().money().amount());
        columns.add("text", rows, row -> row.part().money().currency().getCurrencyCode());
        columns.add("text", rows, row -> row.part().kind().name());
        columns.add(
                "timestamptz",
                rows,
                row -> row.part().when().map(at -> utc(at.from())).orElse(null));
        columns.add(
                "text",
                rows,
                row -> row.part().when().map(at -> at.precision().name()).orElse(null));
        columns.add("text", rows, row -> row.part().from().orElse(null));
        columns.add("text", rows, row -> row.part().to().orElse(null));
    }

    @Override
    public void addContact(ReportId report, byte[] sealed, Instant expiresAt) {
        jdbc.update(
                "insert into intake.contact (report_id, sealed, expires_at) values (?, ?, ?)",
                report.value(),
                sealed,
                utc(expiresAt));
    }

    @Override
    public Optional<byte[]> contact(ReportId report) {
        return jdbc
                .query(
                        "select sealed from intake.contact where report_id = ?",
                        (row, n) -> row.getBytes(1),
                        report.value())
                .stream()
                .findFirst();
    }

    @Override
    public Map<ReportId, byte[]> contacts(Collection<ReportId> ids) {
        Map<ReportId, byte[]> found = new HashMap<>();
        jdbc.query(
                "select report_id, sealed from intake.contact where report_id = any (?)",
                row -> {
                    found.put(new ReportId(row.getObject("report_id", UUID.class)), row.getBytes("sealed"));
                },
                (Object) keys(ids));
        return found;
    }

    @Override
    public Map<ReportId, List<Identifier>> namedByClosed(String unit) {
        Map<ReportId, List<Identifier>> named = new HashMap<>();
        jdbc.query(
                """
                select i.report_id, i.kind, i.canonical, i.display from (
                    select r.id from intake.report r
                    where lower(btrim(r.unit_only)) = ? and r.withdrawn_at is null order by r.id desc limit ?
                ) as closed join intake.identifier i on i.report_id = closed.id and i.withdrawn_at is null
                """,
                row -> {
                    named.computeIfAbsent(new ReportId(row.getObject("report_id", UUID.class)), id -> new ArrayList<>())
                            .add(new Identifier(
                                    IdentifierKind.valueOf(row.getString("kind")),
                                    row.getString("canonical"),
                                    row.getString("display")));
                },
                unit,
                CLOSED_MAX);
        return named;
    }

    @Override
    public List<StoredReport> find(Collection<ReportId> ids) {
        UUID[] keys = keys(ids);
        Map<UUID, List<ReportedIdentifier>> identifiers = identifiers(keys);
        Map<UUID, List<NotRecognised>> notRecognised = notRecognised(keys);
        Map<UUID, List<ReportView.Amount>> money = money(keys);
        return jdbc.query(
                "select * from intake.report where id = any (?) order by id",
                (row, n) -> {
                    UUID id = row.getObject("id", UUID.class);
                    return report(
                            row,
                            identifiers.getOrDefault(id, List.of()),
                            notRecognised.getOrDefault(id, List.of()),
                            money.getOrDefault(id, List.of()));
                },
                (Object) keys);
    }

    @Override
    public List<ReportEvidence> evidence(Collection<ReportId> ids) {
        return jdbc.query(
                """
                select r.id, r.received_at, r.occurred_at, r.category, r.country, r.narrative, r.anonymous,
                    -- What one unit alone may see, and what counts elsewhere already, is no evidence for others.
                    r.withdrawn_at is not null or r.unit_only is not null or r.duplicate_of is not null as withdrawn,
                    loss.amount, loss.currency, named.kinds, named.canonical, named.display
                from intake.report r
                cross join lateral (
                    select coalesce(array_agg(i.kind order by i.position), '{}') as kinds,
                        coalesce(array_agg(i.canonical order by i.position), '{}') as canonical,
                        coalesce(array_agg(i.display order by i.position), '{}') as display
                    from intake.identifier i where i.report_id = r.id and i.withdrawn_at is null) as named
                -- Several amounts: the sum of those in the currency of the first. Others are not converted.
                left join lateral (
                    select sum(m.amount) as amount, m.currency from intake.money m
                    where m.report_id = r.id and m.kind = 'LOST'
                    group by m.currency order by min(m.position) limit 1) as loss on true
                where r.id = any (?) order by r.id
                """,
                (row, n) -> new ReportEvidence(
                        new ReportId(row.getObject("id", UUID.class)),
                        instant(row, "received_at"),
                        instant(row, "occurred_at"),
                        Category.valueOf(row.getString("category")),
                        Optional.ofNullable(row.getString("country")),
                        Optional.ofNullable(row.getBigDecimal("amount"))
                                .map(amount -> new Money(amount, currency(row))),
                        row.getString("narrative"),
                        named(row),
                        row.getBoolean("anonymous"),
                        row.getBoolean("withdrawn")),
                (Object) keys(ids));
    }

    private static List<Identifier> named(ResultSet row) throws SQLException {
        String[] kinds = (String[]) row.getArray("kinds").getArray();
        String[] canonical = (String[]) row.getArray("canonical").getArray();
        String[] display = (String[]) row.getArray("display").getArray();
        List<Identifier> named = new ArrayList<>();
        for (int i = 0; i < kinds.length; i++)
            named.add(new Identifier(IdentifierKind.valueOf(kinds[i]), canonical[i], display[i]));
        return named;
    }

    @Override
    public List<ReportSummary> summaries(Collection<ReportId> ids, Compartment compartment) {
        return jdbc.query(
                SUMMARY + " where r.id = any (?) and " + Compartment.CONDITION + " order by r.id",
                (row, n) -> summary(row),
                keys(ids),
                compartment.all(),
                compartment.unit().orElse(""));
    }

    @Override
    public List<ReportSummary> latest(
            ReportFilter filter, Compartment compartment, Optional<ReportId> before, int limit) {
        var conditions = new ArrayList<String>(List.of(Compartment.CONDITION));
        var values = new ArrayList<Object>(List.of(compartment.values()));
        filter.category().ifPresent(category -> {
            conditions.add("r.category = ?");
            values.add(category.name());
        });
        filter.country().ifPresent(country -> {
            conditions.add("r.country = ?");
            values.add(country);
        });
        // Ids are in the order of arrival, so that a time is a bound of ids and needs no index of its own.
        filter.receivedFrom().ifPresent(from -> {
            conditions.add("r.id >= ?");
            values.add(firstIdAt(from));
        });
        filter.receivedTo().ifPresent(to -> {
            conditions.add("r.id < ?");
            values.add(firstIdAt(to));
        });
        before.ifPresent(id -> {
            conditions.add("r.id < ?");
            values.add(id.value());
        });
        String where = " where " + String.join(" and ", conditions);
        values.add(limit);
        return jdbc.query(SUMMARY + where + " order by r.id desc limit ?", (row, n) -> summary(row), values.toArray());
    }

    /** The smallest UUID version 7 of a millisecond. */
    private static UUID firstIdAt(Instant at) {
        return new UUID(Math.max(0, at.toEpochMilli()) << 16 | 0x7000L, 0x8000_0000_0000_0000L);
    }

    @Override
    public Optional<ReportId> idOf(Reference reference, Compartment compartment) {
        return jdbc
                .query(
                        "select r.id from intake.report r where r.reference = ? and " + Compartment.CONDITION,
                        (row, n) -> new ReportId(row.getObject(1, UUID.class)),
                        reference.symbols(),
                        compartment.all(),
                        compartment.unit().orElse(""))
                .stream()
                .findFirst();
    }

    @Override
    public Set<ReportId> within(Collection<ReportId> ids, Compartment compartment) {
        return new HashSet<>(jdbc.query(
                "select r.id from intake.report r where r.id = any (?) and " + Compartment.CONDITION,
                (row, n) -> new ReportId(row.getObject(1, UUID.class)),
                keys(ids),
                compartment.all(),
                compartment.unit().orElse("")));
    }

    @Override
    public boolean close(ReportId report, Optional<String> unit) {
        return jdbc.update("update intake.report set unit_only = ? where id = ?", unit.orElse(null), report.value())
                == 1;
    }

    @Override
    public boolean duplicate(ReportId report, Optional<ReportId> original) {
        return jdbc.update(
                        "update intake.report set duplicate_of = ? where id = ?",
                        original.map(ReportId::value).orElse(null),
                        report.value())
                == 1;
    }

    @Override
    public List<ReportFacts> facts(Collection<ReportId> ids) {
        Map<ReportId, Circumstances> told = new SqlCircumstances(jdbc).find(ids);
        return jdbc.query(
                "select * from intake.report where id = any (?) order by id",
                (row, n) -> {
                    var id = new ReportId(row.getObject("id", UUID.class));
                    return new ReportFacts(
                            id,
                            instant(row, "received_at"),
                            Category.valueOf(row.getString("category")),
                            Optional.ofNullable(row.getString("country")),
                            Optional.ofNullable(row.getString("locality")),
                            Optional.ofNullable(row.getString("language")),
                            Channel.valueOf(row.getString("channel")),
                            row.getObject("set_aside_at") != null,
                            row.getObject("withdrawn_at") != null,
                            row.getString("unit_only") != null,
                            told.getOrDefault(id, Circumstances.none()));
                },
                (Object) keys(ids));
    }

    @Override
    public Map<ReportId, Reference> referencesOf(Collection<ReportId> ids) {
        var references = new HashMap<ReportId, Reference>();
        jdbc.query(
                "select id, reference from intake.report where id = any (?)",
                row -> {
                    references.put(new ReportId(row.getObject(1, UUID.class)), new Reference(row.getString(2)));
                },
                (Object) keys(ids));
        return references;
    }

    @Override
    public boolean withdraw(ReportId report, Withdrawal withdrawal) {
        return jdbc.update(
                        "update intake.report set withdrawn_at = ?, withdrawn_reason = ? where id = ? and withdrawn_at is null",
                        utc(withdrawal.at()),
                        withdrawal.reason(),
                        report.value())
                == 1;
    }

    @Override
    public boolean status(ReportId report, ReportStatus status, Instant at) {
        return jdbc.update(
                        "update intake.report set status = ?, status_at = ? where id = ? and status <> ?",
                        status.name(),
                        utc(at),
                        report.value(),
                        status.name())
                == 1;
    }

    @Override
    public boolean takeUp(ReportId report) {
        return jdbc.update(
                        "update intake.report set set_aside_at = null where id = ? and set_aside_at is not null",
                        report.value())
                == 1;
    }

    @Override
    public boolean withdrawIdentifier(ReportId report, int position, Instant at) {
        boolean withdrawn = jdbc.update("""
                        update intake.identifier set withdrawn_at = ?
                        where report_id = ? and position = ? and withdrawn_at is null
                        """, utc(at), report.value(), position) == 1;
        if (withdrawn) {
            jdbc.update("""
                    update intake.money m set to_account = null from intake.identifier i
                    where m.report_id = ? and i.report_id = m.report_id and i.position = ? and m.to_account = i.display
                    """, report.value(), position);
        }
        return withdrawn;
    }

    @Override
    public Optional<Submitted> remember(byte[] keyMac, Submitted submission, Instant expiresAt) {
        int inserted = jdbc.update(
                """
                insert into intake.submission (key_mac, body_mac, report_id, expires_at) values (?, ?, ?, ?)
                on conflict (key_mac) do nothing
                """, keyMac, submission.bodyMac(), submission.report().value(), utc(expiresAt));
        return inserted == 1 ? Optional.empty() : submitted(keyMac);
    }

    @Override
    public Optional<Submitted> submitted(byte[] keyMac) {
        return jdbc
                .query(
                        "select body_mac, report_id from intake.submission where key_mac = ?",
                        (row, n) -> new Submitted(row.getBytes(1), new ReportId(row.getObject(2, UUID.class))),
                        keyMac)
                .stream()
                .findFirst();
    }

    @Override
    public boolean anyExpired(Instant now) {
        return any("select exists (select from intake.report where expires_at <= ?)", now);
    }

    @Override
    public boolean anyContactExpired(Instant now) {
        return any("select exists (select from intake.contact where expires_at <= ?)", now);
    }

    private boolean any(String sql, Instant now) {
        return Boolean.TRUE.equals(jdbc.queryForObject(sql, Boolean.class, utc(now)));
    }

    @Override
    public List<ReportId> purgeReports(Instant now, int limit) {
        return jdbc.query("""
                delete from intake.report where id = any (array(
                    select id from intake.report where expires_at <= ? order by expires_at limit ? for update skip locked))
                returning id
                """, (row, n) -> new ReportId(row.getObject(1, UUID.class)), utc(now), limit);
    }

    @Override
    public int purgeContacts(Instant now) {
        return jdbc.update("delete from intake.contact where expires_at <= ?", utc(now));
    }

    @Override
    public int purgeSubmissions(Instant now) {
        return jdbc.update("delete from intake.submission where expires_at <= ?", utc(now));
    }

    private Map<UUID, List<ReportedIdentifier>> identifiers(UUID[] keys) {
        return parts(
                """
                select report_id, position, kind, canonical, display, origin, withdrawn_at is not null as withdrawn
                from intake.identifier where report_id = any (?) order by report_id, position
                """,
                keys,
                row -> new ReportedIdentifier(
                        row.getInt("position"),
                        new Identifier(
                                IdentifierKind.valueOf(row.getString("kind")),
                                row.getString("canonical"),
                                row.getString("display")),
                        ReportedIdentifier.Origin.valueOf(row.getString("origin")),
                        row.getBoolean("withdrawn")));
    }

    private Map<UUID, List<NotRecognised>> notRecognised(UUID[] keys) {
        return parts(
                """
                select report_id, kind, given, reason from intake.unrecognised
                where report_id = any (?) order by report_id, position
                """,
                keys,
                row -> new NotRecognised(
                        IdentifierKind.valueOf(row.getString("kind")),
                        row.getString("given"),
                        row.getString("reason")));
    }

    private Map<UUID, List<ReportView.Amount>> money(UUID[] keys) {
        return parts(
                "select * from intake.money where report_id = any (?) order by report_id, position",
                keys,
                row -> new ReportView.Amount(
                        new Money(row.getBigDecimal("amount"), currency(row)),
                        MoneyKind.valueOf(row.getString("kind")),
                        occurredAt(row),
                        Optional.ofNullable(row.getString("from_account")),
                        Optional.ofNullable(row.getString("to_account"))));
    }

    private <T> Map<UUID, List<T>> parts(String sql, UUID[] keys, RowReader<T> reader) {
        var parts = new HashMap<UUID, List<T>>();
        jdbc.query(
                sql,
                row -> {
                    parts.computeIfAbsent(row.getObject("report_id", UUID.class), id -> new ArrayList<>())
                            .add(reader.read(row));
                },
                (Object) keys);
        return parts;
    }

    private static StoredReport report(
            ResultSet row,
            List<ReportedIdentifier> identifiers,
            List<NotRecognised> notRecognised,
            List<ReportView.Amount> money)
            throws SQLException {
        Optional<Withdrawal> withdrawal = row.getString("withdrawn_reason") == null
                ? Optional.empty()
                : Optional.of(new Withdrawal(instant(row, "withdrawn_at"), row.getString("withdrawn_reason")));
        return new StoredReport(
                new ReportId(row.getObject("id", UUID.class)),
                new Reference(row.getString("reference")),
                instant(row, "received_at"),
                Category.valueOf(row.getString("category")),
                row.getString("narrative"),
                Optional.ofNullable(row.getString("language")),
                occurredAt(row),
                Optional.ofNullable(row.getString("country")),
                Optional.ofNullable(row.getString("locality")),
                money,
                identifiers,
                notRecognised,
                texts(row, "labels"),
                ReporterRole.valueOf(row.getString("role")),
                row.getBoolean("anonymous"),
                Channel.valueOf(row.getString("channel")),
                Optional.ofNullable(row.getString("source")),
                withdrawal,
                ReportStatus.valueOf(row.getString("status")),
                ifAny(row, "set_aside_at"),
                new Retention(
                        Purpose.valueOf(row.getString("purpose")),
                        row.getString("originator"),
                        row.getString("handling"),
                        instant(row, "expires_at")));
    }

    private static ReportSummary summary(ResultSet row) throws SQLException {
        return new ReportSummary(
                new ReportId(row.getObject("id", UUID.class)),
                new Reference(row.getString("reference")),
                instant(row, "received_at"),
                occurredAt(row),
                Category.valueOf(row.getString("category")),
                Optional.ofNullable(row.getString("country")),
                Channel.valueOf(row.getString("channel")),
                Optional.ofNullable(row.getString("source")),
                row.getString("opening"),
                texts(row, "identifiers"),
                texts(row, "labels"),
                row.getBoolean("anonymous"),
                row.getBoolean("withdrawn"));
    }

    private static Optional<OccurredAt> occurredAt(ResultSet row) throws SQLException {
        String precision = row.getString("occurred_precision");
        return precision == null
                ? Optional.empty()
                : Optional.of(new OccurredAt(instant(row, "occurred_at"), OccurredAt.Precision.valueOf(precision)));
    }

    private static Currency currency(ResultSet row) {
        try {
            return Currency.getInstance(row.getString("currency"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        Array array = row.getArray(column);
        return Arrays.asList((String[]) array.getArray());
    }

    private static UUID[] keys(Collection<ReportId> ids) {
        return ids.stream().map(ReportId::value).toArray(UUID[]::new);
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** A part of a report with its place in it. */
    private record Owned<T>(UUID report, int position, T part) {
        static <T> List<Owned<T>> of(List<StoredReport> reports, Function<StoredReport, List<T>> parts) {
            var all = new ArrayList<Owned<T>>();
            for (StoredReport report : reports) {
                List<T> own = parts.apply(report);
                for (int i = 0; i < own.size(); i++)
                    all.add(new Owned<>(report.id().value(), i, own.get(i)));
            }
            return all;
        }
    }

    /** Binds one array after the other. */
    private static final class Columns {
        private final PreparedStatement statement;
        private final Connection connection;
        private int bound;

        Columns(PreparedStatement statement) throws SQLException {
            this.statement = statement;
            this.connection = statement.getConnection();
        }

        void set(@Nullable Object value) throws SQLException {
            statement.setObject(++bound, value);
        }

        <T> void add(String type, List<T> rows, Function<T, @Nullable Object> value) throws SQLException {
            @Nullable Object[] values = rows.stream().map(value).toArray();
            statement.setArray(++bound, connection.createArrayOf(type, values));
        }
    }
}
