package org.sharaka.node.crosscheck;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.agreement.LegalFindings;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.message.Evaluation;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Campaigns that other countries ask about: the list, one of them, and what of ours is released. */
@Controller
final class CheckPages {
    /** What can be ordered: nothing is compared in the stead of what was sent, so it is taken back and sent anew. */
    static final List<Order.Kind> ORDERS = List.of(Order.Kind.RECALL, Order.Kind.PURGE);

    private static final String ONE = "/crosschecks/{peer}/{conversation}";

    private final Reading reading;
    private final Answering answering;
    private final Partners partners;
    private final Reader reader;
    private final OfficerService officers;
    private final Clock clock;

    CheckPages(
            Reading reading,
            Answering answering,
            Partners partners,
            LegalBases laws,
            OfficerService officers,
            Clock clock) {
        this.reading = reading;
        this.answering = answering;
        this.partners = partners;
        this.reader = new Reader(partners, laws);
        this.officers = officers;
        this.clock = clock;
    }

    /** What a page asks every moment. */
    record News(String mark) {}

    static ResponseEntity<News> told(String mark) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new News(mark));
    }

    /** What an officer can mend is told beside the form, the rest on a page of its own. */
    static void requireToldHere(ProblemException e) {
        if (e.type().status() != 409 && e.type().status() != 422 && e.type().status() != 503) throw e;
    }

    @GetMapping("/crosschecks")
    String list(Actor actor, Locale locale, Model model, HttpServletResponse response) {
        String mark = reading.news(actor);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("lines", reading.list(actor))
                .addAttribute("unusual", reading.unusual(actor))
                .addAttribute("most", Reading.SHOWN)
                .addAttribute("names", reader.names(locale))
                .addAttribute("now", clock.instant())
                .addAttribute("mark", mark);
        return "crosscheck/list";
    }

    @GetMapping(path = "/crosschecks/news", produces = "application/json")
    ResponseEntity<News> news(Actor actor) {
        return told(reading.news(actor));
    }

    @GetMapping(ONE)
    String view(Actor actor, CheckKey key, Locale locale, Model model, HttpServletResponse response) {
        return show(actor, key, AnswerForm.empty(), locale, model, response);
    }

    private String show(
            Actor actor, CheckKey key, AnswerForm form, Locale locale, Model model, HttpServletResponse response) {
        Reading.Opened opened = reading.open(actor, key);
        // Opening it marks it read: the mark of after that, or the page would show itself again.
        String mark = reading.news(actor);
        Received received = opened.received();
        boolean mayAnswer = actor.may(Permission.EXCHANGE_SEND)
                && partners.correspondents().stream()
                        .anyMatch(member -> member.id().equals(key.peer()));
        Optional<LegalFindings> findings = Optional.of(mayAnswer)
                .filter(may -> may)
                .map(may -> partners.findings(key.peer(), received.purpose(), received.offence()));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("opened", opened)
                .addAttribute("received", received)
                .addAttribute("base", key.path())
                .addAttribute("form", form)
                .addAttribute("names", reader.names(locale))
                .addAttribute("agreement", reader.agreement(received.legalBasis(), locale))
                .addAttribute(
                        "offence",
                        received.offence()
                                .map(code -> reader.offence(code, locale))
                                .orElse(null))
                .addAttribute("mayAnswer", mayAnswer)
                .addAttribute("mayLook", actor.may(Permission.EXCHANGE_APPROVE))
                .addAttribute("actor", actor.id())
                .addAttribute("findings", findings.orElse(null))
                .addAttribute("orders", ORDERS)
                .addAttribute("levels", Release.Level.values())
                .addAttribute("quotable", Quoted.values())
                .addAttribute("codes", List.of(HandlingCode.H1, HandlingCode.H2))
                .addAttribute("sources", Evaluation.Source.values())
                .addAttribute("accuracies", Evaluation.Information.values())
                .addAttribute("language", locale.getLanguage())
                .addAttribute("logins", officers.logins(people(opened)))
                .addAttribute("few", reading.few())
                .addAttribute("now", clock.instant())
                .addAttribute("visible", new Reader.Text())
                .addAttribute("mark", mark);
        return "crosscheck/check";
    }

    private static List<String> people(Reading.Opened opened) {
        return Stream.of(
                        opened.received().answer().map(Received.OurAnswer::by),
                        opened.received().answer().flatMap(Received.OurAnswer::lookedBy),
                        opened.draft().map(Draft::author))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    @PostMapping(ONE + "/answer")
    String answer(
            Actor actor,
            CheckKey key,
            @ModelAttribute("form") AnswerForm form,
            Locale locale,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            boolean left = answering.answer(actor, key, form.release(locale.getLanguage()));
            next.addFlashAttribute("done", left ? "crosscheck.done.answered" : "crosscheck.done.waits");
            return "redirect:" + key.path();
        } catch (ProblemException e) {
            requireToldHere(e);
            response.setStatus(e.type().status());
            model.addAttribute("refused", "problem." + e.type().code());
            return show(actor, key, form, locale, model, response);
        }
    }

    @PostMapping(ONE + "/drafts/{draft}/release")
    String release(Actor actor, CheckKey key, @PathVariable String draft, RedirectAttributes next) {
        return done(next, key, "released", () -> answering.release(actor, key, uuid(draft)));
    }

    @PostMapping(ONE + "/drafts/{draft}/return")
    String giveBack(
            Actor actor,
            CheckKey key,
            @PathVariable String draft,
            @RequestParam(defaultValue = "") String remark,
            RedirectAttributes next) {
        return done(next, key, "returned", () -> answering.giveBack(actor, key, uuid(draft), remark.strip()));
    }

    private static String done(RedirectAttributes next, CheckKey key, String what, Runnable act) {
        return done(next, "redirect:" + key.path(), act, "crosscheck.done." + what);
    }

    static String done(RedirectAttributes next, String to, Runnable act, String sentence) {
        try {
            act.run();
            next.addFlashAttribute("done", sentence);
        } catch (ProblemException e) {
            requireToldHere(e);
            next.addFlashAttribute("refused", "problem." + e.type().code());
        }
        return to;
    }

    @PostMapping(ONE + "/confirm")
    String confirm(Actor actor, CheckKey key, RedirectAttributes next) {
        return done(next, "redirect:" + key.path(), () -> reading.confirm(actor, key), "bureau.done.confirmed");
    }

    /** Takes our answer back, with proof. */
    @PostMapping(ONE + "/order")
    String order(
            Actor actor,
            CheckKey key,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        return done(
                next,
                "redirect:" + key.path(),
                () -> answering.order(actor, key, kind(kind), reason.strip()),
                "bureau.done.ordered");
    }

    static Order.Kind kind(String name) {
        return ORDERS.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> CrossCheckProblem.BAD_FIELD.because("kind"));
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw CrossCheckProblem.NOT_FOUND.because("no such draft");
        }
    }
}
