package org.sharaka.node.screening;

import static org.sharaka.node.platform.SqlTimes.instant;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ExactKey;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.Schema;
import org.springframework.jdbc.core.JdbcTemplate;

/** The lists in PostgreSQL, where they persist. In whatever transaction the caller has open. */
final class SqlLists implements ListRecords {
    /** Orders imports: an advisory lock to the end of the transaction. */
    private static final long LOCK = 0x5348_4C49_5354L;

    /** Orders the numbers of imports, which are given near their end: what is put in by itself waits for that alone, not for a whole reading. */
    private static final long NUMBERS = 0x5348_4C49_4E4FL;

    private static final int FETCHED_AT_ONCE = 5_000;
    private static final String ENTRY = "id, schema, names, births, countries, keys";

    private final JdbcTemplate sql;
    private final JdbcTemplate streaming;

    SqlLists(JdbcTemplate sql, DataSource database) {
        this.sql = sql;
        this.streaming = new JdbcTemplate(database);
        streaming.setFetchSize(FETCHED_AT_ONCE);
    }

    // --- An import -------------------------------------------------------------------------------------------------

    /** Waits for other imports and makes a place for what will be read. */
    void begin() {
        sql.query("select pg_advisory_xact_lock(?)", row -> {}, LOCK);
        sql.execute("""
                create temporary table screening_read (
                    position bigint generated always as identity, id text not null, schema text not null, names text[] not null,
                    births text[] not null, countries text[] not null, keys text[] not null, digest bytea not null
                ) on commit drop
                """);
    }

    void read(List<Entry> entries) {
        sql.batchUpdate(
                "insert into screening_read (id, schema, names, births, countries, keys, digest) values (?, ?, ?, ?, ?, ?, ?)",
                entries,
                entries.size(),
                SqlLists::bindEntry);
    }

    private static void bindEntry(PreparedStatement row, Entry entry) throws SQLException {
        Particulars particulars = entry.particulars();
        row.setString(1, entry.id());
        row.setString(2, particulars.schema().label());
        bind(row, 3, particulars.names().stream().map(SqlLists::storable));
        bind(row, 4, particulars.births().stream().map(PartialDate::toString));
        bind(row, 5, particulars.countries().stream().sorted());
        bind(row, 6, particulars.keys().stream().map(SqlLists::written).sorted());
        row.setBytes(7, entry.digest());
    }

    private static void bind(PreparedStatement row, int column, Stream<String> texts) throws SQLException {
        Connection connection = row.getConnection();
        Array array = connection.createArrayOf("text", texts.toArray(String[]::new));
        row.setArray(column, array);
    }

    /** PostgreSQL's text takes no NUL. */
    private static String storable(String text) {
        return text.replace('\u0000', '\uFFFD');
    }

    private static String written(ExactKey key) {
        return key.kind() + ":" + key.country() + ":" + storable(key.value());
    }

    /** What stands against what was read. */
    record Difference(int inForce, int missing) {}

    Difference compare(String list) {
        sql.execute("create index on screening_read (id, position)");
        sql.execute("analyze screening_read");
        return sql.queryForObject("""
                select count(*) as in_force,
                    count(*) filter (where not exists (select from screening_read r where r.id = e.id)) as missing
                from screening.entity e where e.list = ? and e.gone_at is null
                """, (row, i) -> new Difference(row.getInt("in_force"), row.getInt("missing")), list);
    }

    /** Puts what was read in force: of two entries with one id the later counts. */
    ListImport apply(
            String list,
            ListFormat format,
            Standing standing,
            byte[] fileHash,
            long entries,
            long refused,
            List<String> refusals,
            Instant now,
            UUID auditEntry) {
        OffsetDateTime at = utc(now);
        sql.query("select pg_advisory_xact_lock(?)", row -> {}, NUMBERS);
        Long number = sql.queryForObject("""
                insert into screening.import (list, file_hash, added, changed, removed, refused, imported_at, entry)
                values (?, ?, 0, 0, 0, ?, ?, ?) returning number
                """, Long.class, list, fileHash, refused, at, auditEntry);
        sql.update("""
                insert into screening.list (name, format, standing, version, file_hash, imported_at, changed_at)
                values (?, ?, ?, 1, ?, ?, ?)
                on conflict (name) do update set standing = excluded.standing, file_hash = excluded.file_hash,
                    imported_at = excluded.imported_at
                """, list, format.word(), standing.name(), fileHash, at, at);
        int[] written = sql.queryForObject(
                """
                with latest as (select distinct on (id) * from screening_read order by id, position desc),
                written as (
                    insert into screening.entity as e
                        (id, list, schema, names, births, countries, keys, digest, revision, first_seen, changed_at)
                    select id, ?, schema, names, births, countries, keys, digest, ?, ?, ? from latest
                    on conflict (id) do update set schema = excluded.schema, names = excluded.names, births = excluded.births,
                        countries = excluded.countries, keys = excluded.keys, digest = excluded.digest,
                        revision = excluded.revision, changed_at = excluded.changed_at, gone_at = null
                    where e.digest <> excluded.digest or e.gone_at is not null
                    returning (xmax = 0) as added)
                select count(*) filter (where added) as added, count(*) filter (where not added) as changed from written
                """, (row, i) -> new int[] {row.getInt("added"), row.getInt("changed")}, list, number, at, at);
        int removed = sql.update("""
                update screening.entity e set names = '{}', births = '{}', countries = '{}', keys = '{}', revision = ?, gone_at = ?
                where e.list = ? and e.gone_at is null and not exists (select from screening_read r where r.id = e.id)
                """, number, at, list);
        int added = written == null ? 0 : written[0];
        int changed = written == null ? 0 : written[1];
        sql.update(
                "update screening.import set added = ?, changed = ?, removed = ? where number = ?",
                added,
                changed,
                removed,
                number);
        ListImport done = new ListImport(list, entries, added, changed, removed, refused, refusals);
        if (done.changedAnything())
            sql.update(
                    "update screening.list set version = version + case when changed_at < ? then 1 else 0 end, changed_at = ? "
                            + "where name = ?",
                    at,
                    at,
                    list);
        sql.update("delete from screening.entity where gone_at < ?", at.minusDays(30));
        return done;
    }

    // --- Entries of this node's own --------------------------------------------------------------------------------

    /** Whether a list is kept by a module of this node; empty if there is none of that name. */
    Optional<Boolean> own(String list) {
        return sql.queryForList("select format from screening.list where name = ?", String.class, list).stream()
                .findFirst()
                .map(ListFormat.OWN.word()::equals);
    }

    /** Puts one entry in force, whatever stood there of its id. */
    void putOwn(String list, Standing standing, Entry entry, Instant now, UUID auditEntry) {
        OffsetDateTime at = utc(now);
        long number = ownNumber(list, entry.digest(), 1, 0, at, auditEntry);
        sql.update("""
                insert into screening.list (name, format, standing, version, file_hash, imported_at, changed_at)
                values (?, 'own', ?, 1, ?, ?, ?)
                on conflict (name) do update set standing = excluded.standing, version = list.version + 1,
                    file_hash = excluded.file_hash, imported_at = excluded.imported_at, changed_at = excluded.changed_at
                """, list, standing.name(), entry.digest(), at, at);
        sql.update("""
                insert into screening.entity as e
                    (id, schema, names, births, countries, keys, digest, list, revision, first_seen, changed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (id) do update set schema = excluded.schema, names = excluded.names, births = excluded.births,
                    countries = excluded.countries, keys = excluded.keys, digest = excluded.digest,
                    revision = excluded.revision, changed_at = excluded.changed_at, gone_at = null
                """, row -> {
            bindEntry(row, entry);
            row.setString(8, list);
            row.setLong(9, number);
            row.setObject(10, at);
            row.setObject(11, at);
        });
    }

    /**
     * Takes one entry out, its content at once.
     *
     * @return false if it was not in force
     */
    boolean removeOwn(String list, String id, byte[] hash, Instant now, UUID auditEntry) {
        OffsetDateTime at = utc(now);
        long number = ownNumber(list, hash, 0, 1, at, auditEntry);
        int gone = sql.update("""
                update screening.entity set names = '{}', births = '{}', countries = '{}', keys = '{}', revision = ?, gone_at = ?
                where id = ? and list = ? and gone_at is null
                """, number, at, id, list);
        sql.update(
                "update screening.list set version = version + 1, file_hash = ?, imported_at = ?, changed_at = ? where name = ?",
                hash,
                at,
                at,
                list);
        sql.update("delete from screening.entity where gone_at < ?", at.minusDays(30));
        return gone == 1;
    }

    private long ownNumber(String list, byte[] hash, int put, int removed, OffsetDateTime at, UUID auditEntry) {
        sql.query("select pg_advisory_xact_lock(?)", row -> {}, NUMBERS);
        Long number = sql.queryForObject("""
                insert into screening.import (list, file_hash, added, changed, removed, refused, imported_at, entry)
                values (?, ?, ?, 0, ?, 0, ?, ?) returning number
                """, Long.class, list, hash, put, removed, at, auditEntry);
        if (number == null) throw new IllegalStateException("no number");
        return number;
    }

    // --- Following -------------------------------------------------------------------------------------------------

    /** The newest import; 0 before the first. */
    long newest() {
        Long newest = sql.queryForObject("select coalesce(max(number), 0) from screening.import", Long.class);
        return newest == null ? 0 : newest;
    }

    Map<String, ScreeningList> lists() {
        Map<String, ScreeningList> lists = new TreeMap<>();
        sql.query(
                "select name, format, standing, version, file_hash, imported_at, changed_at from screening.list",
                row -> {
                    lists.put(row.getString("name"), list(row));
                });
        return lists;
    }

    private static ScreeningList list(ResultSet row) throws SQLException {
        return new ScreeningList(
                row.getString("name"),
                ListFormat.of(row.getString("format")).orElseThrow(),
                Standing.valueOf(row.getString("standing")),
                row.getInt("version"),
                HexFormat.of().formatHex(row.getBytes("file_hash")),
                instant(row, "imported_at"),
                instant(row, "changed_at"));
    }

    /** All entries of a list, read as they are asked for; to be closed, within a transaction. */
    Stream<Entry> entries(String list) {
        return streaming.queryForStream(
                "select " + ENTRY + " from screening.entity where list = ? and gone_at is null",
                (row, i) -> entry(row),
                list);
    }

    /** As {@link #entries}, each with its times. */
    Stream<HeldEntry> held(String list) {
        return streaming.queryForStream(
                "select " + ENTRY + ", first_seen, changed_at from screening.entity where list = ? and gone_at is null",
                (row, i) -> new HeldEntry(entry(row), instant(row, "first_seen"), instant(row, "changed_at")),
                list);
    }

    /** How many entries of a list changed after an import. */
    int changesAfter(String list, long revision) {
        Integer changes = sql.queryForObject(
                "select count(*) from screening.entity where list = ? and revision > ?", Integer.class, list, revision);
        return changes == null ? 0 : changes;
    }

    List<Entry> changedAfter(String list, long revision) {
        return sql.query(
                "select " + ENTRY + " from screening.entity where list = ? and revision > ? and gone_at is null",
                (row, i) -> entry(row),
                list,
                revision);
    }

    /** Of all lists, as they are asked for; to be closed, within a transaction. */
    Stream<Entry> entriesBetween(long after, long upTo) {
        // By the lists that were imported: their entries are found by an index, those of all lists are not.
        return streaming.queryForStream(
                "select " + ENTRY + " from screening.entity where list = any (array("
                        + "select distinct list from screening.import where number > ? and number <= ?))"
                        + " and revision > ? and revision <= ? and gone_at is null",
                (row, i) -> entry(row),
                after,
                upTo,
                after,
                upTo);
    }

    Set<String> goneBetween(long after, long upTo, Collection<String> ids) {
        return Set.copyOf(sql.queryForList(
                "select id from screening.entity where id = any (?) and revision > ? and revision <= ? and gone_at is not null",
                String.class,
                ids.toArray(String[]::new),
                after,
                upTo));
    }

    List<String> goneAfter(String list, long revision) {
        return sql.queryForList(
                "select id from screening.entity where list = ? and revision > ? and gone_at is not null",
                String.class,
                list,
                revision);
    }

    @Override
    public Collection<Known> records(Collection<String> ids, Instant now) {
        Map<String, Known> known = new HashMap<>();
        sql.query(
                """
                select e.id, e.list, e.first_seen, l.imported_at, e.changed_at, d.asked, d.reason, d.dismissed_at,
                    array(select unnest(x.numbers) from screening.distinction x where x.entity = e.id and x.ends_at > ?) as others
                from screening.entity e join screening.list l on l.name = e.list
                    left join screening.dismissal d on d.entity = e.id and d.digest = e.digest and d.ends_at > ?
                where e.id = any (?) and e.gone_at is null
                """,
                (ResultSet row) -> {
                    Known entry = known.get(row.getString("id"));
                    if (entry == null) {
                        entry = new Known(
                                row.getString("id"),
                                row.getString("list"),
                                instant(row, "first_seen"),
                                instant(row, "imported_at"),
                                instant(row, "changed_at"),
                                new ArrayList<>(),
                                List.of((byte[][]) row.getArray("others").getArray()));
                        known.put(entry.id(), entry);
                    }
                    byte[] asked = row.getBytes("asked");
                    if (asked != null)
                        entry.dismissals()
                                .add(new Dismissal(
                                        asked,
                                        Screened.Dismissed.Reason.valueOf(row.getString("reason")),
                                        instant(row, "dismissed_at")));
                },
                utc(now),
                utc(now),
                ids.toArray(String[]::new));
        return known.values();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        List<PartialDate> births = new ArrayList<>();
        for (String birth : texts(row, "births")) PartialDate.parse(birth).ifPresent(births::add);
        Set<ExactKey> keys = new LinkedHashSet<>();
        for (String key : texts(row, "keys")) {
            String[] parts = key.split(":", 3);
            keys.add(new ExactKey(ExactKey.Kind.valueOf(parts[0]), parts[2], parts[1]));
        }
        return new Entry(
                row.getString("id"),
                new Particulars(
                        Schema.of(row.getString("schema")).orElseThrow(),
                        texts(row, "names"),
                        births,
                        Set.copyOf(texts(row, "countries")),
                        keys));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
