package org.sharaka.node.platform;

import com.zaxxer.hikari.HikariDataSource;
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
