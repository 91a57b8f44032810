package org.sharaka.node.triage;

import jakarta.servlet.http.HttpServletResponse;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.identifiers.Extractor;
import org.sharaka.identifiers.Region;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.IntakeProblem;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.intake.ReporterRole;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.portal.MailboxService;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Call mode: one page while the caller speaks, then the reference to read aloud. */
@Controller
final class CallPages {
    private final IntakeService intake;
    private final MailboxService mailboxes;
    private final Spelling spelling;
    private final Extractor extractor;
    private final Region home;
    private final ZoneId zone;

    /** @param zone of the officers: callers say local times */
    CallPages(
            IntakeService intake,
            MailboxService mailboxes,
            Spelling spelling,
            Extractor extractor,
            Region home,
            @Value("${sharaka.web.zone:}") String zone) {
        this.intake = intake;
        this.mailboxes = mailboxes;
        this.spelling = spelling;
        this.extractor = extractor;
        this.home = home;
        this.zone = zone.isEmpty() ? ZoneId.systemDefault() : ZoneId.of(zone);
    }

    /** A country of the field's choice. */
    record Country(String code, String name) {}

    @GetMapping("/triage/call")
    String form(Actor actor, Locale locale, Model model, HttpServletResponse response) {
        worker(actor);
        return shown(
                CallForm.blank(intake.newReference(), TemplateLanguage.of(Optional.empty(), locale), home.code()),
                locale,
                model,
                response);
    }

    @PostMapping("/triage/call")
    String submit(
            Actor actor,
            @ModelAttribute("form") CallForm form,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        worker(actor);
        try {
            ReportId taken =
                    intake.submit(actor, form.submission(extractor, home, zone)).id();
            Optional<String> code = mailboxes.open(actor, taken, form.parsedReference());
            if (code.isPresent()) return spelt(form, code.get(), locale, model, response);
        } catch (DuplicateKeyException e) {
            // The same form came a moment ago: its report stands, and its code was shown.
        } catch (ProblemException e) {
            if (e.type().status() != 422) throw e;
            response.setStatus(e.type().status());
            model.addAttribute("refused", "problem." + e.type().code())
                    .addAttribute("field", e.type() == TriageProblem.BAD_FIELD ? e.getMessage() : field(e));
            return shown(form, locale, model, response);
        }
        return "redirect:/triage/call/" + form.parsedReference().grouped() + "?in="
                + TemplateLanguage.of(Optional.ofNullable(form.language()), locale);
    }

    /** Not redirected: the code is shown once. */
    private String spelt(CallForm form, String code, Locale locale, Model model, HttpServletResponse response) {
        String spoken = TemplateLanguage.of(Optional.ofNullable(form.language()), locale);
        model.addAttribute("code", code).addAttribute("codeGroups", spelling.of(code, Locale.forLanguageTag(spoken)));
        return spelt(form.parsedReference(), spoken, model, response);
    }

    /** The field that an intake's refusal is about. */
    private static String field(ProblemException e) {
        if (e.type() == IntakeProblem.BAD_CONTACT) return "phone";
        if (e.type() == IntakeProblem.TIME_IN_FUTURE || e.type() == IntakeProblem.BAD_TIME) return "sentAt";
        if (e.type() == IntakeProblem.BAD_MONEY) return "amount";
        if (e.type() == IntakeProblem.SAYS_NOTHING || e.type() == IntakeProblem.NARRATIVE_TOO_LONG) return "narrative";
        return "";
    }

    private String shown(CallForm form, Locale locale, Model model, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("form", form)
                .addAttribute("categories", Category.values())
                .addAttribute("roles", ReporterRole.values())
                .addAttribute("countries", countries(locale));
        return "triage/call";
    }

    /**
     * A reference with the words to read it aloud. It looks nothing up, so it tells nothing of the report, not even that
     * there is one.
     */
    @GetMapping("/triage/call/{reference}")
    String spelt(
            Actor actor,
            @PathVariable String reference,
            @RequestParam(name = "in", required = false) @Nullable String language,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        worker(actor);
        Reference parsed =
                Reference.parse(reference).orElseThrow(() -> IntakeProblem.NOT_FOUND.because("no such report"));
        model.addAttribute("code", null);
        return spelt(parsed, TemplateLanguage.of(Optional.ofNullable(language), locale), model, response);
    }

    private String spelt(Reference reference, String spoken, Model model, HttpServletResponse response) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("reference", reference.grouped())
                .addAttribute("spoken", spoken)
                .addAttribute("groups", spelling.of(reference, Locale.forLanguageTag(spoken)));
        return "triage/spelt";
    }

    private static void worker(Actor actor) {
        actor.require(Permission.REPORT_TRIAGE)
                .require(Permission.REPORT_SUBMIT)
                .requirePurpose();
    }

    private static List<Country> countries(Locale locale) {
        java.text.Collator order = java.text.Collator.getInstance(locale);
        return Arrays.stream(Locale.getISOCountries())
                .map(code -> new Country(
                        code, new Locale.Builder().setRegion(code).build().getDisplayCountry(locale)))
                .sorted(Comparator.comparing(Country::name, order))
                .toList();
    }
}
