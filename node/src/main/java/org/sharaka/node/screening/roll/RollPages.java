package org.sharaka.node.screening.roll;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.screening.ScreeningSettings;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Whole lists on the screen: handed in, approved, looked through, let go. */
@Controller
@RequestMapping("/screening/rolls")
class RollPages {
    private final RollService rolls;
    private final OfficerService officers;
    private final ScreeningSettings settings;

    RollPages(RollService rolls, OfficerService officers, ScreeningSettings settings) {
        this.rolls = rolls;
        this.officers = officers;
        this.settings = settings;
    }

    /** What stands in the form, also when it comes back; a file must be chosen again. */
    record HandForm(String title, String ends) {}

    @GetMapping
    String all(Actor actor, Model model, HttpServletResponse response) {
        return list(actor, new HandForm("", ""), model, response);
    }

    private String list(Actor actor, HandForm form, Model model, HttpServletResponse response) {
        List<Roll> all = rolls.all(actor);
        noStore(response);
        model.addAttribute("rolls", all)
                .addAttribute("form", form)
                .addAttribute("mayHand", actor.may(Permission.SCREENING_BULK))
                .addAttribute("rowsMax", RollService.ROWS_MAX)
                .addAttribute("daysMax", settings.rollLongest().toDays())
                .addAttribute("logins", logins(all));
        return "screening/rolls";
    }

    private java.util.Map<String, String> logins(List<Roll> all) {
        return officers.logins(all.stream()
                .flatMap(roll -> Stream.concat(roll.officer().stream(), roll.approvedBy().stream()))
                .distinct()
                .toList());
    }

    @PostMapping
    String hand(
            Actor actor,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String ends,
            @RequestParam Optional<MultipartFile> file,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response)
            throws IOException {
        byte[] csv = file.isPresent() ? file.get().getBytes() : new byte[0];
        try {
            Roll roll = rolls.hand(actor, title, RollApi.day(ends), csv);
            next.addFlashAttribute("done", "screening.roll.done.handed");
            return "redirect:/screening/rolls/" + roll.id();
        } catch (ProblemException e) {
            if (e.type().status() != 422) throw e;
            response.setStatus(422);
            model.addAttribute("refused", "problem." + e.type().code());
            return list(actor, new HandForm(title, ends), model, response);
        }
    }

    /** @param after the line after which rows are shown */
    @GetMapping("/{id}")
    String view(
            Actor actor,
            @PathVariable String id,
            @RequestParam(defaultValue = "0") long after,
            Model model,
            HttpServletResponse response) {
        Roll roll = rolls.view(actor, RollId.parse(id));
        List<RollService.Line> found = rolls.found(actor, roll.id(), after);
        boolean mayApprove = actor.may(Permission.HIT_RELEASE)
                && roll.state() == RollState.WAITING
                && !roll.madeBy().id().equals(actor.id())
                && !roll.officer().equals(Optional.of(actor.id()));
        noStore(response);
        model.addAttribute("roll", roll)
                .addAttribute("found", found)
                .addAttribute("refusals", rolls.refusals(actor, roll.id()))
                .addAttribute("mayApprove", mayApprove)
                .addAttribute("after", after)
                .addAttribute(
                        "next",
                        found.size() < RollService.SHOWN
                                ? null
                                : found.get(found.size() - 1).line())
                .addAttribute("logins", logins(new ArrayList<>(List.of(roll))));
        return "screening/roll";
    }

    @GetMapping("/{id}/results.csv")
    void results(Actor actor, @PathVariable String id, HttpServletResponse response) throws IOException {
        RollApi.send(rolls, actor, RollId.parse(id), response);
    }

    @PostMapping("/{id}/approve")
    String approve(Actor actor, @PathVariable String id, RedirectAttributes next) {
        RollId roll = RollId.parse(id);
        try {
            var unused = rolls.approve(actor, roll);
            next.addFlashAttribute("done", "screening.roll.done.approved");
        } catch (ProblemException e) {
            if (e.type().status() != 409) throw e;
            next.addFlashAttribute("refused", "problem." + e.type().code());
        }
        return "redirect:/screening/rolls/" + roll;
    }

    @PostMapping("/{id}/end")
    String end(Actor actor, @PathVariable String id, RedirectAttributes next) {
        rolls.end(actor, RollId.parse(id));
        next.addFlashAttribute("done", "screening.roll.done.ended");
        return "redirect:/screening/rolls";
    }

    private static void noStore(HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
