package org.sharaka.node.exchange;

import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.audit.AuditProofs;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.exchange.wire.PeerClient;
import org.sharaka.node.exchange.wire.PeerListener;
import org.sharaka.node.exchange.wire.PeerTls;
import org.sharaka.node.platform.Home;
import org.sharaka.node.platform.ListenersFile;
import org.sharaka.node.platform.Restores;
import org.sharaka.node.platform.SealedColumn;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.message.Lane;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** How this module is built. A command sends too, but neither listens nor delivers: the node beside it does. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ExchangeSettings.class)
class ExchangeConfiguration {
    @Bean
    SqlOutbox exchangeOutbox(JdbcTemplate sql) {
        return new SqlOutbox(sql);
    }

    @Bean
    SqlInbox exchangeInbox(JdbcTemplate sql) {
        return new SqlInbox(sql);
    }

    @Bean
    SqlReceipts exchangeReceipts(JdbcTemplate sql, Vault vault) {
        return new SqlReceipts(sql, vault);
    }

    @Bean
    Profile1 exchangeProfile(SecureRandom random) {
        return new Profile1(random);
    }

    @Bean
    TakingIn exchangeTakingIn(
            SqlInbox inbox,
            SqlReceipts receipts,
            ObjectProvider<MessageListener> listeners,
            ObjectProvider<MessageFiles> files,
            SecurityEvents security,
            AuditTrail audit,
            Vault vault,
            TransactionTemplate transactions,
            ApplicationEventPublisher events,
            ObjectProvider<Operation> operation,
            Clock clock) {
        return new TakingIn(
                inbox,
                receipts,
                () -> listeners.stream().toList(),
                files::getObject,
                security,
                audit,
                vault,
                transactions,
                events,
                sender -> operation.ifAvailable(work -> work.wake(sender, Lane.CONTROL)),
                clock);
    }

    @Bean
    Announcer exchangeAnnouncer(ApplicationEventPublisher events, TransactionTemplate transactions) {
        return new Announcer(events, transactions);
    }

    @Bean
    ReceiptBook exchangeReceiptBook(
            SqlReceipts receipts,
            SqlOutbox outbox,
            SqlInbox inbox,
            Rosters rosters,
            SecurityEvents security,
            Profile1 profile,
            TransactionTemplate transactions,
            Announcer announcer,
            Openings openings,
            TakingIn takingIn,
            ExchangeSettings settings,
            Clock clock) {
        return new ReceiptBook(
                receipts,
                outbox,
                inbox,
                rosters,
                security,
                profile,
                transactions,
                announcer,
                openings::lostSince,
                takingIn::look,
                settings.share(),
                clock);
    }

    @Bean
    SqlOpenings exchangeSqlOpenings(JdbcTemplate sql) {
        return new SqlOpenings(sql);
    }

    @Bean
    Openings exchangeOpenings(
            SqlOpenings stored,
            SqlOutbox outbox,
            SqlReceipts receipts,
            Rosters rosters,
            Restores restores,
            SecurityEvents security,
            AuditTrail audit,
            Profile1 profile,
            TransactionTemplate transactions,
            ObjectProvider<Operation> operation,
            Clock clock) {
        return new Openings(
                stored,
                outbox,
                receipts,
                rosters,
                restores,
                security,
                audit,
                profile,
                transactions,
                member -> operation.ifAvailable(work -> {
                    for (Lane lane : Lane.values()) work.wake(member, lane);
                }),
                clock);
    }

    @Bean
    Settling exchangeSettling(
            JdbcTemplate sql,
            Vault vault,
            SqlOutbox outbox,
            SqlInbox inbox,
            Openings openings,
            Restores restores,
            Rosters rosters,
            AuditTrail audit,
            TransactionTemplate transactions,
            Clock clock) {
        return new Settling(
                new SqlSettled(sql, vault), outbox, inbox, openings, restores, rosters, audit, transactions, clock);
    }

    @Bean
    PeerPath exchangeWaitingPath(SqlOutbox outbox, Settling settling) {
        return new WaitingPath(outbox, settling);
    }

    @Bean
    PeerPath exchangeEpochPath(Openings openings, Rosters rosters, ObjectProvider<Operation> operation) {
        return new EpochPath(openings, rosters, member -> nothingOnItsWay(operation.getIfAvailable(), member));
    }

    private static boolean nothingOnItsWay(@Nullable Operation operation, MemberId member) {
        return operation == null || operation.awaitBack(member);
    }

    @Bean
    ExchangeService exchangeService(
            SqlOutbox outbox,
            SqlInbox inbox,
            SqlReceipts receipts,
            ReceiptBook book,
            Rosters rosters,
            LegalBases laws,
            AuditTrail audit,
            Vault vault,
            Profile1 profile,
            SecureRandom random,
            Openings openings,
            Settling settling,
            ObjectProvider<MessageFiles> files,
            ApplicationEventPublisher events,
            ObjectProvider<Operation> operation,
            ExchangeSettings settings,
            Clock clock) {
        return new ExchangeService(
                outbox,
                inbox,
                receipts,
                book,
                rosters,
                laws,
                audit,
                vault,
                profile,
                random,
                openings,
                settling,
                files::getObject,
                events,
                (recipient, lane) -> operation.ifAvailable(work -> work.wake(recipient, lane)),
                settings,
                clock);
    }

    @Bean
    ActWitness exchangeSends() {
        return new ActWitness(
                "exchange.send", "select entry, 'message/' || id || ' to ' || recipient as subject from exchange.sent");
    }

    @Bean
    ActWitness exchangePurges() {
        return new ActWitness(ExchangeService.PURGE, """
                select gone_entry as entry, 'message/' || id || ' from ' || sender as subject from exchange.received
                where gone_entry is not null
                """);
    }

    @Bean
    ActWitness exchangeWithoutWord() {
        return new ActWitness(
                Settling.WITHOUT_WORD,
                "select entry, 'member/' || member as subject from exchange.settled where entry is not null");
    }

    @Bean
    SealedColumn exchangeSentContent() {
        return new SealedColumn("exchange.sent_content", List.of("id"), "sealed", """
                update exchange.sent s set purged_at = now(), state = case when s.state = 'WAITING' then 'SKIPPED' else s.state end
                from gone g where g.id = s.id;
                delete from exchange.waiting w using gone g where g.id = w.id;
                delete from exchange.sent_content c using gone g where g.id = c.id
                """);
    }

    @Bean
    SealedColumn exchangeReceivedContent() {
        return new SealedColumn("exchange.received_content", List.of("sender", "id"), "sealed", """
                update exchange.received r set purged_at = now(), hash = null
                from gone g where g.sender = r.sender and g.id = r.id;
                delete from exchange.received_content c using gone g where g.sender = c.sender and g.id = c.id
                """);
    }

    @Bean
    SealedColumn exchangeSentences() {
        return new SealedColumn("exchange.given", List.of("number"), "sentence", """
                update exchange.given o set sentence = null from gone g where g.number = o.number
                """);
    }

    @Bean
    SealedColumn exchangeReceiptTexts() {
        return new SealedColumn("exchange.receipt_text", List.of("batch"), "sealed", """
                delete from exchange.receipt_text t using gone g where g.batch = t.batch
                """);
    }

    /** What only a running node has. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class AtWork {
        @Bean
        Breakers exchangeBreakers(ExchangeSettings settings, SecureRandom random, Clock clock) {
            return new Breakers(settings.longestPause(), random, clock);
        }

        @Bean
        Measures exchangeMeasures(
                SqlOutbox outbox,
                SqlInbox inbox,
                SqlReceipts receipts,
                Breakers breakers,
                MeterRegistry metrics,
                Clock clock) {
            return new Measures(outbox, inbox, receipts, breakers, metrics, clock);
        }

        @Bean
        Reception exchangeReception(
                SqlInbox inbox,
                SqlReceipts receipts,
                ReceiptBook book,
                Openings openings,
                Rosters rosters,
                SecurityEvents security,
                AuditTrail audit,
                Vault vault,
                Profile1 profile,
                TransactionTemplate transactions,
                TakingIn takingIn,
                ExchangeSettings settings,
                Clock clock) {
            return new Reception(
                    inbox,
                    receipts,
                    book,
                    openings,
                    rosters,
                    security,
                    audit,
                    vault,
                    profile,
                    transactions,
                    takingIn::look,
                    settings.held(),
                    settings.share(),
                    clock);
        }

        @Bean
        Operation exchangeOperation(
                ExchangeSettings settings,
                SqlOutbox outbox,
                SqlInbox inbox,
                SqlReceipts receipts,
                ReceiptBook book,
                Reception reception,
                TakingIn takingIn,
                Rosters rosters,
                SecurityEvents security,
                AuditTrail audit,
                Vault vault,
                Profile1 profile,
                Breakers breakers,
                Measures measures,
                TransactionTemplate transactions,
                Announcer announcer,
                ObjectProvider<MessageFiles> files,
                MeterRegistry metrics,
                DataSource database,
                Home home,
                ListenersFile listeners,
                SecureRandom random,
                Openings openings,
                Settling settling,
                SqlOpenings stored,
                Restores restores,
                AuditProofs proofs,
                ObjectProvider<PeerPath> paths,
                Clock clock) {
            PeerTls tls = new PeerTls(rosters, security, random);
            ExecutorService controlPool = Operation.pool((settings.couriers() + 1) / 2 + 1, "exchange-control");
            ExecutorService errandPool = Operation.pool(4, "exchange-errand");
            ExecutorService slowPool = Operation.pool((settings.couriers() + 1) / 2, "exchange-slow");
            RosterCourier rosterCourier = new RosterCourier(rosters, outbox, errandPool, slowPool, clock);
            PeerClient client = new PeerClient(rosters, tls, security, clock, settings.patience(), rosterCourier::seen);
            Homecoming homecoming = new Homecoming(
                    openings,
                    stored,
                    outbox,
                    rosters,
                    restores,
                    proofs,
                    audit,
                    security,
                    profile,
                    transactions,
                    client,
                    breakers,
                    clock);
            Couriers couriers = new Couriers(
                    outbox,
                    receipts,
                    book,
                    homecoming,
                    settling,
                    rosters,
                    client,
                    breakers,
                    vault,
                    profile,
                    metrics,
                    (settings.couriers() + 1) / 2,
                    slowPool,
                    clock);
            Desk desk = new Desk(
                    reception,
                    book,
                    receipts,
                    couriers,
                    breakers,
                    rosters,
                    () -> paths.stream().toList(),
                    files::getObject,
                    new FileReports(rosters, profile, clock),
                    clock);
            PeerListener listener = new PeerListener(
                    settings.wire(),
                    tls,
                    desk,
                    security,
                    metrics,
                    clock,
                    home.directory().resolve("listener"));
            Outlived outlived = new Outlived(
                    inbox,
                    receipts,
                    audit,
                    transactions,
                    takingIn::look,
                    sender -> couriers.tell(sender, Lane.CONTROL),
                    clock);
            return new Operation(
                    settings,
                    rosters,
                    listener,
                    listeners,
                    couriers,
                    new Collector(receipts, book, reception, couriers, openings, settling),
                    rosterCourier,
                    client,
                    new PeerLines(client, breakers, outbox, inbox, rosters, openings, settling, clock),
                    breakers,
                    homecoming,
                    takingIn,
                    new Upkeep(outbox, inbox, receipts, outlived, announcer, audit, transactions, clock),
                    measures,
                    new Lead(database),
                    controlPool,
                    errandPool,
                    slowPool);
        }

        @Bean
        PeerLines peerLines(Operation operation) {
            return operation.lines();
        }

        @Bean
        FileLine exchangeFileLine(
                Operation operation,
                Rosters rosters,
                Profile1 profile,
                ExchangeSettings settings,
                SecureRandom random,
                Clock clock) {
            return new FileLine(
                    operation,
                    rosters,
                    new FileReports(rosters, profile, clock),
                    new Breakers(settings.longestPause(), random, clock));
        }

        @Bean
        HealthIndicator exchangeHealth(Operation operation) {
            return () ->
                    operation.healthy() ? Health.up().build() : Health.down().build();
        }
    }
}
