package org.sharaka.node.portal;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Reference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a form remembers from page to page, encrypted in a hidden field, so that the portal keeps no session and no row of
 * what was not handed in, and a stranger's page cannot make one up. All that belongs to one visit ends with it.
 */
final class Drafts {
    /** A form older than this gets a new token when it goes on, and keeps its answers. */
    static final Duration TOKEN_LIFE = Duration.ofHours(24);

    /** What was handed in before its token was old is known until then: for a day at least after it was handed in. */
    static final Duration REPLAY_LIFE = TOKEN_LIFE.multipliedBy(2);

    static final Duration TICKET_LIFE = Duration.ofMinutes(30);

    private static final JsonMapper JSON = new JsonMapper();
    private static final String DRAFT = "draft";
    private static final String TICKET = "ticket";
    private static final String VISIT = "visit";
    private static final String LETTER = "letter";
    private static final int MARK_BYTES = 12;

    private final PortalKey key;
    private final SecureRandom random;
    private final Clock clock;
    private final Departures departures;

    Drafts(PortalKey key, SecureRandom random, Clock clock, Departures departures) {
        this.key = key;
        this.random = random;
        this.clock = clock;
        this.departures = departures;
    }

    /**
     * A report on its way.
     *
     * @param visit random; the same on all pages until the reporter leaves
     * @param token by which a repeated submission is known
     * @param issued seconds of the epoch
     * @param step the page that was shown
     */
    record Draft(String visit, String token, long issued, Step step, Map<String, String> answers) {
        Draft at(Step other, ReportForm form) {
            return new Draft(visit, token, issued, other, form.answers());
        }

        @Override
        public String toString() {
            return "Draft[hidden]";
        }
    }

    /**
     * Stands for reference and code on pages that follow the one where they were typed.
     *
     * @param visit as in {@link Draft}
     * @param category of the report, on the pages that follow its form
     * @param nonce new on each page: a message that is sent twice is written once
     * @param until seconds of the epoch
     */
    record Ticket(
            String reference,
            String code,
            String visit,
            @Nullable String category,
            String nonce,
            long until) {
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
        return new Draft(chance(16), chance(24), now(), Step.URGENT, Map.of());
    }

    String hide(Draft draft) {
        return text(key.hide(DRAFT, JSON.writeValueAsBytes(draft)));
    }

    /** @return empty if the field is missing, altered or of another portal, or its reporter has left */
    Optional<Draft> show(@Nullable String hidden) {
        return read(DRAFT, hidden, Draft.class).filter(draft -> !ended(draft.visit()));
    }

    /** The same answers under a token that is not old. */
    Draft renewed(Draft draft) {
        return isOlderThan(TOKEN_LIFE, draft)
                ? new Draft(draft.visit(), chance(24), now(), draft.step(), draft.answers())
                : draft;
    }

    boolean isOlderThan(Duration age, Draft draft) {
        return Instant.ofEpochSecond(draft.issued()).plus(age).isBefore(clock.instant());
    }

    String ticket(Reference reference, AccessCode code, String visit, Optional<Category> category) {
        long until = clock.instant().plus(TICKET_LIFE).getEpochSecond();
        var ticket = new Ticket(
                reference.symbols(),
                code.symbols(),
                visit,
                category.map(Category::name).orElse(null),
                chance(16),
                until);
        return text(key.hide(TICKET, JSON.writeValueAsBytes(ticket)));
    }

    /** @return empty if it is missing, altered or too old, or its reporter has left */
    Optional<Ticket> ticket(@Nullable String hidden) {
        return read(TICKET, hidden, Ticket.class)
                .filter(ticket -> ticket.until() >= now())
                .filter(ticket -> !ended(ticket.visit()));
    }

    /** A visit that begins. */
    String visit() {
        return chance(16);
    }

    String hideVisit(String visit) {
        return text(key.hide(VISIT, visit.getBytes(StandardCharsets.UTF_8)));
    }

    /** @return empty if it is missing or altered */
    Optional<String> showVisit(@Nullable String hidden) {
        return plain(VISIT, hidden).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** A message whose ticket ran out while it was written: kept until reference and code are typed again. */
    String hideLetter(String letter) {
        return text(key.hide(LETTER, letter.getBytes(StandardCharsets.UTF_8)));
    }

    Optional<String> showLetter(@Nullable String hidden) {
        return plain(LETTER, hidden).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** By which a visit is told that it ended; whoever reads it can do nothing else with it. */
    String mark(String visit) {
        return text(Arrays.copyOf(key.mac(VISIT, visit), MARK_BYTES));
    }

    /** Nothing of the visit is shown any more. */
    void end(String mark) {
        if (mark.length() == text(new byte[MARK_BYTES]).length()) departures.add(mark);
    }

    boolean ended(String visit) {
        return departures.include(mark(visit));
    }

    /** A form of an older release may have been shown before an upgrade: it is read as damaged, not as a failure. */
    private <T> Optional<T> read(String what, @Nullable String hidden, Class<T> type) {
        try {
            return plain(what, hidden).map(json -> JSON.readValue(json, type));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> plain(String what, @Nullable String hidden) {
        if (hidden == null) return Optional.empty();
        try {
            return key.show(what, Base64.getUrlDecoder().decode(hidden));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
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
