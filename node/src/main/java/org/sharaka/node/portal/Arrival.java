package org.sharaka.node.portal;

import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.intake.MessageKind;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the portal seals for the node. Either a report ({@code reference} and {@code answers}) or a message
 * ({@code kind} and {@code text}).
 *
 * @param version of this format
 * @param lookup of the mailbox, Base64
 * @param language in which the reporter used the portal
 * @param at when it was handed in
 */
record Arrival(
        int version,
        String lookup,
        String language,
        Instant at,
        boolean setAside,
        @Nullable String reference,
        @Nullable Map<String, String> answers,
        @Nullable MessageKind kind,
        @Nullable String text) {
    static final int VERSION = 1;
    static final String CONTEXT = "sharaka.portal.arrival/1";
    private static final JsonMapper JSON = new JsonMapper();

    static Arrival report(byte[] lookup, ReportForm form, String reference, Instant at, boolean setAside) {
        return new Arrival(
                VERSION, base64(lookup), form.language(), at, setAside, reference, form.answers(), null, null);
    }

    static Arrival message(byte[] lookup, String language, MessageKind kind, String text, Instant at) {
        return new Arrival(VERSION, base64(lookup), language, at, false, null, null, kind, text);
    }

    Optional<ReportForm> form() {
        return Optional.ofNullable(answers).map(given -> new ReportForm(language, given));
    }

    byte[] mailbox() {
        return Base64.getDecoder().decode(lookup);
    }

    byte[] json() {
        return JSON.writeValueAsBytes(this);
    }

    static Arrival read(byte[] json) {
        Arrival arrival = JSON.readValue(json, Arrival.class);
        if (arrival.version() != VERSION) throw new IllegalStateException("arrival of version " + arrival.version());
        return arrival;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "Arrival[sealed]";
    }
}
