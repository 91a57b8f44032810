package org.sharaka.node.bureau;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.originator.Control;
import org.sharaka.node.originator.ProofFile;
import org.sharaka.node.originator.Standing;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.SignedMessage;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What an officer does with one message: print, take out, ask, permit, share onward, take back. */
@Controller
final class ForeignDataPages {
    private static final String ONE = "/bureau/conversations/{peer}/{id}/messages/{message}";

    private final ForeignData data;
    private final Reading reading;
    private final Control control;
    private final Correspondents correspondents;
    private final MessageSource messages;

    ForeignDataPages(
            ForeignData data, Reading reading, Control control, Correspondents correspondents, MessageSource messages) {
        this.data = data;
        this.reading = reading;
        this.control = control;
        this.correspondents = correspondents;
        this.messages = messages;
    }

    /** One of several originals that a printed page holds. */
    record Sheet(Message message, Written written) {}

    @PostMapping(ONE + "/print")
    String print(
            Actor actor,
            ConversationKey key,
            @PathVariable String message,
            Locale locale,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        return Ways.attempt(next, Ways.to(key), () -> {
            ForeignData.TakenOut taken = data.takeOut(actor, key, Ways.uuid(message), Act.PRINT, commands -> "");
            SignedMessage held = taken.message();
            List<SignedMessage> chain = Reader.chain(held);
            Standing standing =
                    control.standing(key.peer(), held.message().header().id());
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            model.addAttribute(
                            "sheets",
                            chain.stream()
                                    .map(each -> new Sheet(
                                            each.message(),
                                            Written.parse(each.message().content())))
                                    .toList())
                    .addAttribute(
                            "corrected",
                            standing.corrected()
                                    .map(each -> Written.parse(each.content()))
                                    .orElse(null))
                    .addAttribute("standing", standing)
                    .addAttribute("unlisted", taken.unlisted())
                    .addAttribute("one", taken.conversation())
                    .addAttribute("base", "/bureau/conversations/" + key)
                    .addAttribute("names", correspondents.names(locale))
                    .addAttribute("by", actor.name())
                    .addAttribute("visible", new BureauPages.Text());
            return "bureau/print";
        });
    }

    @PostMapping(ONE + "/take-out")
    Object takeOut(
            Actor actor,
            ConversationKey key,
            @PathVariable String message,
            @RequestParam(defaultValue = "") String act,
            Locale locale,
            RedirectAttributes next) {
        try {
            Act wanted = act(act);
            ForeignData.TakenOut taken = data.takeOut(
                    actor,
                    key,
                    Ways.uuid(message),
                    wanted,
                    ProofFile.readme(messages, "bureau.readme." + wanted, locale));
            return ProofFile.zip(
                    taken.message().message().header().id().value(),
                    taken.files().orElseThrow());
        } catch (ProblemException e) {
            return Ways.refused(e, next, Ways.to(key));
        }
    }

    @PostMapping(ONE + "/confirm")
    String confirm(
            Actor actor,
            ConversationKey key,
            @PathVariable String message,
            @RequestParam(defaultValue = "") String act,
            RedirectAttributes next) {
        return Ways.done(next, key, "confirmed", () -> data.confirm(actor, key, Ways.uuid(message), act(act)));
    }

    @PostMapping(ONE + "/ask")
    String ask(
            Actor actor,
            ConversationKey key,
            @PathVariable String message,
            @RequestParam(defaultValue = "") String act,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String text,
            @ModelAttribute Whose whose,
            Locale locale,
            RedirectAttributes next) {
        return Ways.attempt(next, Ways.to(key), () -> {
            Act wanted = act(act);
            ConversationKey asked = data.ask(
                    actor,
                    key,
                    Ways.uuid(message),
                    wanted,
                    wanted == Act.ONWARD_SHARE ? Optional.of(member(to)) : Optional.empty(),
                    words(text, whose, locale));
            next.addFlashAttribute("done", "bureau.done.asked");
            return Ways.to(asked);
        });
    }

    @PostMapping(ONE + "/permit")
    String permit(
            Actor actor,
            ConversationKey key,
            @PathVariable String message,
            @RequestParam(defaultValue = "") String outcome,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String text,
            @ModelAttribute Whose whose,
            Locale locale,
            RedirectAttributes next) {
        return Ways.done(next, key, "permitted", () -> {
            PermissionAnswer.Outcome said = MessageForm.chosen(PermissionAnswer.Outcome.class, outcome)
                    .orElseThrow(() -> BureauProblem.BAD_FIELD.because("outcome"));
            data.permit(
                    actor,
                    key,
                    Ways.uuid(message),
                    said,
                    said == PermissionAnswer.Outcome.REFUSED ? Optional.empty() : end(until),
                    MessageForm.plain(text).isEmpty() ? Optional.empty() : Optional.of(words(text, whose, locale)));
        });
    }

    @PostMapping(ONE + "/revoke")
    String revoke(
            Actor actor,
            ConversationKey key,
            @PathVariable String message,
            @RequestParam(defaultValue = "") String text,
            @ModelAttribute Whose whose,
            Locale locale,
            RedirectAttributes next) {
        return Ways.done(
                next, key, "revoked", () -> data.revoke(actor, key, Ways.uuid(message), words(text, whose, locale)));
    }

    /** To the end of that day. */
    private static Optional<Instant> end(String day) {
        if (day.isBlank()) return Optional.empty();
        try {
            return Optional.of(LocalDate.parse(day).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            throw BureauProblem.BAD_FIELD.because("until");
        }
    }

    /** Which law lets it pass on, before anything is written. */
    @GetMapping(ONE + "/share")
    String onward(
            Actor actor,
            ConversationKey key,
            @PathVariable String message,
            @ModelAttribute("form") MessageForm form,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        return onward(actor, key, Ways.uuid(message), form, locale, model, response);
    }

    private String onward(
            Actor actor,
            ConversationKey key,
            UUID id,
            MessageForm form,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        MemberId to = recipient(form);
        ForeignData.Onward onward = data.onward(actor, key, id, to);
        Reading.OpenedConversation thread = reading.view(actor, key);
        if (thread.said().stream()
                .noneMatch(
                        said -> said.entry().id().equals(id) && said.custody().shown()))
            throw BureauProblem.NOT_FOUND.because("message " + id);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Parts.words(model, locale);
        model.addAttribute("base", "/bureau/conversations/" + key)
                .addAttribute("message", id)
                .addAttribute("to", to)
                .addAttribute("name", correspondents.names(locale).getOrDefault(to.value(), to.value()))
                .addAttribute("verdict", onward.verdict())
                .addAttribute("findings", onward.findings())
                .addAttribute(
                        "files",
                        actor.may(Permission.EVIDENCE_READ) ? thread.files().get(id) : List.of());
        return "bureau/share";
    }

    @PostMapping(ONE + "/share")
    String share(
            Actor actor,
            ConversationKey key,
            @PathVariable String message,
            @ModelAttribute("form") MessageForm form,
            Locale locale,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        UUID shared = Ways.uuid(message);
        try {
            ConversationKey in = data.share(
                    actor,
                    key,
                    shared,
                    recipient(form),
                    form.agreement(),
                    form.words(locale.getLanguage()),
                    form.enclosed());
            next.addFlashAttribute("done", "bureau.done.sent");
            return Ways.to(in);
        } catch (ProblemException e) {
            Parts.refused(e, model, response);
            return onward(actor, key, shared, form, locale, model, response);
        }
    }

    private static MemberId recipient(MessageForm form) {
        return member(form.recipients().stream().findFirst().orElse(""));
    }

    @PostMapping(ONE + "/order")
    String order(
            Actor actor,
            ConversationKey key,
            @PathVariable String message,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String facts,
            @RequestParam(defaultValue = "") String grounds,
            @ModelAttribute Whose whose,
            RedirectAttributes next) {
        return Ways.done(next, key, "ordered", () -> {
            Order.Kind ordered = MessageForm.chosen(Order.Kind.class, kind)
                    .orElseThrow(() -> BureauProblem.BAD_FIELD.because("kind"));
            UUID unused = data.order(
                    actor,
                    key,
                    Ways.uuid(message),
                    new ForeignData.OrderForm(
                            ordered,
                            MessageForm.plain(reason),
                            MessageForm.plain(text),
                            MessageForm.plain(facts),
                            MessageForm.plain(grounds),
                            whose.quoted()));
        });
    }

    @PostMapping(ONE + "/keep")
    String keep(
            Actor actor,
            ConversationKey key,
            @PathVariable String message,
            @RequestParam(defaultValue = "") String law,
            @ModelAttribute Whose whose,
            RedirectAttributes next) {
        return Ways.done(
                next,
                key,
                "kept",
                () -> data.keep(actor, key, Ways.uuid(message), MessageForm.plain(law), whose.quoted()));
    }

    @PostMapping(ONE + "/let-go")
    String letGo(Actor actor, ConversationKey key, @PathVariable String message, RedirectAttributes next) {
        return Ways.done(next, key, "let-go", () -> data.letGo(actor, key, Ways.uuid(message)));
    }

    private static Act act(String name) {
        return MessageForm.chosen(Act.class, name).orElseThrow(() -> BureauProblem.BAD_FIELD.because("act"));
    }

    private static MemberId member(String id) {
        if (id.isBlank()) throw BureauProblem.NO_RECIPIENT.because("nobody was chosen");
        return Composition.checked(() -> new MemberId(id));
    }

    private static Words words(String text, Whose whose, Locale locale) {
        return Composition.words(locale.getLanguage(), MessageForm.plain(text), whose.quoted());
    }
}
