package org.sharaka.node.intake;

import java.util.Optional;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.WebNavigation;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What intake shows while the node serves. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class IntakeWebConfiguration {
    @Bean
    WebNavigation reportsNavigation() {
        return new WebNavigation(
                WebNavigation.Place.MAIN,
                20,
                "/reports",
                "intake.reports.navigation",
                Optional.of(Permission.REPORT_READ.name()));
    }

    @Bean
    PurgeJob purgeJob(IntakeService service) {
        return new PurgeJob(service);
    }
}
