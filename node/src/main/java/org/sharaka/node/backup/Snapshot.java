package org.sharaka.node.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.sharaka.node.platform.SealedColumn;

/** The database as it was at one moment, whatever is written meanwhile; several connections may read it at once. */
final class Snapshot implements AutoCloseable {
    private final DataSource database;
    private final Connection connection;
    private final String id;

    private Snapshot(DataSource database, Connection connection, String id) {
        this.database = database;
        this.connection = connection;
        this.id = id;
    }

    static Snapshot take(DataSource database) throws SQLException {
        Connection connection = begin(database);
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_export_snapshot()")) {
            row.next();
            return new Snapshot(database, connection, row.getString(1));
        } catch (SQLException e) {
            end(connection);
            throw e;
        }
    }

    private static Connection begin(DataSource database) throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    /** Another connection to the same moment; to be {@link #end ended}. */
    Connection join() throws SQLException {
        Connection other = begin(database);
        try (Statement statement = other.createStatement()) {
            statement.execute("set transaction snapshot '" + id + "'");
            return other;
        } catch (SQLException e) {
            end(other);
            throw e;
        }
    }

    static void end(Connection connection) throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setReadOnly(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(true);
        }
    }

    /** @param name schema and name, as the shape of its columns quoted where needed */
    record Table(String name, List<String> columns) {}

    /** Every table of every module, the largest first; what migrations note of themselves is left out. */
    List<Table> tables() throws SQLException {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        read("""
                select quote_ident(n.nspname) || '.' || quote_ident(c.relname), quote_ident(a.attname)
                from pg_class c
                join pg_namespace n on n.oid = c.relnamespace
                join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                where c.relkind = 'r' and c.relname <> 'schema_history'
                    and exists (select from pg_class h where h.relnamespace = n.oid and h.relname = 'schema_history')
                order by pg_table_size(c.oid) desc, c.oid, a.attnum
                """, row -> tables.computeIfAbsent(row.getString(1), name -> new ArrayList<>())
                .add(row.getString(2)));
        List<Table> shapes = new ArrayList<>();
        tables.forEach((name, columns) -> shapes.add(new Table(name, columns)));
        return shapes;
    }

    List<String> modules() throws SQLException {
        List<String> modules = new ArrayList<>();
        read("""
                select n.nspname from pg_class h join pg_namespace n on n.oid = h.relnamespace
                where h.relname = 'schema_history' and h.relkind = 'r' order by n.nspname
                """, row -> modules.add(row.getString(1)));
        return modules;
    }

    /** What made a module's tables: version and checksum of each migration, in their order. */
    static List<String[]> history(Connection connection, String module) throws SQLException {
        List<String[]> history = new ArrayList<>();
        read(
                connection,
                "select version, checksum from \"" + module
                        + "\".schema_history where version is not null order by installed_rank",
                row -> history.add(new String[] {row.getString(1), row.getString(2)}));
        return history;
    }

    Connection connection() {
        return connection;
    }

    /** Sequences follow no transaction: these are at least what the snapshot used. */
    List<Manifest.Sequence> sequences() throws SQLException {
        List<String> names = new ArrayList<>();
        read("""
                select quote_ident(schemaname) || '.' || quote_ident(sequencename) from pg_sequences
                where exists (select from pg_class h join pg_namespace n on n.oid = h.relnamespace
                    where n.nspname = schemaname and h.relname = 'schema_history')
                order by 1
                """, row -> names.add(row.getString(1)));
        List<Manifest.Sequence> sequences = new ArrayList<>();
        for (String name : names)
            read(
                    "select last_value, is_called from " + name,
                    row -> sequences.add(new Manifest.Sequence(name, row.getLong(1), row.getBoolean(2))));
        return sequences;
    }

    /** Copies a table's rows out; where the vault sealed a column, its wrapped key is left out and its hash put in its place. */
    static long copy(Connection connection, Table table, List<SealedColumn> sealed, OutputStream out)
            throws SQLException, IOException {
        List<String> expressions = table.columns().stream()
                .map(column -> sealed.stream()
                        .filter(each -> each.table().equals(table.name())
                                && each.column().equals(column))
                        .findFirst()
                        .map(each -> Wrapped.without(each.column()))
                        .orElse(column))
                .toList();
        return copy(connection, "select " + String.join(", ", expressions) + " from " + table.name(), out);
    }

    /** Copies the wrapped keys of a sealed column out, with what names their rows. */
    static long copyKeys(Connection connection, SealedColumn sealed, OutputStream out)
            throws SQLException, IOException {
        return copy(
                connection,
                "select " + String.join(", ", sealed.key()) + ", " + Wrapped.key(sealed.column()) + " from "
                        + sealed.table() + " where " + sealed.column() + " is not null",
                out);
    }

    private static long copy(Connection connection, String query, OutputStream out) throws SQLException, IOException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy (" + query + ") to stdout", out);
    }

    /** What is done with each row. */
    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void read(String query, Row each) throws SQLException {
        read(connection, query, each);
    }

    private static void read(Connection connection, String query, Row each) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) each.take(row);
        }
    }

    /** The newest version of a history; empty for a module whose first migration is still to come. */
    static Optional<String> version(List<String[]> history) {
        return history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1)[0]);
    }

    @Override
    public void close() throws SQLException {
        end(connection);
    }
}
