package org.sharaka.node.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.intake.Message;
import org.sharaka.node.intake.MessageKind;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportStatus;
import org.sharaka.node.platform.WebLanguage;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The public API: the same rules as the pages. Described in {@code /api/public/v1/openapi.json}. */
@RestController
@Profile(PortalPages.PROFILE)
final class PortalApi {
    static final String PREFIX = "/api/public/v1/";

    /** Characters of an Idempotency-Key: whoever guesses one together with the body would be given the access code. */
    private static final int KEY_MIN = 32;

    private static final int KEY_MAX = 128;
    private static final Set<String> KNOWN =
            Arrays.stream(Field.all()).map(Field::key).collect(Collectors.toUnmodifiableSet());

    private final Counter counter;
    private final Waves waves;
    private final PortalSettings settings;
    private final PortalKey key;
    private final Clock clock;

    PortalApi(Counter counter, Waves waves, PortalSettings settings, PortalKey key, Clock clock) {
        this.counter = counter;
        this.waves = waves;
        this.settings = settings;
        this.key = key;
        this.clock = clock;
    }

    /** @param answers by the names of the form's questions */
    record ReportJson(@Nullable String language, @Nullable Map<String, String> answers) {}

    record ReceiptJson(String reference, String code, boolean replayed) {}

    record KeyJson(@Nullable String reference, @Nullable String code) {}

    record MessageJson(
            @Nullable String reference,
            @Nullable String code,
            @Nullable MessageKind kind,
            @Nullable String text,
            @Nullable String language) {}

    record LetterJson(boolean fromReporter, Instant at, String text) {}

    record MailboxJson(ReportStatus status, Instant statusAt, Instant createdAt, List<LetterJson> letters) {}

    @GetMapping(path = PREFIX + "openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Resource description() {
        return new ClassPathResource("openapi/portal.json");
    }

    @PostMapping(path = PREFIX + "reports", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<ReceiptJson> submit(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @RequestBody ReportJson body,
            HttpServletRequest request) {
        String token = token(idempotencyKey);
        Map<String, String> answers = Optional.ofNullable(body.answers()).orElse(Map.of());
        for (String name : answers.keySet())
            if (!KNOWN.contains(name)) throw PortalProblem.UNKNOWN_FIELD.because("a field is not of the form");
        String language = language(body.language());
        Map<String, String> all = new HashMap<>(answers);
        all.put(Field.TRUTH.key(), "yes");
        ReportForm form = new ReportForm(language, all);
        Instant now = clock.instant();
        for (Step step : Step.of(form))
            form.problems(step.fields(form), now).forEach((field, problem) -> {
                throw PortalProblem.BAD_ANSWER.because(field.key() + ": " + problem);
            });
        form.requireAcceptable(now, settings.zone());
        Counter.Handed handed = counter.handIn(token, form, now, waves.excess(request.getRemoteAddr()));
        if (handed.changed())
            throw PortalProblem.IDEMPOTENCY_KEY_REUSED.because("the same key came with other answers");
        return ResponseEntity.status(handed.again() ? HttpStatus.OK : HttpStatus.CREATED)
                .body(new ReceiptJson(
                        handed.reference().grouped(), handed.code().grouped(), handed.again()));
    }

    private static String language(@Nullable String told) {
        return WebLanguage.of(String.valueOf(told)).orElse(WebLanguage.ENGLISH).code();
    }

    private String token(@Nullable String idempotencyKey) {
        boolean right = idempotencyKey != null
                && idempotencyKey.length() >= KEY_MIN
                && idempotencyKey.length() <= KEY_MAX
                && idempotencyKey.chars().allMatch(unit -> unit > 0x20 && unit < 0x7F);
        if (!right || idempotencyKey == null)
            throw PortalProblem.BAD_IDEMPOTENCY_KEY.because("Idempotency-Key is " + KEY_MIN + " to " + KEY_MAX
                    + " visible ASCII characters that nobody can guess");
        return "api " + java.util.HexFormat.of().formatHex(key.mac("api", idempotencyKey));
    }

    @PostMapping(path = PREFIX + "mailbox", consumes = MediaType.APPLICATION_JSON_VALUE)
    MailboxJson mailbox(@RequestBody KeyJson body) {
        return counter.open(reference(body.reference()), code(body.code()))
                .map(box -> new MailboxJson(
                        box.status(),
                        box.statusAt(),
                        box.createdAt(),
                        box.letters().stream()
                                .map(letter -> new LetterJson(letter.fromReporter(), letter.at(), letter.text()))
                                .toList()))
                .orElseThrow(PortalApi::unknown);
    }

    @PostMapping(path = PREFIX + "mailbox/messages", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> write(
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @RequestBody MessageJson body) {
        Reference reference = reference(body.reference());
        AccessCode code = code(body.code());
        String text = body.text() == null ? "" : body.text();
        MessageKind kind = body.kind();
        if (kind == null || !kind.fromReporter())
            throw PortalProblem.BAD_ANSWER.because("kind is not one of a reporter's");
        if (text.length() > Message.TEXT_LENGTH_MAX)
            throw PortalProblem.BAD_ANSWER.because("text is longer than " + Message.TEXT_LENGTH_MAX);
        if (text.isBlank() && kind != MessageKind.CONSENT_WITHDRAWN)
            throw PortalProblem.BAD_ANSWER.because("text is missing");
        byte[] nonce = Arrays.copyOf(key.mac("api.message", reference.symbols() + " " + token(idempotencyKey)), 16);
        boolean written = counter.write(reference, code, nonce, kind, text, language(body.language()), clock.instant());
        if (!written) throw unknown();
        return ResponseEntity.accepted().build();
    }

    private static Reference reference(@Nullable String typed) {
        return Reference.parse(String.valueOf(typed)).orElseThrow(PortalApi::unknown);
    }

    private static AccessCode code(@Nullable String typed) {
        return AccessCode.parse(String.valueOf(typed)).orElseThrow(PortalApi::unknown);
    }

    private static RuntimeException unknown() {
        return PortalProblem.NOT_FOUND.because("no such report, or another code");
    }
}
