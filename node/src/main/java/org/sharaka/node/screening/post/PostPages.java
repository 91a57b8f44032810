package org.sharaka.node.screening.post;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.List;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.TypedQuery;
import org.sharaka.node.screening.desk.DeskService;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The front line's page where there is no network. It compares and tells whom to call; it confirms and dismisses nothing (S2). */
@Controller
@Profile(PostPages.PROFILE)
class PostPages {
    static final String PROFILE = "post";

    private final Post post;
    private final DeskService desk;

    PostPages(Post post, DeskService desk) {
        this.post = post;
        this.desk = desk;
    }

    /**
     * What every page says first: of when the answers are.
     *
     * @param over whether nothing is answered any more
     */
    record Stamp(String post, long number, Instant madeAt, Instant endsAt, boolean over, String call) {}

    /** A list as the foot of the page names it. */
    record ListLine(String name, Instant at, int entries) {}

    @ModelAttribute("stamp")
    Stamp stamp() {
        var manifest = post.opened().manifest();
        return new Stamp(
                manifest.post(),
                manifest.number(),
                manifest.madeAt(),
                manifest.endsAt(),
                post.time().ended(),
                post.opened().header().call());
    }

    @ModelAttribute
    void noStore(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    @GetMapping("/login")
    String login(Model model) {
        model.addAttribute("purposes", Purpose.values());
        return "post/login";
    }

    @GetMapping("/")
    String empty(Actor actor, Model model) {
        return page(actor, model);
    }

    @PostMapping("/")
    String ask(Actor actor, @RequestParam(defaultValue = "") String q, Model model, HttpServletResponse response) {
        try {
            model.addAttribute("answer", desk.ask(actor, q)).addAttribute("q", q);
        } catch (ProblemException e) {
            if (e.type() == PostProblem.ENDED) {
                response.setStatus(e.type().status());
                return page(actor, model);
            }
            if (e.type() != ScreeningProblem.NO_QUERIES) throw e;
            response.setStatus(422);
            model.addAttribute("refused", "screening.nothing-to-ask");
        }
        return page(actor, model);
    }

    private String page(Actor actor, Model model) {
        actor.require(Permission.SCREENING_QUERY);
        List<ListLine> lists = post.opened().names().stream()
                .map(each -> new ListLine(
                        each.name(), each.importedAt(), post.opened().lists().entries(each.name())))
                .toList();
        model.addAttribute("lists", lists)
                .addAttribute("lengthMax", TypedQuery.LENGTH_MAX)
                .addAttribute("officer", actor.name())
                .addAttribute("purpose", actor.purpose().map(Enum::name).orElse(""));
        return "post/ask";
    }

    @PostMapping("/compare")
    String compare(
            Actor actor,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String entity,
            Model model) {
        DeskService.Compared compared = desk.compare(actor, q, entity);
        model.addAttribute("typed", DeskService.shown(q))
                .addAttribute("comparison", compared.comparison())
                .addAttribute("distinct", compared.distinct());
        return "post/compare";
    }

    /** Where a change of language leads after a question: nothing of it stands in an address. */
    @GetMapping("/compare")
    String again() {
        return "redirect:/";
    }
}
