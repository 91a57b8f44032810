package org.sharaka.node.platform;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A real PostgreSQL database with every table and no row, for one test class. Closing drops it. */
public final class TestDatabase implements AutoCloseable {
    private final String name;
    private final HikariDataSource pool;

    private TestDatabase(String name, HikariDataSource pool) {
        this.name = name;
        this.pool = pool;
    }

    public static TestDatabase fresh() {
        TestServer server = TestServer.shared();
        String name = server.createDatabase();
        return new TestDatabase(name, new HikariDataSource(PlatformConfiguration.pool(server.address(name), 8)));
    }

    /** One without any table, for whoever makes them. */
    public static TestDatabase empty() {
        TestServer server = TestServer.shared();
        String name = server.createEmptyDatabase();
        return new TestDatabase(name, new HikariDataSource(PlatformConfiguration.pool(server.address(name), 8)));
    }

    /**
     * {@code key=value} pairs for a node that shall use it.
     *
     * @param passwordFile is written
     */
    public List<String> settings(Path passwordFile) throws IOException {
        DatabaseAddress address = TestServer.shared().address(name);
        Files.writeString(passwordFile, address.password().reveal());
        return List.of(
                "database.url=" + address.url(),
                "database.user=" + address.user(),
                "database.password-file=" + passwordFile);
    }

    public DataSource dataSource() {
        return pool;
    }

    public JdbcClient jdbc() {
        return JdbcClient.create(pool);
    }

    public TransactionTemplate transactions() {
        return new TransactionTemplate(new JdbcTransactionManager(pool));
    }

    @Override
    public void close() {
        pool.close();
        TestServer.shared().drop(name);
    }
}
