package org.sharaka.node.audit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Connections of the record's own: one for group commit, one for the sequencer. Callers of the record may hold all the
 * others and must not wait here for one of their own.
 */
final class AuditConnections implements AutoCloseable {
    private static final int CONNECTIONS = 2;

    private final DataSource database;
    private final Optional<HikariDataSource> own;

    private AuditConnections(DataSource database, Optional<HikariDataSource> own) {
        this.database = database;
        this.own = own;
    }

    /** Opens a small pool beside the node's, with the same settings; shares a data source that is no pool. */
    static AuditConnections beside(DataSource database) {
        try {
            if (!database.isWrapperFor(HikariDataSource.class)) return new AuditConnections(database, Optional.empty());
            HikariConfig settings = new HikariConfig();
            database.unwrap(HikariDataSource.class).copyStateTo(settings);
            settings.setPoolName("audit");
            settings.setMetricRegistry(null);
            settings.setMaximumPoolSize(CONNECTIONS);
            settings.setMinimumIdle(1);
            HikariDataSource pool = new HikariDataSource(settings);
            return new AuditConnections(pool, Optional.of(pool));
        } catch (SQLException e) {
            throw new IllegalStateException("the audit record has no database", e);
        }
    }

    JdbcTemplate sql() {
        return new JdbcTemplate(database);
    }

    TransactionTemplate transactions() {
        return new TransactionTemplate(new JdbcTransactionManager(database));
    }

    @Override
    public void close() {
        own.ifPresent(HikariDataSource::close);
    }
}
