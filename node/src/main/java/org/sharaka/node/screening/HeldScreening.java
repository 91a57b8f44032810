package org.sharaka.node.screening;

import java.time.Clock;
import org.sharaka.node.audit.AuditTrail;
import org.springframework.context.annotation.Bean;

/** How screening is built where there is no database. Not annotated as a configuration: a node's component scan passes it over. */
class HeldScreening {
    @Bean
    ScreeningService screeningService(HeldLists lists, AuditTrail audit, AskedHash hash, Clock clock) {
        return new ScreeningService(lists.inForce(), lists, audit, hash, clock);
    }
}
