package org.sharaka.node.campaign;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.sharaka.identifiers.Extractor;
import org.sharaka.identifiers.Region;
import org.sharaka.identifiers.SharedInfrastructure;
import org.sharaka.linking.KeyDeriver;
import org.sharaka.linking.LinkPolicy;
import org.sharaka.linking.Linker;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.platform.Vault;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** How this module is built. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CampaignSettings.class)
class CampaignConfiguration {
    @Bean
    LinkPolicy linkPolicy() {
        return LinkPolicy.standard();
    }

    @Bean
    KeyDeriver keyDeriver(LinkPolicy policy) {
        return new KeyDeriver(policy, SharedInfrastructure.bundled());
    }

    @Bean
    Linker linker(JdbcTemplate sql, LinkPolicy policy) {
        return new Linker(new SqlLinkStore(sql), policy);
    }

    @Bean
    WaitingReports waitingReports(JdbcTemplate sql) {
        return new WaitingReports(sql);
    }

    @Bean
    Campaigns campaigns(JdbcTemplate sql, CampaignSettings settings) {
        return new Campaigns(sql, settings.currency().getCurrencyCode());
    }

    @Bean
    Linking linking(
            JdbcTemplate sql,
            TransactionTemplate transactions,
            WaitingReports waiting,
            IntakeService intake,
            KeyDeriver deriver,
            Linker linker,
            Campaigns campaigns,
            Clock clock) {
        return new Linking(sql, transactions, waiting, intake, deriver, linker, campaigns, clock);
    }

    @Bean
    LinkingWorker linkingWorker(
            Linking linking, WaitingReports waiting, Campaigns campaigns, Clock clock, MeterRegistry meters) {
        return new LinkingWorker(linking, waiting, campaigns, clock, meters);
    }

    @Bean
    CampaignListener campaignListener(WaitingReports waiting, Linking linking, LinkingWorker worker) {
        return new CampaignListener(waiting, linking, worker);
    }

    @Bean
    CampaignQueries campaignQueries(JdbcTemplate sql, Clock clock) {
        return new CampaignQueries(sql, clock);
    }

    @Bean
    CampaignService campaignService(
            AuditTrail audit, JdbcTemplate sql, CampaignQueries campaigns, LinkPolicy policy, IdentifierReader reader) {
        return new CampaignService(
                audit, campaigns, new KeyQueries(sql), new DecisionQueries(sql, campaigns), policy, reader);
    }

    @Bean
    CampaignTraces campaignTraces(JdbcTemplate sql, CampaignQueries campaigns, KeyDeriver deriver) {
        return new CampaignTraces(campaigns, new TraceQueries(sql), deriver);
    }

    @Bean
    CampaignDecisions campaignDecisions(
            AuditTrail audit,
            JdbcTemplate sql,
            Linking linking,
            Linker linker,
            CampaignQueries campaigns,
            Clock clock) {
        return new CampaignDecisions(audit, sql, linking, linker, campaigns, clock);
    }

    @Bean
    IdentifierReader identifierReader(Extractor extractor, Region home, KeyDeriver deriver, Vault vault) {
        return new IdentifierReader(extractor, home, deriver, vault);
    }

    @Bean
    ActWitness decisionWitness() {
        return new ActWitness(
                "campaign.decision", "SELECT entry, 'campaign/' || campaign AS subject FROM campaign.decision");
    }
}
