package org.sharaka.node.portal;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.QrCode;
import org.sharaka.node.platform.WebLanguage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The pages on which the public reports. */
@Controller
@Profile(PortalPages.PROFILE)
final class PortalPages {
    /** Of the portal's process: a node's component scan passes its controllers over. */
    static final String PROFILE = "portal";

    private static final Logger LOG = LoggerFactory.getLogger(PortalPages.class);
    private static final String LANGUAGE = "/{language:ar|fr|en|es}";

    private final Drafts drafts;
    private final Counter counter;
    private final Waves waves;
    private final PageTexts texts;
    private final PortalSettings settings;
    private final ReceiptPdf receipts;
    private final Clock clock;

    PortalPages(
            Drafts drafts,
            Counter counter,
            Waves waves,
            PageTexts texts,
            PortalSettings settings,
            ReceiptPdf receipts,
            Clock clock) {
        this.drafts = drafts;
        this.counter = counter;
        this.waves = waves;
        this.texts = texts;
        this.settings = settings;
        this.receipts = receipts;
        this.clock = clock;
    }

    /** In the language that the browser asks for first. */
    @GetMapping("/")
    ResponseEntity<Void> root(HttpServletRequest request) {
        WebLanguage language = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE) == null
                ? WebLanguage.ARABIC
                : WebLanguage.preferred(Collections.list(request.getLocales()));
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/" + language.code() + "/"))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .build();
    }

    @GetMapping({LANGUAGE, LANGUAGE + "/"})
    ModelAndView home(@PathVariable("language") String code) {
        WebLanguage language = language(code);
        return page("home", language, "").addObject("danger", texts.danger(language.locale()));
    }

    @GetMapping(LANGUAGE + "/rights")
    ModelAndView rights(@PathVariable("language") String code) {
        return page("rights", language(code), "rights");
    }

    @GetMapping(LANGUAGE + "/report")
    ModelAndView begin(@PathVariable("language") String code) {
        return step(language(code), drafts.fresh(), ReportForm.empty(code), Map.of());
    }

    /** One page forward, back, or elsewhere. Answers in the reply itself, so that reloading repeats it and nothing is lost. */
    @PostMapping(LANGUAGE + "/report")
    ModelAndView answer(
            @PathVariable("language") String code,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request) {
        WebLanguage language = language(code);
        Optional<Drafts.Draft> shown = drafts.show(typed.get("draft"));
        if (shown.isEmpty()) return status(page("stale", language, "report"), HttpStatus.BAD_REQUEST);
        Step step = shown.get().step();
        ReportForm before = new ReportForm(code, shown.get().answers());
        ReportForm form = before.with(typed, step.fields(before));
        String wish = typed.getOrDefault("do", "next");
        if (step == Step.CHECK && wish.equals("next")) return handIn(language, shown.get(), form, request);
        Drafts.Draft draft = drafts.renewed(shown.get());
        if (wish.equals("stay")) return step(language, draft.at(step, form), form, Map.of());
        if (wish.equals("back")) return step(language, draft.at(beside(step, form, -1), form), form, Map.of());
        if (wish.startsWith("goto:"))
            return step(language, draft.at(named(wish.substring(5), form), form), form, Map.of());
        Map<Field, String> problems = form.problems(step.fields(form), clock.instant());
        if (!problems.isEmpty())
            return status(step(language, draft.at(step, form), form, problems), HttpStatus.UNPROCESSABLE_CONTENT);
        return step(language, draft.at(beside(step, form, 1), form), form, Map.of());
    }

    /**
     * Nothing of this visit is shown again, however its pages are asked for. A browser with scripts tells so and is gone
     * already; without, this leads away.
     *
     * @param mark of the visit, from the page that is left
     */
    @RequestMapping(
            path = LANGUAGE + "/leave",
            method = {RequestMethod.GET, RequestMethod.POST})
    ResponseEntity<Void> leave(@RequestParam(name = "visit", defaultValue = "") String mark) {
        drafts.end(mark);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(settings.leaveTo()))
                .header("Referrer-Policy", "no-referrer")
                .build();
    }

    private static Step beside(Step step, ReportForm form, int by) {
        List<Step> steps = Step.of(form);
        int place = steps.indexOf(step);
        if (place < 0) return Step.KIND;
        return steps.get(Math.max(0, Math.min(steps.size() - 1, place + by)));
    }

    private static Step named(String name, ReportForm form) {
        return Step.of(form).stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElse(Step.CHECK);
    }

    private ModelAndView handIn(WebLanguage language, Drafts.Draft draft, ReportForm form, HttpServletRequest request) {
        Instant now = clock.instant();
        for (Step step : Step.of(form)) {
            Map<Field, String> problems = form.problems(step.fields(form), now);
            if (!problems.isEmpty())
                return status(step(language, draft.at(step, form), form, problems), HttpStatus.UNPROCESSABLE_CONTENT);
        }
        try {
            // What the node would refuse is refused here, where it can still be mended.
            form.requireAcceptable(now, settings.zone());
            if (isTooOld(draft))
                return step(language, drafts.renewed(draft).at(Step.CHECK, form), form, Map.of())
                        .addObject("failure", texts.text("portal.error.old", language.locale()));
            boolean setAside = waves.excess(request.getRemoteAddr());
            return done(language, draft, form, counter.handIn(draft.token(), form, now, setAside));
        } catch (ProblemException e) {
            LOG.info("a report was refused: {}", e.type().code());
            return status(
                    step(language, draft.at(Step.CHECK, form), form, Map.of())
                            .addObject("failure", texts.text("portal.error.refused", language.locale())),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("a report could not be stored", e);
            Locale locale = language.locale();
            return status(
                    step(language, draft.at(Step.CHECK, form), form, Map.of())
                            .addObject("failure", texts.text("portal.away", locale) + " " + texts.whereElse(locale))
                            .addObject("failureCall", texts.unitCall(locale)),
                    HttpStatus.SERVICE_UNAVAILABLE);
        }
    }

    /** A page may stay open for days: then its token is too old to be known again, unless it was handed in before. */
    private boolean isTooOld(Drafts.Draft draft) {
        if (!drafts.isOlderThan(Drafts.TOKEN_LIFE, draft)) return false;
        return drafts.isOlderThan(Drafts.REPLAY_LIFE, draft) || !counter.knows(draft.token());
    }

    private ModelAndView done(WebLanguage language, Drafts.Draft draft, ReportForm form, Counter.Handed handed) {
        Locale locale = language.locale();
        ModelAndView page = page("done", language, "");
        leaving(page, language, drafts, draft.visit());
        return page.addObject("reference", handed.reference().grouped())
                .addObject("code", handed.code().grouped())
                .addObject("changed", handed.changed())
                .addObject("advice", texts.advice(form, locale))
                .addObject("danger", form.is(Field.DANGER, "yes") ? texts.danger(locale) : null)
                .addObject("minor", form.is(Field.UNDER_18, "yes") ? texts.minor(locale) : null)
                .addObject("shared", form.is(Field.PHONE_SHARED, "yes"))
                .addObject("at", handed.at())
                .addObject("keep", !form.addressesOnly())
                .addObject("ticket", drafts.ticket(handed.reference(), handed.code(), draft.visit(), form.category()))
                .addObject("qr", QrCode.of(follow(language, handed.reference())));
    }

    /** The same paper as a file with a neutral name (S13). Its time is the mailbox's, so that nobody can choose it. */
    @PostMapping(LANGUAGE + "/receipt")
    ResponseEntity<byte[]> receipt(@PathVariable("language") String code, @RequestParam Map<String, String> typed) {
        WebLanguage language = language(code);
        Locale locale = language.locale();
        Optional<Drafts.Ticket> known = drafts.ticket(typed.get("ticket"));
        if (known.isEmpty())
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .location(URI.create("/" + language.code() + "/follow?closed=yes"))
                    .build();
        Drafts.Ticket ticket = known.get();
        Counter.Mailbox mailbox = counter.open(ticket.opened(), ticket.accessCode())
                .orElseThrow(() -> PortalProblem.NOT_FOUND.because("no such report, or another code"));
        String picture = Base64.getEncoder().encodeToString(QrCode.png(follow(language, ticket.opened()), 6));
        Map<String, Object> shown = new HashMap<>(Map.of(
                "code_language", language.code(),
                "direction", language.direction(),
                "reference", ticket.opened().grouped(),
                "code", ticket.accessCode().grouped(),
                "at", shown(mailbox.createdAt(), locale),
                "qr", "data:image/png;base64," + picture));
        String category = ticket.category();
        if (category != null) shown.put("category", texts.text("portal.category." + category, locale));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"document.pdf\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(receipts.make(language, shown));
    }

    private String shown(Instant at, Locale locale) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .localizedBy(locale)
                .format(at.atZone(settings.zone()));
    }

    /** Without the code: that is on paper only. */
    private String follow(WebLanguage language, Reference reference) {
        return settings.origin() + "/" + language.code() + "/follow?reference=" + reference.grouped();
    }

    private ModelAndView step(WebLanguage language, Drafts.Draft draft, ReportForm form, Map<Field, String> problems) {
        Locale locale = language.locale();
        Step step = draft.step();
        List<Step> steps = Step.of(form);
        ModelAndView page = page("step", language, "report");
        leaving(page, language, drafts, draft.visit());
        return page.addObject("step", step.key(form))
                .addObject("first", step == Step.URGENT)
                .addObject("last", step == Step.CHECK)
                .addObject("number", steps.indexOf(step) + 1)
                .addObject("count", steps.size())
                .addObject("draft", drafts.hide(draft.at(step, form)))
                .addObject("notes", texts.notes(step, form, locale))
                .addObject("keep", step == Step.STORY && !form.addressesOnly())
                .addObject("questions", texts.questions(step.fields(form), form, problems, locale))
                .addObject("wrong", !problems.isEmpty())
                .addObject("answers", step == Step.CHECK ? texts.answers(form, locale) : List.of())
                .addObject("failure", null)
                .addObject("failureCall", null);
    }

    private ModelAndView page(String template, WebLanguage language, String path) {
        return PortalPages.page(texts, template, language, path);
    }

    static ModelAndView page(PageTexts texts, String template, WebLanguage language, String path) {
        return new ModelAndView(template)
                .addObject("language", language)
                .addObject("languages", texts.languages(language, path))
                .addObject("base", "/" + language.code() + "/")
                .addObject("leave", texts.settings().leaveTo())
                .addObject("leaveTo", texts.settings().leaveTo());
    }

    /** On pages that show something, leaving ends the visit. */
    static void leaving(ModelAndView page, WebLanguage language, Drafts drafts, String visit) {
        page.addObject("leave", "/" + language.code() + "/leave?visit=" + drafts.mark(visit));
    }

    static ModelAndView status(ModelAndView page, HttpStatus status) {
        page.setStatus(status);
        return page;
    }

    static WebLanguage language(@Nullable String code) {
        return WebLanguage.of(String.valueOf(code)).orElse(WebLanguage.ENGLISH);
    }
}
