package org.sharaka.node.campaign;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.sharaka.linking.Decision;
import org.sharaka.linking.Edges;
import org.sharaka.linking.FamilyState;
import org.sharaka.linking.KeyKind;
import org.sharaka.linking.KeyMark;
import org.sharaka.linking.KeyState;
import org.sharaka.linking.LinkKey;
import org.sharaka.linking.LinkStore;
import org.sharaka.linking.Members;
import org.sharaka.linking.Placement;
import org.sharaka.linking.SampledReport;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.RowMapper;

/**
 * The linking library's store in PostgreSQL. Every call is one statement with arrays, inside the caller's transaction; those that answer
 * nothing are sent with the next that does.
 */
final class SqlLinkStore implements LinkStore {
    /** The columns of a key with the family of any one report that holds it. */
    private static final String KEY_COLUMNS = """
            k.hash, k.kind, k.label, k.degree, k.listed, k.mark, k.crowded, k.rank_limit, k.unsettled,
            CASE WHEN k.shared THEN 0 ELSE coalesce(
                (SELECT p.family FROM campaign.edge e JOIN campaign.placement p ON p.report = e.report
                 WHERE e.key = k.hash LIMIT 1), 0) END AS family
            """;

    private static final RowMapper<KeyState> KEY = (row, n) -> new KeyState(
            row.getLong("hash"),
            KeyKind.valueOf(row.getString("kind")),
            row.getString("label"),
            row.getInt("degree"),
            row.getBoolean("listed"),
            KeyMark.valueOf(row.getString("mark")),
            row.getBoolean("crowded"),
            row.getInt("rank_limit"),
            row.getBoolean("unsettled"),
            row.getLong("family"));

    private static final RowMapper<Placement> PLACEMENT = (row, n) -> placement(row);

    private static final RowMapper<FamilyState> FAMILY = (row, n) -> new FamilyState(
            row.getLong("number"), row.getInt("size"), row.getBoolean("decided"), row.getBoolean("unsettled"));

    /** Numbers fetched at once; what is left at the end of the process is never used. */
    private static final int NUMBERS_AHEAD = 100;

    private final Statements sql;
    private final Deque<Long> numbersAhead = new ArrayDeque<>();

    SqlLinkStore(Statements sql) {
        this.sql = sql;
    }

    @Override
    public long[] newNumbers(int count) {
        if (count == 0) return new long[0];
        synchronized (numbersAhead) {
            if (numbersAhead.size() < count) {
                numbersAhead.addAll(sql.query(
                        "SELECT nextval('campaign.group_number') AS number FROM generate_series(1, ?)",
                        (row, n) -> row.getLong("number"),
                        count + NUMBERS_AHEAD));
            }
            long[] numbers = new long[count];
            for (int i = 0; i < count; i++) numbers[i] = numbersAhead.remove();
            return numbers;
        }
    }

    @Override
    public List<KeyState> addEdges(Collection<LinkKey> keys, Edges edges) {
        if (edges.size() == 0) return List.of();
        Map<Long, Integer> holders = new HashMap<>();
        for (long key : edges.keys()) holders.merge(key, 1, Integer::sum);
        try {
            // The outer query sees the tables as they were before: so the family is that of reports placed earlier.
            return sql.query(
                    """
                    WITH stored AS (INSERT INTO campaign.edge (report, key, rank) SELECT * FROM unnest(?, ?, ?)),
                    k AS (
                        INSERT INTO campaign.link_key AS known (hash, kind, label, listed, degree)
                        SELECT * FROM unnest(?, ?, ?, ?, ?) AS given (hash, kind, label, listed, degree) ORDER BY hash
                        ON CONFLICT (hash) DO UPDATE
                        SET degree = known.degree + excluded.degree
                        RETURNING known.*
                    )
                    SELECT %s FROM k
                    """.formatted(KEY_COLUMNS),
                    KEY,
                    edges.reports(),
                    edges.keys(),
                    ranks(edges),
                    longs(keys, LinkKey::hash),
                    keys.stream().map(key -> key.kind().name()).toArray(String[]::new),
                    keys.stream().map(LinkKey::label).toArray(String[]::new),
                    keys.stream().map(LinkKey::listed).toArray(Boolean[]::new),
                    keys.stream()
                            .map(key -> holders.getOrDefault(key.hash(), 0))
                            .toArray(Integer[]::new));
        } catch (DuplicateKeyException e) {
            throw new IllegalStateException("an edge is there already", e);
        }
    }

    @Override
    public List<KeyState> removeEdges(Edges edges) {
        if (edges.size() == 0) return List.of();
        // Two statements: the family must be read after the edges are gone.
        List<Long> changed =
                sql.query("""
                WITH gone AS (
                    DELETE FROM campaign.edge AS e USING unnest(?, ?, ?) AS g (report, key, rank)
                    WHERE e.key = g.key AND e.rank = g.rank AND e.report = g.report
                    RETURNING e.key
                )
                UPDATE campaign.link_key AS k SET degree = k.degree - lost.edges
                FROM (SELECT key, count(*) AS edges FROM gone GROUP BY key) AS lost
                WHERE k.hash = lost.key
                RETURNING k.hash
                """, (row, n) -> row.getLong("hash"), edges.reports(), edges.keys(), ranks(edges));
        return keys(longs(changed, Long::longValue));
    }

    @Override
    public List<KeyState> keys(long[] hashes) {
        if (hashes.length == 0) return List.of();
        return sql.query(
                "SELECT %s FROM campaign.link_key k WHERE k.hash = ANY (?)".formatted(KEY_COLUMNS), KEY, hashes);
    }

    @Override
    public void updateKeys(Collection<KeyState> keys) {
        if (keys.isEmpty()) return;
        sql.later(
                """
                UPDATE campaign.link_key AS k
                SET listed = n.listed, mark = n.mark, crowded = n.crowded, rank_limit = n.rank_limit,
                    unsettled = n.unsettled
                FROM unnest(?, ?, ?, ?, ?, ?) AS n (hash, listed, mark, crowded, rank_limit, unsettled)
                WHERE k.hash = n.hash
                """,
                longs(keys, KeyState::hash),
                keys.stream().map(KeyState::listed).toArray(Boolean[]::new),
                keys.stream().map(key -> key.mark().name()).toArray(String[]::new),
                keys.stream().map(KeyState::crowded).toArray(Boolean[]::new),
                keys.stream().map(KeyState::rankLimit).toArray(Integer[]::new),
                keys.stream().map(KeyState::unsettled).toArray(Boolean[]::new));
    }

    @Override
    public Edges edgesOf(long[] reports) {
        if (reports.length == 0) return Edges.NONE;
        return edges("SELECT report, key FROM campaign.edge WHERE report = ANY (?)", (Object) reports);
    }

    @Override
    public long[] familiesHolding(long key) {
        return longs(sql.query("""
                        SELECT DISTINCT p.family FROM campaign.edge e JOIN campaign.placement p ON p.report = e.report
                        WHERE e.key = ?
                        """, (row, n) -> row.getLong("family"), key), Long::longValue);
    }

    @Override
    public List<Placement> placements(long[] reports) {
        if (reports.length == 0) return List.of();
        return sql.query(
                "SELECT report, family, group_number FROM campaign.placement WHERE report = ANY (?)",
                PLACEMENT,
                reports);
    }

    @Override
    public void place(Collection<Placement> placements) {
        if (placements.isEmpty()) return;
        sql.later(
                """
                INSERT INTO campaign.placement (report, family, group_number) SELECT * FROM unnest(?, ?, ?)
                ON CONFLICT (report) DO UPDATE SET family = excluded.family, group_number = excluded.group_number
                """,
                longs(placements, Placement::report),
                longs(placements, Placement::family),
                longs(placements, Placement::group));
    }

    @Override
    public void forget(long[] reports) {
        if (reports.length == 0) return;
        sql.later("DELETE FROM campaign.placement WHERE report = ANY (?)", (Object) reports);
    }

    @Override
    public List<FamilyState> families(long[] numbers) {
        if (numbers.length == 0) return List.of();
        return sql.query("SELECT * FROM campaign.family WHERE number = ANY (?)", FAMILY, numbers);
    }

    @Override
    public void putFamilies(Collection<FamilyState> families, long[] gone) {
        if (families.isEmpty() && gone.length == 0) return;
        sql.later(
                """
                WITH forgotten AS (DELETE FROM campaign.family WHERE number = ANY (?))
                INSERT INTO campaign.family (number, size, decided, unsettled) SELECT * FROM unnest(?, ?, ?, ?)
                ON CONFLICT (number) DO UPDATE
                SET size = excluded.size, decided = excluded.decided, unsettled = excluded.unsettled
                """,
                gone,
                longs(families, FamilyState::number),
                families.stream().map(FamilyState::size).toArray(Integer[]::new),
                families.stream().map(FamilyState::decided).toArray(Boolean[]::new),
                families.stream().map(FamilyState::unsettled).toArray(Boolean[]::new));
    }

    @Override
    public List<Placement> relabel(long[] from, long[] into, boolean[] groupsToo) {
        if (from.length == 0) return List.of();
        record Relabelled(Placement before, boolean moved) {}
        return sql
                .query("""
                        UPDATE campaign.placement AS p
                        SET family = m.family_into,
                            group_number = CASE WHEN m.groups_too THEN m.family_into ELSE p.group_number END
                        FROM unnest(?, ?, ?) AS m (family_from, family_into, groups_too)
                        WHERE p.family = m.family_from
                        RETURNING old.report, old.family, old.group_number, new.group_number <> old.group_number AS moved
                        """, (row, n) -> new Relabelled(placement(row), row.getBoolean("moved")), from, into, groupsToo)
                .stream()
                .filter(Relabelled::moved)
                .map(Relabelled::before)
                .toList();
    }

    @Override
    public Members family(long number) {
        return members("family", number);
    }

    @Override
    public Members group(long number) {
        return members("group_number", number);
    }

    private Members members(String column, long number) {
        return new Members(
                sql.query(
                        "SELECT report, family, group_number FROM campaign.placement WHERE %s = ?".formatted(column),
                        PLACEMENT,
                        number),
                edges("""
                        SELECT e.report, e.key FROM campaign.placement p
                        JOIN campaign.edge e ON e.report = p.report
                        JOIN campaign.link_key k ON k.hash = e.key AND NOT k.shared
                        WHERE p.%s = ?
                        """.formatted(column), number));
    }

    @Override
    public List<SampledReport> samples(long[] keys, int size, Set<KeyKind> anchorKinds, int anchorDegreeMin) {
        if (keys.length == 0) return List.of();
        return sql.query(
                """
                SELECT s.key, s.report, s.rank, coalesce(held.keys, '{}') AS anchors, coalesce(held.degrees, '{}') AS degrees
                FROM unnest(?) AS wanted (key)
                CROSS JOIN LATERAL (
                    SELECT e.key, e.rank, e.report FROM campaign.edge e
                    WHERE e.key = wanted.key ORDER BY e.key, e.rank, e.report LIMIT ?
                ) AS s
                CROSS JOIN LATERAL (
                    SELECT array_agg(a.key ORDER BY a.key) AS keys, array_agg(k.degree ORDER BY a.key) AS degrees
                    FROM campaign.edge a JOIN campaign.link_key k ON k.hash = a.key
                    WHERE a.report = s.report AND a.key <> s.key AND NOT k.listed AND k.degree >= ? AND k.kind = ANY (?)
                ) AS held
                """,
                (row, n) -> new SampledReport(
                        row.getLong("key"),
                        row.getLong("report"),
                        row.getInt("rank"),
                        longs(List.of((Long[]) row.getArray("anchors").getArray()), Long::longValue),
                        List.of((Integer[]) row.getArray("degrees").getArray()).stream()
                                .mapToInt(Integer::intValue)
                                .toArray()),
                keys,
                size,
                anchorDegreeMin,
                anchorKinds.stream().map(KeyKind::name).toArray(String[]::new));
    }

    @Override
    public void unsettleBeside(long[] anchors, Map<KeyKind, Integer> degreeMin) {
        if (anchors.length == 0 || degreeMin.isEmpty()) return;
        sql.later(
                """
                UPDATE campaign.link_key AS k SET unsettled = true
                FROM unnest(?, ?) AS judged (kind, degree_min)
                WHERE NOT k.unsettled AND k.kind = judged.kind AND k.degree >= judged.degree_min AND k.hash IN (
                    SELECT beside.key FROM campaign.edge held
                    JOIN campaign.edge beside ON beside.report = held.report
                    JOIN campaign.link_key b ON b.hash = beside.key AND beside.rank <= b.rank_limit
                    WHERE held.key = ANY (?))
                """,
                degreeMin.keySet().stream().map(KeyKind::name).toArray(String[]::new),
                degreeMin.values().toArray(Integer[]::new),
                anchors);
    }

    @Override
    public List<KeyState> unsettledKeys(int limit) {
        return sql.query(
                "SELECT %s FROM campaign.link_key k WHERE k.unsettled ORDER BY k.hash LIMIT ?".formatted(KEY_COLUMNS),
                KEY,
                limit);
    }

    @Override
    public List<FamilyState> unsettledFamilies(int limit, int sizeMax) {
        return sql.query(
                "SELECT * FROM campaign.family WHERE unsettled AND size <= ? ORDER BY number LIMIT ?",
                FAMILY,
                sizeMax,
                limit);
    }

    @Override
    public void addDecision(Decision decision) {
        List<Long> reports = new ArrayList<>();
        List<String> sides = new ArrayList<>();
        boolean join = decision instanceof Decision.Join;
        if (decision instanceof Decision.Split split) {
            split.sideA().forEach(report -> addTo(reports, sides, report, "A"));
            split.sideB().forEach(report -> addTo(reports, sides, report, "B"));
        } else if (decision instanceof Decision.Join j) {
            addTo(reports, sides, j.a(), "A");
            addTo(reports, sides, j.b(), "B");
        }
        int added = sql.update(
                """
                INSERT INTO campaign.link_decision (decision, join_it, side, report)
                SELECT ?, ?, given.side::"char", given.report FROM unnest(?, ?) AS given (side, report)
                WHERE NOT EXISTS (SELECT FROM campaign.link_decision WHERE decision = ?)
                """, decision.id(), join, sides.toArray(String[]::new), longs(reports, Long::longValue), decision.id());
        if (added == 0) throw new IllegalStateException("decision is there already: " + decision.id());
    }

    private static void addTo(List<Long> reports, List<String> sides, long report, String side) {
        reports.add(report);
        sides.add(side);
    }

    @Override
    public void removeDecisions(long[] ids) {
        if (ids.length == 0) return;
        sql.later("DELETE FROM campaign.link_decision WHERE decision = ANY (?)", (Object) ids);
    }

    @Override
    public List<Decision> decisions(long[] ids) {
        if (ids.length == 0) return List.of();
        return decisionsOf("SELECT * FROM campaign.link_decision WHERE decision = ANY (?)", ids);
    }

    @Override
    public List<Decision> decisionsTouching(long[] families) {
        if (families.length == 0) return List.of();
        return decisionsOf("""
                SELECT * FROM campaign.link_decision WHERE decision IN (
                    SELECT d.decision FROM campaign.link_decision d
                    JOIN campaign.placement p ON p.report = d.report WHERE p.family = ANY (?))
                """, families);
    }

    private List<Decision> decisionsOf(String statement, long[] numbers) {
        record Side(boolean join, Set<Long> a, Set<Long> b) {}
        Map<Long, Side> sides = new LinkedHashMap<>();
        sql.query(
                statement,
                (row, n) -> {
                    boolean join = row.getBoolean("join_it");
                    Side side = sides.computeIfAbsent(
                            row.getLong("decision"), id -> new Side(join, new TreeSet<>(), new TreeSet<>()));
                    return (row.getString("side").equals("A") ? side.a() : side.b()).add(row.getLong("report"));
                },
                (Object) numbers);
        List<Decision> decisions = new ArrayList<>();
        sides.forEach((id, side) -> decisions.add(
                side.join()
                        ? new Decision.Join(
                                id,
                                side.a().iterator().next(),
                                side.b().iterator().next())
                        : new Decision.Split(id, side.a(), side.b())));
        return decisions;
    }

    private Edges edges(String statement, Object argument) {
        List<long[]> rows =
                sql.query(statement, (row, n) -> new long[] {row.getLong("report"), row.getLong("key")}, argument);
        return new Edges(longs(rows, row -> row[0]), longs(rows, row -> row[1]));
    }

    private static Placement placement(ResultSet row) throws SQLException {
        return new Placement(row.getLong("report"), row.getLong("family"), row.getLong("group_number"));
    }

    private static int[] ranks(Edges edges) {
        int[] ranks = new int[edges.size()];
        for (int row = 0; row < ranks.length; row++) ranks[row] = edges.rank(row);
        return ranks;
    }

    private static <T> long[] longs(Collection<T> from, ToLongFunction<T> number) {
        return from.stream().mapToLong(number).toArray();
    }
}
