package org.sharaka.node.screening.watch;

import java.time.Clock;
import java.util.List;
import java.util.function.ToLongFunction;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.ApiKeyService;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.SealedColumn;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.screening.ListChanges;
import org.sharaka.node.screening.Purge;
import org.sharaka.node.screening.Reminder;
import org.sharaka.node.screening.ScreeningSettings;
import org.sharaka.node.screening.desk.DeskService;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** How standing watches are built. */
@Configuration(proxyBeanMethods = false)
class WatchConfiguration {
    @Bean
    ActWitness watchesAsked() {
        return new ActWitness("screening.watch-ask", "select entry, 'watch/' || id as subject from screening.watch");
    }

    @Bean
    ActWitness watchesApproved() {
        return new ActWitness("screening.watch-approve", """
                select approval_entry as entry, 'watch/' || id as subject from screening.watch where approved_at is not null
                """);
    }

    @Bean
    SealedColumn sealedWatches() {
        return new SealedColumn(
                "screening.watch",
                List.of("id"),
                "content",
                "delete from screening.watch w using gone g where g.id = w.id");
    }

    @Bean
    SealedColumn sealedRenewals() {
        return new SealedColumn(
                "screening.watch",
                List.of("id"),
                "renewal",
                "update screening.watch w set renewal = null, renewal_days = null from gone g where g.id = w.id");
    }

    /** While the node serves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Serving {
        @Bean
        SqlWatches sqlWatches(JdbcTemplate sql, Vault vault, JsonMapper json) {
            return new SqlWatches(sql, vault, json);
        }

        @Bean
        WatchService watchService(
                SqlWatches watches,
                DeskService desk,
                ListChanges changes,
                ApiKeyService keys,
                AuditTrail audit,
                ScreeningSettings settings,
                Ids ids,
                Clock clock) {
            return new WatchService(watches, desk, changes, keys, audit, settings, ids, clock);
        }

        @Bean
        WatchRunner watchRunner(
                SqlWatches watches,
                ListChanges changes,
                DeskService desk,
                AuditTrail audit,
                TransactionTemplate transactions,
                Clock clock) {
            return new WatchRunner(watches, changes, desk, audit, transactions, clock);
        }

        @Bean
        Reminder watchAlerts(WatchService watches) {
            return new Told("screening.watches.unseen", watches::unseen);
        }

        @Bean
        Reminder watchesWaiting(WatchService watches) {
            return new Told("screening.watches.waiting-count", watches::waiting);
        }

        @Bean
        Purge watchPurge(WatchService watches) {
            return now -> watches.purge(now, Purge.AT_ONCE);
        }
    }

    private record Told(String text, ToLongFunction<Actor> counted) implements Reminder {
        @Override
        public String path() {
            return "/screening/watches";
        }

        @Override
        public long count(Actor actor) {
            return counted.applyAsLong(actor);
        }
    }
}
