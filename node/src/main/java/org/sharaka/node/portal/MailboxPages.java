package org.sharaka.node.portal;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.intake.Message;
import org.sharaka.node.intake.MessageKind;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportStatus;
import org.sharaka.node.platform.WebLanguage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The pages on which a reporter, with reference and code, hears and writes. */
@Controller
@Profile(PortalPages.PROFILE)
final class MailboxPages {
    private static final Logger LOG = LoggerFactory.getLogger(MailboxPages.class);
    private static final String LANGUAGE = "/{language:ar|fr|en|es}";
    private static final Set<MessageKind> OFFERED =
            Set.of(MessageKind.ANSWER, MessageKind.ADDITION, MessageKind.CORRECTION, MessageKind.CONSENT_WITHDRAWN);

    private final Drafts drafts;
    private final Counter counter;
    private final PageTexts texts;
    private final Clock clock;

    MailboxPages(Drafts drafts, Counter counter, PageTexts texts, Clock clock) {
        this.drafts = drafts;
        this.counter = counter;
        this.texts = texts;
        this.clock = clock;
    }

    /** @param reference from a receipt's QR code; the code never stands in an address */
    @GetMapping(LANGUAGE + "/follow")
    ModelAndView ask(
            @PathVariable("language") String code,
            @RequestParam(name = "reference", required = false) @Nullable String reference) {
        return ask(PortalPages.language(code), reference == null ? "" : reference, null);
    }

    private ModelAndView ask(WebLanguage language, String reference, @Nullable String errorKey) {
        return PortalPages.page(texts, "follow", language, "follow")
                .addObject("reference", reference.length() > 80 ? "" : reference)
                .addObject("error", errorKey == null ? null : texts.text(errorKey, language.locale()));
    }

    @PostMapping(LANGUAGE + "/follow")
    ModelAndView open(
            @PathVariable("language") String languageCode,
            @RequestParam(name = "reference", defaultValue = "") String referenceTyped,
            @RequestParam(name = "code", defaultValue = "") String codeTyped) {
        WebLanguage language = PortalPages.language(languageCode);
        Optional<Reference> reference = Reference.parse(referenceTyped);
        Optional<AccessCode> code = AccessCode.parse(codeTyped);
        if (reference.isEmpty() || code.isEmpty())
            return PortalPages.status(
                    ask(language, referenceTyped, "portal.follow.mistyped"), HttpStatus.UNPROCESSABLE_CONTENT);
        return mailbox(language, reference.get(), code.get(), "", null);
    }

    /** Comes back from a page that has a ticket. */
    @PostMapping(LANGUAGE + "/mailbox")
    ModelAndView again(@PathVariable("language") String languageCode, @RequestParam Map<String, String> typed) {
        WebLanguage language = PortalPages.language(languageCode);
        return drafts.ticket(typed.get("ticket"))
                .map(ticket -> mailbox(language, ticket.opened(), ticket.accessCode(), "", null))
                .orElseGet(() -> ask(language, "", "portal.follow.expired"));
    }

    @PostMapping(LANGUAGE + "/write")
    ModelAndView write(@PathVariable("language") String languageCode, @RequestParam Map<String, String> typed) {
        WebLanguage language = PortalPages.language(languageCode);
        Optional<Drafts.Ticket> shown = drafts.ticket(typed.get("ticket"));
        if (shown.isEmpty())
            return PortalPages.status(ask(language, "", "portal.follow.expired"), HttpStatus.UNPROCESSABLE_CONTENT);
        Drafts.Ticket ticket = shown.get();
        String text = typed.getOrDefault("text", "");
        Optional<MessageKind> kind = OFFERED.stream()
                .filter(each -> each.name().equals(typed.get("kind")))
                .findFirst();
        String error = kind.isEmpty()
                ? "portal.mailbox.kind-missing"
                : text.isBlank() && kind.get() != MessageKind.CONSENT_WITHDRAWN
                        ? "portal.mailbox.text-missing"
                        : text.length() > Message.TEXT_LENGTH_MAX ? "portal.error.too-long" : null;
        if (error != null || kind.isEmpty())
            return PortalPages.status(
                    mailbox(language, ticket.opened(), ticket.accessCode(), text, error),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        try {
            boolean written = counter.write(
                    ticket.opened(),
                    ticket.accessCode(),
                    ticket.nonceBytes(),
                    kind.get(),
                    text,
                    language.code(),
                    clock.instant());
            if (!written) return unknown(language, ticket.opened());
            return mailbox(language, ticket.opened(), ticket.accessCode(), "", null)
                    .addObject("sent", true);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("a message could not be stored", e);
            return away(mailboxPage(language, ticket.opened(), ticket.accessCode(), text), language);
        }
    }

    private ModelAndView mailbox(
            WebLanguage language, Reference reference, AccessCode code, String typed, @Nullable String errorKey) {
        ModelAndView page = mailboxPage(language, reference, code, typed);
        try {
            Optional<Counter.Mailbox> found = counter.open(reference, code);
            if (found.isEmpty()) return unknown(language, reference);
            Counter.Mailbox mailbox = found.get();
            return page.addObject("mailbox", mailbox)
                    .addObject("withdrawn", mailbox.status() == ReportStatus.WITHDRAWN)
                    .addObject("error", errorKey == null ? null : texts.text(errorKey, language.locale()));
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("a mailbox could not be read", e);
            return away(page, language);
        }
    }

    private ModelAndView mailboxPage(WebLanguage language, Reference reference, AccessCode code, String typed) {
        return PortalPages.page(texts, "mailbox", language, "follow")
                .addObject("reference", reference.grouped())
                .addObject("typed", typed)
                .addObject("ticket", drafts.ticket(reference, code))
                .addObject("mailbox", null)
                .addObject("withdrawn", false)
                .addObject("error", null)
                .addObject("sent", false);
    }

    private ModelAndView away(ModelAndView page, WebLanguage language) {
        page.addObject(
                "error",
                texts.text("portal.away.mailbox", language.locale()) + " " + texts.whereElse(language.locale()));
        return PortalPages.status(page, HttpStatus.SERVICE_UNAVAILABLE);
    }

    /** The same for a reference that nobody has and for a wrong code. */
    private ModelAndView unknown(WebLanguage language, Reference reference) {
        return PortalPages.status(ask(language, reference.grouped(), "portal.follow.unknown"), HttpStatus.NOT_FOUND);
    }
}
