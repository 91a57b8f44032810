package org.sharaka.node.bureau;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Finds conversations by reference, asks to see what is closed to another unit, and says whose a conversation is. */
@Controller
final class CrossingPages {
    private static final String ONE = "/bureau/conversations/{peer}/{id}";
    private static final String FIND = "redirect:/bureau/find";

    private final Reading reading;
    private final BureauService bureau;
    private final Crossings crossings;
    private final Correspondents correspondents;
    private final Clock clock;

    CrossingPages(
            Reading reading, BureauService bureau, Crossings crossings, Correspondents correspondents, Clock clock) {
        this.reading = reading;
        this.bureau = bureau;
        this.crossings = crossings;
        this.correspondents = correspondents;
        this.clock = clock;
    }

    @GetMapping("/bureau/find")
    String find(Actor actor, Locale locale, Model model, HttpServletResponse response) {
        return shown(actor, Optional.empty(), locale, model, response);
    }

    /** Sent in the body: what is looked for stands in no address. */
    @PostMapping("/bureau/find")
    String find(
            Actor actor,
            @RequestParam(defaultValue = "") String reference,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        return shown(actor, Optional.of(MessageForm.plain(reference)), locale, model, response);
    }

    private String shown(
            Actor actor, Optional<String> reference, Locale locale, Model model, HttpServletResponse response) {
        List<SqlLists.Line> lines =
                reference.map(typed -> reading.named(actor, typed, false)).orElse(List.of());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("reference", reference.orElse(null))
                .addAttribute("lines", lines.stream().limit(Reading.SHOWN).toList())
                .addAttribute("more", lines.size() > Reading.SHOWN)
                .addAttribute("asked", crossings.asked(actor))
                .addAttribute("names", correspondents.names(locale))
                .addAttribute("now", clock.instant())
                .addAttribute("visible", new BureauPages.Text())
                .addAttribute("mayWrite", actor.may(Permission.EXCHANGE_SEND));
        return "bureau/find";
    }

    @PostMapping("/bureau/ask-to-see")
    String ask(
            Actor actor,
            @RequestParam(defaultValue = "") String named,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        return Ways.done(
                next,
                FIND,
                "asked-to-see",
                () -> crossings.ask(actor, MessageForm.plain(named), MessageForm.plain(reason)));
    }

    @PostMapping(ONE + "/refer")
    String refer(
            Actor actor,
            ConversationKey key,
            @RequestParam(defaultValue = "") String reference,
            RedirectAttributes next) {
        return Ways.done(next, key, "referred", () -> bureau.refer(actor, key, MessageForm.plain(reference)));
    }

    @PostMapping(ONE + "/close")
    String close(
            Actor actor,
            ConversationKey key,
            @RequestParam(defaultValue = "") String unit,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        return Ways.attempt(next, Ways.to(key), () -> {
            crossings.close(actor, key, MessageForm.plain(unit), MessageForm.plain(reason));
            next.addFlashAttribute("done", "bureau.done.closed");
            boolean ours = SqlConversations.folded(unit).equals(SqlConversations.unitOf(actor));
            return ours ? Ways.to(key) : "redirect:/bureau";
        });
    }

    @PostMapping(ONE + "/open-to-all")
    String openToAll(
            Actor actor, ConversationKey key, @RequestParam(defaultValue = "") String reason, RedirectAttributes next) {
        return Ways.done(next, key, "opened-to-all", () -> crossings.openToAll(actor, key, MessageForm.plain(reason)));
    }

    @PostMapping(ONE + "/crossings/{question}/let-see")
    String letSee(
            Actor actor,
            ConversationKey key,
            @PathVariable String question,
            @RequestParam(defaultValue = "") String until,
            RedirectAttributes next) {
        return Ways.done(next, key, "let-see", () -> crossings.letSee(actor, key, Ways.uuid(question), end(until)));
    }

    @PostMapping(ONE + "/crossings/{question}/keep-from")
    String keepFrom(Actor actor, ConversationKey key, @PathVariable String question, RedirectAttributes next) {
        return Ways.done(next, key, "kept-from", () -> crossings.keepFrom(actor, key, Ways.uuid(question)));
    }

    /** To the end of that day. */
    private static Instant end(String day) {
        try {
            return LocalDate.parse(day).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw BureauProblem.UNTIL_WRONG.because("not a day");
        }
    }

    /** Until when a look may be let. */
    static void days(Model model, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        model.addAttribute("firstDay", today)
                .addAttribute("aWeek", today.plusDays(7))
                .addAttribute("lastDay", today.plusDays(Crossings.LASTS.toDays() - 1));
    }
}
