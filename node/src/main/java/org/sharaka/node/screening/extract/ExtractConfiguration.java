package org.sharaka.node.screening.extract;

import java.security.SecureRandom;
import java.time.Clock;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.screening.PublishedLists;
import org.sharaka.node.screening.ScreeningSettings;
import org.sharaka.node.screening.hit.DistinctionRows;
import org.sharaka.node.screening.register.RegisterContents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.json.JsonMapper;

/** How the making of extracts is built. */
@Configuration(proxyBeanMethods = false)
class ExtractConfiguration {
    @Bean
    ExtractKeys extractKeys(
            JdbcTemplate sql, Vault vault, AuditTrail audit, SecureRandom random, Ids ids, Clock clock) {
        return new ExtractKeys(sql, vault, audit, random, ids, clock);
    }

    @Bean
    ExtractService extractService(
            PublishedLists lists,
            RegisterContents registers,
            DistinctionRows distinctions,
            OfficerService officers,
            JdbcTemplate sql,
            JsonMapper json,
            ExtractKeys keys,
            AuditTrail audit,
            ScreeningSettings settings,
            PlatformTransactionManager transactions,
            Ids ids,
            SecureRandom random,
            Clock clock) {
        return new ExtractService(
                lists,
                registers,
                distinctions,
                officers,
                new SqlExtracts(sql, json),
                keys,
                audit,
                settings,
                transactions,
                ids,
                random,
                clock);
    }

    @Bean
    ActWitness extractsMade() {
        return new ActWitness(
                "screening.extract-make", "select entry, 'extract/' || id as subject from screening.extract");
    }

    @Bean
    ActWitness extractKeysMade() {
        return new ActWitness(
                "screening.extract-key", "select entry, 'extract-key/' || id as subject from screening.extract_key");
    }

    @Bean
    ActWitness logsCollected() {
        return new ActWitness(
                "screening.extract-collect",
                "select entry, 'extract/' || extract as subject from screening.extract_collected");
    }
}
