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

    /**
     * @param reference from a receipt's QR code; the code never stands in an address
     * @param closed whether a page before this one was too old
     */
    @GetMapping(LANGUAGE + "/follow")
    ModelAndView ask(
            @PathVariable("language") String code,
            @RequestParam(name = "reference", defaultValue = "") String reference,
            @RequestParam(name = "closed", defaultValue = "") String closed) {
        return ask(
                PortalPages.language(code),
                drafts.visit(),
                reference,
                closed.isEmpty() ? null : "portal.follow.expired");
    }

    private ModelAndView ask(WebLanguage language, String visit, String reference, @Nullable String errorKey) {
        ModelAndView page = PortalPages.page(texts, "follow", language, "follow");
        PortalPages.leaving(page, language, drafts, visit);
        return page.addObject("visit", drafts.hideVisit(visit))
                .addObject("letter", null)
                .addObject("reference", reference.length() > 80 ? "" : reference)
                .addObject("error", errorKey == null ? null : texts.text(errorKey, language.locale()));
    }

    @PostMapping(LANGUAGE + "/follow")
    ModelAndView open(@PathVariable("language") String languageCode, @RequestParam Map<String, String> typed) {
        WebLanguage language = PortalPages.language(languageCode);
        String visit = drafts.showVisit(typed.get("visit")).orElseGet(drafts::visit);
        // Sent again from the history of a browser whose user has left.
        if (drafts.ended(visit)) return ask(language, drafts.visit(), "", null);
        String referenceTyped = typed.getOrDefault("reference", "");
        Optional<Reference> reference = Reference.parse(referenceTyped);
        Optional<AccessCode> code = AccessCode.parse(typed.getOrDefault("code", ""));
        Optional<String> letter = drafts.showLetter(typed.get("letter"));
        if (reference.isEmpty() || code.isEmpty())
            return PortalPages.status(
                    ask(language, visit, referenceTyped, "portal.follow.mistyped")
                            .addObject("letter", letter.isEmpty() ? null : typed.get("letter")),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        return mailbox(language, new Opened(reference.get(), code.get(), visit), letter.orElse(""), null);
    }

    /** What opens a mailbox. */
    private record Opened(Reference reference, AccessCode code, String visit) {
        static Opened by(Drafts.Ticket ticket) {
            return new Opened(ticket.opened(), ticket.accessCode(), ticket.visit());
        }
    }

    /** Comes back from a page that has a ticket. */
    @PostMapping(LANGUAGE + "/mailbox")
    ModelAndView again(@PathVariable("language") String languageCode, @RequestParam Map<String, String> typed) {
        WebLanguage language = PortalPages.language(languageCode);
        return drafts.ticket(typed.get("ticket"))
                .map(ticket -> mailbox(language, Opened.by(ticket), "", null))
                .orElseGet(() -> ask(language, drafts.visit(), "", "portal.follow.expired"));
    }

    @PostMapping(LANGUAGE + "/write")
    ModelAndView write(@PathVariable("language") String languageCode, @RequestParam Map<String, String> typed) {
        WebLanguage language = PortalPages.language(languageCode);
        Optional<Drafts.Ticket> shown = drafts.ticket(typed.get("ticket"));
        String text = typed.getOrDefault("text", "");
        if (shown.isEmpty()) return expired(language, text);
        Opened opened = Opened.by(shown.get());
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
                    mailbox(language, opened, text, error).addObject("kind", chosen(kind)),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        try {
            boolean written = counter.write(
                    opened.reference(),
                    opened.code(),
                    shown.get().nonceBytes(),
                    kind.get(),
                    text,
                    language.code(),
                    clock.instant());
            if (!written) return unknown(language, opened, text);
            return mailbox(language, opened, "", null).addObject("sent", true);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("a message could not be stored", e);
            return away(mailboxPage(language, opened, text).addObject("kind", chosen(kind)), language);
        }
    }

    private static String chosen(Optional<MessageKind> kind) {
        return kind.orElse(MessageKind.ADDITION).name();
    }

    /** A long letter is not lost because its writer was slow: it travels on, hidden, until the code is typed again. */
    private ModelAndView expired(WebLanguage language, String text) {
        ModelAndView page = ask(language, drafts.visit(), "", "portal.follow.expired");
        boolean kept = !text.isBlank() && text.length() <= Message.TEXT_LENGTH_MAX;
        return PortalPages.status(
                page.addObject("letter", kept ? drafts.hideLetter(text) : null), HttpStatus.UNPROCESSABLE_CONTENT);
    }

    private ModelAndView mailbox(WebLanguage language, Opened opened, String typed, @Nullable String errorKey) {
        ModelAndView page = mailboxPage(language, opened, typed);
        try {
            Optional<Counter.Mailbox> found = counter.open(opened.reference(), opened.code());
            if (found.isEmpty()) return unknown(language, opened, typed);
            Counter.Mailbox mailbox = found.get();
            return page.addObject("mailbox", mailbox)
                    .addObject("withdrawn", mailbox.status() == ReportStatus.WITHDRAWN)
                    .addObject("error", errorKey == null ? null : texts.text(errorKey, language.locale()));
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("a mailbox could not be read", e);
            return away(page, language);
        }
    }

    private ModelAndView mailboxPage(WebLanguage language, Opened opened, String typed) {
        ModelAndView page = PortalPages.page(texts, "mailbox", language, "follow");
        PortalPages.leaving(page, language, drafts, opened.visit());
        return page.addObject("reference", opened.reference().grouped())
                .addObject("typed", typed)
                .addObject("kind", chosen(Optional.empty()))
                .addObject("ticket", drafts.ticket(opened.reference(), opened.code(), opened.visit(), Optional.empty()))
                .addObject("mailbox", null)
                .addObject("withdrawn", false)
                .addObject("error", null)
                .addObject("errorCall", null)
                .addObject("sent", false);
    }

    private ModelAndView away(ModelAndView page, WebLanguage language) {
        page.addObject(
                        "error",
                        texts.text("portal.away.mailbox", language.locale()) + " " + texts.whereElse(language.locale()))
                .addObject("errorCall", texts.unitCall(language.locale()));
        return PortalPages.status(page, HttpStatus.SERVICE_UNAVAILABLE);
    }

    /** The same for a reference that nobody has and for a wrong code. */
    private ModelAndView unknown(WebLanguage language, Opened opened, String typed) {
        return PortalPages.status(
                ask(language, opened.visit(), opened.reference().grouped(), "portal.follow.unknown")
                        .addObject("letter", typed.isBlank() ? null : drafts.hideLetter(typed)),
                HttpStatus.NOT_FOUND);
    }
}
