package org.sharaka.node.screening.roll;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.WebBody;
import org.sharaka.node.screening.ScreeningProblem;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Rolls for programs: handed in as CSV, watched, fetched as CSV. No key approves: that takes a second person. */
@RestController
@RequestMapping("/api/v1/screening/rolls")
class RollApi {
    private final RollService rolls;

    RollApi(RollService rolls) {
        this.rolls = rolls;
    }

    record RollJson(
            String id,
            String title,
            String state,
            @JsonProperty("made_at") Instant madeAt,
            @JsonProperty("ends_at") Instant endsAt,
            long rows,
            long refused,
            long screened,
            long found) {
        static RollJson of(Roll roll) {
            Roll.Progress progress = roll.progress();
            return new RollJson(
                    roll.id().toString(),
                    roll.title(),
                    roll.state().name().toLowerCase(Locale.ROOT),
                    roll.madeAt(),
                    roll.endsAt(),
                    progress.rows(),
                    progress.refused(),
                    progress.screened(),
                    progress.found());
        }
    }

    record RefusalJson(long line, String reason) {}

    record HandedJson(RollJson roll, List<RefusalJson> refusals) {}

    record RollsJson(List<RollJson> rolls) {}

    /**
     * Takes a roll in; the body is the CSV file.
     *
     * @param ends the last day of the event, as 2026-11-23
     */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    HandedJson hand(
            Actor actor,
            HttpServletRequest request,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String ends)
            throws IOException {
        Roll roll = rolls.hand(actor, title, day(ends), WebBody.read(request, RollService.FILE_BYTES_MAX));
        List<RefusalJson> refusals = rolls.refusals(actor, roll.id()).stream()
                .map(line -> new RefusalJson(
                        line.line(),
                        line.refusal()
                                .map(why -> why.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                                .orElse("")))
                .toList();
        return new HandedJson(RollJson.of(roll), refusals);
    }

    static LocalDate day(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeException e) {
            throw ScreeningProblem.ROLL_INCOMPLETE.because("the last day, as 2026-11-23");
        }
    }

    @GetMapping
    RollsJson all(Actor actor) {
        return new RollsJson(rolls.all(actor).stream().map(RollJson::of).toList());
    }

    @GetMapping("/{id}")
    RollJson view(Actor actor, @PathVariable String id) {
        return RollJson.of(rolls.view(actor, RollId.parse(id)));
    }

    @GetMapping("/{id}/results")
    void results(Actor actor, @PathVariable String id, HttpServletResponse response) throws IOException {
        send(rolls, actor, RollId.parse(id), response);
    }

    /** Refusals come before the first byte. */
    static void send(RollService rolls, Actor actor, RollId id, HttpServletResponse response) throws IOException {
        var unused = rolls.resultsBegun(actor, id);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"results-" + id + ".csv\"");
        response.setHeader("Cache-Control", "no-store");
        try (Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
            RollResults.write(rolls, actor, id, out);
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(Actor actor, @PathVariable String id) {
        rolls.end(actor, RollId.parse(id));
    }
}
