package org.sharaka.node.assembly;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import org.springframework.jdbc.core.JdbcTemplate;

/** Security events of a test without database: gathered, counted, never written. */
public final class UnstoredEvents {
    private UnstoredEvents() {}

    public static SecurityEvents gather(Clock clock) {
        return new SecurityEvents(new SqlSecurityEvents(new JdbcTemplate()), new SimpleMeterRegistry(), clock);
    }
}
