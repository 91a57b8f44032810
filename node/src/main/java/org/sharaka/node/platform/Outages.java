package org.sharaka.node.platform;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a database that is away or full from a fault of ours: the former passes, and a client that repeats its request
 * loses nothing.
 */
final class Outages {
    private Outages() {}

    static boolean isOne(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (cause instanceof SQLTransientConnectionException) return true;
            if (cause instanceof SQLException sql && passes(sql.getSQLState())) return true;
        }
        return false;
    }

    /** PostgreSQL, appendix A: connection lost, insufficient resources, operator intervention. */
    private static boolean passes(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P"));
    }
}
