package org.sharaka.node.bureau;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.access.ActWitness;
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
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.SealedColumn;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.platform.WebNavigation;
import org.sharaka.protocol.content.Feedback;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.Information;
import org.sharaka.protocol.content.Inquiry;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.PermissionRequest;
import org.sharaka.protocol.content.Reply;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** How this module is built. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BureauSettings.class)
class BureauConfiguration {
    @Bean
    ActWitness bureauWrites() {
        return new ActWitness(
                "bureau.write",
                "select entry, 'conversation/' || peer || '/' || conversation as subject from bureau.message where author is not null");
    }

    @Bean
    ActWitness bureauReleases() {
        return new ActWitness(
                "bureau.release",
                "select look_entry as entry, 'draft/' || id as subject from bureau.message where state = 'SENT' and looked_by is not null");
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
        SqlConversations bureauConversations(JdbcTemplate sql, Vault vault, JsonMapper json) {
            return new SqlConversations(sql, vault, json);
        }

        @Bean
        BureauService bureauService(
                SqlConversations conversations,
                ExchangeService exchange,
                Control control,
                Orders orders,
                Grants grants,
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
                    exchange,
                    control,
                    orders,
                    grants,
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
        BureauJob bureauJob(BureauService bureau) {
            return new BureauJob(bureau);
        }

        @Bean
        ReceiptListener bureauReceipts(SqlConversations conversations, Clock clock) {
            return new ReceiptListener(conversations, clock);
        }

        @Bean
        MessageListener bureauRequests(
                SqlConversations conversations,
                LegalBases laws,
                Control control,
                BureauSettings settings,
                Ids ids,
                Clock clock) {
            return new BureauListener(Inquiry.TYPE, conversations, laws, control, settings.retention(), ids, clock);
        }

        @Bean
        MessageListener bureauAnswers(
                SqlConversations conversations,
                LegalBases laws,
                Control control,
                BureauSettings settings,
                Ids ids,
                Clock clock) {
            return new BureauListener(Reply.TYPE, conversations, laws, control, settings.retention(), ids, clock);
        }

        @Bean
        MessageListener bureauInformation(
                SqlConversations conversations,
                LegalBases laws,
                Control control,
                BureauSettings settings,
                Ids ids,
                Clock clock) {
            return new BureauListener(Information.TYPE, conversations, laws, control, settings.retention(), ids, clock);
        }

        @Bean
        MessageListener bureauFeedback(
                SqlConversations conversations,
                LegalBases laws,
                Control control,
                BureauSettings settings,
                Ids ids,
                Clock clock) {
            return new BureauListener(Feedback.TYPE, conversations, laws, control, settings.retention(), ids, clock);
        }

        @Bean
        MessageListener bureauTextsOfOthers(
                SqlConversations conversations,
                LegalBases laws,
                Control control,
                BureauSettings settings,
                Ids ids,
                Clock clock) {
            return new BureauListener(FreeText.TYPE, conversations, laws, control, settings.retention(), ids, clock);
        }

        @Bean
        MessageListener bureauPermissionRequests(
                SqlConversations conversations,
                LegalBases laws,
                Control control,
                BureauSettings settings,
                Ids ids,
                Clock clock) {
            return new BureauListener(
                    PermissionRequest.TYPE, conversations, laws, control, settings.retention(), ids, clock);
        }

        @Bean
        MessageListener bureauPermissionAnswers(
                SqlConversations conversations,
                LegalBases laws,
                Control control,
                BureauSettings settings,
                Ids ids,
                Clock clock) {
            return new BureauListener(
                    PermissionAnswer.TYPE, conversations, laws, control, settings.retention(), ids, clock);
        }

        @Bean
        OrderEffects bureauOrderEffects(SqlConversations conversations, Clock clock) {
            return new OrderEffects(conversations, clock);
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
        WebNavigation bureauNavigation() {
            return new WebNavigation(
                    WebNavigation.Place.MAIN,
                    45,
                    "/bureau",
                    "bureau.nav",
                    Optional.of(Permission.EXCHANGE_READ.name()));
        }
    }
}
