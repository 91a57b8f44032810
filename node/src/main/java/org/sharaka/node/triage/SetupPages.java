package org.sharaka.node.triage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.campaign.CampaignId;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.ReportSheet;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a supervisor sets up: letters and their reviews, rules of assignment; and what came of a campaign. */
@Controller
final class SetupPages {
    private final TemplateService templates;
    private final RuleService rules;
    private final OutcomeService outcomes;
    private final OfficerService officers;

    SetupPages(TemplateService templates, RuleService rules, OutcomeService outcomes, OfficerService officers) {
        this.templates = templates;
        this.rules = rules;
        this.outcomes = outcomes;
        this.officers = officers;
    }

    @GetMapping("/triage/templates")
    String templates(Actor actor, Locale locale, Model model) {
        List<Template> all = templates.all(actor);
        List<String> people = new ArrayList<>();
        all.forEach(template -> {
            template.author().ifPresent(people::add);
            people.addAll(template.reviewers());
        });
        model.addAttribute("templates", all)
                .addAttribute("needed", Template.REVIEWERS)
                .addAttribute("self", actor.id())
                .addAttribute("names", people.isEmpty() ? Map.of() : officers.logins(people))
                .addAttribute("ownLanguage", TemplateLanguage.of(Optional.empty(), locale))
                .addAttribute("titleMax", Template.TITLE_LENGTH_MAX)
                .addAttribute("textMax", Template.TEXT_LENGTH_MAX)
                .addAttribute("mayWrite", actor.may(Permission.TRIAGE_ADMINISTER));
        return "triage/templates";
    }

    @PostMapping("/triage/templates")
    String propose(
            Actor actor,
            @RequestParam Map<String, String> typed,
            @RequestParam(defaultValue = "false") boolean asks,
            RedirectAttributes next) {
        Map<String, Template.Text> texts = new HashMap<>();
        for (String language : TemplateLanguage.ALL)
            texts.put(
                    language,
                    new Template.Text(
                            typed.getOrDefault("title-" + language, "").strip(),
                            typed.getOrDefault("text-" + language, "")
                                    .replace("\r\n", "\n")
                                    .strip()));
        return DutyPages.done(next, "templates", "proposed", () -> templates.propose(actor, asks, texts));
    }

    @PostMapping("/triage/templates/{template}/review")
    String review(Actor actor, @PathVariable UUID template, RedirectAttributes next) {
        return DutyPages.done(next, "templates", "reviewed", () -> templates.review(actor, template));
    }

    @PostMapping("/triage/templates/{template}/retire")
    String retire(Actor actor, @PathVariable UUID template, RedirectAttributes next) {
        return DutyPages.done(next, "templates", "retired", () -> templates.retire(actor, template));
    }

    @GetMapping("/triage/rules")
    String rules(Actor actor, Model model) {
        model.addAttribute("rules", rules.list(actor))
                .addAttribute("categories", Category.values())
                .addAttribute("countries", Locale.getISOCountries())
                .addAttribute("mayWrite", actor.may(Permission.TRIAGE_ADMINISTER));
        return "triage/rules";
    }

    @PostMapping("/triage/rules")
    String addRule(
            Actor actor,
            @RequestParam(defaultValue = "100") int position,
            @RequestParam(defaultValue = "") String category,
            @RequestParam(defaultValue = "") String country,
            @RequestParam(defaultValue = "") String place,
            @RequestParam(defaultValue = "false") boolean child,
            @RequestParam(defaultValue = "") String unit,
            @RequestParam(defaultValue = "false") boolean closes,
            RedirectAttributes next) {
        return DutyPages.done(
                next,
                "rules",
                "rule-added",
                () -> rules.add(
                        actor,
                        new RuleService.NewRule(
                                position,
                                QueueForm.chosen(Category.values(), category),
                                given(country),
                                given(place),
                                child,
                                unit,
                                closes)));
    }

    @PostMapping("/triage/rules/{rule}/remove")
    String removeRule(Actor actor, @PathVariable UUID rule, RedirectAttributes next) {
        return DutyPages.done(next, "rules", "rule-removed", () -> rules.remove(actor, rule));
    }

    /** An outcome with its note made visible. */
    record Shown(Outcome outcome, String note) {}

    @GetMapping("/triage/outcomes")
    String outcomes(Actor actor, @RequestParam(defaultValue = "") String campaign, Model model) {
        List<Outcome> latest = outcomes.latest(actor, Optional.empty());
        model.addAttribute("campaign", campaign.matches("[0-9]{1,18}") ? campaign : "")
                .addAttribute("kinds", Arrays.asList(Outcome.Kind.values()))
                .addAttribute("noteMax", Outcome.NOTE_LENGTH_MAX)
                .addAttribute(
                        "names",
                        latest.isEmpty()
                                ? Map.of()
                                : officers.logins(latest.stream()
                                        .map(Outcome::recordedBy)
                                        .distinct()
                                        .toList()))
                .addAttribute(
                        "outcomes",
                        latest.stream()
                                .map(each -> new Shown(each, ReportSheet.visible(each.note())))
                                .toList());
        return "triage/outcomes";
    }

    @PostMapping("/triage/outcomes")
    String record(
            Actor actor,
            @RequestParam(defaultValue = "") String campaign,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String note,
            RedirectAttributes next) {
        return DutyPages.done(next, "outcomes", "recorded", () -> {
            Outcome.Kind chosen = QueueForm.chosen(Outcome.Kind.values(), kind)
                    .orElseThrow(() -> TriageProblem.BAD_FIELD.because("kind"));
            if (!campaign.matches("[1-9][0-9]{0,17}")) throw TriageProblem.NO_SUCH_CAMPAIGN.because("no number");
            var unused = outcomes.record(actor, new CampaignId(Long.parseLong(campaign)), chosen, note);
        });
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).map(String::strip).filter(some -> !some.isEmpty());
    }
}
