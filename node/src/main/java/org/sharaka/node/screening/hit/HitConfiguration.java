package org.sharaka.node.screening.hit;

import java.security.SecureRandom;
import java.time.Clock;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.screening.AskedHash;
import org.sharaka.node.screening.Purge;
import org.sharaka.node.screening.ScreeningService;
import org.sharaka.node.screening.ScreeningSettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** How decisions on possible matches are built. */
@Configuration(proxyBeanMethods = false)
class HitConfiguration {
    @Bean
    ActWitness hitsConfirmed() {
        return new ActWitness("screening.confirm", "select entry, 'entity/' || entity as subject from screening.hit");
    }

    @Bean
    ActWitness hitsDecided() {
        return new ActWitness(
                "screening.decide",
                "select decision_entry as entry, 'hit/' || id as subject from screening.hit where state <> 'WAITING'");
    }

    @Bean
    ActWitness pairsDismissed() {
        return new ActWitness(
                "screening.dismiss", "select entry, 'entity/' || entity as subject from screening.dismissal");
    }

    @Bean
    ActWitness peopleDistinguished() {
        return new ActWitness(
                "screening.distinguish", "select entry, 'entity/' || entity as subject from screening.distinction");
    }

    @Bean
    DistinctionRows distinctionRows(JdbcTemplate sql, Vault vault, JsonMapper json) {
        return new DistinctionRows(sql, vault, json);
    }

    /** While the node serves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Serving {
        @Bean
        HitService hitService(
                JdbcTemplate sql,
                Vault vault,
                JsonMapper json,
                AuditTrail audit,
                ApplicationEventPublisher events,
                ScreeningSettings settings,
                Ids ids,
                Clock clock) {
            return new HitService(new SqlHits(sql, vault, json), audit, events, settings, ids, clock);
        }

        @Bean
        Purge hitPurge(JdbcTemplate sql, Vault vault, JsonMapper json) {
            SqlHits hits = new SqlHits(sql, vault, json);
            return now -> hits.purge(now, Purge.AT_ONCE);
        }

        @Bean
        DismissalService dismissalService(
                JdbcTemplate sql,
                ScreeningService screening,
                AskedHash hash,
                AuditTrail audit,
                ScreeningSettings settings,
                Ids ids,
                Clock clock) {
            return new DismissalService(sql, screening, hash, audit, settings, ids, clock);
        }

        @Bean
        Purge dismissalPurge(DismissalService dismissals) {
            return now -> dismissals.purge(now, Purge.AT_ONCE);
        }

        @Bean
        DistinctionService distinctionService(
                JdbcTemplate sql,
                ScreeningService screening,
                AskedHash hash,
                Vault vault,
                DistinctionRows rows,
                AuditTrail audit,
                ScreeningSettings settings,
                Ids ids,
                SecureRandom random,
                Clock clock) {
            return new DistinctionService(sql, screening, hash, vault, rows, audit, settings, ids, random, clock);
        }

        @Bean
        Purge distinctionPurge(DistinctionService distinctions) {
            return now -> distinctions.purge(now, Purge.AT_ONCE);
        }
    }
}
