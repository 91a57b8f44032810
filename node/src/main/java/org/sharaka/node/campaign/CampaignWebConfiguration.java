package org.sharaka.node.campaign;

import java.util.Optional;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.WebNavigation;
import org.sharaka.node.platform.WebNavigation.Place;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the campaign's pages stand in the console. */
@Configuration(proxyBeanMethods = false)
class CampaignWebConfiguration {
    private static final Optional<String> READ = Optional.of(Permission.CAMPAIGN_READ.name());

    @Bean
    WebNavigation homeNavigation() {
        return new WebNavigation(Place.MAIN, 0, "/", "campaign.nav.home", Optional.empty());
    }

    @Bean
    WebNavigation campaignsNavigation() {
        return new WebNavigation(Place.MAIN, 10, "/campaigns", "campaign.nav.campaigns", READ);
    }

    @Bean
    WebNavigation searchNavigation() {
        return new WebNavigation(Place.MAIN, 30, "/search", "campaign.nav.search", READ);
    }

    @Bean
    WebNavigation alertsNavigation() {
        return new WebNavigation(Place.MAIN, 40, "/alerts", "campaign.nav.alerts", READ);
    }
}
