package org.sharaka.node.campaign;

import org.junit.jupiter.api.AfterEach;
import org.sharaka.linking.LinkStore;
import org.sharaka.linking.LinkStoreContract;
import org.sharaka.node.platform.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

/** The library's contract, on PostgreSQL. */
class SqlLinkStoreIT extends LinkStoreContract {
    private final TestDatabase database = TestDatabase.fresh();

    @Override
    protected LinkStore emptyStore() {
        return new SqlLinkStore(new Statements(new JdbcTemplate(database.dataSource())));
    }

    @AfterEach
    void close() {
        database.close();
    }
}
