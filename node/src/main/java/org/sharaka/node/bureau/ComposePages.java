package org.sharaka.node.bureau;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.LegalFindings;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.roster.Member;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A conversation begins: to whom, under which law, and what is said. */
@Controller
final class ComposePages {
    private static final String BASIS = "basis-";

    private final BureauService bureau;
    private final Correspondents correspondents;
    private final Parts parts;

    ComposePages(BureauService bureau, Correspondents correspondents, Parts parts) {
        this.bureau = bureau;
        this.correspondents = correspondents;
        this.parts = parts;
    }

    /**
     * A recipient with the agreements that let a message pass today.
     *
     * @param chosen code of the one that is ticked
     */
    record Choice(Member member, String name, LegalFindings findings, String chosen) {
        public boolean open() {
            return !findings.valid().isEmpty();
        }
    }

    @GetMapping("/bureau/new")
    String compose(
            Actor actor,
            @ModelAttribute("form") MessageForm form,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        actor.require(Permission.EXCHANGE_SEND).requirePurpose();
        return compose(actor, form, Map.of(), locale, model, response);
    }

    private String compose(
            Actor actor,
            MessageForm form,
            Map<String, String> fields,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        Purpose purpose = form.chosenPurpose().orElseGet(actor::requirePurpose);
        List<Member> members = correspondents.correspondents();
        List<Choice> choices = members.stream()
                .filter(member -> form.recipients().contains(member.id().value()))
                .map(member -> new Choice(
                        member,
                        Parts.name(member, locale),
                        correspondents.findings(member, purpose, form.chosenOffence()),
                        fields.getOrDefault(BASIS + member.id(), "")))
                .toList();
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Parts.words(model, locale);
        parts.enclosing(actor, form, choices.stream().anyMatch(Choice::open), model);
        model.addAttribute("form", form)
                .addAttribute(
                        "members",
                        members.stream()
                                .sorted(Comparator.comparing(
                                        member -> Parts.name(member, locale), java.text.Collator.getInstance(locale)))
                                .toList())
                .addAttribute("names", correspondents.names(locale))
                .addAttribute("choices", choices)
                .addAttribute("anyOpen", choices.stream().anyMatch(Choice::open))
                .addAttribute("kinds", List.of(Composition.Kind.REQUEST, Composition.Kind.INFORMATION))
                .addAttribute("purpose", purpose)
                .addAttribute("purposes", Purpose.values())
                .addAttribute("offences", parts.offences(locale))
                .addAttribute("unit", actor.unit().orElse(null));
        return "bureau/compose";
    }

    @PostMapping("/bureau/new")
    String open(
            Actor actor,
            @ModelAttribute("form") MessageForm form,
            @RequestParam Map<String, String> fields,
            Locale locale,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        actor.require(Permission.EXCHANGE_SEND).requirePurpose();
        try {
            Map<MemberId, String> recipients = new LinkedHashMap<>();
            for (String id : form.recipients())
                if (!fields.getOrDefault(BASIS + id, "").isBlank())
                    recipients.put(member(id), fields.getOrDefault(BASIS + id, ""));
            Composition composition = form.composition(
                    form.opening(),
                    form.chosenPurpose().orElseThrow(() -> BureauProblem.BAD_FIELD.because("purpose")),
                    form.chosenOffence(),
                    locale.getLanguage());
            List<ConversationKey> opened = bureau.open(
                    actor,
                    recipients,
                    composition,
                    Boolean.TRUE.equals(form.ownUnit()),
                    MessageForm.plain(form.ownReference()));
            next.addFlashAttribute("done", composition.needsSecondLook() ? "bureau.done.waits" : "bureau.done.sent");
            if (opened.size() == 1) return Ways.to(opened.get(0));
            return "redirect:/bureau?view=" + (composition.needsSecondLook() ? "LOOK" : "THEIRS");
        } catch (ProblemException e) {
            Parts.refused(e, model, response);
            return compose(actor, form, fields, locale, model, response);
        }
    }

    private static MemberId member(String id) {
        try {
            return new MemberId(id);
        } catch (RefusedException e) {
            throw BureauProblem.NO_RECIPIENT.because("not a member");
        }
    }
}
