package org.sharaka.node.bureau;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.AgreementCode;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.agreement.LegalBasis;
import org.sharaka.node.agreement.LegalFindings;
import org.sharaka.node.agreement.OffenceCode;
import org.sharaka.node.agreement.PartyCode;
import org.sharaka.node.agreement.Passage;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.attachment.Attachment;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.evidence.Item;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.originator.Control;
import org.sharaka.node.originator.Grants;
import org.sharaka.node.originator.Orders;
import org.sharaka.node.originator.Standing;
import org.sharaka.node.originator.Verdict;
import org.sharaka.node.platform.Ids;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.PermissionRequest;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.Member;
import org.springframework.transaction.support.TransactionTemplate;

/** What a bureau's officers write to other members and read of theirs. Every read and act is entered. Safe for many threads. */
final class BureauService {
    /** Most that one page of the list shows. */
    static final int SHOWN = 50;
    /** Where counting ends. */
    static final int COUNT_MAX = 99;

    private static final int SENTENCE_MAX = 4_000;
    /** Sends what a second officer released, who need not be one who may send. */
    private static final Actor NODE = Actor.system("bureau");

    private final SqlConversations conversations;
    private final ExchangeService exchange;
    private final Control control;
    private final Orders orders;
    private final Grants grants;
    private final Rosters rosters;
    private final LegalBases laws;
    private final Enclosures enclosures;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final Duration retention;
    private final Ids ids;
    private final java.security.SecureRandom random;
    private final Clock clock;

    BureauService(
            SqlConversations conversations,
            ExchangeService exchange,
            Control control,
            Orders orders,
            Grants grants,
            Rosters rosters,
            LegalBases laws,
            Enclosures enclosures,
            AuditTrail audit,
            TransactionTemplate transactions,
            BureauSettings settings,
            Ids ids,
            java.security.SecureRandom random,
            Clock clock) {
        this.conversations = conversations;
        this.exchange = exchange;
        this.control = control;
        this.orders = orders;
        this.grants = grants;
        this.rosters = rosters;
        this.laws = laws;
        this.enclosures = enclosures;
        this.audit = audit;
        this.transactions = transactions;
        this.retention = settings.retention();
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    /** The conversations that an officer may see; needs {@link Permission#EXCHANGE_READ} and a purpose. */
    List<SqlConversations.Line> list(Actor actor, SqlConversations.View view, Optional<SqlConversations.Mark> after) {
        return audit.read(actor, "bureau.list", "conversations", () -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            return conversations.list(actor, view, after, SHOWN + 1);
        });
    }

    /** How many a view holds; counting ends at one more than {@link #COUNT_MAX}. */
    int count(Actor actor, SqlConversations.View view) {
        actor.require(Permission.EXCHANGE_READ);
        return conversations.count(actor, view, COUNT_MAX + 1);
    }

    /** Another text whenever a page would show something else; tells nothing more and is not entered. */
    String news(Actor actor, Optional<ConversationKey> one) {
        actor.require(Permission.EXCHANGE_READ);
        return conversations.mark(actor, one);
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
            Conversation conversation = find(actor, key);
            conversations.read(key);
            Instant now = clock.instant();
            List<Said> said = conversations.entries(key).stream()
                    .map(entry -> said(actor, entry, now))
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

    private Conversation find(Actor actor, ConversationKey key) {
        return conversations
                .find(actor, key)
                .orElseThrow(() -> BureauProblem.NOT_FOUND.because("no such conversation"));
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
        MemberId peer = entry.conversation().peer();
        Optional<SignedMessage> kept = entry.ours() ? exchange.sentMessage(name) : exchange.received(peer, name);
        Custody custody = entry.ours() ? custodyOfOurs(name, kept) : custodyOfTheirs(actor, peer, name, kept);
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

    private Custody custodyOfTheirs(Actor actor, MemberId peer, MessageId name, Optional<SignedMessage> kept) {
        Standing standing = control.standing(peer, name);
        Map<Act, Verdict> acts =
                kept.map(held -> control.mayI(actor, held, standing)).orElse(Map.of());
        Optional<Verdict> view = Optional.ofNullable(acts.get(Act.VIEW));
        boolean shown = standing.open() && view.filter(Verdict::allowed).isPresent();
        if (!shown) view.ifPresent(verdict -> control.keptBack(actor, peer, name, verdict));
        Optional<Message> enclosed = kept.filter(held -> shown).flatMap(BureauService::enclosed);
        return new Custody(
                kept.map(held -> held.message().handling()),
                standing,
                shown,
                acts,
                enclosed,
                enclosed.map(Message::content).filter(Written::isOne).map(Written::parse),
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
        Optional<Message> enclosed = kept.filter(held -> standing.open()).flatMap(BureauService::enclosed);
        List<Orders.Ordered> ordered = orders.about(name);
        return new Custody(
                kept.map(held -> held.message().handling()),
                standing,
                standing.open(),
                Map.of(),
                enclosed,
                enclosed.map(Message::content).filter(Written::isOne).map(Written::parse),
                standing.corrected().map(Standing.Correction::content).map(Written::parse),
                Optional.empty(),
                ordered,
                kept.filter(BureauService::data).isPresent()
                        && ordered.stream().noneMatch(order -> order.kind() == Order.Kind.PURGE),
                Optional.empty(),
                kept.filter(grants::revocable).isPresent());
    }

    /** Data of our own, and not a question or answer about somebody's. */
    private static boolean data(SignedMessage held) {
        return held.message().onward().isEmpty()
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

    /** The members to whom this node can write today, without itself; none if it is not a member of a network. */
    List<Member> correspondents() {
        if (!rosters.joined()) return List.of();
        MemberId us = rosters.us();
        return rosters.current().members().stream()
                .filter(Member::exchanges)
                .filter(member -> !member.id().equals(us))
                .toList();
    }

    /** All that the live roster lists, for their names. */
    List<Member> members() {
        return rosters.joined() ? rosters.current().members() : List.of();
    }

    /** Names of members as the live roster has them, by id. */
    Map<String, String> names(Locale locale) {
        Map<String, String> names = new LinkedHashMap<>();
        members()
                .forEach(member -> names.put(
                        member.id().value(),
                        member.names()
                                .getOrDefault(locale.getLanguage(), member.id().value())));
        return names;
    }

    /** A member as the live roster has it, whether or not it takes part today. */
    Optional<Member> member(MemberId id) {
        return rosters.joined() ? rosters.current().member(id) : Optional.empty();
    }

    /** Which agreements let data of our own pass to a member now, and why the others do not (SAFEGUARDS S18). */
    LegalFindings findings(Member recipient, Purpose purpose, Optional<String> offence) {
        return laws.check(passage(recipient, purpose, offence));
    }

    private Passage passage(Member recipient, Purpose purpose, Optional<String> offence) {
        Member own = rosters.current().member(rosters.us()).orElseThrow();
        return new Passage(
                PartyCode.of(own),
                PartyCode.of(recipient),
                offence.map(OffenceCode::new),
                purpose,
                clock.instant());
    }

    /**
     * Begins a conversation with each of several members; all or none. None learns who else is asked.
     *
     * @param recipients each with the agreement under which it is written to
     * @param ownUnit whether only the actor's unit sees them
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem}; what the exchange and the agreements refuse
     */
    List<ConversationKey> open(
            Actor actor, Map<MemberId, String> recipients, Composition composition, boolean ownUnit) {
        if (recipients.isEmpty()) throw BureauProblem.NO_RECIPIENT.because("nobody was chosen");
        List<ConversationKey> opened = new ArrayList<>();
        transactions.executeWithoutResult(status -> recipients.forEach((recipient, basis) -> {
            ConversationKey key = new ConversationKey(recipient, ConversationId.random(random));
            ConversationKey done = audit.act(actor, "bureau.write", subject(key), entry -> {
                actor.require(Permission.EXCHANGE_SEND).requirePurpose();
                if (!composition.kind().opens()) throw BureauProblem.BAD_FIELD.because("kind");
                Composition under = under(basis, composition);
                Conversation begun = begin(actor, key, under, ownUnit);
                conversations.open(begun);
                put(actor, begun, under, entry);
                return key;
            });
            opened.add(done);
        }));
        return opened;
    }

    private static Composition under(String basis, Composition composition) {
        Terms terms = composition.terms();
        return new Composition(
                composition.kind(),
                composition.subject(),
                composition.words(),
                composition.facts(),
                composition.grounds(),
                composition.urgency(),
                composition.urgencyReason(),
                composition.reference(),
                composition.feedback(),
                composition.about(),
                composition.outcome(),
                new Terms(
                        terms.purpose(),
                        basis,
                        terms.offence(),
                        terms.codes(),
                        terms.remarks(),
                        terms.evaluation(),
                        terms.passable()),
                composition.files());
    }

    private Conversation begin(Actor actor, ConversationKey key, Composition composition, boolean ownUnit) {
        String unit = actor.unit().map(SqlConversations::folded).orElse("");
        if (ownUnit && unit.isEmpty()) throw BureauProblem.UNIT_MISSING.because("the officer has no unit");
        Instant now = now();
        return new Conversation(
                key,
                composition.subject(),
                composition.terms().purpose(),
                composition.terms().legalBasis(),
                composition.terms().offence(),
                ownUnit ? unit : "",
                Optional.of(actor.id()),
                now,
                now,
                false,
                1);
    }

    /**
     * Writes in a conversation; for its purpose and offence, whatever the composition says.
     *
     * @throws org.sharaka.node.platform.ProblemException as {@link #open}; {@link BureauProblem#NOT_FOUND}, {@link BureauProblem#NOT_AWAITED}
     */
    void write(Actor actor, ConversationKey key, Composition composition) {
        Optional<Void> unused = audit.act(actor, "bureau.write", subject(key), entry -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            actor.require(Permission.EXCHANGE_SEND);
            Conversation conversation = find(actor, key);
            put(actor, conversation, composition, entry);
            return Optional.empty();
        });
    }

    /** Sends it, or keeps it for the second look. */
    private void put(Actor actor, Conversation conversation, Composition composition, EntryId entry) {
        UUID id = ids.timeOrdered();
        Instant now = now();
        if (!composition.needsSecondLook()) {
            MessageReference sent = send(actor, actor, conversation, composition, now);
            conversations.add(
                    entry(id, conversation.key(), Entry.State.SENT, composition, Optional.of(sent.id()), actor, now),
                    now.plus(retention),
                    Optional.of(entry));
        } else {
            requirePassage(conversation, composition);
            var unused = written(conversation.key(), composition, now);
            var unusedManifests = enclosures.manifests(actor, composition.files());
            conversations.add(
                    entry(id, conversation.key(), Entry.State.LOOK, composition, Optional.empty(), actor, now),
                    now.plus(retention),
                    Optional.of(entry));
            conversations.putDraft(id, composition);
        }
        conversations.said(conversation.key(), now, false);
    }

    private Entry entry(
            UUID id,
            ConversationKey key,
            Entry.State state,
            Composition composition,
            Optional<MessageId> name,
            Actor author,
            Instant now) {
        return new Entry(
                id,
                key,
                state,
                composition.kind().type(),
                name,
                Optional.of(author.id()),
                now,
                state == Entry.State.SENT ? awaited(composition, now) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private Optional<Entry.Awaited> awaited(Composition composition, Instant now) {
        if (!composition.awaitsAnswer()) return Optional.empty();
        return Optional.of(
                new Entry.Awaited(composition.urgencyOfAnswer(), now.plus(within(composition)), Optional.empty()));
    }

    private Duration within(Composition composition) {
        return laws.replyWithin(new AgreementCode(composition.terms().legalBasis()), composition.urgencyOfAnswer());
    }

    /** An officer is told at once, not when a colleague has read it. */
    private void requirePassage(Conversation conversation, Composition composition) {
        Member recipient = member(conversation.key().peer())
                .orElseThrow(() -> BureauProblem.NO_RECIPIENT.because("not on the roster"));
        LegalBasis unused = laws.require(
                new AgreementCode(composition.terms().legalBasis()),
                passage(recipient, conversation.purpose(), conversation.offence()));
    }

    private Written written(ConversationKey key, Composition composition, Instant now) {
        return composition.written(answered(key, composition), now, within(composition));
    }

    /** @param officer who answers for the files: the author, or who released it */
    private MessageReference send(
            Actor sender, Actor officer, Conversation conversation, Composition composition, Instant now) {
        ConversationKey key = conversation.key();
        Terms said = composition.terms();
        Terms terms = new Terms(
                conversation.purpose(),
                said.legalBasis(),
                conversation.offence(),
                said.codes(),
                said.remarks(),
                said.evaluation(),
                said.passable());
        Written written = written(key, composition, now);
        if (composition.settles()) {
            MessageId about = answered(key, composition).orElseThrow().id();
            if (!conversations.answered(key, about, Entry.State.RECEIVED, now)
                    && composition.kind() == Composition.Kind.ANSWER)
                throw BureauProblem.NOT_AWAITED.because("message " + about);
        }
        List<FileManifest> manifests = enclosures.manifests(officer, composition.files());
        Outgoing outgoing = Composition.checked(() -> new Outgoing(
                key.peer(),
                key.id(),
                Lane.ORDINARY,
                terms.handling(rosters.us(), key.peer(), now.plus(retention)),
                terms.evaluation(),
                written.toContent(),
                manifests,
                Optional.empty(),
                Optional.empty()));
        return exchange.send(sender, outgoing);
    }

    /** The message that is answered, which must be one of this conversation and still be kept. */
    private Optional<MessageReference> answered(ConversationKey key, Composition composition) {
        if (!composition.kind().answers()) return Optional.empty();
        String type = composition.kind() == Composition.Kind.ANSWER
                ? Composition.Kind.REQUEST.type()
                : Composition.Kind.INFORMATION.type();
        MessageId about = Composition.checked(() -> new MessageId(composition.about()));
        boolean here = conversations.entries(key).stream()
                .anyMatch(entry -> !entry.ours()
                        && entry.type().equals(type)
                        && entry.name().filter(about::equals).isPresent());
        return Optional.of(Optional.of(about)
                .filter(name -> here)
                .flatMap(name -> exchange.received(key.peer(), name))
                .map(SignedMessage::reference)
                .orElseThrow(() -> BureauProblem.NOT_AWAITED.because("message " + about)));
    }

    /**
     * Lets what repeats a victim's, witness's or reporter's words travel (SAFEGUARDS S11). Whatever the agreements refuse by now is
     * refused.
     *
     * @param shown {@link Composition#shown} of what the officer read; reworded meanwhile, it is refused
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#OWN_WORDS}, {@link BureauProblem#LOOKED_BEFORE},
     *     {@link BureauProblem#NOT_FOUND}; what the exchange refuses
     */
    void release(Actor actor, ConversationKey key, UUID id, String shown) {
        Optional<Void> unused = audit.act(actor, "bureau.release", draftSubject(id), entry -> {
            Conversation conversation = forLook(actor, key);
            draft(key, id).requireLookOf(actor);
            Composition composition =
                    conversations.draft(id).orElseThrow(() -> BureauProblem.NOT_FOUND.because("draft " + id));
            if (!composition.shown().equals(shown)) throw BureauProblem.LOOKED_BEFORE.because("draft " + id);
            Instant now = now();
            MessageReference sent = send(NODE, actor, conversation, composition, now);
            conversations.released(
                    id, sent.id(), awaited(composition, now), now.plus(retention), actor.id(), now, entry);
            conversations.said(key, now, false);
            return Optional.empty();
        });
    }

    /**
     * Gives it back to its author.
     *
     * @param remark why, 3 to 4000 characters
     * @throws org.sharaka.node.platform.ProblemException as {@link #release}; {@link BureauProblem#REMARK_MISSING}
     */
    void giveBack(Actor actor, ConversationKey key, UUID id, String remark) {
        Optional<Void> unused = audit.act(actor, "bureau.return", draftSubject(id), entry -> {
            Conversation conversation = forLook(actor, key);
            draft(key, id).requireLookOf(actor);
            if (remark.length() < 3 || remark.length() > SENTENCE_MAX)
                throw BureauProblem.REMARK_MISSING.because("3 to " + SENTENCE_MAX + " characters");
            conversations.looked(id, Entry.State.RETURNED, actor.id(), now(), entry);
            conversations.putRemark(id, remark);
            conversations.changed(conversation.key());
            return Optional.empty();
        });
    }

    private Conversation forLook(Actor actor, ConversationKey key) {
        actor.require(Permission.EXCHANGE_READ).requirePurpose();
        actor.require(Permission.EXCHANGE_APPROVE);
        return find(actor, key);
    }

    private Entry draft(ConversationKey key, UUID id) {
        return conversations.entry(key, id).orElseThrow(() -> BureauProblem.NOT_FOUND.because("draft " + id));
    }

    /**
     * Its author writes it anew; it goes to the second look again.
     *
     * @param facts as {@code grounds} of a request alone
     * @throws org.sharaka.node.platform.ProblemException as {@link #release}; {@link BureauProblem#NOT_THE_AUTHOR},
     *     {@link BureauProblem#BAD_FIELD}
     */
    void reword(Actor actor, ConversationKey key, UUID id, String text, String facts, String grounds) {
        Optional<Void> unused = audit.act(actor, "bureau.reword", draftSubject(id), entry -> {
            Conversation conversation = forWriting(actor, key);
            draft(key, id).requireRewordingBy(actor);
            Composition before =
                    conversations.draft(id).orElseThrow(() -> BureauProblem.NOT_FOUND.because("draft " + id));
            Composition after = before.reworded(text, facts, grounds);
            var unusedWritten = written(key, after, now());
            conversations.reworded(id, after);
            conversations.changed(conversation.key());
            return Optional.empty();
        });
    }

    /** Throws a draft away, and its conversation if nothing else was said in it. @return whether the conversation is still there */
    boolean discard(Actor actor, ConversationKey key, UUID id) {
        return audit.act(actor, "bureau.discard", draftSubject(id), entry -> {
            Conversation conversation = forWriting(actor, key);
            Entry draft = draft(key, id);
            if (!draft.state().draft()) throw BureauProblem.LOOKED_BEFORE.because("draft " + id);
            conversations.remove(draft);
            return conversations.find(actor, conversation.key()).isPresent();
        });
    }

    private Conversation forWriting(Actor actor, ConversationKey key) {
        actor.require(Permission.EXCHANGE_READ).requirePurpose();
        actor.require(Permission.EXCHANGE_SEND);
        return find(actor, key);
    }

    /**
     * Says that somebody here acted on a message; its sender gets the sentence.
     *
     * @param sentence what was done, without anybody's name; 3 to 4000 characters
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#ACTED_BEFORE}, {@link BureauProblem#NOT_FOUND},
     *     {@link BureauProblem#BAD_FIELD}
     */
    void acted(Actor actor, ConversationKey key, UUID id, String sentence) {
        Optional<Void> unused = audit.act(actor, "bureau.acted", "message/" + id, entry -> {
            Conversation conversation = forWriting(actor, key);
            Entry received = conversations
                    .entry(key, id)
                    .filter(each -> !each.ours())
                    .orElseThrow(() -> BureauProblem.NOT_FOUND.because("message " + id));
            if (received.actedAt().isPresent()) throw BureauProblem.ACTED_BEFORE.because("message " + id);
            if (sentence.length() < 3 || sentence.length() > SENTENCE_MAX)
                throw BureauProblem.BAD_FIELD.because("sentence: 3 to " + SENTENCE_MAX + " characters");
            exchange.acted(actor, key.peer(), received.name().orElseThrow(), sentence);
            conversations.acted(id, Optional.of(actor.id()), now());
            conversations.putDeed(id, sentence);
            conversations.changed(conversation.key());
            return Optional.empty();
        });
    }

    /**
     * Ends what has reached its end, in the exchange too (SAFEGUARDS S20).
     *
     * @return how many messages
     */
    int purge(int limit) {
        Integer purged = transactions.execute(status -> {
            int gone = 0;
            for (Entry entry : conversations.ended(clock.instant(), limit)) if (purge(entry)) gone++;
            return gone;
        });
        return purged == null ? 0 : purged;
    }

    private boolean purge(Entry entry) {
        // What still waits ends with the exchange's own clock, and here a moment later.
        if (entry.ours()
                && entry.name()
                        .flatMap(exchange::sent)
                        .filter(sent -> sent.state() == Sent.State.WAITING)
                        .isPresent()) return false;
        return audit.act(NODE, "bureau.purge", "message/" + entry.id(), unused -> {
            entry.name().ifPresent(name -> purgeContent(entry, name));
            conversations.remove(entry);
            return true;
        });
    }

    private void purgeContent(Entry entry, MessageId name) {
        MemberId peer = entry.conversation().peer();
        if (entry.ours()) {
            if (exchange.sentMessage(name).isPresent()) exchange.purgeSent(NODE, name);
        } else if (exchange.received(peer, name).isPresent()) exchange.purgeReceived(NODE, peer, name);
    }

    private static String subject(ConversationKey key) {
        return "conversation/" + key;
    }

    private static String draftSubject(UUID id) {
        return "draft/" + id;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
