package org.sharaka.node.evidence;

import java.util.Optional;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.WebNavigation;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What this module does while the node serves. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class EvidenceWebConfiguration {
    @Bean
    WebNavigation evidenceNavigation() {
        return new WebNavigation(
                WebNavigation.Place.MAIN,
                50,
                "/evidence",
                "evidence.nav",
                Optional.of(Permission.EVIDENCE_READ.name()));
    }

    @Bean
    EvidenceJob evidenceJob(EvidenceService service) {
        return new EvidenceJob(service);
    }
}
