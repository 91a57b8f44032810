package org.sharaka.node.bureau;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Officer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.attachment.AttachmentService;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.originator.Orders;
import org.sharaka.node.platform.Ids;

/**
 * To whom a conversation is closed after it began, and who of another unit is let look into it: asked with a reason, answered by its unit for
 * one officer and a time (SAFEGUARDS S19). Every act is entered; why stands sealed here and not in the record. Safe for many threads.
 */
final class Crossings {
    static final int REASON_MIN = 3;
    static final int REASON_MAX = 1_000;
    /** How long a question waits, and the most that a look lasts, as that of a standing watch (SAFEGUARDS S10). */
    static final Duration LASTS = Duration.ofDays(30);

    private static final int SHOWN = 20;
    private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{32}");
    private static final Actor NODE = Actor.system("bureau");

    private final SqlCrossings crossings;
    private final SqlConversations conversations;
    private final Reading reading;
    private final OfficerService officers;
    private final AttachmentService attachments;
    private final Orders orders;
    private final AuditTrail audit;
    private final Ids ids;
    private final Clock clock;

    Crossings(
            SqlCrossings crossings,
            SqlConversations conversations,
            Reading reading,
            OfficerService officers,
            AttachmentService attachments,
            Orders orders,
            AuditTrail audit,
            Ids ids,
            Clock clock) {
        this.crossings = crossings;
        this.conversations = conversations;
        this.reading = reading;
        this.officers = officers;
        this.attachments = attachments;
        this.orders = orders;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * That a conversation was closed or opened.
     *
     * @param unit folded; empty where it was opened to every officer
     */
    record Closure(String unit, String by, Instant at, String reason) {}

    /** An officer's question to see what is closed to another unit. */
    record Question(UUID id, String officer, String reason, Instant at) {}

    /** @param until from when the officer sees it no more */
    record Granted(ConversationKey key, Instant until) {}

    /** A question as its asker sees it: a refusal and a question about nothing look alike. */
    record Asked(Question question, List<Granted> granted) {}

    /** A question as the unit sees it beside its conversation: open, or granted until then. */
    record Request(Question question, Optional<Instant> until) {}

    /** Names of the units in which somebody may answer what comes: elsewhere its deadlines and alarms would be nobody's. */
    Collection<String> units() {
        Map<String, String> units = new TreeMap<>();
        officers.able(Permission.EXCHANGE_SEND).stream()
                .map(Officer::unit)
                .flatMap(Optional::stream)
                .forEach(unit -> units.putIfAbsent(SqlConversations.folded(unit), unit.strip()));
        units.remove("");
        return units.values();
    }

    /**
     * Closes a conversation to one unit, or hands it from one to another. From then on it does not exist for anybody else, the officer who does
     * this included if of another unit; its files and orders neither.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NOT_FOUND}; {@link BureauProblem#UNIT_UNKNOWN} for one in which
     *     nobody could answer it; {@link BureauProblem#CLOSED_BEFORE}, {@link BureauProblem#REASON_MISSING}
     */
    void close(Actor actor, ConversationKey key, String unit, String reason) {
        String to = SqlConversations.folded(unit);
        change(actor, "bureau.close", key, to, reason, () -> {
            if (units().stream().map(SqlConversations::folded).noneMatch(to::equals))
                throw BureauProblem.UNIT_UNKNOWN.because("no officer of that unit may answer it");
        });
    }

    /** Opens it to every officer of the bureau; only its own unit can, because nobody else has it. Likewise. */
    void openToAll(Actor actor, ConversationKey key, String reason) {
        change(actor, "bureau.open-to-all", key, "", reason, () -> {});
    }

    private void change(Actor actor, String action, ConversationKey key, String to, String reason, Runnable check) {
        Optional<Void> unused = audit.act(actor, action, subject(key), entry -> {
            Conversation conversation = own(actor, key);
            requireReason(reason);
            check.run();
            if (conversation.closedTo().equals(to)) throw BureauProblem.CLOSED_BEFORE.because("it stands so");
            if (!crossings.close(conversation, to, reason, actor.id(), now(), entry))
                throw BureauProblem.CLOSED_BEFORE.because("it was changed meanwhile");
            attachments.keepTo(
                    key.peer(),
                    conversations.entries(key).stream()
                            .filter(each -> !each.ours())
                            .flatMap(each -> each.name().stream())
                            .toList(),
                    conversation.closedTo(),
                    to);
            orders.keepTo(key.peer(), key.id(), to);
            return Optional.empty();
        });
    }

    /** How it was closed and opened, the latest first: for a page whose reading is entered. */
    List<Closure> closures(Conversation conversation) {
        return crossings.closures(conversation.key(), SHOWN);
    }

    /**
     * Asks to see what is closed to another unit. Whether there is anything of that name is not looked at: the answer and its time are the same
     * (SAFEGUARDS S21).
     *
     * @param named the number of a message or a conversation, or a reference, ours or theirs
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#REASON_MISSING}, {@link BureauProblem#BAD_FIELD}
     */
    void ask(Actor actor, String named, String reason) {
        UUID id = ids.random();
        Optional<Void> unused = audit.act(actor, "bureau.ask-to-see", subject(id), entry -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            requireReason(reason);
            Conversation.requireReference(named);
            if (named.isEmpty()) throw BureauProblem.BAD_FIELD.because("nothing was named");
            Optional<String> number = Optional.of(SqlConversations.folded(named))
                    .filter(text -> NUMBER.matcher(text).matches());
            Instant now = now();
            crossings.ask(
                    new Question(id, actor.id(), reason, now),
                    actor.unit().map(SqlConversations::folded).orElse(""),
                    number,
                    number.isPresent() ? null : conversations.hash(named),
                    now.plus(LASTS),
                    entry);
            return Optional.empty();
        });
    }

    /** What the officer asked for and still waits, and what was granted. */
    List<Asked> asked(Actor actor) {
        return audit.read(actor, "bureau.asked-to-see", "crossings", () -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            return crossings.askedBy(actor.id(), clock.instant(), SHOWN);
        });
    }

    /** Who asks to see a conversation and who may, the latest first: for a page of its unit, whose reading is entered. */
    List<Request> requests(Conversation conversation) {
        return conversation.closed() ? crossings.requests(conversation.key(), clock.instant(), SHOWN) : List.of();
    }

    /**
     * Lets one officer of another unit read a conversation until then, and do nothing with it.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NOT_FOUND}; {@link BureauProblem#UNTIL_WRONG} beyond
     *     {@link #LASTS}; {@link BureauProblem#OWN_QUESTION}
     */
    void letSee(Actor actor, ConversationKey key, UUID question, Instant until) {
        answer(actor, "bureau.let-see", key, question, Optional.of(until));
    }

    /** Refuses that, or takes it back; the asker is not told. Likewise. */
    void keepFrom(Actor actor, ConversationKey key, UUID question) {
        answer(actor, "bureau.keep-from", key, question, Optional.empty());
    }

    private void answer(Actor actor, String action, ConversationKey key, UUID id, Optional<Instant> until) {
        Optional<Void> unused = audit.act(actor, action, subject(id) + " " + subject(key), entry -> {
            Conversation conversation = own(actor, key);
            Instant now = now();
            Question question = Optional.of(conversation)
                    .filter(Conversation::closed)
                    .flatMap(closed -> crossings.request(key, id, now))
                    .orElseThrow(() -> BureauProblem.NOT_FOUND.because("no such question"));
            if (question.officer().equals(actor.id())) throw BureauProblem.OWN_QUESTION.because(subject(id));
            if (until.filter(end -> !end.isAfter(now) || end.isAfter(now.plus(LASTS)))
                    .isPresent()) throw BureauProblem.UNTIL_WRONG.because("at most " + LASTS.toDays() + " days");
            crossings.answer(id, conversation, until, actor.id(), now, entry);
            conversations.changed(key);
            return Optional.empty();
        });
    }

    /** Ends what is over (SAFEGUARDS S20). */
    void purge() {
        Instant now = now();
        if (crossings.anyEnded(now)) audit.act(NODE, "bureau.purge", "crossings", () -> crossings.removeEnded(now));
    }

    private Conversation own(Actor actor, ConversationKey key) {
        actor.require(Permission.EXCHANGE_READ).requirePurpose();
        return reading.find(actor, key);
    }

    private static void requireReason(String reason) {
        if (reason.length() < REASON_MIN || reason.length() > REASON_MAX)
            throw BureauProblem.REASON_MISSING.because(REASON_MIN + " to " + REASON_MAX + " characters");
    }

    private static String subject(ConversationKey key) {
        return "conversation/" + key;
    }

    private static String subject(UUID question) {
        return "crossing/" + question;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
