package org.sharaka.node.triage;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code sharaka.triage.*}: how soon a report of each level should be read, how long money counts as stoppable,
 * whom an alarm reaches.
 *
 * @param readImmediate danger now; our proposal, the country's to set, as are the other targets
 * @param moneyFresh the first hours, in which a bank may still hold money (domain brief E.3: 23 minutes to the first hold)
 * @param moneyStoppable how long a recall may still reach it; 72 hours is the limit of the FBI's financial fraud kill
 *     chain (domain brief D.6)
 * @param alarmEvery when the next officer of the duty roster is alarmed
 */
@ConfigurationProperties(prefix = "sharaka.triage", ignoreUnknownFields = false)
record TriageSettings(
        @DefaultValue("5m") Duration readImmediate,
        @DefaultValue("15m") Duration readChild,
        @DefaultValue("10m") Duration readMoney,
        @DefaultValue("2h") Duration readSerious,
        @DefaultValue("24h") Duration readOrdinary,
        @DefaultValue("2h") Duration moneyFresh,
        @DefaultValue("72h") Duration moneyStoppable,
        @DefaultValue("5m") Duration alarmEvery,
        @DefaultValue Webhook webhook) {
    TriageSettings {
        for (Duration span : List.of(
                readImmediate,
                readChild,
                readMoney,
                readSerious,
                readOrdinary,
                moneyFresh,
                moneyStoppable,
                alarmEvery)) {
            if (span.isNegative() || span.isZero())
                throw new IllegalArgumentException("a span of sharaka.triage is not positive");
        }
        if (moneyStoppable.compareTo(moneyFresh) < 0)
            throw new IllegalArgumentException("sharaka.triage.money-stoppable is under sharaka.triage.money-fresh");
    }

    Duration target(Level level) {
        return switch (level) {
            case IMMEDIATE -> readImmediate;
            case CHILD -> readChild;
            case MONEY -> readMoney;
            case SERIOUS -> readSerious;
            case ORDINARY, ASIDE -> readOrdinary;
        };
    }

    /**
     * Where alarms go outside the node, for instance to a pager.
     *
     * @param address empty for none
     * @param secretFile holds the key of the signature, at least 32 characters
     * @param allowed hosts that the address may name; a typing error must not send alarms to a stranger
     */
    record Webhook(
            @DefaultValue("") String address,
            @DefaultValue("") String secretFile,
            @DefaultValue List<String> allowed) {
        Webhook {
            allowed = List.copyOf(allowed);
            if (!address.isEmpty()) check(URI.create(address), allowed);
            if (!address.isEmpty() && secretFile.isEmpty())
                throw new IllegalArgumentException("sharaka.triage.webhook.secret-file is missing");
        }

        private static void check(URI address, List<String> allowed) {
            String host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
            if (allowed.stream().noneMatch(host::equalsIgnoreCase))
                throw new IllegalArgumentException(
                        "sharaka.triage.webhook.address names a host that sharaka.triage.webhook.allowed does not");
            boolean loopback = host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
            if (!"https".equals(address.getScheme()) && !(loopback && "http".equals(address.getScheme())))
                throw new IllegalArgumentException("sharaka.triage.webhook.address is not https");
            if (address.getUserInfo() != null)
                throw new IllegalArgumentException("sharaka.triage.webhook.address holds a password");
        }
    }
}
