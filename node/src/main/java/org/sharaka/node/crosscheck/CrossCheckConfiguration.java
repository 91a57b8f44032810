package org.sharaka.node.crosscheck;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.access.Permission;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.bureau.Correspondence;
import org.sharaka.node.campaign.CampaignSection;
import org.sharaka.node.campaign.CampaignService;
import org.sharaka.node.campaign.CampaignTraces;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.MessageListener;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.originator.Control;
import org.sharaka.node.originator.Orders;
import org.sharaka.node.originator.Whereabouts;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.SealedColumn;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.platform.WebNavigation;
import org.sharaka.node.platform.WebPathArgument;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** How this module is built. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CrossCheckSettings.class)
class CrossCheckConfiguration {
    @Bean
    ActWitness crossChecksAsked() {
        return new ActWitness(
                "crosscheck.ask",
                "select entry, 'crosscheck/' || peer || '/' || conversation as subject from crosscheck.asked");
    }

    @Bean
    ActWitness crossChecksAnswered() {
        return new ActWitness(
                "crosscheck.answer",
                "select answer_entry as entry, 'crosscheck/' || peer || '/' || conversation as subject from crosscheck.received"
                        + " where answer is not null and looked_by is null");
    }

    @Bean
    ActWitness crossChecksReleased() {
        return new ActWitness(
                "crosscheck.release",
                "select answer_entry as entry, 'crosscheck/' || peer || '/' || conversation as subject from crosscheck.received"
                        + " where looked_by is not null");
    }

    @Bean
    ActWitness crossCheckAlarms() {
        return new ActWitness("bureau.alarm", "select entry, 'message/' || request as subject from crosscheck.alarm");
    }

    @Bean
    ActWitness crossCheckAlarmsTakenOn() {
        return new ActWitness(
                "bureau.alarm-acknowledge",
                "select acknowledged as entry, 'message/' || request as subject from crosscheck.alarm where acknowledged_by is not null");
    }

    @Bean
    SealedColumn crossCheckDrafts() {
        return new SealedColumn(
                "crosscheck.draft",
                List.of("id"),
                "answer",
                "delete from crosscheck.draft d using gone g where g.id = d.id");
    }

    @Bean
    SealedColumn crossCheckRemarks() {
        return new SealedColumn(
                "crosscheck.draft",
                List.of("id"),
                "remark",
                "delete from crosscheck.draft d using gone g where g.id = d.id");
    }

    /** While the node serves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Serving {
        @Bean
        WebMvcConfigurer crossChecksInPaths() {
            return new WebPathArgument<>(
                            CheckKey.class, path -> CheckKey.parse(path.apply("peer"), path.apply("conversation")))
                    .configurer();
        }

        @Bean
        SqlCrossChecks crossChecks(JdbcTemplate sql, Vault vault) {
            return new SqlCrossChecks(sql, vault);
        }

        @Bean
        TraceReader traceReader(CampaignTraces traces) {
            return new TraceReader(traces);
        }

        @Bean
        Partners crossCheckPartners(Rosters rosters, LegalBases laws, Clock clock) {
            return new Partners(rosters, laws, clock);
        }

        @Bean
        Outbox crossCheckOutbox(ExchangeService exchange, Partners partners) {
            return new Outbox(exchange, partners);
        }

        @Bean
        Asking crossCheckAsking(
                SqlCrossChecks checks,
                CampaignService campaigns,
                CampaignTraces traces,
                TraceReader reader,
                IntakeService intake,
                ExchangeService exchange,
                Partners partners,
                Outbox outbox,
                Orders orders,
                LegalBases laws,
                AuditTrail audit,
                TransactionTemplate transactions,
                CrossCheckSettings settings,
                SecureRandom random,
                Clock clock) {
            return new Asking(
                    checks,
                    campaigns,
                    traces,
                    reader,
                    intake,
                    exchange,
                    partners,
                    outbox,
                    orders,
                    laws,
                    audit,
                    transactions,
                    settings,
                    random,
                    clock);
        }

        @Bean
        Reading crossCheckReading(
                SqlCrossChecks checks,
                CampaignTraces traces,
                TraceReader reader,
                IntakeService intake,
                ExchangeService exchange,
                Control control,
                Orders orders,
                AuditTrail audit,
                CrossCheckSettings settings,
                Clock clock) {
            return new Reading(checks, traces, reader, intake, exchange, control, orders, audit, settings, clock);
        }

        @Bean
        Answering crossCheckAnswering(
                SqlCrossChecks checks,
                CampaignTraces traces,
                Reading reading,
                Partners partners,
                Outbox outbox,
                Control control,
                Orders orders,
                AuditTrail audit,
                CrossCheckSettings settings,
                Ids ids,
                Clock clock) {
            return new Answering(
                    checks, traces, reading, partners, outbox, control, orders, audit, settings, ids, clock);
        }

        @Bean
        Ending crossCheckEnding(
                SqlCrossChecks checks, ExchangeService exchange, TransactionTemplate transactions, Clock clock) {
            return new Ending(checks, exchange, transactions, clock);
        }

        @Bean
        SqlDuty crossCheckDuty(JdbcTemplate sql, Clock clock) {
            return new SqlDuty(sql, clock);
        }

        @Bean
        OrderEffects crossCheckOrderEffects(SqlCrossChecks checks, Ending ending, Clock clock) {
            return new OrderEffects(checks, ending, clock);
        }

        @Bean
        Whereabouts crossCheckWhereabouts(SqlCrossChecks checks) {
            return (actor, peer, conversation) -> {
                if (!actor.may(Permission.CAMPAIGN_READ)) return Optional.empty();
                CheckKey key = new CheckKey(peer, conversation);
                return checks.received(key).map(received -> key.path()).or(() -> checks.asked(key)
                        .map(asked -> "/campaigns/" + asked.campaign()));
            };
        }

        @Bean
        CrossCheckJob crossCheckJob(Ending ending) {
            return new CrossCheckJob(ending);
        }

        @Bean
        MessageListener crossCheckRequests(
                SqlCrossChecks checks,
                TraceReader reader,
                LegalBases laws,
                Control control,
                SecurityEvents events,
                PlatformTransactionManager transactions,
                CrossCheckSettings settings,
                Clock clock) {
            TransactionTemplate apart = new TransactionTemplate(transactions);
            apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            return new RequestListener(checks, reader, laws, control, events, apart, settings, clock);
        }

        @Bean
        MessageListener crossCheckAnswers(SqlCrossChecks checks, ExchangeService exchange, Clock clock) {
            return new AnswerListener(checks, exchange, clock);
        }

        @Bean
        MessageListener crossCheckEnds(SqlCrossChecks checks, Clock clock) {
            return new EndListener(checks, clock);
        }

        @Bean
        ReceiptListener crossCheckReceipts(SqlCrossChecks checks) {
            return new ReceiptListener(checks);
        }

        @Bean
        CampaignSection campaignAbroad(Reading reading, Partners partners, LegalBases laws, Clock clock) {
            return new AbroadSection(reading, new Reader(partners, laws), clock);
        }

        @Bean
        CorrespondenceSection campaignCorrespondence(
                Correspondence correspondence, Partners partners, LegalBases laws) {
            return new CorrespondenceSection(correspondence, new Reader(partners, laws));
        }

        @Bean
        WebNavigation crossCheckNavigation() {
            return new WebNavigation(
                    WebNavigation.Place.MAIN,
                    46,
                    "/crosschecks",
                    "crosscheck.nav",
                    Optional.of(Permission.EXCHANGE_READ.name()));
        }
    }
}
