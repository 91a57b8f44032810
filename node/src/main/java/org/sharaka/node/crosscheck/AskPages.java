package org.sharaka.node.crosscheck;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.agreement.LegalFindings;
import org.sharaka.node.campaign.CampaignId;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.roster.Member;
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

/** From a campaign's page: asking other countries, and taking it back. */
@Controller
final class AskPages {
    private static final String CAMPAIGN = "/campaigns/{number:[0-9]{1,18}}/abroad";
    private static final String BASIS = "basis-";

    private final Asking asking;
    private final Reading reading;
    private final Partners partners;
    private final Reader reader;

    AskPages(Asking asking, Reading reading, Partners partners, LegalBases laws) {
        this.asking = asking;
        this.reading = reading;
        this.partners = partners;
        this.reader = new Reader(partners, laws);
    }

    /**
     * A recipient with the agreements that let the question pass today.
     *
     * @param chosen code of the one that is ticked
     */
    record Choice(Member member, String name, LegalFindings findings, String chosen) {
        public boolean open() {
            return !findings.valid().isEmpty();
        }
    }

    @GetMapping(path = CAMPAIGN + "/news", produces = "application/json")
    ResponseEntity<CheckPages.News> news(Actor actor, @PathVariable long number) {
        return CheckPages.told(reading.news(actor, id(number)));
    }

    @GetMapping(CAMPAIGN)
    String compose(
            Actor actor,
            @PathVariable long number,
            @ModelAttribute("form") AskForm form,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        return compose(actor, id(number), form, Map.of(), locale, model, response);
    }

    private String compose(
            Actor actor,
            CampaignId campaign,
            AskForm form,
            Map<String, String> fields,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        List<Asking.Offered> offered = asking.offered(actor, campaign);
        Purpose purpose = form.chosenPurpose().orElseGet(actor::requirePurpose);
        List<Member> correspondents = partners.correspondents();
        List<Choice> choices = correspondents.stream()
                .filter(member -> form.recipients().contains(member.id().value()))
                .map(member -> new Choice(
                        member,
                        Reader.name(member, locale),
                        partners.findings(member.id(), purpose, form.chosenOffence()),
                        fields.getOrDefault(BASIS + member.id(), "")))
                .toList();
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("campaign", campaign)
                .addAttribute("form", form)
                .addAttribute("offered", offered)
                .addAttribute(
                        "members",
                        correspondents.stream()
                                .sorted(Comparator.comparing(
                                        member -> Reader.name(member, locale), java.text.Collator.getInstance(locale)))
                                .toList())
                .addAttribute("names", reader.names(locale))
                .addAttribute("choices", choices)
                .addAttribute("anyOpen", choices.stream().anyMatch(Choice::open))
                .addAttribute("purpose", purpose)
                .addAttribute("purposes", Purpose.values())
                .addAttribute("offences", reader.offences(locale))
                .addAttribute("urgencies", Urgency.values())
                .addAttribute("quotable", Quoted.values())
                .addAttribute("codes", List.of(HandlingCode.H1, HandlingCode.H2))
                .addAttribute("language", locale.getLanguage())
                .addAttribute("daysMost", asking.longestDays())
                .addAttribute("few", reading.few());
        return "crosscheck/ask";
    }

    @PostMapping(CAMPAIGN)
    String ask(
            Actor actor,
            @PathVariable long number,
            @ModelAttribute("form") AskForm form,
            @RequestParam Map<String, String> fields,
            Locale locale,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        actor.require(Permission.CROSSCHECK_ASK).requirePurpose();
        try {
            Map<MemberId, String> recipients = new LinkedHashMap<>();
            for (String member : form.recipients())
                if (!fields.getOrDefault(BASIS + member, "").isBlank())
                    recipients.put(member(member), fields.getOrDefault(BASIS + member, ""));
            List<CheckKey> unused = asking.ask(actor, id(number), recipients, form.question());
            next.addFlashAttribute("done", "crosscheck.done.asked");
            return "redirect:/campaigns/" + number;
        } catch (ProblemException e) {
            CheckPages.requireToldHere(e);
            response.setStatus(e.type().status());
            model.addAttribute("refused", "problem." + e.type().code());
            return compose(actor, id(number), form, fields, locale, model, response);
        }
    }

    private static MemberId member(String id) {
        try {
            return new MemberId(id);
        } catch (RefusedException e) {
            throw CrossCheckProblem.NO_RECIPIENT.because("not a member");
        }
    }

    @PostMapping(CAMPAIGN + "/{peer}/{conversation}/withdraw")
    String withdraw(Actor actor, @PathVariable long number, CheckKey key, RedirectAttributes next) {
        return done(next, number, () -> asking.withdraw(actor, key), "crosscheck.done.withdrawn");
    }

    /** Takes our question back, with proof. */
    @PostMapping(CAMPAIGN + "/{peer}/{conversation}/order")
    String order(
            Actor actor,
            @PathVariable long number,
            CheckKey key,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String reason,
            RedirectAttributes next) {
        return done(
                next,
                number,
                () -> asking.order(actor, key, CheckPages.kind(kind), reason.strip()),
                "bureau.done.ordered");
    }

    @PostMapping(CAMPAIGN + "/{peer}/{conversation}/confirm")
    String confirm(Actor actor, @PathVariable long number, CheckKey key, RedirectAttributes next) {
        return done(next, number, () -> reading.confirmAnswer(actor, key), "bureau.done.confirmed");
    }

    private static String done(RedirectAttributes next, long number, Runnable act, String sentence) {
        return CheckPages.done(next, "redirect:/campaigns/" + number, act, sentence);
    }

    /** Numbers that no campaign can have are unknown, not malformed. */
    private static CampaignId id(long number) {
        if (number <= 0) throw CrossCheckProblem.NOT_FOUND.because("campaign " + number);
        return new CampaignId(number);
    }
}
