package org.sharaka.node.backup;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/**
 * Fills empty tables again, in one transaction: what watches over changes (triggers, foreign keys) and what slows them (indexes) is
 * put aside and put back, and foreign keys are checked anew when they are.
 */
final class TableLoader {
    private final Connection connection;
    private final List<String> tables;
    private final List<String> putBack = new ArrayList<>();

    /** @param connection in a transaction */
    TableLoader(Connection connection, List<String> tables) {
        this.connection = connection;
        this.tables = List.copyOf(tables);
    }

    void begin() throws SQLException {
        // Names are written out in full from here on, in what the server says of itself too.
        execute("set local search_path to pg_catalog");
        List<String> putAside = new ArrayList<>();
        look("""
                select 'alter table ' || conrelid::regclass || ' drop constraint ' || quote_ident(conname),
                    'alter table ' || conrelid::regclass || ' add constraint ' || quote_ident(conname) || ' '
                        || pg_get_constraintdef(oid)
                from pg_constraint where contype = 'f' and conrelid = any (cast(? as regclass[]))
                """, putAside);
        look("""
                select 'drop index ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
                from pg_index where indrelid = any (cast(? as regclass[]))
                    and not exists (select from pg_constraint where conindid = indexrelid)
                """, putAside);
        for (String table : tables) putAside.add("alter table " + table + " disable trigger user");
        for (String statement : putAside) execute(statement);
        // Migrations may have left rows of their own; the backup has them as they became.
        if (!tables.isEmpty()) execute("truncate " + String.join(", ", tables));
    }

    private void look(String query, List<String> putAside) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setArray(1, connection.createArrayOf("text", tables.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    putAside.add(row.getString(1));
                    // Indexes before the foreign keys that may need them.
                    putBack.add(0, row.getString(2));
                }
            }
        }
    }

    long load(Manifest.Table table, InputStream rows) throws SQLException, IOException {
        return copy(table.table() + " (" + String.join(", ", table.columns()) + ")", rows);
    }

    /**
     * Puts wrapped keys back into their column, and deals with rows whose keys exist no more.
     *
     * @return how many rows those were
     */
    long loadKeys(KeyManifest.Column column, InputStream rows) throws SQLException, IOException {
        String names = String.join(", ", column.key());
        String sameRow =
                column.key().stream().map(name -> "k." + name + " = t." + name).collect(Collectors.joining(" and "));
        String fits = sameRow + " and " + Wrapped.fits("t." + column.column(), "k.wrapped");
        execute("create temporary table wrapped_key on commit drop as select " + names + ", ''::bytea as wrapped from "
                + column.table() + " limit 0");
        copy("wrapped_key", rows);
        execute("create index on wrapped_key (" + names + ")");
        execute("analyze wrapped_key");
        execute("create temporary table gone on commit drop as select " + names + " from " + column.table()
                + " t where t." + column.column() + " is not null and not exists (select from wrapped_key k where "
                + fits + ")");
        execute("update " + column.table() + " t set " + column.column() + " = "
                + Wrapped.together("t." + column.column(), "k.wrapped") + " from wrapped_key k where " + fits);
        long gone = count("gone");
        if (gone > 0) execute(column.whenGone());
        execute("drop table wrapped_key, gone");
        return gone;
    }

    void end(List<Manifest.Sequence> sequences) throws SQLException {
        for (String table : tables) execute("alter table " + table + " enable trigger user");
        for (String statement : putBack) execute(statement);
        for (Manifest.Sequence sequence : sequences)
            try (PreparedStatement statement =
                    connection.prepareStatement("select setval(cast(? as regclass), ?, ?)")) {
                statement.setString(1, sequence.sequence());
                statement.setLong(2, sequence.last());
                statement.setBoolean(3, sequence.called());
                statement.execute();
            }
    }

    private long copy(String into, InputStream rows) throws SQLException, IOException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + into + " from stdin", rows);
    }

    private long count(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
