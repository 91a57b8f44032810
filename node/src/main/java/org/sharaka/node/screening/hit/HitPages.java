package org.sharaka.node.screening.hit;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.screening.ScreeningProblem;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The bureau's queue of confirmed hits, and the protection check (S2). */
@Controller
@RequestMapping("/screening/hits")
class HitPages {
    private final HitService hits;
    private final OfficerService officers;

    HitPages(HitService hits, OfficerService officers) {
        this.hits = hits;
        this.officers = officers;
    }

    @GetMapping
    String queue(Actor actor, Model model, HttpServletResponse response) {
        HitService.Queue queue = hits.queue(actor);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("queue", queue)
                .addAttribute(
                        "logins",
                        officers.logins(Stream.concat(queue.waiting().stream(), queue.decided().stream())
                                .map(Hit::confirmedBy)
                                .distinct()
                                .toList()));
        return "screening/hits";
    }

    @GetMapping("/{id}")
    String view(Actor actor, @PathVariable String id, Model model, HttpServletResponse response) {
        return show(actor, hits.view(actor, HitId.parse(id)), new DecisionForm(Map.of(), ""), model, response);
    }

    /** What stands in the form, also when it comes back. */
    record DecisionForm(Map<Concern, Concern.Answer> check, String reason) {}

    private String show(Actor actor, Hit hit, DecisionForm form, Model model, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        List<String> people = Stream.concat(
                        Stream.of(hit.confirmedBy()), hit.decision().stream().map(HitDecision::by))
                .distinct()
                .toList();
        model.addAttribute("hit", hit)
                .addAttribute("comparison", hit.content().comparison())
                .addAttribute("form", form)
                .addAttribute("own", hit.confirmedBy().equals(actor.id()))
                .addAttribute("concerns", Concern.values())
                .addAttribute("answers", Concern.Answer.values())
                .addAttribute("logins", officers.logins(people));
        return "screening/hit";
    }

    @PostMapping("/{id}")
    String decide(
            Actor actor,
            @PathVariable String id,
            @RequestParam Map<String, String> fields,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        HitId hit = HitId.parse(id);
        Map<Concern, Concern.Answer> check = new EnumMap<>(Concern.class);
        for (Concern concern : Concern.values())
            answer(fields.get(concern.name())).ifPresent(answer -> check.put(concern, answer));
        String reason = fields.getOrDefault("reason", "");
        Optional<HitState> decision = Arrays.stream(HitState.values())
                .filter(state -> state.name().equals(fields.get("decision")))
                .findFirst();
        try {
            var unused = hits.decide(
                    actor,
                    hit,
                    decision.orElseThrow(() -> ScreeningProblem.REASON_MISSING.because("no decision was chosen")),
                    check,
                    reason);
        } catch (ProblemException e) {
            if (e.type().status() != 422 && e.type().status() != 409) throw e;
            response.setStatus(e.type().status());
            model.addAttribute("refused", "problem." + e.type().code());
            return show(actor, hits.view(actor, hit), new DecisionForm(check, reason), model, response);
        }
        next.addFlashAttribute("done", "screening.done.decided");
        return "redirect:/screening/hits";
    }

    private static Optional<Concern.Answer> answer(@org.jspecify.annotations.Nullable String name) {
        return Arrays.stream(Concern.Answer.values())
                .filter(each -> each.name().equals(name))
                .findFirst();
    }
}
