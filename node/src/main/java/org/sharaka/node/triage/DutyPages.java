package org.sharaka.node.triage;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.intake.ReportSheet;
import org.sharaka.node.platform.ProblemException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The duty roster and the sheet that one shift hands to the next. */
@Controller
final class DutyPages {
    private final DutyService duty;
    private final IntakeService intake;
    private final OfficerService officers;
    private final ZoneId zone;
    private final Clock clock;

    /** @param zone of the officers: shifts are planned in local time */
    DutyPages(
            DutyService duty,
            IntakeService intake,
            OfficerService officers,
            @Value("${sharaka.web.zone:}") String zone,
            Clock clock) {
        this.duty = duty;
        this.intake = intake;
        this.officers = officers;
        this.zone = zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone);
        this.clock = clock;
    }

    /** A handover as the page shows it. */
    record Shown(Handover handover, String note, List<Reference> references, boolean own) {}

    @GetMapping("/triage/roster")
    String roster(Actor actor, Model model) {
        List<Shift> shifts = duty.roster(actor);
        LocalDateTime hour = LocalDateTime.now(clock.withZone(zone)).truncatedTo(ChronoUnit.HOURS);
        model.addAttribute("shifts", shifts)
                .addAttribute("names", names(shifts.stream().map(Shift::officer).toList()))
                .addAttribute("now", clock.instant())
                .addAttribute("begins", hour.toString())
                .addAttribute("ends", hour.plusHours(8).toString())
                .addAttribute("officers", officers.able(Permission.REPORT_TRIAGE))
                .addAttribute("mayPlan", actor.may(Permission.TRIAGE_ADMINISTER));
        return "triage/roster";
    }

    @PostMapping("/triage/roster")
    String plan(
            Actor actor,
            @RequestParam(defaultValue = "") String officer,
            @RequestParam(defaultValue = "") String begins,
            @RequestParam(defaultValue = "") String ends,
            @RequestParam(defaultValue = "1") int position,
            RedirectAttributes next) {
        return done(next, "roster", "planned", () -> duty.plan(actor, officer, local(begins), local(ends), position));
    }

    private Instant local(String text) {
        try {
            return LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw TriageProblem.BAD_SHIFT.because("a time is not of the form 2026-11-24T10:00");
        }
    }

    @PostMapping("/triage/roster/{shift}/cancel")
    String cancel(Actor actor, @PathVariable UUID shift, RedirectAttributes next) {
        return done(next, "roster", "cancelled", () -> duty.cancel(actor, shift));
    }

    @GetMapping("/triage/handover")
    String handover(Actor actor, Model model, HttpServletResponse response) {
        DutyService.Sheet sheet = duty.sheet(actor);
        List<Handover> handovers = duty.handovers(actor);
        Set<ReportId> all = new HashSet<>(sheet.reports());
        handovers.forEach(each -> all.addAll(each.reports()));
        Map<ReportId, Reference> references = intake.referencesOf(all);
        List<String> people = new ArrayList<>();
        List.of(sheet.unread(), sheet.urgent(), sheet.heard(), sheet.waiting())
                .forEach(items -> items.forEach(item -> item.officer().ifPresent(people::add)));
        handovers.forEach(each -> {
            people.add(each.writtenBy());
            each.takenBy().ifPresent(people::add);
        });
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("sheet", sheet)
                .addAttribute("references", references)
                .addAttribute("names", names(people))
                .addAttribute("now", clock.instant())
                .addAttribute("noteMax", Handover.NOTE_LENGTH_MAX)
                .addAttribute(
                        "handovers",
                        handovers.stream()
                                .map(each -> new Shown(
                                        each,
                                        ReportSheet.visible(each.note()),
                                        each.reports().stream()
                                                .filter(references::containsKey)
                                                .map(references::get)
                                                .toList(),
                                        each.writtenBy().equals(actor.id())))
                                .toList());
        return "triage/handover";
    }

    @PostMapping("/triage/handover")
    String handOver(Actor actor, @RequestParam(defaultValue = "") String note, RedirectAttributes next) {
        return done(next, "handover", "handed-over", () -> duty.handOver(actor, note));
    }

    @PostMapping("/triage/handover/{handover}/take")
    String takeOver(Actor actor, @PathVariable UUID handover, RedirectAttributes next) {
        return done(next, "handover", "taken-over", () -> duty.takeOver(actor, handover));
    }

    private Map<String, String> names(List<String> ids) {
        return ids.isEmpty() ? Map.of() : new HashMap<>(officers.logins(new HashSet<>(ids)));
    }

    static String done(RedirectAttributes next, String page, String what, Runnable act) {
        try {
            act.run();
            next.addFlashAttribute("done", "triage.done." + what);
        } catch (ProblemException e) {
            if (e.type().status() != 409 && e.type().status() != 422) throw e;
            next.addFlashAttribute("refused", "problem." + e.type().code());
        }
        return "redirect:/triage/" + page;
    }
}
