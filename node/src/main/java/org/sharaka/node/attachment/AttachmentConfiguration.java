package org.sharaka.node.attachment;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.evidence.EvidenceExchange;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.evidence.ItemGuard;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.FileLine;
import org.sharaka.node.originator.Control;
import org.sharaka.node.originator.Orders;
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
@EnableConfigurationProperties(AttachmentSettings.class)
class AttachmentConfiguration {
    @Bean
    SqlAttachments attachments(JdbcTemplate sql) {
        return new SqlAttachments(sql);
    }

    @Bean
    UnderWay attachmentsUnderWay() {
        return new UnderWay();
    }

    @Bean
    FileDesk fileDesk(
            SqlAttachments attachments,
            EvidenceExchange files,
            EvidenceService evidence,
            ObjectProvider<ExchangeService> exchange,
            ObjectProvider<AttachmentPlaces> places,
            ObjectProvider<Control> control,
            ObjectProvider<Orders> orders,
            AttachmentSettings settings,
            UnderWay underWay,
            SecurityEvents security,
            TransactionTemplate transactions,
            ApplicationEventPublisher events,
            Clock clock) {
        return new FileDesk(
                attachments,
                files,
                evidence,
                exchange::getObject,
                places::stream,
                ours -> !control.getObject().standingOfShare(ours).open()
                        || orders.getObject().withdrawn(ours),
                settings,
                underWay,
                security,
                transactions,
                events,
                clock);
    }

    @Bean
    AttachmentService attachmentService(
            SqlAttachments attachments,
            EvidenceExchange files,
            EvidenceService evidence,
            UnderWay underWay,
            AuditTrail audit,
            Clock clock) {
        return new AttachmentService(attachments, files, evidence, underWay, audit, clock);
    }

    @Bean
    Endings attachmentEndings(
            SqlAttachments attachments,
            EvidenceService evidence,
            ExchangeService exchange,
            UnderWay underWay,
            Clock clock) {
        return new Endings(attachments, evidence, exchange, underWay, clock);
    }

    @Bean
    ItemGuard attachmentHandling(
            SqlAttachments attachments, ObjectProvider<ExchangeService> exchange, ObjectProvider<Control> control) {
        return new HandlingGuard(attachments, exchange::getObject, control::getObject);
    }

    /** While the node serves. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    static class Serving {
        @Bean
        FileWorkers fileWorkers(AttachmentSettings settings, UnderWay underWay) {
            return new FileWorkers(settings.atOnce(), underWay);
        }

        @Bean
        AttachmentJob attachmentJob(
                SqlAttachments attachments,
                EvidenceExchange files,
                FileDesk desk,
                FileLine line,
                Endings endings,
                FileWorkers workers,
                UnderWay underWay,
                AttachmentSettings settings,
                SecurityEvents security,
                MeterRegistry metrics,
                Clock clock) {
            AttachmentJob job = new AttachmentJob(
                    attachments,
                    files,
                    desk,
                    line,
                    new Fetching(attachments, files, desk, line, settings, security, clock),
                    new Bringing(attachments, desk, line, clock),
                    endings,
                    workers,
                    metrics,
                    clock);
            underWay.calls(job::wake);
            return job;
        }
    }
}
