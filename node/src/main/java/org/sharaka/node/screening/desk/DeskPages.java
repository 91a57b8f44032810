package org.sharaka.node.screening.desk;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.screening.Reminder;
import org.sharaka.node.screening.Screened;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.ScreeningService;
import org.sharaka.node.screening.ScreeningSettings;
import org.sharaka.node.screening.TypedQuery;
import org.sharaka.node.screening.hit.Checked;
import org.sharaka.node.screening.hit.DismissalService;
import org.sharaka.node.screening.hit.HitService;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The front line's page. A question is posted and never stands in an address; its answer is not stored by the browser, and needs no
 * script.
 */
@Controller
@RequestMapping("/screening")
class DeskPages {
    private final DeskService desk;
    private final ScreeningService screening;
    private final HitService hits;
    private final DismissalService dismissals;
    private final List<Reminder> reminders;
    private final ScreeningSettings settings;
    private final Clock clock;

    DeskPages(
            DeskService desk,
            ScreeningService screening,
            HitService hits,
            DismissalService dismissals,
            List<Reminder> reminders,
            ScreeningSettings settings,
            Clock clock) {
        this.desk = desk;
        this.screening = screening;
        this.hits = hits;
        this.dismissals = dismissals;
        this.reminders = List.copyOf(reminders);
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A list as the foot of the page names it.
     *
     * @param stale whether it was long not renewed
     */
    record ListLine(String name, Instant at, int entries, boolean stale) {}

    /** Something that waits elsewhere. */
    record Reminded(String path, String text, long count) {}

    @GetMapping
    String empty(Actor actor, Model model, HttpServletResponse response) {
        actor.require(Permission.SCREENING_QUERY).requirePurpose();
        return page(actor, model, response);
    }

    @PostMapping
    String ask(Actor actor, @RequestParam(defaultValue = "") String q, Model model, HttpServletResponse response) {
        try {
            model.addAttribute("answer", desk.ask(actor, q)).addAttribute("q", q);
        } catch (ProblemException e) {
            if (e.type() != ScreeningProblem.NO_QUERIES) throw e;
            response.setStatus(422);
            model.addAttribute("refused", "screening.nothing-to-ask");
        }
        return page(actor, model, response);
    }

    private String page(Actor actor, Model model, HttpServletResponse response) {
        Instant now = clock.instant();
        List<ListLine> lists = screening.ready()
                ? screening.catalog(actor).stream()
                        .map(each -> new ListLine(
                                each.list().name(),
                                each.list().importedAt(),
                                each.entries(),
                                each.list().importedAt().plus(settings.stale()).isBefore(now)))
                        .toList()
                : List.of();
        noStore(response);
        model.addAttribute("lists", lists)
                .addAttribute("loading", !screening.ready())
                .addAttribute("lengthMax", TypedQuery.LENGTH_MAX)
                .addAttribute("mayConfirm", actor.may(Permission.SCREENING_CONFIRM))
                .addAttribute(
                        "reminded",
                        reminders.stream()
                                .map(each -> new Reminded(each.path(), each.text(), each.count(actor)))
                                .filter(each -> each.count() > 0)
                                .toList())
                .addAttribute("waiting", hits.waiting(actor));
        return "screening/ask";
    }

    @PostMapping("/compare")
    String compare(
            Actor actor,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String entity,
            Model model,
            HttpServletResponse response) {
        return compared(actor, q, desk.compare(actor, q, entity), model, response);
    }

    private String compared(
            Actor actor, String q, DeskService.Compared compared, Model model, HttpServletResponse response) {
        noStore(response);
        model.addAttribute("q", q)
                .addAttribute("typed", DeskService.shown(q))
                .addAttribute("comparison", compared.comparison())
                .addAttribute("dismissed", compared.dismissed().orElse(null))
                .addAttribute("distinct", compared.distinct())
                .addAttribute("mayDismiss", compared.mayDismiss())
                .addAttribute("reasons", Screened.Dismissed.Reason.values())
                .addAttribute("checks", Checked.values())
                .addAttribute("mayConfirm", actor.may(Permission.SCREENING_CONFIRM))
                .addAttribute("mayDistinguish", actor.may(Permission.HIT_RELEASE));
        if (!model.containsAttribute("form")) model.addAttribute("form", new ConfirmForm("", Set.of(), ""));
        return "screening/compare";
    }

    /** What stands in the form, also when it comes back. */
    record ConfirmForm(String place, Set<Checked> checked, String note) {}

    @PostMapping("/confirm")
    String confirm(
            Actor actor,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String entity,
            @RequestParam(defaultValue = "") String place,
            @RequestParam(defaultValue = "") List<String> checked,
            @RequestParam(defaultValue = "") String note,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        Set<Checked> checks = EnumSet.noneOf(Checked.class);
        Arrays.stream(Checked.values())
                .filter(each -> checked.contains(each.name()))
                .forEach(checks::add);
        try {
            var unused = hits.confirm(
                    actor,
                    entity,
                    () -> desk.compared(q, entity),
                    new HitService.Confirmation(DeskService.shown(q), place, checks, note));
        } catch (ProblemException e) {
            if (e.type() != ScreeningProblem.HIT_INCOMPLETE) throw e;
            response.setStatus(422);
            model.addAttribute("refused", "problem." + e.type().code())
                    .addAttribute("form", new ConfirmForm(place, checks, note));
            return compared(actor, q, desk.compare(actor, q, entity), model, response);
        }
        next.addFlashAttribute("done", "screening.done.confirmed");
        return "redirect:/screening";
    }

    @PostMapping("/dismiss")
    String dismiss(
            Actor actor,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String entity,
            @RequestParam(defaultValue = "") String reason,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        var found = Arrays.stream(Screened.Dismissed.Reason.values())
                .filter(each -> each.name().equals(reason))
                .findFirst();
        if (found.isEmpty()) {
            response.setStatus(422);
            model.addAttribute("refused", "screening.dismiss.reason-missing");
            return compared(actor, q, desk.compare(actor, q, entity), model, response);
        }
        dismissals.dismiss(actor, desk.query(q), entity, found.get());
        next.addFlashAttribute("done", "screening.done.dismissed");
        return "redirect:/screening";
    }

    @PostMapping("/take-back")
    String takeBack(
            Actor actor,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String entity,
            Model model,
            HttpServletResponse response) {
        dismissals.takeBack(actor, desk.query(q), entity);
        return compared(actor, q, desk.compare(actor, q, entity), model, response);
    }

    /** Where a change of language or purpose leads after a question: nothing of it stands in an address. */
    @GetMapping({"/compare", "/confirm", "/dismiss", "/take-back"})
    String again() {
        return "redirect:/screening";
    }

    @GetMapping("/own")
    String own(Actor actor, Model model, HttpServletResponse response) {
        noStore(response);
        model.addAttribute("handed", hits.mine(actor));
        return "screening/own";
    }

    private static void noStore(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
