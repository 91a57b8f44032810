package org.sharaka.node.triage;

import java.time.Clock;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.intake.CorrespondenceService;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.platform.Ids;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** How triage is built. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TriageSettings.class)
class TriageConfiguration {
    @Bean
    PriorityPolicy priorityPolicy(TriageSettings settings) {
        return new PriorityPolicy(settings);
    }

    @Bean
    SqlItems triageItems(JdbcTemplate sql) {
        return new SqlItems(sql);
    }

    @Bean
    SqlRules triageRules(JdbcTemplate sql) {
        return new SqlRules(sql);
    }

    @Bean
    TriageListener triageListener(SqlItems items, SqlRules rules, PriorityPolicy policy, IntakeService intake) {
        return new TriageListener(items, rules, policy, intake);
    }

    @Bean
    TriageService triageService(
            SqlItems items,
            PriorityPolicy policy,
            IntakeService intake,
            CorrespondenceService correspondence,
            OfficerService officers,
            AuditTrail audit,
            Clock clock) {
        return new TriageService(items, policy, intake, correspondence, officers, audit, clock);
    }

    @Bean
    TemplateService templateService(JdbcTemplate sql, AuditTrail audit, Ids ids, Clock clock) {
        return new TemplateService(new SqlTemplates(sql), audit, ids, clock);
    }

    @Bean
    RuleService ruleService(SqlRules rules, AuditTrail audit, Ids ids) {
        return new RuleService(rules, audit, ids);
    }

    @Bean
    DutyService dutyService(
            JdbcTemplate sql,
            SqlItems items,
            OfficerService officers,
            TriageSettings settings,
            AuditTrail audit,
            Ids ids,
            Clock clock) {
        return new DutyService(new SqlDuty(sql), items, officers, settings, audit, ids, clock);
    }

    @Bean
    ActWitness outcomeWitness() {
        return new ActWitness("triage.outcome", "select entry, 'campaign/' || campaign as subject from triage.outcome");
    }
}
