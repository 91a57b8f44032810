package org.sharaka.node.intake;

import jakarta.servlet.http.HttpServletResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.Page;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Reports for officers at the console. */
@Controller
final class ReportPages {
    private final IntakeService service;
    private final ReportSheet sheet;
    private final ZoneId zone;

    /** @param zone of the node's officers: what a day means in the filter */
    ReportPages(IntakeService service, ReportSheet sheet, @Value("${sharaka.web.zone:}") String zone) {
        this.service = service;
        this.sheet = sheet;
        this.zone = zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone);
    }

    /** What the reader chose, as it stands in the address. */
    record Chosen(
            @Nullable String category,
            @Nullable String country,
            @Nullable String from,
            @Nullable String to) {
        ReportFilter filter(ZoneId zone) {
            return new ReportFilter(
                    given(category).flatMap(Chosen::category),
                    given(country).filter(code -> code.matches("[A-Z]{2}")),
                    given(from).flatMap(Chosen::day).map(day -> start(day, zone)),
                    given(to).flatMap(Chosen::day).map(day -> start(day.plusDays(1), zone)));
        }

        private static Optional<String> given(@Nullable String text) {
            return Optional.ofNullable(text).filter(some -> !some.isBlank());
        }

        private static Optional<Category> category(String name) {
            return Arrays.stream(Category.values())
                    .filter(each -> each.name().equals(name))
                    .findFirst();
        }

        private static Optional<LocalDate> day(String text) {
            try {
                LocalDate day = LocalDate.parse(text);
                return day.getYear() < 1970 || day.getYear() > 9999 ? Optional.empty() : Optional.of(day);
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        private static Instant start(LocalDate day, ZoneId zone) {
            return day.atStartOfDay(zone).toInstant();
        }
    }

    @GetMapping("/reports")
    String list(
            Actor actor,
            @RequestParam(name = "category", required = false) @Nullable String category,
            @RequestParam(name = "country", required = false) @Nullable String country,
            @RequestParam(name = "from", required = false) @Nullable String from,
            @RequestParam(name = "to", required = false) @Nullable String to,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            Model model) {
        var chosen = new Chosen(category, country, from, to);
        Page<ReportSummary> page = service.latest(actor, chosen.filter(zone), Optional.ofNullable(cursor));
        Map<ReportId, String> openings = new HashMap<>();
        page.items().forEach(each -> openings.put(each.id(), MarkedNarrative.visible(each.opening())));
        model.addAttribute("chosen", chosen)
                .addAttribute("page", page)
                .addAttribute("openings", openings)
                .addAttribute("next", page.next().orElse(null))
                .addAttribute("paged", cursor != null)
                .addAttribute("categories", Category.values())
                .addAttribute("countries", Locale.getISOCountries());
        return "intake/reports";
    }

    @GetMapping("/reports/{reference}")
    String view(Actor actor, @PathVariable("reference") String reference, Model model, HttpServletResponse response) {
        return show(actor, parsed(reference), Optional.empty(), model, response);
    }

    /** A click of its own, so that opening a report does not open who made it. Not redirected: it is shown once. */
    @PostMapping("/reports/{reference}/contact")
    String contact(
            Actor actor, @PathVariable("reference") String reference, Model model, HttpServletResponse response) {
        Reference parsed = parsed(reference);
        return show(actor, parsed, Optional.of(service.contact(actor, parsed)), model, response);
    }

    @PostMapping("/reports/{reference}/withdraw")
    String withdraw(
            Actor actor,
            @PathVariable("reference") String reference,
            @RequestParam(name = "reason", defaultValue = "") String reason) {
        Reference parsed = parsed(reference);
        service.withdraw(actor, parsed, reason);
        return "redirect:/reports/" + parsed.grouped();
    }

    @PostMapping("/reports/{reference}/identifiers/{position}/withdraw")
    String withdrawIdentifier(
            Actor actor, @PathVariable("reference") String reference, @PathVariable("position") int position) {
        Reference parsed = parsed(reference);
        service.withdrawIdentifier(actor, parsed, position);
        return "redirect:/reports/" + parsed.grouped() + "#identifiers";
    }

    private String show(
            Actor actor, Reference reference, Optional<Contact> contact, Model model, HttpServletResponse response) {
        ReportView report = service.view(actor, reference);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        sheet.fill(model, report, contact, "/reports/" + reference.grouped() + "/contact");
        model.addAttribute("mayOpenContact", actor.may(Permission.REPORT_CONTACT_READ))
                .addAttribute("mayWithdraw", actor.may(Permission.REPORT_SUBMIT));
        return "intake/report";
    }

    private static Reference parsed(String reference) {
        return Reference.parse(reference).orElseThrow(() -> IntakeProblem.NOT_FOUND.because("no such report"));
    }
}
