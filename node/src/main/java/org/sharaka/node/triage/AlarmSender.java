package org.sharaka.node.triage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.platform.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends alarms out of the node, for instance to a pager: a small signed JSON object that names no person and says nothing of
 * what was reported. The receiver checks {@code Sharaka-Signature}: {@code v1=} and the HMAC-SHA-256, in hexadecimal digits,
 * of the value of {@code Sharaka-Timestamp} (seconds since 1970), a point and the body.
 */
final class AlarmSender {
    static final int ATTEMPTS_MAX = 8;

    private static final Logger LOG = LoggerFactory.getLogger(AlarmSender.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int SECRET_LENGTH_MIN = 32;

    private final SqlDuty duty;
    private final SqlItems items;
    private final IntakeService intake;
    private final Clock clock;
    private final Optional<URI> address;
    private final Optional<Secret<String>> secret;
    private final JsonMapper json = new JsonMapper();
    /** Follows no redirection: the address was allowed, another was not. */
    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();

    /** @throws IllegalArgumentException if the secret cannot be read or is too short */
    AlarmSender(SqlDuty duty, SqlItems items, IntakeService intake, TriageSettings.Webhook settings, Clock clock) {
        this.duty = duty;
        this.items = items;
        this.intake = intake;
        this.clock = clock;
        this.address =
                Optional.of(settings.address()).filter(text -> !text.isEmpty()).map(URI::create);
        this.secret = address.map(any -> read(Path.of(settings.secretFile())));
    }

    private static Secret<String> read(Path file) {
        try {
            String secret = Files.readString(file).strip();
            if (secret.length() < SECRET_LENGTH_MIN)
                throw new IllegalArgumentException("sharaka.triage.webhook.secret-file holds under 32 characters");
            return new Secret<>(secret);
        } catch (IOException e) {
            throw new IllegalArgumentException("sharaka.triage.webhook.secret-file cannot be read", e);
        }
    }

    boolean configured() {
        return address.isPresent();
    }

    /** Sends the next alarm that is due. @return false if there is none */
    boolean sendNext() {
        if (address.isEmpty() || secret.isEmpty()) return false;
        Instant now = clock.instant();
        // Claimed for longer than an attempt lasts, so that a second node does not send it too.
        Optional<SqlDuty.Due> due = duty.claim(now, now.plus(PATIENCE.multipliedBy(3)));
        if (due.isEmpty()) return false;
        Alarm alarm = due.get().alarm();
        Optional<Item> item = items.find(alarm.report());
        if (item.isEmpty() || item.get().readAt().isPresent()) {
            // Read in the meantime: nobody is to be woken for it.
            duty.settle(alarm.id(), Alarm.Webhook.NONE);
            return true;
        }
        if (sent(address.get(), secret.get(), body(alarm, item.get(), now), now)) {
            duty.settle(alarm.id(), Alarm.Webhook.SENT);
        } else if (due.get().attempts() >= ATTEMPTS_MAX) {
            duty.settle(alarm.id(), Alarm.Webhook.FAILED);
            LOG.error(
                    "an alarm could not be sent: alarm={} attempts={}",
                    alarm.id(),
                    due.get().attempts());
        } else {
            duty.retry(alarm.id(), now.plus(PAUSE.multipliedBy(due.get().attempts())));
        }
        return true;
    }

    private String body(Alarm alarm, Item item, Instant now) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("event", "triage.unread");
        told.put("id", alarm.id().toString());
        told.put("rungAt", alarm.rungAt().toString());
        told.put("level", item.priority().level().name());
        told.put("step", alarm.step());
        told.put(
                "overdueSeconds",
                Math.max(0, Duration.between(item.priority().dueAt(), now).toSeconds()));
        alarm.officer().ifPresent(officer -> told.put("officer", officer));
        // The reference of a report that is closed to one unit leaves nothing.
        Optional<Reference> reference = item.closed()
                ? Optional.empty()
                : Optional.ofNullable(
                        intake.referencesOf(List.of(item.report())).get(item.report()));
        reference.ifPresent(shown -> told.put("reference", shown.grouped()));
        return json.writeValueAsString(told);
    }

    private boolean sent(URI to, Secret<String> key, String body, Instant now) {
        String timestamp = Long.toString(now.getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(to)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Sharaka-Timestamp", timestamp)
                .header("Sharaka-Signature", "v1=" + signature(key, timestamp + "." + body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 == 2) return true;
            LOG.warn("the alarm's receiver answered status={}", status);
        } catch (IOException e) {
            LOG.warn("the alarm's receiver does not answer: {}", e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    static String signature(Secret<String> key, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
