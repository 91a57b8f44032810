package org.sharaka.node.screening;

import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Vault;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** What screening needs while the node serves: the lists in memory, and who may ask them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ScreeningWebConfiguration {
    @Bean
    ListsInForce listsInForce() {
        return new ListsInForce();
    }

    @Bean
    ListKeeper listKeeper(SqlLists sql, ListsInForce lists, PlatformTransactionManager transactions) {
        return new ListKeeper(sql, lists, transactions);
    }

    @Bean
    ScreeningService screeningService(ListsInForce lists, SqlLists sql, AuditTrail audit, Vault vault) {
        return new ScreeningService(lists, sql, audit, vault);
    }
}
