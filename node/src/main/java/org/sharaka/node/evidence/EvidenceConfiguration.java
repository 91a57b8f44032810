package org.sharaka.node.evidence;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Home;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.SealedColumn;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.cms.Profile1;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** How this module is built. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EvidenceSettings.class)
class EvidenceConfiguration {
    @Bean
    SqlItems evidenceItems(JdbcTemplate sql) {
        return new SqlItems(sql);
    }

    @Bean
    SealedFiles sealedFiles(Home home, EvidenceSettings settings, SecureRandom random) {
        return new SealedFiles(home.evidence(), settings.reserveMegabytes() * 1_000_000L, random);
    }

    @Bean
    Sealing sealing(SealedFiles files, EvidenceSettings settings, SecureRandom random) {
        return new Sealing(files, new Profile1(random), new Gate(settings.atOnce()), random);
    }

    /** Guards are asked for when an item is: their modules use this one. */
    @Bean
    Custody custody(
            SqlItems items, Vault vault, EvidenceSettings settings, ObjectProvider<ItemGuard> guards, Clock clock) {
        return new Custody(items, vault, settings, guards::stream, clock);
    }

    @Bean
    EvidenceService evidenceService(
            SqlItems items,
            SealedFiles files,
            Sealing sealing,
            Custody custody,
            Vault vault,
            EvidenceSettings settings,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Ids ids) {
        return new EvidenceService(items, files, sealing, custody, vault, settings, audit, events, ids);
    }

    @Bean
    EvidenceExchange evidenceExchange(
            SqlItems items,
            SealedFiles files,
            Sealing sealing,
            Custody custody,
            Vault vault,
            AuditTrail audit,
            Ids ids) {
        return new EvidenceExchange(items, files, sealing, custody, vault, audit, ids);
    }

    @Bean
    SealedColumn evidenceSecrets() {
        return new SealedColumn("evidence.secret", List.of("item"), "sealed", """
                update evidence.item i set state = 'DESTROYED', destroyed_at = now(), chunk_hashes = null
                from gone g where g.item = i.id;
                delete from evidence.secret s using gone g where g.item = s.item
                """);
    }

    @Bean
    ActWitness custodyActs() {
        return new ActWitness(
                "evidence.custody", "select entry, 'evidence/' || item::text as subject from evidence.custody");
    }
}
