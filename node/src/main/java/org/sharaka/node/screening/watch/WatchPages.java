package org.sharaka.node.screening.watch;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.stream.Stream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.ScreeningSettings;
import org.sharaka.node.screening.TypedQuery;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Standing watches on the screen. What is looked for is posted and never stands in an address. */
@Controller
@RequestMapping("/screening/watches")
class WatchPages {
    private final WatchService watches;
    private final OfficerService officers;
    private final ScreeningSettings settings;

    WatchPages(WatchService watches, OfficerService officers, ScreeningSettings settings) {
        this.watches = watches;
        this.officers = officers;
        this.settings = settings;
    }

    /** What stands in the form, also when it comes back. */
    record AskForm(String what, String reason, int days) {}

    @GetMapping
    String all(Actor actor, Model model, HttpServletResponse response) {
        return list(actor, new AskForm("", "", longest()), model, response);
    }

    private String list(Actor actor, AskForm form, Model model, HttpServletResponse response) {
        WatchService.Desk desk = watches.all(actor);
        noStore(response);
        model.addAttribute("desk", desk)
                .addAttribute("form", form)
                .addAttribute("longest", longest())
                .addAttribute("lengthMax", TypedQuery.LENGTH_MAX)
                .addAttribute("mayAsk", actor.may(Permission.SCREENING_BULK))
                .addAttribute(
                        "logins",
                        officers.logins(desk.waiting().stream()
                                .map(Watch::officer)
                                .distinct()
                                .toList()));
        return "screening/watches";
    }

    private int longest() {
        return Math.toIntExact(settings.watchLongest().toDays());
    }

    @PostMapping
    String ask(
            Actor actor,
            @RequestParam(defaultValue = "") String what,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "0") int days,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            var unused = watches.ask(actor, what, reason, days);
        } catch (ProblemException e) {
            if (e.type() != ScreeningProblem.WATCH_INCOMPLETE) throw e;
            response.setStatus(422);
            model.addAttribute("refused", "problem." + e.type().code());
            return list(actor, new AskForm(what, reason, days), model, response);
        }
        next.addFlashAttribute("done", "screening.watch.done.asked");
        return "redirect:/screening/watches";
    }

    @GetMapping("/{id}")
    String open(Actor actor, @PathVariable String id, Model model, HttpServletResponse response) {
        WatchService.Opened opened = watches.open(actor, WatchId.parse(id));
        Watch watch = opened.watch();
        noStore(response);
        List<String> people = Stream.concat(
                        Stream.of(watch.officer()), watch.approval().stream().map(Watch.Approval::by))
                .distinct()
                .toList();
        model.addAttribute("watch", watch)
                .addAttribute("alerts", opened.alerts())
                .addAttribute("own", watch.keptBy(actor.id()))
                .addAttribute(
                        "mayApprove", actor.may(Permission.HIT_RELEASE) && watch.waiting() && !watch.keptBy(actor.id()))
                .addAttribute("longest", longest())
                .addAttribute("logins", officers.logins(people));
        return "screening/watch";
    }

    @PostMapping("/{id}/approve")
    String approve(Actor actor, @PathVariable String id, RedirectAttributes next) {
        return done(next, "/screening/watches", "approved", () -> {
            var unused = watches.approve(actor, WatchId.parse(id));
        });
    }

    @PostMapping("/{id}/renew")
    String renew(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "0") int days,
            RedirectAttributes next) {
        WatchId watch = WatchId.parse(id);
        return done(
                next, "/screening/watches/" + watch, "renewal-asked", () -> watches.renew(actor, watch, reason, days));
    }

    @PostMapping("/{id}/end")
    String end(Actor actor, @PathVariable String id, RedirectAttributes next) {
        return done(next, "/screening/watches", "ended", () -> watches.end(actor, WatchId.parse(id)));
    }

    private static String done(RedirectAttributes next, String page, String what, Runnable act) {
        try {
            act.run();
            next.addFlashAttribute("done", "screening.watch.done." + what);
        } catch (ProblemException e) {
            if (e.type().status() != 409 && e.type().status() != 422) throw e;
            next.addFlashAttribute("refused", "problem." + e.type().code());
        }
        return "redirect:" + page;
    }

    private static void noStore(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
