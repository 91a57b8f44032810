package org.sharaka.node.bureau;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.message.Evaluation;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.roster.Member;
import org.springframework.ui.Model;

/** What several pages with a form for a message need. */
final class Parts {
    private final Enclosures enclosures;
    private final LegalBases laws;

    Parts(Enclosures enclosures, LegalBases laws) {
        this.enclosures = enclosures;
        this.laws = laws;
    }

    /** An offence with its name. */
    record Named(String code, String name) {}

    List<Named> offences(Locale locale) {
        return laws.offences().stream()
                .map(each -> new Named(each.code().value(), each.names().in(locale)))
                .toList();
    }

    static String name(Member member, Locale locale) {
        return Optional.ofNullable(member.names().get(locale.getLanguage()))
                .orElseGet(() -> member.id().value());
    }

    /**
     * What a form needs to enclose files.
     *
     * @param choosing whether the files that are here are offered: to see them is entered
     */
    void enclosing(Actor actor, MessageForm form, boolean choosing, Model model) {
        model.addAttribute("mayEnclose", actor.may(Permission.EVIDENCE_READ) && actor.may(Permission.EXCHANGE_SEND))
                .addAttribute("mayTakeIn", actor.may(Permission.EVIDENCE_ADD))
                .addAttribute("mayOpenFiles", actor.may(Permission.EVIDENCE_READ))
                .addAttribute("enclosedBefore", enclosures.shown(actor, form.enclosed()))
                .addAttribute("choosing", choosing)
                .addAttribute("enclosable", choosing ? enclosures.choice(actor) : List.of());
    }

    /** What every form for a message needs. */
    static void words(Model model, Locale locale) {
        model.addAttribute("language", locale.getLanguage())
                .addAttribute("whoseWords", Whose.ANSWERS)
                .addAttribute("urgencies", Urgency.values())
                .addAttribute("codes", List.of(HandlingCode.H1, HandlingCode.H2, HandlingCode.H3))
                .addAttribute("sources", Evaluation.Source.values())
                .addAttribute("accuracies", Evaluation.Information.values())
                .addAttribute("visible", new BureauPages.Text());
    }

    static void refused(ProblemException e, Model model, HttpServletResponse response) {
        Ways.requireTold(e);
        response.setStatus(e.type().status());
        model.addAttribute("refused", "problem." + e.type().code());
    }

    String offence(String code, Locale locale) {
        return laws.offences().stream()
                .filter(each -> each.code().value().equals(code))
                .map(each -> each.names().in(locale))
                .findFirst()
                .orElse(code);
    }
}
