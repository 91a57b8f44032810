package org.sharaka.node.screening.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.WebBody;
import org.sharaka.node.screening.ScreeningProblem;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Standing watches for programs: asked for, looked at, asked to go on, ended. The officer behind the key keeps them, and is told on the page
 * whatever the program fetched. No key approves: that takes a second person.
 */
@RestController
@RequestMapping("/api/v1/screening/watches")
class WatchApi {
    private static final int BODY_BYTES_MAX = 1 << 14;

    private final WatchService watches;
    private final JsonMapper json;

    WatchApi(WatchService watches, JsonMapper json) {
        this.watches = watches;
        this.json = json;
    }

    /** What a client asks for; a renewal says nothing of what is looked for. */
    record AskedJson(@Nullable String what, @Nullable String reason, int days) {}

    /**
     * A watch.
     *
     * @param state waiting for the second person, or running
     * @param renewing whether it waits to go on
     * @param unseen alerts that its keeper was not shown yet
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WatchJson(
            String id,
            String what,
            @Nullable String entity,
            String reason,
            String purpose,
            int days,
            String state,
            boolean renewing,
            @JsonProperty("made_at") Instant madeAt,
            @JsonProperty("ends_at") Instant endsAt,
            long alerts,
            long unseen) {
        static WatchJson of(Watch watch) {
            return new WatchJson(
                    watch.id().toString(),
                    watch.what(),
                    watch.entity().orElse(null),
                    watch.reason(),
                    watch.purpose().code(),
                    watch.days(),
                    watch.approval().isPresent() ? "running" : "waiting",
                    watch.renewal().isPresent(),
                    watch.madeAt(),
                    watch.endsAt(),
                    watch.alerts(),
                    watch.unseen());
        }
    }

    /** @param kind found, changed or gone */
    record AlertJson(
            String entity,
            String kind,
            String caption,
            String list,
            @JsonProperty("raised_at") Instant raisedAt,
            boolean unseen) {
        static AlertJson of(Watch.Alert alert) {
            return new AlertJson(
                    alert.entity(),
                    alert.kind().name().toLowerCase(Locale.ROOT),
                    alert.caption(),
                    alert.list(),
                    alert.raisedAt(),
                    alert.unseen());
        }
    }

    record OpenedJson(WatchJson watch, List<AlertJson> alerts) {}

    record WatchesJson(List<WatchJson> watches) {}

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    WatchJson ask(Actor actor, HttpServletRequest request) throws IOException {
        AskedJson asked = asked(request);
        return WatchJson.of(watches.ask(actor, text(asked.what()), text(asked.reason()), asked.days()));
    }

    /** The keeper's own. */
    @GetMapping
    WatchesJson all(Actor actor) {
        return new WatchesJson(
                watches.all(actor).own().stream().map(WatchJson::of).toList());
    }

    @GetMapping("/{id}")
    OpenedJson open(Actor actor, @PathVariable String id) {
        WatchService.Opened opened = watches.open(actor, WatchId.parse(id));
        return new OpenedJson(
                WatchJson.of(opened.watch()),
                opened.alerts().stream().map(AlertJson::of).toList());
    }

    /** Its end stays until somebody else approves. */
    @PostMapping("/{id}/renewal")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void renew(Actor actor, @PathVariable String id, HttpServletRequest request) throws IOException {
        AskedJson asked = asked(request);
        watches.renew(actor, WatchId.parse(id), text(asked.reason()), asked.days());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Actor actor, @PathVariable String id) {
        watches.end(actor, WatchId.parse(id));
    }

    private AskedJson asked(HttpServletRequest request) throws IOException {
        try {
            AskedJson asked = json.readValue(WebBody.read(request, BODY_BYTES_MAX), AskedJson.class);
            if (asked == null) throw ScreeningProblem.BAD_JSON.because("the body is an object");
            return asked;
        } catch (JacksonException e) {
            throw ScreeningProblem.BAD_JSON.because("the body cannot be read");
        }
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
