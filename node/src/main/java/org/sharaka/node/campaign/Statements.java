package org.sharaka.node.campaign;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Statements of linking. Most of the time of one report goes into waiting for the database's answers; so what needs none is kept back
 * and sent with the next statement that does, in one round trip and in order. Arguments are bound as the driver knows them: arrays of
 * primitives and boxes are PostgreSQL arrays.
 */
final class Statements {
    @SuppressWarnings("ArrayRecordComponent")
    private record Statement(String sql, @Nullable Object[] arguments) {}

    /** What the thread at work within {@link #together} keeps back. */
    private record KeptBack(List<Statement> statements) {}

    /** What the last of several statements answered. */
    private interface Answer<T> {
        T read(PreparedStatement statement) throws SQLException;
    }

    private final JdbcTemplate jdbc;

    Statements(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Within a transaction: lets statements be kept back until they are needed, and sends the last of them. */
    <T> T together(Supplier<T> work) {
        if (TransactionSynchronizationManager.hasResource(this)) return work.get();
        TransactionSynchronizationManager.bindResource(this, new KeptBack(new ArrayList<>()));
        try {
            T result = work.get();
            flush();
            return result;
        } finally {
            TransactionSynchronizationManager.unbindResource(this);
        }
    }

    /** Sends what is kept back; needed before others look at the tables. */
    void flush() {
        List<Statement> all = taken();
        if (!all.isEmpty()) send(all, statement -> 0);
    }

    private List<Statement> taken() {
        if (!(TransactionSynchronizationManager.getResource(this) instanceof KeptBack kept)) return new ArrayList<>();
        List<Statement> all = new ArrayList<>(kept.statements());
        kept.statements().clear();
        return all;
    }

    <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... arguments) {
        return send(withKeptBack(sql, arguments), statement -> {
            List<T> rows = new ArrayList<>();
            try (ResultSet set = statement.getResultSet()) {
                for (int n = 0; set.next(); n++) rows.add(mapper.mapRow(set, n));
            }
            return rows;
        });
    }

    /** @return how many rows it changed */
    int update(String sql, @Nullable Object... arguments) {
        return send(withKeptBack(sql, arguments), statement -> statement.getUpdateCount());
    }

    /** A statement whose answer nobody needs; within {@link #together} it is sent with the next. */
    void later(String sql, @Nullable Object... arguments) {
        Statement statement = new Statement(sql, arguments);
        if (TransactionSynchronizationManager.getResource(this) instanceof KeptBack kept)
            kept.statements().add(statement);
        else send(List.of(statement), sent -> 0);
    }

    private List<Statement> withKeptBack(String sql, @Nullable Object[] arguments) {
        List<Statement> all = taken();
        all.add(new Statement(sql, arguments));
        return all;
    }

    private <T> T send(List<Statement> statements, Answer<T> answer) {
        String text = statements.stream().map(Statement::sql).collect(Collectors.joining(";\n"));
        T read = jdbc.execute(connection -> connection.prepareStatement(text), (PreparedStatement prepared) -> {
            // The same few statements for ever: the server keeps their plans from the first time on.
            prepared.unwrap(PGStatement.class).setPrepareThreshold(1);
            int at = 1;
            for (Statement statement : statements) {
                for (Object argument : statement.arguments()) prepared.setObject(at++, argument);
            }
            prepared.execute();
            for (int i = 1; i < statements.size(); i++) prepared.getMoreResults();
            return answer.read(prepared);
        });
        if (read == null) throw new IllegalStateException("no answer");
        return read;
    }
}
