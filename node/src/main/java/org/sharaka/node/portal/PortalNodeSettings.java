package org.sharaka.node.portal;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code sharaka.portal.*}: the node's side of the public portal.
 *
 * @param databaseRole by which the portal's process logs in to the database
 * @param connections that it may have at once
 * @param zone in which reporters write days and times
 */
@ConfigurationProperties(prefix = "sharaka.portal", ignoreUnknownFields = false)
record PortalNodeSettings(
        @DefaultValue("sharaka_portal") String databaseRole,
        @DefaultValue("24") int connections,
        @DefaultValue("Africa/Casablanca") ZoneId zone) {
    PortalNodeSettings {
        if (!databaseRole.matches("[a-z_][a-z0-9_]{0,50}"))
            throw new IllegalArgumentException("sharaka.portal.database-role is not a plain lower-case name");
        if (connections < 2 || connections > 200)
            throw new IllegalArgumentException("sharaka.portal.connections is not within 2 and 200");
    }
}
