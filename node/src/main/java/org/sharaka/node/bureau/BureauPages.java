package org.sharaka.node.bureau;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.agreement.LegalFindings;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.VisibleText;
import org.sharaka.protocol.content.Feedback;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.Reply;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.roster.Member;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The duty officer's pages: the lists of conversations with other members, and one of them. */
@Controller
final class BureauPages {
    /** How a question is answered; a grant is taken back by itself. */
    private static List<PermissionAnswer.Outcome> permissions() {
        return Stream.of(PermissionAnswer.Outcome.values())
                .filter(outcome -> outcome != PermissionAnswer.Outcome.REVOKED)
                .toList();
    }

    private static final String ONE = "/bureau/conversations/{peer}/{id}";

    private final Reading reading;
    private final BureauService bureau;
    private final Correspondents correspondents;
    private final Parts parts;
    private final LegalBases laws;
    private final Crossings crossings;
    private final ObjectProvider<ReferencePage> referencePages;
    private final OfficerService officers;
    private final Clock clock;

    BureauPages(
            Reading reading,
            BureauService bureau,
            Correspondents correspondents,
            Parts parts,
            LegalBases laws,
            Crossings crossings,
            ObjectProvider<ReferencePage> referencePages,
            OfficerService officers,
            Clock clock) {
        this.reading = reading;
        this.bureau = bureau;
        this.correspondents = correspondents;
        this.parts = parts;
        this.laws = laws;
        this.crossings = crossings;
        this.referencePages = referencePages;
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
    record Tab(SqlLists.View view, int count) {}

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
        SqlLists.View shown = MessageForm.chosen(SqlLists.View.class, view).orElse(SqlLists.View.OURS);
        Optional<SqlLists.Mark> from = shown == SqlLists.View.ALL ? mark(after) : Optional.empty();
        String news = reading.news(actor, Optional.empty());
        List<SqlLists.Line> lines = reading.list(actor, shown, from);
        boolean more = lines.size() > Reading.SHOWN;
        List<SqlLists.Line> page = more ? lines.subList(0, Reading.SHOWN) : lines;
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        model.addAttribute("lines", page)
                .addAttribute("view", shown)
                .addAttribute("tabs", tabs(actor))
                .addAttribute("most", Reading.COUNT_MAX)
                .addAttribute("more", more)
                .addAttribute("next", more && shown == SqlLists.View.ALL ? text(page.get(page.size() - 1)) : null)
                .addAttribute("further", from.isPresent())
                .addAttribute("names", correspondents.names(locale))
                .addAttribute("now", clock.instant())
                .addAttribute("mark", news)
                .addAttribute("visible", new Text())
                .addAttribute("mayWrite", actor.may(Permission.EXCHANGE_SEND));
        return "bureau/list";
    }

    private List<Tab> tabs(Actor actor) {
        return Stream.of(SqlLists.View.values())
                .map(view -> new Tab(view, view == SqlLists.View.ALL ? -1 : reading.count(actor, view)))
                .toList();
    }

    private static String text(SqlLists.Line last) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, last.conversation().latestAt()) + "~"
                + last.conversation().key().peer() + "~"
                + last.conversation().key().id();
    }

    private static Optional<SqlLists.Mark> mark(String text) {
        String[] parts = text.split("~", -1);
        if (parts.length != 3 || !parts[0].matches("[0-9]{1,17}")) return Optional.empty();
        return Optional.of(new SqlLists.Mark(
                Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS),
                ConversationKey.parse(parts[1], parts[2])));
    }

    @GetMapping(path = "/bureau/news", produces = "application/json")
    ResponseEntity<News> news(Actor actor) {
        return told(reading.news(actor, Optional.empty()));
    }

    @GetMapping(path = ONE + "/news", produces = "application/json")
    ResponseEntity<News> news(Actor actor, ConversationKey key) {
        return told(reading.news(actor, Optional.of(key)));
    }

    private static ResponseEntity<News> told(String mark) {
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new News(mark));
    }

    @GetMapping(ONE)
    String view(
            Actor actor,
            ConversationKey key,
            @RequestParam(name = "files", defaultValue = "false") boolean files,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        parts.enclosing(actor, MessageForm.empty(), files, model);
        return show(actor, key, MessageForm.empty(), locale, model, response);
    }

    private String show(
            Actor actor,
            ConversationKey key,
            MessageForm form,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        // Before the rest, so that a page never misses what came while it was made.
        String mark = reading.news(actor, Optional.of(key));
        Reading.OpenedConversation thread = reading.view(actor, key);
        Conversation conversation = thread.conversation();
        Instant now = clock.instant();
        Optional<Member> peer = correspondents.member(key.peer());
        boolean own = conversation.isOf(actor);
        boolean mayWrite = own && actor.may(Permission.EXCHANGE_SEND);
        Optional<LegalFindings> findings = peer.filter(Member::exchanges)
                .filter(member -> mayWrite)
                .map(member -> correspondents.findings(member, conversation.purpose(), conversation.offence()));
        List<Crossings.Closure> closures = own ? crossings.closures(conversation) : List.of();
        List<Crossings.Request> requests = own ? crossings.requests(conversation) : List.of();
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Parts.words(model, locale);
        CrossingPages.days(model, now);
        if (!own) model.addAttribute("mayTakeIn", false);
        model.addAttribute("thread", thread)
                .addAttribute("one", conversation)
                .addAttribute("base", "/bureau/conversations/" + key)
                .addAttribute("form", form)
                .addAttribute(
                        "peer",
                        peer.map(member -> Parts.name(member, locale))
                                .orElse(key.peer().value()))
                .addAttribute("names", correspondents.names(locale))
                .addAttribute("agreements", agreementNames(thread, locale))
                .addAttribute(
                        "offence",
                        conversation
                                .offence()
                                .map(code -> parts.offence(code, locale))
                                .orElse(null))
                .addAttribute("own", own)
                .addAttribute("mayWrite", mayWrite)
                .addAttribute("mayLook", own && actor.may(Permission.EXCHANGE_APPROVE))
                .addAttribute("actor", actor.id())
                .addAttribute("findings", findings.orElse(null))
                .addAttribute("outcomes", Reply.Outcome.values())
                .addAttribute("feedbacks", Feedback.Outcome.values())
                .addAttribute("toAnswer", toAnswer(thread, Composition.Kind.REQUEST))
                .addAttribute("toFeedBack", toAnswer(thread, Composition.Kind.INFORMATION))
                .addAttribute("logins", officers.logins(people(thread, closures, requests)))
                .addAttribute("closures", closures)
                .addAttribute("requests", requests)
                .addAttribute("units", own ? crossings.units() : List.of())
                .addAttribute(
                        "referencePage",
                        referencePages
                                .orderedStream()
                                .flatMap(each -> each.of(actor, conversation.reference()).stream())
                                .findFirst()
                                .orElse(null))
                .addAttribute("now", now)
                .addAttribute("tellable", mayWrite ? tellable(thread) : Set.of())
                .addAttribute("toRemind", mayWrite ? toRemind(thread, now) : Set.of())
                .addAttribute(
                        "proved",
                        thread.said().stream()
                                .filter(said -> own && ProofOfReceipt.of(said))
                                .map(said -> said.entry().id())
                                .collect(Collectors.toSet()))
                .addAttribute("taking", List.of(Act.PRINT, Act.EXPORT, Act.COURT_BUNDLE))
                .addAttribute("sharing", Act.ONWARD_SHARE)
                .addAttribute("viewing", Act.VIEW)
                .addAttribute("orders", Order.Kind.values())
                .addAttribute("permissions", permissions())
                .addAttribute(
                        "others",
                        correspondents.correspondents().stream()
                                .filter(member -> !member.id().equals(key.peer()))
                                .toList())
                .addAttribute("mark", mark);
        return "bureau/conversation";
    }

    /** Messages of the peer's about which a sentence may go back. */
    private Set<UUID> tellable(Reading.OpenedConversation thread) {
        return thread.said().stream()
                .filter(said -> !said.entry().ours() && said.entry().actedAt().isEmpty())
                .filter(said -> said.message()
                        .filter(message -> correspondents.mayTell(
                                said.entry().conversation().peer(), message.handling()))
                        .isPresent())
                .map(said -> said.entry().id())
                .collect(Collectors.toSet());
    }

    /** Messages of ours that arrived, whose answer is overdue and of which nobody was reminded today. */
    private static Set<UUID> toRemind(Reading.OpenedConversation thread, Instant now) {
        return thread.said().stream()
                .filter(said -> said.delivery()
                        .filter(each -> !each.failed() && each.compareTo(Delivery.DELIVERED) >= 0)
                        .isPresent())
                .map(Reading.Said::entry)
                .filter(entry -> entry.awaited()
                        .filter(awaited -> Reminders.may(entry.type(), awaited, now))
                        .isPresent())
                .map(Entry::id)
                .collect(Collectors.toSet());
    }

    /** What was asked or told by the peer and is still kept, the last first; of requests those that wait. */
    private static List<Reading.Said> toAnswer(Reading.OpenedConversation thread, Composition.Kind kind) {
        return thread.said().stream()
                .filter(said -> !said.entry().ours() && said.message().isPresent())
                .filter(said -> said.entry().type().equals(kind.type()))
                .filter(said -> said.entry().open())
                .toList();
    }

    private static List<String> people(
            Reading.OpenedConversation thread, List<Crossings.Closure> closures, List<Crossings.Request> requests) {
        Stream<String> writers = thread.said().stream()
                .map(Reading.Said::entry)
                .flatMap(entry -> Stream.of(entry.author(), entry.lookedBy(), entry.actedBy()))
                .flatMap(Optional::stream);
        return Stream.of(
                        writers,
                        closures.stream().map(Crossings.Closure::by),
                        requests.stream().map(each -> each.question().officer()))
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    private Map<String, String> agreementNames(Reading.OpenedConversation thread, Locale locale) {
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

    @PostMapping(ONE + "/write")
    String write(
            Actor actor,
            ConversationKey key,
            @ModelAttribute("form") MessageForm form,
            Locale locale,
            Model model,
            RedirectAttributes next,
            HttpServletResponse response) {
        try {
            Composition.Kind kind = MessageForm.chosen(Composition.Kind.class, form.kind())
                    .filter(each -> !each.opens())
                    .orElseThrow(() -> BureauProblem.BAD_FIELD.because("kind"));
            // Purpose and offence are the conversation's; what stands here is not looked at.
            Composition composition =
                    form.composition(kind, actor.requirePurpose(), Optional.empty(), locale.getLanguage());
            bureau.write(actor, key, composition);
            next.addFlashAttribute("done", composition.needsSecondLook() ? "bureau.done.waits" : "bureau.done.sent");
            return Ways.to(key);
        } catch (ProblemException e) {
            Parts.refused(e, model, response);
            parts.enclosing(actor, form, false, model);
            return show(actor, key, form, locale, model, response);
        }
    }
}
