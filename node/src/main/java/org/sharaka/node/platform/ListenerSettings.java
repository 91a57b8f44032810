package org.sharaka.node.platform;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Where the node listens. */
final class ListenerSettings {
    private ListenerSettings() {}

    /**
     * The officers' console and its API.
     *
     * @param address IP address to listen on; loopback unless told otherwise
     * @param port 0 for any free one
     * @param certificate PEM file of the TLS certificate and its chain; blank for plain HTTP, for loopback only
     * @param privateKey PEM file of its private key
     * @param trustedProxies IP addresses, by commas, whose X-Forwarded-* headers are believed; blank for none
     */
    @ConfigurationProperties(prefix = "sharaka.console", ignoreUnknownFields = false)
    record Console(
            @DefaultValue("127.0.0.1") String address,
            @DefaultValue("8443") int port,
            @DefaultValue("") String certificate,
            @DefaultValue("") String privateKey,
            @DefaultValue("") String trustedProxies) {
        Console {
            requirePort("sharaka.console.port", port);
            if (certificate.isBlank() != privateKey.isBlank())
                throw new IllegalArgumentException(
                        "sharaka.console.certificate and sharaka.console.private-key need each other");
        }
    }

    /**
     * Health and metrics, for monitoring on this machine.
     *
     * @param address IP address to listen on; it asks for no log-in, so loopback or an inner network
     * @param port 0 for any free one
     */
    @ConfigurationProperties(prefix = "sharaka.management", ignoreUnknownFields = false)
    record Management(
            @DefaultValue("127.0.0.1") String address,
            @DefaultValue("8444") int port) {
        Management {
            requirePort("sharaka.management.port", port);
        }
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) throw new IllegalArgumentException(name + " is not within 0 and 65535");
    }
}
