package org.sharaka.node.screening;

import java.time.Clock;
import javax.sql.DataSource;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Vault;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** How this module is built. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ScreeningSettings.class)
class ScreeningConfiguration {
    @Bean
    SqlLists sqlLists(JdbcTemplate sql, DataSource database) {
        return new SqlLists(sql, database);
    }

    @Bean
    OwnEntries ownEntries(SqlLists lists, AuditTrail audit, Clock clock) {
        return new OwnEntries(lists, audit, clock);
    }

    @Bean
    PublishedLists publishedLists(SqlLists lists) {
        return new PublishedLists(lists);
    }

    @Bean
    AskedHash askedHash(Vault vault) {
        return new AskedHash(vault);
    }

    @Bean
    ListImportService listImportService(SqlLists lists, AuditTrail audit, Clock clock) {
        return new ListImportService(lists, audit, clock);
    }

    @Bean
    ListImportFiles listImportFiles(ListImportService imports) {
        return new ListImportFiles(imports);
    }

    @Bean
    ActWitness listsImported() {
        return new ActWitness("screening.import", "select entry, 'list/' || list as subject from screening.import");
    }
}
