package org.sharaka.node.bureau;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.access.ActWitness;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.attachment.AttachmentPlaces;
import org.sharaka.node.attachment.AttachmentService;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.evidence.EvidenceExchange;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.MessageListener;
import org.sharaka.node.originator.Control;
import org.sharaka.node.originator.Grants;
import org.sharaka.node.originator.Orders;
import org.sharaka.node.originator.Proofs;
import org.sharaka.node.originator.Whereabouts;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.SealedColumn;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.platform.WebAlarm;
import org.sharaka.node.platform.WebNavigation;
import org.sharaka.node.platform.WebPathArgument;
import org.sharaka.protocol.content.Feedback;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.Information;
import org.sharaka.protocol.content.Inquiry;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.PermissionRequest;
import org.sharaka.protocol.content.Reminder;
import org.sharaka.protocol.content.Reply;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** How this module is built. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BureauSettings.class)
class BureauConfiguration {
    private static final String ANSWERS =
            "select entry, 'crossing/' || crossing || ' conversation/' || peer || '/' || conversation as subject"
                    + " from bureau.crossing_answer where ";

    /** All that leaves: written, asked, permitted, shared, reminded of. */
    @Bean
    ActWitness bureauWrites() {
        return new ActWitness(
                "bureau.write",
                "select entry, coalesce(entered, 'conversation/' || peer || '/' || conversation) as subject from bureau.message where author is not null");
    }

    @Bean
    ActWitness bureauReleases() {
        return new ActWitness(
                "bureau.release",
                "select look_entry as entry, 'draft/' || id as subject from bureau.message where state = 'SENT' and looked_by is not null");
    }

    @Bean
    ActWitness bureauHandovers() {
        return new ActWitness("bureau.hand-over", "select entry, 'handover/' || id as subject from bureau.handover");
    }

    @Bean
    ActWitness bureauTakeovers() {
        return new ActWitness(
                "bureau.take-over",
                "select taken_entry as entry, 'handover/' || id as subject from bureau.handover where taken_at is not null");
    }

    @Bean
    ActWitness bureauAlarms() {
        return new ActWitness("bureau.alarm", "select entry, 'message/' || message as subject from bureau.alarm");
    }

    @Bean
    ActWitness bureauAlarmsTakenOn() {
        return new ActWitness(
                "bureau.alarm-acknowledge",
                "select acknowledged as entry, 'message/' || message as subject from bureau.alarm where acknowledged_by is not null");
    }

    @Bean
    ActWitness bureauClosures() {
        return new ActWitness(
                "bureau.close",
                "select entry, 'conversation/' || peer || '/' || conversation as subject from bureau.closure where unit <> ''");
    }

    @Bean
    ActWitness bureauOpenings() {
        return new ActWitness(
                "bureau.open-to-all",
                "select entry, 'conversation/' || peer || '/' || conversation as subject from bureau.closure where unit = ''");
    }

    @Bean
    ActWitness bureauQuestions() {
        return new ActWitness("bureau.ask-to-see", "select entry, 'crossing/' || id as subject from bureau.crossing");
    }

    @Bean
    ActWitness bureauLooksLet() {
        return new ActWitness("bureau.let-see", ANSWERS + "until is not null");
    }

    @Bean
    ActWitness bureauLooksRefused() {
        return new ActWitness("bureau.keep-from", ANSWERS + "until is null");
    }

    @Bean
    SealedColumn bureauReferences() {
        return new SealedColumn("bureau.conversation", List.of("peer", "id"), "reference", """
                update bureau.conversation c set reference = null, reference_hash = null from gone g
                where g.peer = c.peer and g.id = c.id
                """);
    }

    @Bean
    SealedColumn bureauReferencesOfTheirs() {
        return new SealedColumn("bureau.their_reference", List.of("message"), "sealed", """
                delete from bureau.their_reference r using gone g where g.message = r.message
                """);
    }

    @Bean
    SealedColumn bureauClosureReasons() {
        return new SealedColumn("bureau.closure", List.of("entry"), "reason", """
                delete from bureau.closure c using gone g where g.entry = c.entry
                """);
    }

    @Bean
    SealedColumn bureauCrossingReasons() {
        return new SealedColumn("bureau.crossing", List.of("id"), "reason", """
                delete from bureau.crossing x using gone g where g.id = x.id
                """);
    }

    @Bean
    SealedColumn bureauHandoverSheets() {
        return new SealedColumn("bureau.handover", List.of("id"), "sheet", """
                delete from bureau.handover h using gone g where g.id = h.id
                """);
    }

    @Bean
    SealedColumn bureauSubjects() {
        return new SealedColumn("bureau.conversation", List.of("peer", "id"), "subject", """
                delete from bureau.message m using gone g where g.peer = m.peer and g.id = m.conversation;
                delete from bureau.conversation c using gone g where g.peer = c.peer and g.id = c.id
                """);
    }

    @Bean
    SealedColumn bureauTexts() {
        return new SealedColumn("bureau.message_text", List.of("message", "part"), "sealed", """
                delete from bureau.message_text t using gone g where g.message = t.message and g.part = t.part
                """);
    }

    /** While the node serves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Serving {
        @Bean
        WebMvcConfigurer bureauConversationsInPaths() {
            return new WebPathArgument<>(
                            ConversationKey.class, path -> ConversationKey.parse(path.apply("peer"), path.apply("id")))
                    .configurer();
        }

        @Bean
        SqlConversations bureauConversations(
                JdbcTemplate sql, Vault vault, JsonMapper json, ExchangeService exchange, Clock clock) {
            return new SqlConversations(sql, vault, json, exchange::unsettled, clock);
        }

        @Bean
        SqlLists bureauLists(JdbcTemplate sql, SqlConversations conversations) {
            return new SqlLists(sql, conversations);
        }

        @Bean
        Reading bureauReading(
                SqlConversations conversations,
                SqlLists lists,
                ExchangeService exchange,
                Control control,
                Orders orders,
                Grants grants,
                Enclosures enclosures,
                Rosters rosters,
                AuditTrail audit,
                Clock clock) {
            return new Reading(
                    conversations, lists, exchange, control, orders, grants, enclosures, rosters, audit, clock);
        }

        @Bean
        SqlCrossings bureauSqlCrossings(JdbcTemplate sql, Vault vault) {
            return new SqlCrossings(sql, vault);
        }

        @Bean
        Crossings bureauCrossings(
                SqlCrossings crossings,
                SqlConversations conversations,
                Reading reading,
                OfficerService officers,
                AttachmentService attachments,
                Orders orders,
                AuditTrail audit,
                Ids ids,
                Clock clock) {
            return new Crossings(crossings, conversations, reading, officers, attachments, orders, audit, ids, clock);
        }

        @Bean
        Correspondence bureauCorrespondence(Reading reading) {
            return new Correspondence(reading);
        }

        @Bean
        Correspondents bureauCorrespondents(Rosters rosters, LegalBases laws, Clock clock) {
            return new Correspondents(rosters, laws, clock);
        }

        @Bean
        BureauService bureauService(
                SqlConversations conversations,
                Reading reading,
                Correspondents correspondents,
                ExchangeService exchange,
                Rosters rosters,
                LegalBases laws,
                Enclosures enclosures,
                AuditTrail audit,
                TransactionTemplate transactions,
                BureauSettings settings,
                Ids ids,
                SecureRandom random,
                Clock clock) {
            return new BureauService(
                    conversations,
                    reading,
                    correspondents,
                    exchange,
                    rosters,
                    laws,
                    enclosures,
                    audit,
                    transactions,
                    settings,
                    ids,
                    random,
                    clock);
        }

        @Bean
        SecondLook bureauSecondLook(
                SqlConversations conversations,
                Reading reading,
                BureauService bureau,
                AuditTrail audit,
                BureauSettings settings,
                Clock clock) {
            return new SecondLook(conversations, reading, bureau, audit, settings, clock);
        }

        @Bean
        Ending bureauEnding(
                SqlConversations conversations,
                ExchangeService exchange,
                AuditTrail audit,
                TransactionTemplate transactions,
                Clock clock) {
            return new Ending(conversations, exchange, audit, transactions, clock);
        }

        @Bean
        Parts bureauParts(Enclosures enclosures, LegalBases laws) {
            return new Parts(enclosures, laws);
        }

        @Bean
        Enclosures bureauEnclosures(
                EvidenceService evidence, EvidenceExchange exchange, AttachmentService attachments) {
            return new Enclosures(evidence, exchange, attachments);
        }

        @Bean
        AttachmentPlaces bureauPlaces(SqlConversations conversations, BureauSettings settings, Clock clock) {
            return new EnclosurePlaces(conversations, settings.retention(), clock);
        }

        @Bean
        EnclosureListener bureauEnclosureListener(SqlConversations conversations) {
            return new EnclosureListener(conversations);
        }

        @Bean
        SqlDeliveries bureauSqlDeliveries(JdbcTemplate sql) {
            return new SqlDeliveries(sql);
        }

        @Bean
        Deliveries bureauDeliveries(
                SqlDeliveries deliveries,
                SqlConversations conversations,
                ExchangeService exchange,
                TransactionTemplate transactions,
                Clock clock) {
            return new Deliveries(deliveries, conversations, exchange, transactions, clock);
        }

        @Bean
        Reminders bureauReminders(
                SqlConversations conversations,
                BureauService bureau,
                Correspondents correspondents,
                ExchangeService exchange,
                Rosters rosters,
                AuditTrail audit,
                BureauSettings settings,
                Ids ids,
                Clock clock) {
            return new Reminders(conversations, bureau, correspondents, exchange, rosters, audit, settings, ids, clock);
        }

        @Bean
        BureauJob bureauJob(Ending ending, Deliveries deliveries, Handovers handovers, Crossings crossings) {
            return new BureauJob(ending, deliveries, handovers, crossings);
        }

        @Bean
        ReceiptListener bureauReceipts(SqlConversations conversations, SqlDeliveries deliveries, Clock clock) {
            return new ReceiptListener(conversations, deliveries, clock);
        }

        @Bean
        Arrivals bureauArrivals(
                SqlConversations conversations,
                LegalBases laws,
                Control control,
                BureauSettings settings,
                Ids ids,
                SecureRandom random,
                Clock clock) {
            return new Arrivals(conversations, laws, control, settings, ids, random, clock);
        }

        @Bean
        OrderEffects bureauOrderEffects(SqlConversations conversations, Clock clock) {
            return new OrderEffects(conversations, clock);
        }

        @Bean
        ProofOfReceipt bureauProofOfReceipt(
                SqlConversations conversations,
                ExchangeService exchange,
                AttachmentService attachments,
                Proofs proofs,
                AuditTrail audit) {
            return new ProofOfReceipt(conversations, exchange, attachments, proofs, audit);
        }

        @Bean
        ForeignData bureauForeignData(
                SqlConversations conversations,
                ExchangeService exchange,
                Control control,
                Orders orders,
                Grants grants,
                Proofs proofs,
                Rosters rosters,
                LegalBases laws,
                AuditTrail audit,
                BureauSettings settings,
                Ids ids,
                SecureRandom random,
                Clock clock) {
            return new ForeignData(
                    conversations,
                    exchange,
                    control,
                    orders,
                    grants,
                    proofs,
                    rosters,
                    laws,
                    audit,
                    settings,
                    ids,
                    random,
                    clock);
        }

        @Bean
        Whereabouts bureauWhereabouts(SqlConversations conversations) {
            return (actor, peer, conversation) -> conversations
                    .find(actor, new ConversationKey(peer, conversation))
                    .map(found -> found.key().path());
        }

        @Bean
        WebNavigation bureauNavigation() {
            return new WebNavigation(
                    WebNavigation.Place.MAIN,
                    45,
                    "/bureau",
                    "bureau.nav",
                    Optional.of(Permission.EXCHANGE_READ.name()));
        }
    }

    /** What this module hears of the exchange, a listener for each type. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Hearing {
        @Bean
        MessageListener bureauRequests(Arrivals arrivals) {
            return new BureauListener(Inquiry.TYPE, arrivals);
        }

        @Bean
        MessageListener bureauAnswers(Arrivals arrivals) {
            return new BureauListener(Reply.TYPE, arrivals);
        }

        @Bean
        MessageListener bureauInformation(Arrivals arrivals) {
            return new BureauListener(Information.TYPE, arrivals);
        }

        @Bean
        MessageListener bureauFeedback(Arrivals arrivals) {
            return new BureauListener(Feedback.TYPE, arrivals);
        }

        @Bean
        MessageListener bureauTextsOfOthers(Arrivals arrivals) {
            return new BureauListener(FreeText.TYPE, arrivals);
        }

        @Bean
        MessageListener bureauRemindersOfOthers(Arrivals arrivals) {
            return new BureauListener(Reminder.TYPE, arrivals);
        }

        @Bean
        MessageListener bureauPermissionRequests(Arrivals arrivals) {
            return new BureauListener(PermissionRequest.TYPE, arrivals);
        }

        @Bean
        MessageListener bureauPermissionAnswers(Arrivals arrivals) {
            return new BureauListener(PermissionAnswer.TYPE, arrivals);
        }
    }

    /** What a duty officer has beside the conversations: alarms and the handover of a shift. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Duty {
        @Bean
        SqlAlarms bureauSqlAlarms(JdbcTemplate sql, Clock clock) {
            return new SqlAlarms(sql, clock);
        }

        @Bean
        DutyAlarms bureauDutyAlarms(
                List<UrgentMatters> matters,
                AuditTrail audit,
                TransactionTemplate transactions,
                BureauSettings settings,
                Clock clock) {
            return new DutyAlarms(matters, audit, transactions, settings, clock);
        }

        @Bean
        AlarmJob bureauAlarmJob(DutyAlarms alarms) {
            return new AlarmJob(alarms);
        }

        @Bean
        WebAlarm bureauAlarm(DutyAlarms alarms) {
            return new BureauAlarm(alarms);
        }

        @Bean
        SqlHandovers bureauSqlHandovers(JdbcTemplate sql, Vault vault, JsonMapper json) {
            return new SqlHandovers(sql, vault, json);
        }

        @Bean
        Handovers bureauHandoverSheetsOfUnits(
                SqlHandovers handovers,
                SqlLists lists,
                ObjectProvider<OpenMatters> others,
                OfficerService officers,
                AuditTrail audit,
                BureauSettings settings,
                Ids ids,
                Clock clock) {
            return new Handovers(
                    handovers, lists, others.orderedStream().toList(), officers, audit, settings, ids, clock);
        }
    }
}
