package org.sharaka.node.assembly;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.Vault;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** How the assembly is built. */
@Configuration(proxyBeanMethods = false)
class AssemblyConfiguration {
    @Bean
    SecurityEvents securityEvents(JdbcTemplate sql, MeterRegistry metrics, Clock clock) {
        return new SecurityEvents(new SqlSecurityEvents(sql), metrics, clock);
    }

    @Bean
    Rosters rosters(
            JdbcTemplate sql,
            Vault vault,
            SecurityEvents events,
            AuditTrail audit,
            TransactionTemplate transactions,
            ApplicationEventPublisher publisher,
            Ids ids,
            Clock clock) {
        return new Rosters(
                new SqlRosters(sql), new KeySafe(sql, vault), events, audit, transactions, publisher, ids, clock);
    }

    @Bean
    @ConditionalOnWebApplication
    RosterWatch rosterWatch(Rosters rosters, SecurityEvents events) {
        return new RosterWatch(rosters, events);
    }

    @Bean
    ActWitness rosterWitness() {
        return new ActWitness("assembly.roster", "select entry, 'roster/' || version as subject from assembly.roster");
    }

    @Bean
    ActWitness joinWitness() {
        return new ActWitness("assembly.join", "select entry, 'member/' || member as subject from assembly.membership");
    }

    @Bean
    ActWitness keysWitness() {
        return new ActWitness(
                "assembly.keys", "select entry, 'key/' || encode(signing, 'hex') as subject from assembly.key_file");
    }
}
