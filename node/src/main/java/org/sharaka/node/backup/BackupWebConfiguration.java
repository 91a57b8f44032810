package org.sharaka.node.backup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Restore;
import org.sharaka.node.platform.Restores;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module does while the node serves. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class BackupWebConfiguration {
    /** That the node came back from a backup is in its record before it serves anybody. */
    @Bean
    SmartInitializingSingleton returnsEntered(Restores restores, SqlBackups backups, AuditTrail audit) {
        return () -> {
            int last = backups.lastReturn();
            for (Restore each : restores.all())
                if (each.number() > last)
                    audit.act(Actor.system("backup"), "backup.return", "backup/" + each.backup(), entry -> {
                        backups.returned(each.number(), each.backup(), entry.value());
                        return each;
                    });
        };
    }

    /** Worth an alarm: how old the newest backup is; not a number before the first. */
    @Bean
    Gauge backupAge(MeterRegistry registry, SqlBackups backups, Clock clock) {
        return Gauge.builder("sharaka.backup.age", backups, known -> known.newest()
                        .map(newest -> (double)
                                Duration.between(newest, clock.instant()).toSeconds())
                        .orElse(Double.NaN))
                .baseUnit("seconds")
                .register(registry);
    }
}
