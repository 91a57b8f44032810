package org.sharaka.node.bureau;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.agreement.AgreementCode;
import org.sharaka.node.agreement.LegalBases;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.platform.Ids;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.SignedMessage;
import org.springframework.transaction.support.TransactionTemplate;

/** What a bureau's officers write to other members, and that they acted. Every act is entered. Safe for many threads. */
final class BureauService {
    static final int SENTENCE_MAX = 4_000;

    private final SqlConversations conversations;
    private final Reading reading;
    private final Correspondents correspondents;
    private final ExchangeService exchange;
    private final Rosters rosters;
    private final LegalBases laws;
    private final Enclosures enclosures;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final Duration retention;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;

    BureauService(
            SqlConversations conversations,
            Reading reading,
            Correspondents correspondents,
            ExchangeService exchange,
            Rosters rosters,
            LegalBases laws,
            Enclosures enclosures,
            AuditTrail audit,
            TransactionTemplate transactions,
            BureauSettings settings,
            Ids ids,
            SecureRandom random,
            Clock clock) {
        this.conversations = conversations;
        this.reading = reading;
        this.correspondents = correspondents;
        this.exchange = exchange;
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

    /**
     * Begins a conversation with each of several members; all or none. None learns who else is asked.
     *
     * @param recipients each with the agreement under which it is written to
     * @param ownUnit whether only the actor's unit sees them
     * @param reference our own, which stays here; empty for that of the message, which travels
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem}; what the exchange and the agreements refuse
     */
    List<ConversationKey> open(
            Actor actor, Map<MemberId, String> recipients, Composition composition, boolean ownUnit, String reference) {
        if (recipients.isEmpty()) throw BureauProblem.NO_RECIPIENT.because("nobody was chosen");
        List<ConversationKey> opened = new ArrayList<>();
        transactions.executeWithoutResult(status -> recipients.forEach((recipient, basis) -> {
            ConversationKey key = new ConversationKey(recipient, ConversationId.random(random));
            ConversationKey done = audit.act(actor, "bureau.write", subject(key), entry -> {
                actor.require(Permission.EXCHANGE_SEND).requirePurpose();
                if (!composition.kind().opens()) throw BureauProblem.BAD_FIELD.because("kind");
                Composition under = under(basis, composition);
                Conversation begun = begin(actor, key, under, ownUnit, reference);
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

    private Conversation begin(
            Actor actor, ConversationKey key, Composition composition, boolean ownUnit, String reference) {
        Conversation.requireReference(reference);
        String unit = actor.unit().map(SqlConversations::folded).orElse("");
        if (ownUnit && unit.isEmpty()) throw BureauProblem.UNIT_MISSING.because("the officer has no unit");
        Instant now = now();
        return new Conversation(
                key,
                composition.subject(),
                reference.isEmpty() ? composition.reference() : reference,
                "",
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
            Conversation conversation = reading.find(actor, key);
            put(actor, conversation, composition, entry);
            return Optional.empty();
        });
    }

    /**
     * Says to which case or campaign of ours a conversation belongs; nothing of it travels.
     *
     * @param reference empty for none
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NOT_FOUND}, {@link BureauProblem#BAD_FIELD}
     */
    void refer(Actor actor, ConversationKey key, String reference) {
        Optional<Void> unused = audit.act(actor, "bureau.refer", subject(key), entry -> {
            Conversation conversation = forWriting(actor, key);
            Conversation.requireReference(reference);
            conversations.refer(conversation.key(), reference);
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
                    Optional.of(new SqlConversations.Entered(entry, subject(conversation.key()))));
        } else {
            correspondents.requirePassage(conversation, composition.terms().legalBasis());
            var unused = written(conversation.key(), composition, now);
            var unusedManifests = enclosures.manifests(actor, composition.files());
            conversations.add(
                    entry(id, conversation.key(), Entry.State.LOOK, composition, Optional.empty(), actor, now),
                    now.plus(retention),
                    Optional.of(new SqlConversations.Entered(entry, subject(conversation.key()))));
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
        return Entry.fresh(
                id,
                key,
                state,
                composition.kind().type(),
                name,
                Optional.of(author.id()),
                now,
                state == Entry.State.SENT ? awaited(composition, now) : Optional.empty());
    }

    Optional<Entry.Awaited> awaited(Composition composition, Instant now) {
        if (!composition.awaitsAnswer()) return Optional.empty();
        // Information says until when; what asks is answered as soon as its urgency wants, from when it is there.
        return Optional.of(
                composition.kind() == Composition.Kind.REQUEST
                        ? Entry.Awaited.onceThere(composition.urgencyOfAnswer(), now, within(composition))
                        : Entry.Awaited.until(composition.urgencyOfAnswer(), now, now.plus(within(composition))));
    }

    private Duration within(Composition composition) {
        return laws.replyWithin(new AgreementCode(composition.terms().legalBasis()), composition.urgencyOfAnswer());
    }

    Written written(ConversationKey key, Composition composition, Instant now) {
        return composition.written(answered(key, composition), now, within(composition));
    }

    /** @param officer who answers for the files: the author, or who released it */
    MessageReference send(
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

    Conversation forWriting(Actor actor, ConversationKey key) {
        actor.require(Permission.EXCHANGE_READ).requirePurpose();
        actor.require(Permission.EXCHANGE_SEND);
        return reading.find(actor, key);
    }

    /**
     * Says that somebody here acted on a message; its sender gets the sentence, if the law by which the message came lets one go back.
     *
     * @param sentence what was done, without anybody's name; 3 to 4000 characters, or none where none may go
     * @param quoted whose words the sentence repeats
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#ACTED_BEFORE}, {@link BureauProblem#NOT_FOUND},
     *     {@link BureauProblem#BAD_FIELD}, {@link BureauProblem#SENTENCE_STAYS}, {@link BureauProblem#WORDS_OF_OTHERS}
     */
    void acted(Actor actor, ConversationKey key, UUID id, String sentence, Set<Quoted> quoted) {
        Optional<Void> unused = audit.act(actor, "bureau.acted", "message/" + id, entry -> {
            Conversation conversation = forWriting(actor, key);
            Entry received = conversations
                    .entry(key, id)
                    .filter(each -> !each.ours())
                    .orElseThrow(() -> BureauProblem.NOT_FOUND.because("message " + id));
            Whose.requireNobodys(quoted);
            if (received.actedAt().isPresent()) throw BureauProblem.ACTED_BEFORE.because("message " + id);
            MessageId name = received.name().orElseThrow();
            SignedMessage kept = exchange.received(key.peer(), name)
                    .orElseThrow(() -> BureauProblem.NOT_FOUND.because("message " + id));
            boolean tells = correspondents.mayTell(key.peer(), kept.message().handling());
            if (!tells && !sentence.isEmpty()) throw BureauProblem.SENTENCE_STAYS.because("message " + id);
            if (tells && (sentence.length() < 3 || sentence.length() > SENTENCE_MAX))
                throw BureauProblem.BAD_FIELD.because("sentence: 3 to " + SENTENCE_MAX + " characters");
            exchange.acted(actor, key.peer(), name, Optional.of(sentence).filter(said -> tells));
            conversations.acted(id, Optional.of(actor.id()), now());
            if (tells) conversations.putDeed(id, sentence);
            conversations.changed(conversation.key());
            return Optional.empty();
        });
    }

    private static String subject(ConversationKey key) {
        return "conversation/" + key;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
