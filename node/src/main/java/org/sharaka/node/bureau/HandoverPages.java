package org.sharaka.node.bureau;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.originator.Whereabouts;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The handover sheet of this moment, and those that were signed. Both print on one page. */
@Controller
final class HandoverPages {
    private final Handovers handovers;
    private final Correspondents correspondents;
    private final OfficerService officers;
    private final List<Whereabouts> whereabouts;
    private final Clock clock;

    HandoverPages(
            Handovers handovers,
            Correspondents correspondents,
            OfficerService officers,
            List<Whereabouts> whereabouts,
            Clock clock) {
        this.handovers = handovers;
        this.correspondents = correspondents;
        this.officers = officers;
        this.whereabouts = List.copyOf(whereabouts);
        this.clock = clock;
    }

    @GetMapping("/bureau/handover")
    String sheet(
            Actor actor,
            @RequestParam(defaultValue = "") String hours,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        Duration shift = shift(hours).orElseGet(handovers::shift);
        Handover.Signed sheet = handovers.sheet(actor, shift);
        List<Handover> before = handovers.latest(actor);
        shown(actor, sheet, locale, model, response);
        model.addAttribute("hours", shift.toHours())
                .addAttribute(
                        "shifts",
                        Stream.of(4L, 6L, 8L, 12L, 24L, shift.toHours())
                                .distinct()
                                .sorted()
                                .toList())
                .addAttribute("successors", handovers.successors(actor))
                .addAttribute("maySign", actor.may(Permission.EXCHANGE_SEND))
                .addAttribute("noteMax", Handover.NOTE_LENGTH_MAX)
                .addAttribute("handovers", before)
                .addAttribute("logins", officers.logins(people(before)));
        return "bureau/handover";
    }

    @GetMapping("/bureau/handover/{id}")
    String signed(Actor actor, @PathVariable String id, Locale locale, Model model, HttpServletResponse response) {
        Handover handover = handovers.view(actor, Ways.uuid(id));
        shown(actor, handover.signed(), locale, model, response);
        model.addAttribute("handover", handover)
                .addAttribute("mayTake", handover.givenTo().equals(actor.id()) && actor.may(Permission.EXCHANGE_SEND))
                .addAttribute("logins", officers.logins(people(List.of(handover))));
        return "bureau/handover-signed";
    }

    private void shown(Actor actor, Handover.Signed sheet, Locale locale, Model model, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("sheet", sheet)
                .addAttribute("matters", handovers.matters(actor, sheet.sections()))
                .addAttribute("others", others(actor, sheet))
                .addAttribute("names", correspondents.names(locale))
                .addAttribute("visible", new BureauPages.Text())
                .addAttribute("most", Handovers.LISTED)
                .addAttribute("by", actor.name())
                .addAttribute("now", clock.instant());
    }

    /** Where the matters of other modules are, as far as they are still kept. */
    private Map<ConversationKey, String> others(Actor actor, Handover.Signed sheet) {
        Map<ConversationKey, String> paths = new HashMap<>();
        sheet.sections().stream()
                .filter(section -> section.part() == Handover.Part.OTHER)
                .flatMap(section -> section.lines().stream())
                .map(Handover.Line::key)
                .forEach(key -> whereabouts.stream()
                        .flatMap(each -> each.of(actor, key.peer(), key.id()).stream())
                        .findFirst()
                        .ifPresent(path -> paths.put(key, path)));
        return paths;
    }

    private static List<String> people(List<Handover> handovers) {
        return handovers.stream()
                .flatMap(each -> Stream.of(each.writtenBy(), each.givenTo()))
                .distinct()
                .toList();
    }

    /** What is no number of hours is as if nothing was said. */
    private static Optional<Duration> shift(String hours) {
        if (!hours.matches("[0-9]{1,2}")) return Optional.empty();
        int number = Integer.parseInt(hours);
        return number < 1 || number > Handovers.SHIFT_HOURS_MAX
                ? Optional.empty()
                : Optional.of(Duration.ofHours(number));
    }

    @PostMapping("/bureau/handover")
    String handOver(
            Actor actor,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String hours,
            @RequestParam(defaultValue = "") String note,
            RedirectAttributes next) {
        return Ways.attempt(next, "redirect:/bureau/handover", () -> {
            Handover handover =
                    handovers.handOver(actor, to, shift(hours).orElseGet(handovers::shift), MessageForm.plain(note));
            next.addFlashAttribute("done", "bureau.done.handed-over");
            return "redirect:/bureau/handover/" + handover.id();
        });
    }

    @PostMapping("/bureau/handover/{id}/take")
    String takeOver(Actor actor, @PathVariable String id, RedirectAttributes next) {
        return Ways.attempt(next, "redirect:/bureau/handover", () -> {
            handovers.takeOver(actor, Ways.uuid(id));
            next.addFlashAttribute("done", "bureau.done.taken-over");
            return "redirect:/bureau/handover/" + Ways.uuid(id);
        });
    }
}
