package org.sharaka.node.intake;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import org.sharaka.identifiers.CardHash;
import org.sharaka.identifiers.Extractor;
import org.sharaka.identifiers.ExtractorSettings;
import org.sharaka.identifiers.Region;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.SealedColumn;
import org.sharaka.node.platform.Vault;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** How intake is built. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IntakeSettings.class)
class IntakeConfiguration {
    /** The same reader for what is reported and for what officers search. */
    @Bean
    Extractor extractor(CardHash cardHash) {
        return Extractor.create(ExtractorSettings.with(cardHash));
    }

    @Bean
    CardHash cardHash(Vault vault) {
        return number -> HexFormat.of()
                .formatHex(vault.mac("identifiers.card", number.getBytes(StandardCharsets.US_ASCII)), 0, 16);
    }

    /** The country whose way of writing numbers is tried where nothing names another. */
    @Bean
    Region homeRegion(IntakeSettings settings) {
        return Region.of(settings.region());
    }

    @Bean
    Reception reception(
            Extractor extractor,
            CardHash cardHash,
            Region homeRegion,
            Ids ids,
            SecureRandom random,
            IntakeSettings settings) {
        return new Reception(new Recognition(extractor, cardHash, homeRegion), ids, random, settings);
    }

    @Bean
    ReportSheet reportSheet(Reception reception) {
        return new ReportSheet(reception);
    }

    @Bean
    Reports reports(JdbcTemplate jdbc) {
        return new SqlReports(jdbc);
    }

    @Bean
    IntakeService intakeService(
            JdbcTemplate jdbc,
            Reports reports,
            Reception reception,
            Vault vault,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Clock clock) {
        return new IntakeService(reports, new SqlCircumstances(jdbc), reception, vault, audit, events, clock);
    }

    @Bean
    CorrespondenceService correspondenceService(
            JdbcTemplate jdbc,
            IntakeService reports,
            Reception reception,
            Vault vault,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Ids ids,
            Clock clock) {
        return new CorrespondenceService(reports, new SqlMessages(jdbc), reception, vault, audit, events, ids, clock);
    }

    @Bean
    ImportService importService(
            JdbcTemplate jdbc,
            Reports reports,
            Reception reception,
            Vault vault,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Ids ids,
            Clock clock) {
        return new ImportService(new SqlImports(jdbc), reports, reception, vault, audit, events, ids, clock);
    }

    @Bean
    ActWitness letterWitness() {
        return new ActWitness("report.message-write", """
                select audit_entry as entry, 'report/' || report_id as subject from intake.message where kind = 'LETTER'
                """);
    }

    @Bean
    ActWitness reporterMessageWitness() {
        return new ActWitness("report.message-receive", """
                select audit_entry as entry, 'report/' || report_id as subject from intake.message where kind <> 'LETTER'
                """);
    }

    @Bean
    ActWitness reportWitness() {
        return new ActWitness("report.submit", """
                select audit_entry as entry, case when import_id is null then 'report/' || id
                    else 'import/' || import_id end as subject
                from intake.report
                """);
    }

    @Bean
    SealedColumn sealedContacts() {
        return new SealedColumn(
                "intake.contact",
                List.of("report_id"),
                "sealed",
                "delete from intake.contact c using gone g where g.report_id = c.report_id");
    }

    @Bean
    SealedColumn sealedMessages() {
        return new SealedColumn(
                "intake.message",
                List.of("id"),
                "sealed",
                "delete from intake.message m using gone g where g.id = m.id");
    }
}
