package org.sharaka.node.screening.register;

import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.matching.ExactKey;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
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

/** This country's own entries of the registers: looked up, added, taken out. */
@Controller
@RequestMapping("/screening/registers")
class RegisterPages {
    private final RegisterService registers;
    private final RegisterLookup lookup;

    RegisterPages(RegisterService registers, RegisterLookup lookup) {
        this.registers = registers;
        this.lookup = lookup;
    }

    @GetMapping
    String page(Actor actor, Model model, HttpServletResponse response) {
        actor.require(Permission.REGISTER_WRITE).requirePurpose();
        return show(Map.of(), Map.of(), model, response);
    }

    private String show(
            Map<String, String> document, Map<String, String> vehicle, Model model, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("country", registers.country())
                .addAttribute("kinds", DocumentKind.values())
                .addAttribute("circumstances", Circumstances.values())
                .addAttribute("document", document)
                .addAttribute("vehicle", vehicle);
        return "screening/registers";
    }

    /** Posted, so that no number stands in an address. */
    @PostMapping("/find")
    String find(
            Actor actor, @RequestParam(defaultValue = "") String number, Model model, HttpServletResponse response) {
        List<ExactKey> keys = java.util.stream.Stream.of(ExactKey.Kind.DOCUMENT, ExactKey.Kind.VEHICLE)
                .flatMap(kind -> ExactKey.number(kind, number, "").stream())
                .toList();
        actor.require(Permission.REGISTER_WRITE).requirePurpose();
        if (keys.isEmpty()) {
            response.setStatus(422);
            model.addAttribute("refused", "screening.registers.no-number");
        } else {
            model.addAttribute("found", lookup.find(actor, keys)).addAttribute("number", number);
        }
        return show(Map.of(), Map.of(), model, response);
    }

    @GetMapping({"/find", "/documents", "/vehicles"})
    String again() {
        return "redirect:/screening/registers";
    }

    @PostMapping("/documents")
    String addDocument(
            Actor actor,
            @RequestParam Map<String, String> fields,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            var unused = registers.add(
                    actor,
                    new NewDocument(
                            text(fields, "number"),
                            DocumentKind.of(text(fields, "kind"))
                                    .orElseThrow(() -> ScreeningProblem.BAD_REGISTER_ENTRY.because("kind")),
                            registers.country(),
                            Circumstances.of(text(fields, "circumstances"))
                                    .orElseThrow(() -> ScreeningProblem.BAD_REGISTER_ENTRY.because("circumstances")),
                            day(fields, "happened"),
                            day(fields, "expires"),
                            Optional.of(text(fields, "reference"))));
        } catch (ProblemException e) {
            if (e.type() != ScreeningProblem.BAD_REGISTER_ENTRY) throw e;
            response.setStatus(422);
            model.addAttribute("refused", "problem." + e.type().code());
            return show(fields, Map.of(), model, response);
        }
        next.addFlashAttribute("done", "screening.done.registered");
        return "redirect:/screening/registers";
    }

    @PostMapping("/vehicles")
    String addVehicle(
            Actor actor,
            @RequestParam Map<String, String> fields,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            var unused = registers.add(
                    actor,
                    new NewVehicle(
                            Optional.of(text(fields, "vin")),
                            Optional.of(text(fields, "plate")),
                            registers.country(),
                            Optional.of(text(fields, "make")),
                            Optional.of(text(fields, "model")),
                            day(fields, "happened"),
                            Optional.of(text(fields, "reference"))));
        } catch (ProblemException e) {
            if (e.type() != ScreeningProblem.BAD_REGISTER_ENTRY) throw e;
            response.setStatus(422);
            model.addAttribute("refused", "problem." + e.type().code());
            return show(Map.of(), fields, model, response);
        }
        next.addFlashAttribute("done", "screening.done.registered");
        return "redirect:/screening/registers";
    }

    @PostMapping("/{id}/remove")
    String remove(Actor actor, @PathVariable String id, RedirectAttributes next) {
        registers.remove(
                actor,
                ThingId.parse(id).orElseThrow(() -> ScreeningProblem.NOT_FOUND.because("no such entry in a register")));
        next.addFlashAttribute("done", "screening.done.removed");
        return "redirect:/screening/registers";
    }

    private static String text(Map<String, String> fields, String name) {
        @Nullable String text = fields.get(name);
        return text == null ? "" : text.strip();
    }

    private static Optional<LocalDate> day(Map<String, String> fields, String name) {
        String text = text(fields, name);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            throw ScreeningProblem.BAD_REGISTER_ENTRY.because(name + ": a day");
        }
    }
}
