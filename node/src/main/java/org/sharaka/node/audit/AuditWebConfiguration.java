package org.sharaka.node.audit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.WebNavigation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** What only a running node has: the page, and the end of old details. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class AuditWebConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(AuditWebConfiguration.class);
    private static final Duration PURGED_EVERY = Duration.ofHours(6);

    @Bean
    AuditReading auditReading(AuditTrail audit, JdbcTemplate sql, AuditProofs proofs) {
        return new AuditReading(audit, sql, proofs);
    }

    @Bean
    WebNavigation auditNavigation() {
        return new WebNavigation(
                WebNavigation.Place.MAIN, 80, "/audit", "audit.nav", Optional.of(Permission.AUDIT_READ.name()));
    }

    @Bean(destroyMethod = "shutdownNow")
    ScheduledExecutorService auditRetentionTimer(Retention retention, AuditSettings settings) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "audit-retention");
            thread.setDaemon(true);
            return thread;
        });
        var unused = timer.scheduleWithFixedDelay(
                () -> purge(retention, settings), 5, PURGED_EVERY.toMinutes(), TimeUnit.MINUTES);
        return timer;
    }

    private static void purge(Retention retention, AuditSettings settings) {
        try {
            long gone = retention.purge(Actor.system("audit.retention"), settings.retention());
            if (gone > 0) LOG.info("audit details purged: count={}", gone);
        } catch (RuntimeException e) {
            LOG.warn("audit details could not be purged; tried again in hours={}", PURGED_EVERY.toHours(), e);
        }
    }
}
