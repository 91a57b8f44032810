package org.sharaka.node.triage;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Officer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.campaign.CampaignService;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Channel;
import org.sharaka.node.intake.Circumstances;
import org.sharaka.node.intake.Contact;
import org.sharaka.node.intake.CorrespondenceService;
import org.sharaka.node.intake.IntakeProblem;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Message;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.intake.ReportSheet;
import org.sharaka.node.intake.ReportView;
import org.sharaka.node.intake.ReportedIdentifier;
import org.sharaka.node.platform.Page;
import org.sharaka.node.platform.ProblemException;
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

/** The queue, and one report with all that an officer does about it. */
@Controller
final class TriagePages {
    private static final String REPORT = "/triage/reports/{reference}";

    private static final List<String> PARTICULARS = List.of(
            "money.left",
            "money.bank",
            "money.account-debited",
            "money.transaction-id",
            "money.card",
            "money.recipient-name",
            "money.recipient-account",
            "incident.organisation",
            "incident.sector",
            "incident.ongoing",
            "incident.services",
            "incident.systems",
            "incident.affected",
            "incident.ransom",
            "incident.data-taken",
            "contact.way",
            "suspect.name",
            "suspect.claimed");

    private final TriageService triage;
    private final TemplateService templates;
    private final DutyService duty;
    private final IntakeService intake;
    private final CorrespondenceService correspondence;
    private final CampaignService campaigns;
    private final OfficerService officers;
    private final ReportSheet sheet;
    private final Clock clock;

    /** Nine parts: an officer's page shows what four modules know. */
    TriagePages(
            TriageService triage,
            TemplateService templates,
            DutyService duty,
            IntakeService intake,
            CorrespondenceService correspondence,
            CampaignService campaigns,
            OfficerService officers,
            ReportSheet sheet,
            Clock clock) {
        this.triage = triage;
        this.templates = templates;
        this.duty = duty;
        this.intake = intake;
        this.correspondence = correspondence;
        this.campaigns = campaigns;
        this.officers = officers;
        this.sheet = sheet;
        this.clock = clock;
    }

    /**
     * One row of the queue.
     *
     * @param opening the first words, made visible
     * @param due from now until an officer should have read it; negative when that is past
     * @param money from now until money can no longer be stopped
     */
    record Row(
            QueueLine line,
            String opening,
            Duration due,
            @Nullable Duration money) {}

    /** A tab of the queue with how many it holds. */
    record Tab(QueueFilter.View view, int count) {}

    /** An alarm that still rings. */
    record Ringing(Alarm alarm, Reference reference, String officer, boolean own) {}

    /** A letter as the page shows it. */
    record Letter(Message message, String text, String author) {}

    @GetMapping("/triage")
    String queue(
            Actor actor,
            @ModelAttribute("form") QueueForm form,
            @RequestParam(required = false) @Nullable String cursor,
            Model model,
            HttpServletResponse response) {
        Instant now = clock.instant();
        Page<QueueLine> page =
                triage.queue(actor, form.filter(), Optional.ofNullable(cursor).filter(text -> !text.isBlank()));
        List<Row> rows = page.items().stream().map(line -> row(line, now)).toList();
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("rows", rows)
                .addAttribute("next", page.next().orElse(null))
                .addAttribute("further", cursor != null)
                .addAttribute("tabs", tabs(actor))
                .addAttribute("news", newsOf(actor))
                .addAttribute("ringing", ringing(actor))
                .addAttribute("most", TriageService.COUNT_MAX)
                .addAttribute("levels", Level.values())
                .addAttribute("categories", Category.values())
                .addAttribute("channels", List.of(Channel.PORTAL, Channel.CALL, Channel.API))
                .addAttribute(
                        "logins",
                        logins(page.items().stream()
                                .map(QueueLine::item)
                                .flatMap(item -> item.officer().stream())
                                .toList()));
        return "triage/queue";
    }

    private List<Ringing> ringing(Actor actor) {
        List<Alarm> alarms = duty.ringing(actor);
        Map<ReportId, Reference> references =
                intake.referencesOf(alarms.stream().map(Alarm::report).toList());
        Map<String, String> logins = logins(
                alarms.stream().flatMap(alarm -> alarm.officer().stream()).toList());
        List<Ringing> ringing = new ArrayList<>();
        for (Alarm alarm : alarms) {
            Reference reference = references.get(alarm.report());
            if (reference == null) continue;
            String login =
                    alarm.officer().map(id -> logins.getOrDefault(id, "")).orElse("");
            ringing.add(new Ringing(
                    alarm,
                    reference,
                    login,
                    alarm.officer().filter(actor.id()::equals).isPresent()));
        }
        return ringing;
    }

    private static Row row(QueueLine line, Instant now) {
        Item item = line.item();
        return new Row(
                line,
                ReportSheet.visible(line.report().opening()),
                Duration.between(now, item.priority().dueAt()),
                item.priority()
                        .moneyUntil()
                        .filter(now::isBefore)
                        .map(until -> Duration.between(now, until))
                        .orElse(null));
    }

    private List<Tab> tabs(Actor actor) {
        List<Tab> tabs = new ArrayList<>();
        for (QueueFilter.View view : QueueFilter.View.values()) {
            boolean unitless = view == QueueFilter.View.UNIT && actor.unit().isEmpty();
            if (!unitless) tabs.add(new Tab(view, triage.count(actor, QueueFilter.of(view))));
        }
        return tabs;
    }

    private Map<String, String> logins(List<String> ids) {
        return ids.isEmpty() ? Map.of() : officers.logins(ids);
    }

    /** What a page asks every few seconds; tells no more than that something changed. */
    @GetMapping(path = "/triage/news", produces = "application/json")
    ResponseEntity<TriageService.News> news(Actor actor) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(newsOf(actor));
    }

    /** The queue's and the alarms': an alarm that rings changes the page, too. */
    private TriageService.News newsOf(Actor actor) {
        TriageService.News news = triage.news(actor);
        List<Integer> steps = duty.ringing(actor).stream().map(Alarm::step).toList();
        return new TriageService.News(
                news.mark() + "-" + Integer.toHexString(steps.hashCode()), news.urgent(), news.overdue());
    }

    /** A reference typed into the field above the queue. */
    @GetMapping("/triage/go")
    String go(@RequestParam(defaultValue = "") String reference) {
        return to(parsed(reference));
    }

    @GetMapping(REPORT)
    String view(
            Actor actor,
            @PathVariable String reference,
            @RequestParam(required = false) @Nullable String template,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        return show(actor, parsed(reference), Optional.empty(), template, locale, model, response);
    }

    /** A click of its own, so that opening a report does not open who made it. Not redirected: it is shown once. */
    @PostMapping(REPORT + "/contact")
    String contact(
            Actor actor, @PathVariable String reference, Locale locale, Model model, HttpServletResponse response) {
        Reference parsed = parsed(reference);
        Contact contact = intake.contact(actor, parsed);
        return show(actor, parsed, Optional.of(contact), null, locale, model, response);
    }

    private String show(
            Actor actor,
            Reference reference,
            Optional<Contact> contact,
            @Nullable String template,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        Item item = triage.open(actor, reference);
        ReportView report = intake.view(actor, reference);
        Circumstances told = Objects.requireNonNullElseGet(
                intake.circumstances(actor, List.of(item.report())).get(item.report()), Circumstances::none);
        Instant now = clock.instant();
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        sheet.fill(model, report, contact, "/triage/reports/" + reference.grouped() + "/contact");
        model.addAttribute("mayOpenContact", actor.may(Permission.REPORT_CONTACT_READ))
                .addAttribute("mayWithdraw", false)
                .addAttribute("mayWrite", actor.may(Permission.REPORT_CORRESPOND))
                .addAttribute(
                        "mayReissue",
                        report.contactKept()
                                && actor.may(Permission.REPORT_CONTACT_READ)
                                && actor.may(Permission.REPORT_CORRESPOND)
                                && report.withdrawal().isEmpty())
                .addAttribute("item", item)
                .addAttribute("mine", item.officer().filter(actor.id()::equals).isPresent())
                .addAttribute("told", told)
                .addAttribute("particulars", particulars(told))
                .addAttribute(
                        "moneyLeft",
                        item.priority()
                                .moneyUntil()
                                .filter(now::isBefore)
                                .map(until -> Duration.between(now, until))
                                .orElse(null))
                .addAttribute("units", units())
                .addAttribute("logins", logins(item.officer().stream().toList()))
                .addAttribute("colleagues", colleagues(item))
                .addAttribute("merged", triage.mergedInto(actor, item))
                .addAttribute(
                        "mergedInto",
                        item.mergedInto()
                                .map(id -> intake.referencesOf(List.of(id)).get(id))
                                .orElse(null));
        addLetters(actor, reference, report, template, locale, model);
        addCampaigns(actor, item, report, model);
        return "triage/report";
    }

    /** What a bank needs first, whatever order the reporter told it in. */
    private static Map<String, String> particulars(Circumstances told) {
        Map<String, String> shown = new LinkedHashMap<>();
        told.particulars().keySet().stream()
                .sorted(Comparator.comparingInt(TriagePages::place).thenComparing(Comparator.naturalOrder()))
                .forEach(key ->
                        shown.put(key, ReportSheet.visible(told.particulars().getOrDefault(key, ""))));
        return shown;
    }

    private static int place(String particular) {
        int place = PARTICULARS.indexOf(particular);
        return place < 0 ? PARTICULARS.size() : place;
    }

    private List<String> units() {
        return officers.able(Permission.REPORT_TRIAGE).stream()
                .flatMap(officer -> officer.unit().stream())
                .distinct()
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
    }

    /** Who may be given the work: of a closed report its unit's officers only. */
    private List<Officer> colleagues(Item item) {
        return officers.able(Permission.REPORT_TRIAGE).stream()
                .filter(officer -> DutyService.maySee(officer, item))
                .toList();
    }

    private void addLetters(
            Actor actor,
            Reference reference,
            ReportView report,
            @Nullable String template,
            Locale locale,
            Model model) {
        List<Message> messages = correspondence.messages(actor, reference);
        Map<String, String> authors = new HashMap<>(logins(messages.stream()
                .flatMap(message -> message.author().stream())
                .distinct()
                .toList()));
        String theirs = TemplateLanguage.of(report.language(), locale);
        model.addAttribute(
                        "letters",
                        messages.stream()
                                .map(message -> new Letter(
                                        message,
                                        ReportSheet.visible(message.text()),
                                        message.author()
                                                .map(id -> authors.getOrDefault(id, ""))
                                                .orElse("")))
                                .toList())
                .addAttribute("templates", templates.usable(actor))
                .addAttribute("reporterLanguage", theirs)
                .addAttribute("ownLanguage", TemplateLanguage.of(Optional.empty(), locale));
        if (template != null && !template.isBlank())
            templates.usable(actor).stream()
                    .filter(each -> each.id().toString().equals(template))
                    .findFirst()
                    .ifPresent(chosen -> model.addAttribute("chosen", chosen));
    }

    /** Beside the report: its campaign, or, for one that counts in none, the campaigns that name the same things. */
    private void addCampaigns(Actor actor, Item item, ReportView report, Model model) {
        if (!actor.may(Permission.CAMPAIGN_READ)) return;
        model.addAttribute(
                "beside",
                campaigns.beside(
                        actor,
                        item.report(),
                        report.identifiers().stream()
                                .filter(each -> !each.withdrawn())
                                .map(ReportedIdentifier::identifier)
                                .limit(CampaignService.BESIDE_IDENTIFIERS_MAX)
                                .toList()));
    }

    @PostMapping(REPORT + "/take")
    String take(
            Actor actor,
            @PathVariable String reference,
            @RequestParam(defaultValue = "false") boolean female,
            RedirectAttributes next) {
        Reference parsed = parsed(reference);
        return done(next, "taken", parsed, () -> triage.take(actor, parsed, female));
    }

    @PostMapping(REPORT + "/assign")
    String assign(
            Actor actor,
            @PathVariable String reference,
            @RequestParam(defaultValue = "") String unit,
            @RequestParam(defaultValue = "") String officer,
            @RequestParam(defaultValue = "false") boolean female,
            RedirectAttributes next) {
        Reference parsed = parsed(reference);
        Optional<String> login = Optional.of(officer).filter(name -> !name.isBlank());
        return done(next, "assigned", parsed, () -> triage.assign(actor, parsed, unit, login, female));
    }

    @PostMapping(REPORT + "/finish")
    String finish(Actor actor, @PathVariable String reference, RedirectAttributes next) {
        Reference parsed = parsed(reference);
        return done(next, "finished", parsed, () -> triage.finish(actor, parsed));
    }

    @PostMapping(REPORT + "/reopen")
    String reopen(Actor actor, @PathVariable String reference, RedirectAttributes next) {
        Reference parsed = parsed(reference);
        return done(next, "reopened", parsed, () -> triage.reopen(actor, parsed));
    }

    @PostMapping(REPORT + "/take-up")
    String takeUp(Actor actor, @PathVariable String reference, RedirectAttributes next) {
        Reference parsed = parsed(reference);
        return done(next, "taken-up", parsed, () -> triage.takeUp(actor, parsed));
    }

    @PostMapping(REPORT + "/merge")
    String merge(
            Actor actor,
            @PathVariable String reference,
            @RequestParam(defaultValue = "") String into,
            RedirectAttributes next) {
        Reference parsed = parsed(reference);
        return done(next, "merged", parsed, () -> {
            Reference other = Reference.parse(into)
                    .orElseThrow(() -> TriageProblem.CANNOT_MERGE.because("the other reference cannot be read"));
            return triage.merge(actor, parsed, other);
        });
    }

    @PostMapping(REPORT + "/unmerge")
    String unmerge(Actor actor, @PathVariable String reference, RedirectAttributes next) {
        Reference parsed = parsed(reference);
        return done(next, "unmerged", parsed, () -> triage.unmerge(actor, parsed));
    }

    /** Whoever closes a report to another unit sees it no more, so the queue is shown. */
    @PostMapping(REPORT + "/close")
    String close(
            Actor actor,
            @PathVariable String reference,
            @RequestParam(defaultValue = "") String unit,
            RedirectAttributes next) {
        Reference parsed = parsed(reference);
        try {
            triage.close(actor, parsed, unit);
            next.addFlashAttribute("done", "triage.done.closed");
            return "redirect:/triage";
        } catch (ProblemException e) {
            return refused(next, parsed, e);
        }
    }

    @PostMapping(REPORT + "/open")
    String open(Actor actor, @PathVariable String reference, RedirectAttributes next) {
        Reference parsed = parsed(reference);
        return done(next, "opened", parsed, () -> triage.openToAll(actor, parsed));
    }

    /** A reviewed template in the language that the officer saw, or the officer's own words. */
    @PostMapping(REPORT + "/write")
    String write(
            Actor actor,
            @PathVariable String reference,
            @RequestParam(defaultValue = "") String template,
            @RequestParam(defaultValue = "") String language,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "false") boolean answer,
            RedirectAttributes next) {
        Reference parsed = parsed(reference);
        return done(next, "written", parsed, () -> {
            if (template.isBlank())
                return triage.write(actor, parsed, text, Optional.of(language).filter(tag -> !tag.isBlank()), answer);
            Template chosen = templates.usable(actor, template);
            return triage.write(actor, parsed, chosen.in(language).text(), Optional.of(language), chosen.asks());
        });
    }

    private static String done(RedirectAttributes next, String what, Reference reference, Supplier<Item> act) {
        try {
            var unused = act.get();
            next.addFlashAttribute("done", "triage.done." + what);
            return to(reference);
        } catch (ProblemException e) {
            return refused(next, reference, e);
        }
    }

    /** What an officer can mend is told on the page of the report; all else is an error page. */
    private static String refused(RedirectAttributes next, Reference reference, ProblemException e) {
        boolean mendable = e.type().status() == 409 || e.type().status() == 422;
        if (!mendable) throw e;
        next.addFlashAttribute("refused", "problem." + e.type().code());
        return to(reference);
    }

    private static String to(Reference reference) {
        return "redirect:/triage/reports/" + reference.grouped();
    }

    private static Reference parsed(String reference) {
        return Reference.parse(reference).orElseThrow(() -> IntakeProblem.NOT_FOUND.because("no such report"));
    }
}
