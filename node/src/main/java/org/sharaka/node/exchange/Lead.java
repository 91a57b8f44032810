package org.sharaka.node.exchange;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of several nodes on one database one sends at a time: whoever holds an advisory lock for as long as its connection lives. If
 * two should for a moment, messages arrive twice and are taken once.
 */
final class Lead implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lead.class);
    private static final long LOCK = 0x7368_6578L;
    private static final int PATIENCE_SECONDS = 5;

    private final DataSource database;
    private @Nullable Connection holding;

    Lead(DataSource database) {
        this.database = database;
    }

    /** Whether we have it; takes it if nobody has. */
    synchronized boolean held() {
        try {
            Connection mine = holding;
            if (mine != null && mine.isValid(PATIENCE_SECONDS)) return true;
            close();
            return take(database.getConnection());
        } catch (SQLException e) {
            LOG.debug("the lead of the exchange could not be taken", e);
        }
        return false;
    }

    /** Gives the connection back unless it holds the lock, whatever happens. */
    private boolean take(Connection fresh) throws SQLException {
        try {
            if (tryLock(fresh)) holding = fresh;
        } finally {
            if (holding == null) fresh.close();
        }
        return holding != null;
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            statement.setLong(1, LOCK);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    @Override
    public synchronized void close() {
        Connection mine = holding;
        holding = null;
        if (mine == null) return;
        try (mine;
                PreparedStatement statement = mine.prepareStatement("select pg_advisory_unlock(?)")) {
            statement.setLong(1, LOCK);
            boolean unused = statement.execute();
        } catch (SQLException e) {
            LOG.debug("the connection that held the lead is gone", e);
        }
    }
}
