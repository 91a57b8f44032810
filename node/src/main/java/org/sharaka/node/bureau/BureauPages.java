package org.sharaka.node.bureau;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.agreement.LegalFindings;
import org.sharaka.node.attachment.AttachmentService;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.VisibleText;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.content.Feedback;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Reply;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.Evaluation;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.roster.Member;
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

/** The duty officer's pages: conversations with other members, one of them, and a new one. */
@Controller
final class BureauPages {
    /** How a question is answered; a grant is taken back by itself. */
    private static List<PermissionAnswer.Outcome> permissions() {
        return Stream.of(PermissionAnswer.Outcome.values())
                .filter(outcome -> outcome != PermissionAnswer.Outcome.REVOKED)
                .toList();
    }

    private static final String ONE = "/bureau/conversations/{peer}/{id}";
    private static final String BASIS = "basis-";

    private final BureauService bureau;
    private final Enclosures enclosures;
    private final AttachmentService attachments;
    private final LegalBases laws;
    private final OfficerService officers;
    private final Clock clock;

    BureauPages(
            BureauService bureau,
            Enclosures enclosures,
            AttachmentService attachments,
            LegalBases laws,
            OfficerService officers,
            Clock clock) {
        this.bureau = bureau;
        this.enclosures = enclosures;
        this.attachments = attachments;
        this.laws = laws;
        this.officers = officers;
        this.clock = clock;
    }

    /** Text of others as templates show it. */
    static final class Text {
        public String visible(String text) {
            return VisibleText.of(text);
        }
    }

    /** A tab of the list with how many it holds; negative for a view that is not counted. */
    record Tab(SqlConversations.View view, int count) {}

    /** What a page asks every few seconds. */
    record News(String mark) {}

    @GetMapping("/bureau")
    String list(
            Actor actor,
            @RequestParam(defaultValue = "") String view,
            @RequestParam(defaultValue = "") String after,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        SqlConversations.View shown =
                MessageForm.chosen(SqlConversations.View.class, view).orElse(SqlConversations.View.OURS);
        Optional<SqlConversations.Mark> from = shown == SqlConversations.View.ALL ? mark(after) : Optional.empty();
        String news = bureau.news(actor, Optional.empty());
        List<SqlConversations.Line> lines = bureau.list(actor, shown, from);
        boolean more = lines.size() > BureauService.SHOWN;
        List<SqlConversations.Line> page = more ? lines.subList(0, BureauService.SHOWN) : lines;
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("lines", page)
                .addAttribute("view", shown)
                .addAttribute("tabs", tabs(actor))
                .addAttribute("most", BureauService.COUNT_MAX)
                .addAttribute("more", more)
                .addAttribute(
                        "next", more && shown == SqlConversations.View.ALL ? text(page.get(page.size() - 1)) : null)
                .addAttribute("further", from.isPresent())
                .addAttribute("names", bureau.names(locale))
                .addAttribute("now", clock.instant())
                .addAttribute("mark", news)
                .addAttribute("visible", new Text())
                .addAttribute("mayWrite", actor.may(Permission.EXCHANGE_SEND));
        return "bureau/list";
    }

    private List<Tab> tabs(Actor actor) {
        return Stream.of(SqlConversations.View.values())
                .map(view -> new Tab(view, view == SqlConversations.View.ALL ? -1 : bureau.count(actor, view)))
                .toList();
    }

    private static String text(SqlConversations.Line last) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, last.conversation().latestAt()) + "~"
                + last.conversation().key().peer() + "~"
                + last.conversation().key().id();
    }

    private static Optional<SqlConversations.Mark> mark(String text) {
        String[] parts = text.split("~", -1);
        if (parts.length != 3 || !parts[0].matches("[0-9]{1,17}")) return Optional.empty();
        return Optional.of(new SqlConversations.Mark(
                Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS),
                ConversationKey.parse(parts[1], parts[2])));
    }

    private static String name(Member member, Locale locale) {
        return Optional.ofNullable(member.names().get(locale.getLanguage()))
                .orElseGet(() -> member.id().value());
    }

    @GetMapping(path = "/bureau/news", produces = "application/json")
    ResponseEntity<News> news(Actor actor) {
        return told(bureau.news(actor, Optional.empty()));
    }

    @GetMapping(path = ONE + "/news", produces = "application/json")
    ResponseEntity<News> news(Actor actor, @PathVariable String peer, @PathVariable String id) {
        return told(bureau.news(actor, Optional.of(ConversationKey.parse(peer, id))));
    }

    private static ResponseEntity<News> told(String mark) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new News(mark));
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

    /** An offence with its name. */
    record Named(String code, String name) {}

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
        List<Member> correspondents = bureau.correspondents();
        List<Choice> choices = correspondents.stream()
                .filter(member -> form.recipients().contains(member.id().value()))
                .map(member -> new Choice(
                        member,
                        name(member, locale),
                        bureau.findings(member, purpose, form.chosenOffence()),
                        fields.getOrDefault(BASIS + member.id(), "")))
                .toList();
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        words(model, locale);
        enclosing(actor, form, choices.stream().anyMatch(Choice::open), model);
        model.addAttribute("form", form)
                .addAttribute(
                        "members",
                        correspondents.stream()
                                .sorted(Comparator.comparing(
                                        member -> name(member, locale), java.text.Collator.getInstance(locale)))
                                .toList())
                .addAttribute("names", bureau.names(locale))
                .addAttribute("choices", choices)
                .addAttribute("anyOpen", choices.stream().anyMatch(Choice::open))
                .addAttribute("kinds", List.of(Composition.Kind.REQUEST, Composition.Kind.INFORMATION))
                .addAttribute("purpose", purpose)
                .addAttribute("purposes", Purpose.values())
                .addAttribute("offences", offences(locale))
                .addAttribute("unit", actor.unit().orElse(null));
        return "bureau/compose";
    }

    private List<Named> offences(Locale locale) {
        return laws.offences().stream()
                .map(each -> new Named(each.code().value(), each.names().in(locale)))
                .toList();
    }

    /**
     * What a form needs to enclose files.
     *
     * @param choosing whether the files that are here are offered: to see them is entered
     */
    private void enclosing(Actor actor, MessageForm form, boolean choosing, Model model) {
        model.addAttribute("mayEnclose", actor.may(Permission.EVIDENCE_READ) && actor.may(Permission.EXCHANGE_SEND))
                .addAttribute("mayTakeIn", actor.may(Permission.EVIDENCE_ADD))
                .addAttribute("mayOpenFiles", actor.may(Permission.EVIDENCE_READ))
                .addAttribute("enclosedBefore", enclosures.shown(actor, form.enclosed()))
                .addAttribute("choosing", choosing)
                .addAttribute("enclosable", choosing ? enclosures.choice(actor) : List.of());
    }

    /** What every form for a message needs. */
    private static void words(Model model, Locale locale) {
        model.addAttribute("language", locale.getLanguage())
                .addAttribute("quotable", Quoted.values())
                .addAttribute("urgencies", Urgency.values())
                .addAttribute("codes", List.of(HandlingCode.H1, HandlingCode.H2, HandlingCode.H3))
                .addAttribute("sources", Evaluation.Source.values())
                .addAttribute("accuracies", Evaluation.Information.values())
                .addAttribute("visible", new Text());
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
            List<ConversationKey> opened =
                    bureau.open(actor, recipients, composition, Boolean.TRUE.equals(form.ownUnit()));
            next.addFlashAttribute("done", composition.needsSecondLook() ? "bureau.done.waits" : "bureau.done.sent");
            if (opened.size() == 1) return to(opened.get(0));
            return "redirect:/bureau?view=" + (composition.needsSecondLook() ? "LOOK" : "THEIRS");
        } catch (ProblemException e) {
            refused(e, model, response);
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

    private static void refused(ProblemException e, Model model, HttpServletResponse response) {
        if (e.type().status() != 409 && e.type().status() != 422 && e.type().status() != 503) throw e;
        response.setStatus(e.type().status());
        model.addAttribute("refused", "problem." + e.type().code());
    }

    private static String to(ConversationKey key) {
        return "redirect:/bureau/conversations/" + key;
    }

    @GetMapping(ONE)
    String view(
            Actor actor,
            @PathVariable String peer,
            @PathVariable String id,
            @RequestParam(name = "files", defaultValue = "false") boolean files,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        enclosing(actor, MessageForm.empty(), files, model);
        return show(actor, ConversationKey.parse(peer, id), MessageForm.empty(), locale, model, response);
    }

    private String show(
            Actor actor,
            ConversationKey key,
            MessageForm form,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        // Before the rest, so that a page never misses what came while it was made.
        String mark = bureau.news(actor, Optional.of(key));
        BureauService.OpenedConversation thread = bureau.view(actor, key);
        Conversation conversation = thread.conversation();
        Optional<Member> peer = bureau.member(key.peer());
        boolean mayWrite = actor.may(Permission.EXCHANGE_SEND);
        Optional<LegalFindings> findings = peer.filter(Member::exchanges)
                .filter(member -> mayWrite)
                .map(member -> bureau.findings(member, conversation.purpose(), conversation.offence()));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        words(model, locale);
        model.addAttribute("thread", thread)
                .addAttribute("one", conversation)
                .addAttribute("base", "/bureau/conversations/" + key)
                .addAttribute("form", form)
                .addAttribute(
                        "peer",
                        peer.map(member -> name(member, locale))
                                .orElse(key.peer().value()))
                .addAttribute("names", bureau.names(locale))
                .addAttribute("agreements", agreementNames(thread, locale))
                .addAttribute(
                        "offence",
                        conversation
                                .offence()
                                .map(code -> offence(code, locale))
                                .orElse(null))
                .addAttribute("mayWrite", mayWrite)
                .addAttribute("mayLook", actor.may(Permission.EXCHANGE_APPROVE))
                .addAttribute("actor", actor.id())
                .addAttribute("findings", findings.orElse(null))
                .addAttribute("outcomes", Reply.Outcome.values())
                .addAttribute("feedbacks", Feedback.Outcome.values())
                .addAttribute("toAnswer", toAnswer(thread, Composition.Kind.REQUEST))
                .addAttribute("toFeedBack", toAnswer(thread, Composition.Kind.INFORMATION))
                .addAttribute("logins", officers.logins(people(thread)))
                .addAttribute("now", clock.instant())
                .addAttribute("taking", List.of(Act.PRINT, Act.EXPORT, Act.COURT_BUNDLE))
                .addAttribute("sharing", Act.ONWARD_SHARE)
                .addAttribute("viewing", Act.VIEW)
                .addAttribute("orders", Order.Kind.values())
                .addAttribute("permissions", permissions())
                .addAttribute(
                        "others",
                        bureau.correspondents().stream()
                                .filter(member -> !member.id().equals(key.peer()))
                                .toList())
                .addAttribute("mark", mark);
        return "bureau/conversation";
    }

    /** What was asked or told by the peer and is still kept, the last first; of requests those that wait. */
    private static List<BureauService.Said> toAnswer(BureauService.OpenedConversation thread, Composition.Kind kind) {
        return thread.said().stream()
                .filter(said -> !said.entry().ours() && said.message().isPresent())
                .filter(said -> said.entry().type().equals(kind.type()))
                .filter(said -> said.entry().open())
                .toList();
    }

    private static List<String> people(BureauService.OpenedConversation thread) {
        return thread.said().stream()
                .map(BureauService.Said::entry)
                .flatMap(entry -> Stream.of(entry.author(), entry.lookedBy(), entry.actedBy()))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    private Map<String, String> agreementNames(BureauService.OpenedConversation thread, Locale locale) {
        Map<String, String> names = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(thread.conversation().legalBasis()),
                        thread.said().stream()
                                .flatMap(said -> Stream.concat(
                                        said
                                                .message()
                                                .map(message ->
                                                        message.handling().legalBasis())
                                                .stream(),
                                        said.draft().map(draft -> draft.terms().legalBasis()).stream())))
                .distinct()
                .forEach(code -> names.put(
                        code,
                        laws.find(new org.sharaka.node.agreement.AgreementCode(code))
                                .map(each -> each.names().in(locale))
                                .orElse(code)));
        return names;
    }

    private String offence(String code, Locale locale) {
        return laws.offences().stream()
                .filter(each -> each.code().value().equals(code))
                .map(each -> each.names().in(locale))
                .findFirst()
                .orElse(code);
    }

    @PostMapping(ONE + "/write")
    String write(
            Actor actor,
            @PathVariable String peer,
            @PathVariable String id,
            @ModelAttribute("form") MessageForm form,
            Locale locale,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        ConversationKey key = ConversationKey.parse(peer, id);
        try {
            Composition.Kind kind = MessageForm.chosen(Composition.Kind.class, form.kind())
                    .filter(each -> !each.opens())
                    .orElseThrow(() -> BureauProblem.BAD_FIELD.because("kind"));
            // Purpose and offence are the conversation's; what stands here is not looked at.
            Composition composition =
                    form.composition(kind, actor.requirePurpose(), Optional.empty(), locale.getLanguage());
            bureau.write(actor, key, composition);
            next.addFlashAttribute("done", composition.needsSecondLook() ? "bureau.done.waits" : "bureau.done.sent");
            return to(key);
        } catch (ProblemException e) {
            refused(e, model, response);
            enclosing(actor, form, false, model);
            return show(actor, key, form, locale, model, response);
        }
    }

    @PostMapping(ONE + "/messages/{message}/acted")
    String acted(
            Actor actor,
            @PathVariable String peer,
            @PathVariable String id,
            @PathVariable String message,
            @RequestParam(defaultValue = "") String sentence,
            RedirectAttributes next) {
        ConversationKey key = ConversationKey.parse(peer, id);
        return done(next, key, "acted", () -> bureau.acted(actor, key, uuid(message), MessageForm.plain(sentence)));
    }

    /** A file that is too large to be fetched unasked. */
    @PostMapping(ONE + "/files/{name}/{file}/accept")
    String acceptFile(
            Actor actor,
            @PathVariable String peer,
            @PathVariable String id,
            @PathVariable String name,
            @PathVariable String file,
            RedirectAttributes next) {
        ConversationKey key = ConversationKey.parse(peer, id);
        MessageId message = bureau.received(actor, key, name);
        return done(next, key, "file-accepted", () -> attachments.accept(actor, key.peer(), message, file));
    }

    @PostMapping(ONE + "/files/{name}/{file}/refuse")
    String refuseFile(
            Actor actor,
            @PathVariable String peer,
            @PathVariable String id,
            @PathVariable String name,
            @PathVariable String file,
            RedirectAttributes next) {
        ConversationKey key = ConversationKey.parse(peer, id);
        MessageId message = bureau.received(actor, key, name);
        return done(next, key, "file-refused", () -> attachments.refuse(actor, key.peer(), message, file));
    }

    @PostMapping(ONE + "/messages/{message}/release")
    String release(
            Actor actor,
            @PathVariable String peer,
            @PathVariable String id,
            @PathVariable String message,
            @RequestParam(defaultValue = "") String shown,
            RedirectAttributes next) {
        ConversationKey key = ConversationKey.parse(peer, id);
        return done(next, key, "released", () -> bureau.release(actor, key, uuid(message), shown));
    }

    @PostMapping(ONE + "/messages/{message}/return")
    String giveBack(
            Actor actor,
            @PathVariable String peer,
            @PathVariable String id,
            @PathVariable String message,
            @RequestParam(defaultValue = "") String remark,
            RedirectAttributes next) {
        ConversationKey key = ConversationKey.parse(peer, id);
        return done(next, key, "returned", () -> bureau.giveBack(actor, key, uuid(message), MessageForm.plain(remark)));
    }

    @PostMapping(ONE + "/messages/{message}/reword")
    String reword(
            Actor actor,
            @PathVariable String peer,
            @PathVariable String id,
            @PathVariable String message,
            @RequestParam(defaultValue = "") String text,
            @RequestParam(defaultValue = "") String facts,
            @RequestParam(defaultValue = "") String grounds,
            RedirectAttributes next) {
        ConversationKey key = ConversationKey.parse(peer, id);
        return done(
                next,
                key,
                "waits",
                () -> bureau.reword(
                        actor,
                        key,
                        uuid(message),
                        MessageForm.plain(text),
                        MessageForm.plain(facts),
                        MessageForm.plain(grounds)));
    }

    @PostMapping(ONE + "/messages/{message}/discard")
    String discard(
            Actor actor,
            @PathVariable String peer,
            @PathVariable String id,
            @PathVariable String message,
            RedirectAttributes next) {
        ConversationKey key = ConversationKey.parse(peer, id);
        boolean stays = bureau.discard(actor, key, uuid(message));
        next.addFlashAttribute("done", "bureau.done.discarded");
        return stays ? to(key) : "redirect:/bureau";
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw BureauProblem.NOT_FOUND.because("no such message");
        }
    }

    private static String done(RedirectAttributes next, ConversationKey key, String what, Runnable act) {
        try {
            act.run();
            next.addFlashAttribute("done", "bureau.done." + what);
        } catch (ProblemException e) {
            if (e.type().status() != 409 && e.type().status() != 422 && e.type().status() != 503) throw e;
            next.addFlashAttribute("refused", "problem." + e.type().code());
        }
        return to(key);
    }
}
