package org.sharaka.node.portal;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the portal's process, in {@code HOME/portal/portal.properties} under the prefix {@code portal.}
 *
 * @param address IP address to listen on; loopback unless told otherwise
 * @param port 0 for any free one
 * @param certificate PEM file of the TLS certificate and its chain; blank for plain HTTP, for loopback only
 * @param privateKey PEM file of its private key
 * @param trustedProxies IP addresses, by commas, whose X-Forwarded-* headers are believed
 * @param origin what the public types, for instance {@code https://report.example}; blank for what browsers say
 * @param leaveTo where "leave now" leads: a page that everybody looks at
 * @param emergencyPhone to call in danger; blank to say "the police emergency number"
 * @param unitPhone of the unit, for when the portal cannot store; blank for none
 * @param childHelpline that children may call; blank for none
 * @param zone in which reporters write days and times; the same as the node's
 * @param floodLimit reports of one source in ten minutes that are linked at once; what comes more is set aside
 * @param directory that the node's door file lies in; set by the command line
 */
@ConfigurationProperties(prefix = "portal", ignoreUnknownFields = false)
record PortalSettings(
        @DefaultValue("127.0.0.1") String address,
        @DefaultValue("8480") int port,
        @DefaultValue("") String certificate,
        @DefaultValue("") String privateKey,
        @DefaultValue("") String trustedProxies,
        @DefaultValue("") String origin,
        @DefaultValue("https://www.wikipedia.org/") String leaveTo,
        @DefaultValue("") String emergencyPhone,
        @DefaultValue("") String unitPhone,
        @DefaultValue("") String childHelpline,
        @DefaultValue("Africa/Casablanca") ZoneId zone,
        @DefaultValue("1200") int floodLimit,
        String directory) {
    PortalSettings {
        if (port < 0 || port > 65_535) throw new IllegalArgumentException("portal.port is not within 0 and 65535");
        if (certificate.isBlank() != privateKey.isBlank())
            throw new IllegalArgumentException("portal.certificate and portal.private-key need each other");
        if (!leaveTo.startsWith("https://"))
            throw new IllegalArgumentException("portal.leave-to is not an https address");
        if (!origin.isBlank() && !origin.matches("https?://[^/]+"))
            throw new IllegalArgumentException("portal.origin is not of the form https://report.example");
        if (floodLimit < 1) throw new IllegalArgumentException("portal.flood-limit is not positive");
    }
}
