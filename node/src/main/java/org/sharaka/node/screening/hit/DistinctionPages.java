package org.sharaka.node.screening.hit;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.QrCode;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.ScreeningSettings;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Distinguishing records: made at the bureau with the person's consent, printed as a paper, ended at any time (S6). */
@Controller
@RequestMapping("/screening/distinctions")
class DistinctionPages {
    private final DistinctionService distinctions;
    private final ScreeningSettings settings;

    DistinctionPages(DistinctionService distinctions, ScreeningSettings settings) {
        this.distinctions = distinctions;
        this.settings = settings;
    }

    /** What stands in the form, also when it comes back. */
    record Form(String entity, String name, String birth, String documents, String consent, int days) {}

    @GetMapping
    String all(Actor actor, @RequestParam(defaultValue = "") String entity, Model model, HttpServletResponse response) {
        return show(actor, new Form(entity, "", "", "", "", longest()), model, response);
    }

    private int longest() {
        return (int) settings.distinctionLongest().toDays();
    }

    private String show(Actor actor, Form form, Model model, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("all", distinctions.all(actor))
                .addAttribute("form", form)
                .addAttribute("longest", longest());
        return "screening/distinctions";
    }

    @PostMapping
    String make(
            Actor actor,
            @RequestParam(defaultValue = "") String entity,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String birth,
            @RequestParam(defaultValue = "") String documents,
            @RequestParam(defaultValue = "false") boolean agreed,
            @RequestParam(defaultValue = "") String consent,
            @RequestParam(defaultValue = "0") int days,
            Model model,
            HttpServletResponse response) {
        List<String> numbers = Arrays.stream(documents.split("[,;\\n]"))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
        try {
            Distinction made = distinctions.make(
                    actor,
                    new DistinctionService.Request(
                            entity.strip(), name, birth, numbers, agreed, consent, Duration.ofDays(days)));
            return "redirect:/screening/distinctions/" + made.id();
        } catch (ProblemException e) {
            if (e.type() != ScreeningProblem.DISTINCTION_INCOMPLETE && e.type() != ScreeningProblem.NOT_FOUND) throw e;
            response.setStatus(422);
            model.addAttribute("refused", "problem." + e.type().code());
            return show(actor, new Form(entity, name, birth, documents, consent, days), model, response);
        }
    }

    /** The paper, to be printed. */
    @GetMapping("/{id}")
    String paper(Actor actor, @PathVariable UUID id, Model model, HttpServletResponse response) {
        Distinction record = distinctions.find(actor, id);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("record", record).addAttribute("qr", QrCode.of(record.code()));
        return "screening/paper";
    }

    @PostMapping("/{id}/end")
    String end(Actor actor, @PathVariable UUID id, RedirectAttributes next) {
        distinctions.end(actor, id);
        next.addFlashAttribute("done", "screening.done.ended");
        return "redirect:/screening/distinctions";
    }
}
