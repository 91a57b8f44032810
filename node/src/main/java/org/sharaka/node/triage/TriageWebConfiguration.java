package org.sharaka.node.triage;

import java.time.Clock;
import java.util.Optional;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.campaign.CampaignService;
import org.sharaka.node.intake.CorrespondenceService;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.WebNavigation;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What triage shows and does while the node serves. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class TriageWebConfiguration {
    @Bean
    WebNavigation triageNavigation() {
        return new WebNavigation(
                WebNavigation.Place.MAIN,
                5,
                "/triage",
                "triage.nav.queue",
                Optional.of(Permission.REPORT_TRIAGE.name()));
    }

    @Bean
    Spelling spelling(MessageSource messages) {
        return new Spelling(messages);
    }

    @Bean
    SmartInitializingSingleton shippedTemplates(TemplateService templates, MessageSource messages) {
        return () -> templates.ship(messages);
    }

    @Bean
    OutcomeService outcomeService(
            JdbcTemplate sql,
            CampaignService campaigns,
            IntakeService intake,
            CorrespondenceService correspondence,
            AuditTrail audit,
            MessageSource messages,
            Ids ids,
            Clock clock) {
        return new OutcomeService(sql, campaigns, intake, correspondence, audit, messages, ids, clock);
    }

    @Bean
    AlarmSender alarmSender(
            JdbcTemplate sql, SqlItems items, IntakeService intake, TriageSettings settings, Clock clock) {
        return new AlarmSender(new SqlDuty(sql), items, intake, settings.webhook(), clock);
    }

    @Bean
    TriageJob triageJob(TriageService triage, DutyService duty, AlarmSender sender, OutcomeService outcomes) {
        return new TriageJob(triage, duty, sender, outcomes);
    }
}
