package org.sharaka.node.originator;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.access.AccessLog;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.access.Permission;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.AuditProofs;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.CosignedHeads;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.MessageListener;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.SealedColumn;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.platform.WebNavigation;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.message.Order;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** How this module is built. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OriginatorSettings.class)
class OriginatorConfiguration {
    @Bean
    ActWitness originatorOrders() {
        return new ActWitness(
                "originator.order", "select entry, 'message/' || target as subject from originator.given");
    }

    @Bean
    ActWitness originatorAnswers() {
        return new ActWitness(
                "originator.answer",
                "select entry, 'statement/' || encode(statement, 'hex') || ' order/' || first_name"
                        + " || coalesce(' gone/' || gone_entry, '') as subject from originator.taken where statement is not null");
    }

    @Bean
    SealedColumn originatorReasons() {
        return new SealedColumn("originator.given", List.of("id"), "reason", """
                update originator.given o set reason = null from gone g where g.id = o.id
                """);
    }

    @Bean
    SealedColumn originatorSentences() {
        return new SealedColumn("originator.taken", List.of("peer", "name"), "sentence", """
                update originator.taken o set sentence = null from gone g where g.peer = o.peer and g.name = o.name
                """);
    }

    @Bean
    SealedColumn originatorHolds() {
        return new SealedColumn("originator.hold", List.of("peer", "name"), "sentence", """
                delete from originator.hold o using gone g where g.peer = o.peer and g.name = o.name
                """);
    }

    /** While the node serves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Serving {
        @Bean
        SqlHoldings originatorHoldings(JdbcTemplate sql, Vault vault) {
            return new SqlHoldings(sql, vault);
        }

        @Bean
        SqlTaken originatorTaken(JdbcTemplate sql, Vault vault) {
            return new SqlTaken(sql, vault);
        }

        @Bean
        SqlGiven originatorGiven(JdbcTemplate sql, Vault vault) {
            return new SqlGiven(sql, vault);
        }

        @Bean
        SqlPassing originatorPassing(JdbcTemplate sql) {
            return new SqlPassing(sql);
        }

        @Bean
        HandlingRules originatorRules(JdbcTemplate sql, AuditTrail audit, Clock clock) {
            return new HandlingRules(new SqlRules(sql), audit, clock);
        }

        @Bean
        Orders originatorGivenOrders(
                SqlGiven given,
                ExchangeService exchange,
                Rosters rosters,
                AuditTrail audit,
                Ids ids,
                ObjectProvider<CosignedHeads> cosigned,
                OriginatorSettings settings,
                Clock clock) {
            return new Orders(
                    given,
                    exchange,
                    rosters,
                    audit,
                    ids,
                    (holder, before) -> cosigned.stream().anyMatch(heads -> heads.seen(holder, before)),
                    settings,
                    clock);
        }

        @Bean
        Control originatorControl(
                HandlingRules rules,
                JdbcTemplate sql,
                SqlHoldings holdings,
                SqlTaken orders,
                SqlPassing passing,
                ExchangeService exchange,
                Rosters rosters,
                AuditTrail audit,
                AccessLog log,
                ObjectProvider<OriginatorJob> job,
                Clock clock) {
            return new Control(
                    rules,
                    new SqlPermissions(sql),
                    holdings,
                    orders,
                    passing,
                    exchange,
                    rosters,
                    audit,
                    log,
                    () -> job.ifAvailable(OriginatorJob::wake),
                    clock);
        }

        @Bean
        Grants originatorGrants(
                JdbcTemplate sql,
                ExchangeService exchange,
                AuditTrail audit,
                OriginatorSettings settings,
                Clock clock) {
            return new Grants(new SqlGrants(sql), exchange, audit, settings, clock);
        }

        @Bean
        Proofs originatorProofs(
                SqlGiven given,
                Orders orders,
                ExchangeService exchange,
                Rosters rosters,
                AuditTrail audit,
                Profile1 profile) {
            return new Proofs(given, orders, exchange, rosters, audit, profile);
        }

        @Bean
        Obedience originatorObedience(
                SqlHoldings holdings,
                SqlTaken orders,
                SqlPassing passing,
                ExchangeService exchange,
                Rosters rosters,
                AuditTrail audit,
                ApplicationEventPublisher events,
                OriginatorSettings settings,
                Clock clock) {
            return new Obedience(holdings, orders, passing, exchange, rosters, audit, events, settings, clock);
        }

        @Bean
        OriginatorJob originatorJob(
                SqlTaken orders,
                SqlPassing passing,
                SqlGiven given,
                Obedience obedience,
                Orders ours,
                Grants grants,
                JdbcTemplate sql,
                ExchangeService exchange,
                Rosters rosters,
                AuditTrail audit,
                AuditProofs proofs,
                ObjectProvider<CosignedHeads> cosigned,
                TransactionTemplate transactions,
                OriginatorSettings settings,
                Clock clock) {
            return new OriginatorJob(
                    new Errands(
                            orders,
                            passing,
                            given,
                            obedience,
                            ours,
                            grants,
                            new SqlGrants(sql),
                            exchange,
                            rosters,
                            audit,
                            proofs,
                            () -> cosigned.stream().findFirst().flatMap(CosignedHeads::newest),
                            transactions,
                            settings,
                            clock),
                    clock);
        }

        @Bean
        LateData originatorLateData(
                SqlHoldings holdings, SqlTaken taken, ObjectProvider<OriginatorJob> job, Clock clock) {
            return new LateData(holdings, taken, () -> job.ifAvailable(OriginatorJob::wake), clock);
        }

        @Bean
        MessageListener originatorRecalls(Obedience obedience, ObjectProvider<OriginatorJob> job) {
            return new OrderListener(Order.Kind.RECALL, obedience, () -> job.ifAvailable(OriginatorJob::wake));
        }

        @Bean
        MessageListener originatorCorrections(Obedience obedience, ObjectProvider<OriginatorJob> job) {
            return new OrderListener(Order.Kind.CORRECTION, obedience, () -> job.ifAvailable(OriginatorJob::wake));
        }

        @Bean
        MessageListener originatorPurges(Obedience obedience, ObjectProvider<OriginatorJob> job) {
            return new OrderListener(Order.Kind.PURGE, obedience, () -> job.ifAvailable(OriginatorJob::wake));
        }

        @Bean
        MessageListener originatorAnswersOfHolders(
                Orders orders,
                SqlTaken taken,
                SqlPassing passing,
                ExchangeService exchange,
                ObjectProvider<OriginatorJob> job,
                Clock clock) {
            return new AnswerListener(
                    orders, taken, passing, exchange, () -> job.ifAvailable(OriginatorJob::wake), clock);
        }

        @Bean
        WebNavigation originatorNavigation() {
            return new WebNavigation(
                    WebNavigation.Place.MAIN,
                    46,
                    "/originator",
                    "originator.nav",
                    Optional.of(Permission.EXCHANGE_READ.name()));
        }
    }
}
