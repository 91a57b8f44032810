package org.sharaka.node.network;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code sharaka.network.*}.
 *
 * @param look how often the other members' logs are looked at; from a second on
 */
@ConfigurationProperties(prefix = "sharaka.network", ignoreUnknownFields = false)
record NetworkSettings(@DefaultValue("10m") Duration look) {
    NetworkSettings {
        if (look.compareTo(Duration.ofSeconds(1)) < 0)
            throw new IllegalArgumentException("sharaka.network.look is under a second");
    }
}
