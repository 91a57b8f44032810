package org.sharaka.node.screening;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.WebNavigation;
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
    ScreeningService screeningService(ListsInForce lists, SqlLists sql, AuditTrail audit, AskedHash hash, Clock clock) {
        return new ScreeningService(lists, sql, audit, hash, clock);
    }

    @Bean
    ListChanges listChanges(SqlLists sql, ListsInForce lists) {
        return new ListChanges(sql, lists);
    }

    @Bean
    ScreeningJob screeningJob(List<Purge> purges, Clock clock) {
        return new ScreeningJob(purges, clock);
    }

    @Bean
    WebNavigation screeningNavigation() {
        return new WebNavigation(
                WebNavigation.Place.MAIN,
                40,
                "/screening",
                "screening.nav",
                Optional.of(Permission.SCREENING_QUERY.name()));
    }
}
