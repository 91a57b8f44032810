package org.sharaka.node.platform;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses a database that may lose what it has committed. */
final class Durability {
    private static final Logger LOG = LoggerFactory.getLogger(Durability.class);

    private Durability() {}

    /**
     * Asks the server for what the connections of this pool really have.
     *
     * @throws OperatorException naming the setting that is off
     */
    static void require(DataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String setting : new String[] {"fsync", "full_page_writes", "synchronous_commit"})
                if (show(statement, setting).equals("off"))
                    throw new OperatorException("platform.database-not-durable", setting);
            if (show(statement, "data_checksums").equals("off"))
                LOG.warn("the database keeps no data checksums: damaged storage may stay unnoticed");
        } catch (SQLException e) {
            throw new OperatorException("platform.database-unreachable", e, OperatorException.reason(e));
        }
    }

    private static String show(Statement statement, String setting) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT current_setting('" + setting + "')")) {
            row.next();
            return row.getString(1);
        }
    }
}
