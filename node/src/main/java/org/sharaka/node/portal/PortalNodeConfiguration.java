package org.sharaka.node.portal;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.intake.CorrespondenceService;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.platform.Home;
import org.sharaka.node.platform.KeptFile;
import org.sharaka.node.platform.Vault;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The node's side of the portal. Nothing of it exists in the portal's own process. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PortalNodeSettings.class)
class PortalNodeConfiguration {
    /** Its key is in there, without which no reporter's code opens anything. */
    @Bean
    KeptFile doorFile() {
        return new KeptFile(Path.of("portal", "door.properties"));
    }

    @Bean
    KeptFile portalSettingsFile() {
        return new KeptFile(Path.of("portal", "portal.properties"));
    }

    @Bean
    Deliveries deliveries(JdbcTemplate jdbc) {
        return new Deliveries(jdbc);
    }

    @Bean
    MailboxListener mailboxListener(Deliveries deliveries, CorrespondenceService letters) {
        return new MailboxListener(deliveries, letters);
    }

    @Bean
    @ConditionalOnWebApplication
    DoorKeeper doorKeeper(
            Home home,
            DataSource database,
            Vault vault,
            PortalNodeSettings settings,
            SecureRandom random,
            Clock clock) {
        return new DoorKeeper(home, database, vault, settings, random, clock);
    }

    @Bean
    @ConditionalOnWebApplication
    Door door(DoorKeeper keeper) {
        return keeper.open();
    }

    @Bean
    @ConditionalOnWebApplication
    MailboxService mailboxService(
            Door door,
            IntakeService reports,
            CorrespondenceService letters,
            Deliveries deliveries,
            AuditTrail audit,
            SecureRandom random) {
        return new MailboxService(reports, letters, deliveries, new PortalKey(door.key()), audit, random);
    }

    /** Needs the door, because opening it makes the key pair. */
    @Bean
    @ConditionalOnWebApplication
    Collector collector(
            Door door,
            DoorKeeper keeper,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            IntakeService reports,
            CorrespondenceService letters,
            Deliveries deliveries,
            PortalNodeSettings settings,
            Clock clock,
            MeterRegistry meters) {
        Collector collector = new Collector(
                jdbc,
                new TransactionTemplate(transactions),
                keeper::privateKey,
                reports,
                letters,
                deliveries,
                settings.zone(),
                clock);
        meters.gauge("sharaka.portal.arrivals.aside", collector, Collector::aside);
        return collector;
    }
}
