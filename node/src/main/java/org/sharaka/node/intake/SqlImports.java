package org.sharaka.node.intake;

import static org.sharaka.node.platform.SqlTimes.ifAny;
import static org.sharaka.node.platform.SqlTimes.utc;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Imports in PostgreSQL. */
final class SqlImports implements Imports {
    private final JdbcTemplate jdbc;

    SqlImports(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Run> find(Identity identity) {
        return jdbc
                .query(
                        """
                        select id, rows_read, stored, known, refused, finished_at from intake.import
                        where kind = ? and source = ? and file_hash = ? and options_hash = ?
                        """,
                        (row, n) -> run(row),
                        identity.kind().name(),
                        identity.source(),
                        identity.fileHash(),
                        identity.optionsHash())
                .stream()
                .findFirst();
    }

    private static Run run(ResultSet row) throws SQLException {
        return new Run(
                row.getObject("id", UUID.class),
                new ImportSummary(
                        row.getLong("rows_read"), row.getLong("stored"), row.getLong("known"), row.getLong("refused")),
                ifAny(row, "finished_at"));
    }

    @Override
    public void begin(UUID id, Identity identity, Instant now) {
        jdbc.update(
                """
                insert into intake.import (id, kind, source, file_hash, options_hash, started_at, updated_at)
                values (?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                identity.kind().name(),
                identity.source(),
                identity.fileHash(),
                identity.optionsHash(),
                utc(now),
                utc(now));
    }

    @Override
    public boolean advance(Run run, ImportSummary to, Instant now) {
        return jdbc.update(
                        """
                        update intake.import set rows_read = ?, stored = ?, known = ?, refused = ?, updated_at = ?
                        where id = ? and rows_read = ? and finished_at is null
                        """,
                        to.rows(),
                        to.stored(),
                        to.known(),
                        to.refused(),
                        utc(now),
                        run.id(),
                        run.summary().rows())
                == 1;
    }

    @Override
    public void finish(UUID id, Instant now) {
        jdbc.update("update intake.import set finished_at = ?, updated_at = ? where id = ?", utc(now), utc(now), id);
    }

    @Override
    public List<Integer> fresh(UUID run, Map<RowMac, Integer> rows, int copies) {
        byte[][] macs = rows.keySet().stream().map(SqlImports::bytes).toArray(byte[][]::new);
        Integer[] counts = rows.values().toArray(Integer[]::new);
        var fresh = new HashMap<RowMac, Integer>();
        jdbc.query(
                """
                insert into intake.imported_row as r (row_mac, stored, seen_import, seen)
                select mac, least(n, ?), ?, n from unnest(?::bytea[], ?::integer[]) as batch (mac, n) order by mac
                on conflict (row_mac) do update set
                    seen = excluded.seen + case when r.seen_import = excluded.seen_import then r.seen else 0 end,
                    seen_import = excluded.seen_import,
                    stored = greatest(r.stored, least(?,
                        excluded.seen + case when r.seen_import = excluded.seen_import then r.seen else 0 end))
                returning new.row_mac, new.stored - coalesce(old.stored, 0) as fresh
                """,
                row -> {
                    ByteBuffer mac = ByteBuffer.wrap(row.getBytes(1));
                    fresh.put(new RowMac(mac.getLong(), mac.getLong()), row.getInt(2));
                },
                copies,
                run,
                macs,
                counts,
                copies);
        return rows.keySet().stream().map(mac -> fresh.getOrDefault(mac, 0)).toList();
    }

    private static byte[] bytes(RowMac mac) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(mac.high())
                .putLong(mac.low())
                .array();
    }
}
