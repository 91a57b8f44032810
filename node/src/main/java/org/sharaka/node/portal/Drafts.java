package org.sharaka.node.portal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.intake.Reference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a form remembers from page to page, encrypted in a hidden field, so that the portal keeps no session and no row of
 * what was not handed in, and a stranger's page cannot make one up.
 */
final class Drafts {
    /** A form older than this gets a new token, and keeps its answers. */
    static final Duration TOKEN_LIFE = Duration.ofHours(24);

    static final Duration TICKET_LIFE = Duration.ofMinutes(30);

    private static final JsonMapper JSON = new JsonMapper();
    private static final String DRAFT = "draft";
    private static final String TICKET = "ticket";

    private final PortalKey key;
    private final SecureRandom random;
    private final Clock clock;

    Drafts(PortalKey key, SecureRandom random, Clock clock) {
        this.key = key;
        this.random = random;
        this.clock = clock;
    }

    /**
     * A report on its way.
     *
     * @param token by which a repeated submission is known
     * @param issued seconds of the epoch
     * @param step the page that was shown
     */
    record Draft(String token, long issued, Step step, Map<String, String> answers) {
        Draft at(Step other, ReportForm form) {
            return new Draft(token, issued, other, form.answers());
        }

        @Override
        public String toString() {
            return "Draft[hidden]";
        }
    }

    /**
     * Stands for reference and code on pages that follow the one where they were typed.
     *
     * @param nonce new on each page: a message that is sent twice is written once
     * @param until seconds of the epoch
     */
    record Ticket(String reference, String code, String nonce, long until) {
        Reference opened() {
            return new Reference(reference);
        }

        AccessCode accessCode() {
            return new AccessCode(code);
        }

        byte[] nonceBytes() {
            return Base64.getUrlDecoder().decode(nonce);
        }

        @Override
        public String toString() {
            return "Ticket[hidden]";
        }
    }

    Draft fresh() {
        return new Draft(chance(24), clock.instant().getEpochSecond(), Step.URGENT, Map.of());
    }

    String hide(Draft draft) {
        return text(key.hide(DRAFT, JSON.writeValueAsBytes(draft)));
    }

    /** @return empty if the field is missing, altered or of another portal */
    Optional<Draft> show(@Nullable String hidden) {
        return plain(DRAFT, hidden)
                .map(json -> JSON.readValue(json, Draft.class))
                .map(this::renewed);
    }

    private Draft renewed(Draft draft) {
        boolean old = Instant.ofEpochSecond(draft.issued()).plus(TOKEN_LIFE).isBefore(clock.instant());
        return old ? new Draft(chance(24), clock.instant().getEpochSecond(), draft.step(), draft.answers()) : draft;
    }

    String ticket(Reference reference, AccessCode code) {
        long until = clock.instant().plus(TICKET_LIFE).getEpochSecond();
        var ticket = new Ticket(reference.symbols(), code.symbols(), chance(16), until);
        return text(key.hide(TICKET, JSON.writeValueAsBytes(ticket)));
    }

    /** @return empty if it is missing, altered or too old */
    Optional<Ticket> ticket(@Nullable String hidden) {
        return plain(TICKET, hidden)
                .map(json -> JSON.readValue(json, Ticket.class))
                .filter(ticket -> ticket.until() >= clock.instant().getEpochSecond());
    }

    private Optional<byte[]> plain(String what, @Nullable String hidden) {
        if (hidden == null) return Optional.empty();
        try {
            return key.show(what, Base64.getUrlDecoder().decode(hidden));
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }

    private String chance(int bytes) {
        byte[] random = new byte[bytes];
        this.random.nextBytes(random);
        return text(random);
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
