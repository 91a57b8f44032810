package org.sharaka.node.bureau;

import java.util.Locale;
import java.util.Set;
import org.sharaka.node.access.Actor;
import org.sharaka.node.attachment.AttachmentService;
import org.sharaka.node.originator.ProofFile;
import org.sharaka.protocol.message.MessageId;
import org.springframework.context.MessageSource;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What an officer does with one message: reminds of it, says that somebody acted, fetches its files, gives the second look. */
@Controller
final class MessagePages {
    private static final String ONE = "/bureau/conversations/{peer}/{id}";

    private final Reading reading;
    private final BureauService bureau;
    private final SecondLook look;
    private final Reminders reminders;
    private final AttachmentService attachments;
    private final ProofOfReceipt proof;
    private final MessageSource messages;

    MessagePages(
            Reading reading,
            BureauService bureau,
            SecondLook look,
            Reminders reminders,
            AttachmentService attachments,
            ProofOfReceipt proof,
            MessageSource messages) {
        this.reading = reading;
        this.bureau = bureau;
        this.look = look;
        this.reminders = reminders;
        this.attachments = attachments;
        this.proof = proof;
        this.messages = messages;
    }

    @GetMapping(path = ONE + "/messages/{message}/proof.zip", produces = "application/zip")
    ResponseEntity<byte[]> proof(Actor actor, ConversationKey key, @PathVariable String message, Locale locale) {
        return ProofFile.zip(
                "proof-" + message,
                proof.zip(actor, key, Ways.uuid(message), ProofFile.readme(messages, "bureau.readme.PROOF", locale)));
    }

    @PostMapping(ONE + "/messages/{message}/acted")
    String acted(
            Actor actor,
            ConversationKey key,
            @PathVariable String message,
            @RequestParam(defaultValue = "") String sentence,
            @ModelAttribute Whose whose,
            RedirectAttributes next) {
        return Ways.done(
                next,
                key,
                "acted",
                () -> bureau.acted(
                        actor,
                        key,
                        Ways.uuid(message),
                        MessageForm.plain(sentence),
                        sentence.isBlank() ? Set.of() : whose.quoted()));
    }

    /** @param list whether it was asked for on the list, and leads back there */
    @PostMapping(ONE + "/messages/{message}/remind")
    String remind(
            Actor actor,
            ConversationKey key,
            @PathVariable String message,
            @RequestParam(defaultValue = "false") boolean list,
            RedirectAttributes next) {
        return Ways.done(
                next,
                list ? "redirect:/bureau?view=THEIRS" : Ways.to(key),
                "reminded",
                () -> reminders.send(actor, key, Ways.uuid(message)));
    }

    /** A file that is too large to be fetched unasked. */
    @PostMapping(ONE + "/files/{name}/{file}/accept")
    String acceptFile(
            Actor actor,
            ConversationKey key,
            @PathVariable String name,
            @PathVariable String file,
            RedirectAttributes next) {
        MessageId message = reading.received(actor, key, name);
        return Ways.done(next, key, "file-accepted", () -> attachments.accept(actor, key.peer(), message, file));
    }

    @PostMapping(ONE + "/files/{name}/{file}/refuse")
    String refuseFile(
            Actor actor,
            ConversationKey key,
            @PathVariable String name,
            @PathVariable String file,
            RedirectAttributes next) {
        MessageId message = reading.received(actor, key, name);
        return Ways.done(next, key, "file-refused", () -> attachments.refuse(actor, key.peer(), message, file));
    }

    @PostMapping(ONE + "/messages/{message}/release")
    String release(
            Actor actor,
            ConversationKey key,
            @PathVariable String message,
            @RequestParam(defaultValue = "") String shown,
            RedirectAttributes next) {
        return Ways.done(next, key, "released", () -> look.release(actor, key, Ways.uuid(message), shown));
    }

    @PostMapping(ONE + "/messages/{message}/return")
    String giveBack(
            Actor actor,
            ConversationKey key,
            @PathVariable String message,
            @RequestParam(defaultValue = "") String remark,
            RedirectAttributes next) {
        return Ways.done(
                next, key, "returned", () -> look.giveBack(actor, key, Ways.uuid(message), MessageForm.plain(remark)));
    }

    @PostMapping(ONE + "/messages/{message}/reword")
    String reword(
            Actor actor,
            ConversationKey key,
            @PathVariable String message,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String facts,
            @RequestParam(defaultValue = "") String grounds,
            RedirectAttributes next) {
        return Ways.done(
                next,
                key,
                "waits",
                () -> look.reword(
                        actor,
                        key,
                        Ways.uuid(message),
                        MessageForm.plain(text),
                        MessageForm.plain(facts),
                        MessageForm.plain(grounds)));
    }

    @PostMapping(ONE + "/messages/{message}/discard")
    String discard(Actor actor, ConversationKey key, @PathVariable String message, RedirectAttributes next) {
        boolean stays = look.discard(actor, key, Ways.uuid(message));
        next.addFlashAttribute("done", "bureau.done.discarded");
        return stays ? Ways.to(key) : "redirect:/bureau";
    }
}
