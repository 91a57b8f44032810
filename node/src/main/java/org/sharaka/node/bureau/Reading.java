package org.sharaka.node.bureau;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.attachment.Attachment;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.evidence.Item;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.originator.Control;
import org.sharaka.node.originator.Grants;
import org.sharaka.node.originator.Orders;
import org.sharaka.node.originator.Standing;
import org.sharaka.node.originator.Verdict;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.PermissionRequest;
import org.sharaka.protocol.content.Reminder;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.message.SignedMessage;

/** What officers read: lists, conversations, and what became of each message. Every read is entered. Safe for many threads. */
final class Reading {
    /** Most that one page of the list shows. */
    static final int SHOWN = 50;
    /** Where counting ends. */
    static final int COUNT_MAX = 99;

    private final SqlConversations conversations;
    private final SqlLists lists;
    private final ExchangeService exchange;
    private final Control control;
    private final Orders orders;
    private final Grants grants;
    private final Enclosures enclosures;
    private final Rosters rosters;
    private final AuditTrail audit;
    private final Clock clock;

    Reading(
            SqlConversations conversations,
            SqlLists lists,
            ExchangeService exchange,
            Control control,
            Orders orders,
            Grants grants,
            Enclosures enclosures,
            Rosters rosters,
            AuditTrail audit,
            Clock clock) {
        this.conversations = conversations;
        this.lists = lists;
        this.exchange = exchange;
        this.control = control;
        this.orders = orders;
        this.grants = grants;
        this.enclosures = enclosures;
        this.rosters = rosters;
        this.audit = audit;
        this.clock = clock;
    }

    /** The conversations that an officer may see; needs {@link Permission#EXCHANGE_READ} and a purpose. */
    List<SqlLists.Line> list(Actor actor, SqlLists.View view, Optional<SqlLists.Mark> after) {
        return audit.read(actor, "bureau.list", "conversations", () -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            return lists.list(actor, view, after, clock.instant(), SHOWN + 1);
        });
    }

    /**
     * Conversations with this reference that an officer may see, the latest first; likewise.
     *
     * @param ours whether it must be our own; else theirs will do
     */
    List<SqlLists.Line> named(Actor actor, String reference, boolean ours) {
        Optional<byte[]> hash = Optional.ofNullable(conversations.hash(reference));
        String subject = hash.map(bytes -> "reference/" + HexFormat.of().formatHex(bytes, 0, 8))
                .orElse("reference/none");
        return audit.read(actor, "bureau.find", subject, () -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            return hash.map(bytes -> lists.named(actor, bytes, ours, clock.instant(), SHOWN + 1))
                    .orElse(List.of());
        });
    }

    /** How many a view holds; counting ends at one more than {@link #COUNT_MAX}. */
    int count(Actor actor, SqlLists.View view) {
        actor.require(Permission.EXCHANGE_READ);
        return lists.count(actor, view, COUNT_MAX + 1);
    }

    /** Another text whenever a page would show something else; tells nothing more and is not entered. */
    String news(Actor actor, Optional<ConversationKey> one) {
        actor.require(Permission.EXCHANGE_READ);
        boolean waits = one.filter(key -> exchange.unsettled(key.peer())).isPresent();
        return conversations.mark(actor, one) + (waits ? "-waits" : "");
    }

    /**
     * One message with all that is known of it.
     *
     * @param message as it was signed; empty for drafts, after its end, and where the officer may not see it
     * @param draft what waits for the second look
     * @param delivery how far it came, of what is ours and sent
     * @param reason the code with which its recipient refused it
     * @param sentence what somebody did about it: an officer of ours, or one of its recipient
     * @param remark why the second officer returned it
     */
    record Said(
            Entry entry,
            Optional<Message> message,
            Optional<Written> written,
            Optional<Composition> draft,
            Optional<Delivery> delivery,
            Optional<String> reason,
            Optional<String> sentence,
            Optional<String> remark,
            Custody custody) {}

    /**
     * A conversation with its messages, the oldest first.
     *
     * @param files of each message that went or came
     * @param enclosed what a draft would take with it
     */
    record OpenedConversation(
            Conversation conversation,
            List<Said> said,
            Map<UUID, List<Attachment>> files,
            Map<UUID, List<Item>> enclosed) {
        OpenedConversation {
            said = List.copyOf(said);
            files = Map.copyOf(files);
            enclosed = Map.copyOf(enclosed);
        }
    }

    /**
     * Opens a conversation; it is read with that.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NOT_FOUND}, also for what another unit keeps to itself
     */
    OpenedConversation view(Actor actor, ConversationKey key) {
        return audit.read(actor, "bureau.read", subject(key), () -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            Conversation conversation = conversations.seen(actor, key).orElseThrow(Reading::unknown);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            // Who was let look into it has not read it for those whose it is.
            if (conversation.isOf(actor)) conversations.read(key, now);
            List<Said> said = conversations.entries(key).stream()
                    .map(entry -> said(actor, entry, now))
                    .filter(each -> seen(actor, each))
                    .toList();
            Map<UUID, List<Attachment>> files = new HashMap<>();
            Map<UUID, List<Item>> enclosed = new HashMap<>();
            for (Said each : said) {
                files.put(each.entry().id(), enclosures.of(actor, each.entry()));
                enclosed.put(
                        each.entry().id(),
                        each.draft()
                                .map(draft -> enclosures.shown(actor, draft.files()))
                                .orElse(List.of()));
            }
            return new OpenedConversation(conversation, said, files, enclosed);
        });
    }

    /**
     * A message of the peer in a conversation that this officer may see.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NOT_FOUND}
     */
    MessageId received(Actor actor, ConversationKey key, String name) {
        actor.require(Permission.EXCHANGE_READ).requirePurpose();
        ConversationKey seen = find(actor, key).key();
        return conversations.entries(seen).stream()
                .filter(entry -> !entry.ours())
                .flatMap(entry -> entry.name().stream())
                .filter(each -> each.value().equals(name))
                .findFirst()
                .orElseThrow(() -> BureauProblem.NOT_FOUND.because("no such message"));
    }

    /**
     * One that is the officer's to work on.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NOT_FOUND}
     */
    Conversation find(Actor actor, ConversationKey key) {
        return conversations.find(actor, key).orElseThrow(Reading::unknown);
    }

    private static ProblemException unknown() {
        return BureauProblem.NOT_FOUND.because("no such conversation");
    }

    /** A question about what another unit keeps to itself is not there for others, even where it was asked before that (SAFEGUARDS S19). */
    private boolean seen(Actor actor, Said said) {
        return said.custody()
                .asked()
                .flatMap(Custody.Asked::about)
                .filter(about -> conversations.find(actor, about).isEmpty())
                .isEmpty();
    }

    private Said said(Actor actor, Entry entry, Instant now) {
        if (entry.state().draft())
            return new Said(
                    entry,
                    Optional.empty(),
                    Optional.empty(),
                    conversations.draft(entry.id()),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    conversations.remark(entry.id()),
                    Custody.OF_A_DRAFT);
        MessageId name = entry.name().orElseThrow();
        Optional<SignedMessage> kept = entry.ours()
                ? exchange.sentMessage(name)
                : exchange.received(entry.conversation().peer(), name);
        Custody custody = entry.ours() ? custodyOfOurs(name, kept) : custodyOfTheirs(actor, entry, name, kept);
        Optional<Message> message = kept.filter(each -> custody.shown()).map(SignedMessage::message);
        Optional<Written> written = message.map(each -> Written.parse(each.content()));
        if (!entry.ours())
            return new Said(
                    entry,
                    message,
                    written,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    conversations.deed(entry.id()),
                    Optional.empty(),
                    custody);
        Optional<Sent> sent = exchange.sent(name);
        boolean acted = entry.actedAt().isPresent();
        return new Said(
                entry,
                message,
                written,
                Optional.empty(),
                Optional.of(Delivery.of(sent, acted, now)),
                sent.filter(each -> each.state() == Sent.State.REFUSED).flatMap(Sent::reason),
                acted ? sentence(name) : Optional.empty(),
                Optional.empty(),
                custody);
    }

    private Custody custodyOfTheirs(Actor actor, Entry entry, MessageId name, Optional<SignedMessage> kept) {
        MemberId peer = entry.conversation().peer();
        Standing standing = control.standing(peer, name);
        Map<Act, Verdict> acts =
                kept.map(held -> control.mayI(actor, held, standing)).orElse(Map.of());
        Optional<Verdict> view = Optional.ofNullable(acts.get(Act.VIEW));
        boolean shown = standing.open() && view.filter(Verdict::allowed).isPresent();
        if (!shown) view.ifPresent(verdict -> control.keptBack(actor, peer, name, verdict));
        Optional<Message> enclosed = kept.filter(held -> shown).flatMap(Reading::enclosed);
        return new Custody(
                kept.map(held -> held.message().handling()),
                standing,
                shown,
                acts,
                enclosed,
                enclosed.map(Message::content).filter(Written::isOne).map(Written::parse),
                kept.map(held -> Custody.unlisted(rosters.history(), entry, held))
                        .orElse(Collections.emptySortedSet()),
                standing.corrected().map(Standing.Correction::content).map(Written::parse),
                control.hold(peer, name),
                List.of(),
                false,
                kept.flatMap(this::asked),
                false);
    }

    /** What is ours may share another's data, who has a say in it. */
    private Custody custodyOfOurs(MessageId name, Optional<SignedMessage> kept) {
        Standing standing = control.standingOfShare(name);
        Optional<Message> enclosed = kept.filter(held -> standing.open()).flatMap(Reading::enclosed);
        List<Orders.Ordered> ordered = orders.about(name);
        return new Custody(
                kept.map(held -> held.message().handling()),
                standing,
                standing.open(),
                Map.of(),
                enclosed,
                enclosed.map(Message::content).filter(Written::isOne).map(Written::parse),
                Collections.emptySortedSet(),
                standing.corrected().map(Standing.Correction::content).map(Written::parse),
                Optional.empty(),
                ordered,
                kept.filter(Reading::data).isPresent()
                        && ordered.stream().noneMatch(order -> order.kind() == Order.Kind.PURGE),
                Optional.empty(),
                kept.filter(grants::revocable).isPresent());
    }

    /** Data of our own, and not a question or answer about somebody's. */
    private static boolean data(SignedMessage held) {
        return held.message().onward().isEmpty()
                && !held.message().content().type().equals(Reminder.TYPE)
                && !held.message().content().type().equals(PermissionRequest.TYPE)
                && !held.message().content().type().equals(PermissionAnswer.TYPE);
    }

    private static Optional<Message> enclosed(SignedMessage held) {
        List<SignedMessage> chain = Reader.chain(held);
        return chain.size() == 1
                ? Optional.empty()
                : Optional.of(chain.get(chain.size() - 1).message());
    }

    /** The question itself, whoever brought it. */
    private Optional<Custody.Asked> asked(SignedMessage held) {
        List<SignedMessage> chain = Reader.chain(held);
        Message own = chain.get(chain.size() - 1).message();
        if (!own.content().type().equals(PermissionRequest.TYPE)
                || !(Written.parse(own.content()) instanceof PermissionRequest request)) return Optional.empty();
        return Optional.of(new Custody.Asked(
                request.act(),
                request.recipient(),
                own.header().sender(),
                Custody.named(own.handling().purpose()),
                conversations.ours(request.target().id()).map(Entry::conversation)));
    }

    /** What the recipient did, if its receipt still holds. */
    private Optional<String> sentence(MessageId name) {
        try {
            return exchange.proved(name).stream()
                    .filter(receipt -> receipt.state() == Receipt.State.ACTED)
                    .flatMap(receipt -> receipt.sentence().stream())
                    .findFirst();
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    private static String subject(ConversationKey key) {
        return "conversation/" + key;
    }
}
