package org.sharaka.node.platform;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** Writes rows until something breaks and remembers which were confirmed. Those must be there for ever. */
final class Witness {
    private final Set<Long> confirmed = new ConcurrentSkipListSet<>();
    private long next;

    static Connection connect(DatabaseAddress address) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", address.user());
        login.setProperty("password", address.password().reveal());
        login.setProperty("connectTimeout", "5");
        login.setProperty("socketTimeout", "20");
        return DriverManager.getConnection(address.url(), login);
    }

    /** Waits for the server, for as long as a recovery may take on a busy machine. */
    static Connection await(DatabaseAddress address) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (true) {
            try {
                return connect(address);
            } catch (SQLException e) {
                if (System.nanoTime() > end) throw new AssertionError("the database did not come back", e);
                Thread.sleep(50);
            }
        }
    }

    void createTable(DatabaseAddress address) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE witness (id bigint PRIMARY KEY, body text NOT NULL)");
        }
    }

    /** Until the connection breaks, the row count is reached or the server refuses. */
    void write(DatabaseAddress address, int rows, int bodyBytes) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < rows; i++) {
                long id = ++next;
                statement.executeUpdate("INSERT INTO witness VALUES (" + id
                        + ", (SELECT string_agg(md5(random()::text), '') FROM generate_series(1, " + bodyBytes / 32
                        + ")))");
                confirmed.add(id);
            }
        }
    }

    int confirmed() {
        return confirmed.size();
    }

    /** Confirmed rows that are not there. */
    List<Long> lost(DatabaseAddress address) throws SQLException, InterruptedException {
        Set<Long> stored = new TreeSet<>();
        try (Connection connection = await(address);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM witness")) {
            while (rows.next()) stored.add(rows.getLong(1));
        }
        List<Long> lost = new ArrayList<>(confirmed);
        lost.removeAll(stored);
        return lost;
    }
}
