package org.sharaka.node.screening.desk;

import org.sharaka.identifiers.Region;
import org.sharaka.node.screening.ScreeningService;
import org.sharaka.node.screening.ScreeningSettings;
import org.sharaka.node.screening.hit.DistinctionService;
import org.sharaka.node.screening.register.RegisterLookup;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the front line's page is built. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class DeskConfiguration {
    @Bean
    DeskService deskService(
            ScreeningService screening,
            DistinctionService distinctions,
            RegisterLookup registers,
            ScreeningSettings settings) {
        return new DeskService(screening, distinctions, registers, Region.of(settings.country()));
    }
}
