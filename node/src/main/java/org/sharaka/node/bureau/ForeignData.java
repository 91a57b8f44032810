package org.sharaka.node.bureau;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Function;
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
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.originator.Control;
import org.sharaka.node.originator.Grants;
import org.sharaka.node.originator.Orders;
import org.sharaka.node.originator.Proofs;
import org.sharaka.node.originator.Share;
import org.sharaka.node.originator.Target;
import org.sharaka.node.originator.Verdict;
import org.sharaka.node.platform.Ids;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.PermissionRequest;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.Member;

/**
 * What officers do with data of others, and about data of their own elsewhere: each act asks the originator's handling codes first. Every act
 * and refusal is entered. Safe for many threads.
 */
final class ForeignData {
    private final SqlConversations conversations;
    private final ExchangeService exchange;
    private final Control control;
    private final Orders orders;
    private final Grants grants;
    private final Proofs proofs;
    private final Rosters rosters;
    private final LegalBases laws;
    private final AuditTrail audit;
    private final Duration retention;
    private final Ids ids;
    private final SecureRandom random;
    private final Clock clock;

    ForeignData(
            SqlConversations conversations,
            ExchangeService exchange,
            Control control,
            Orders orders,
            Grants grants,
            Proofs proofs,
            Rosters rosters,
            LegalBases laws,
            AuditTrail audit,
            BureauSettings settings,
            Ids ids,
            SecureRandom random,
            Clock clock) {
        this.conversations = conversations;
        this.exchange = exchange;
        this.control = control;
        this.orders = orders;
        this.grants = grants;
        this.proofs = proofs;
        this.rosters = rosters;
        this.laws = laws;
        this.audit = audit;
        this.retention = settings.retention();
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    /** A message and the conversation in which an officer sees it. */
    private record Found(Conversation conversation, Entry entry) {}

    private Found find(Actor actor, ConversationKey key, UUID id, boolean ours) {
        return find(actor, conversations.find(actor, key), key, id, ours);
    }

    private Found find(Actor actor, Optional<Conversation> seen, ConversationKey key, UUID id, boolean ours) {
        actor.require(Permission.EXCHANGE_READ).requirePurpose();
        Conversation conversation = seen.orElseThrow(() -> BureauProblem.NOT_FOUND.because("no such conversation"));
        Entry entry = conversations
                .entry(key, id)
                .filter(each -> each.ours() == ours && each.name().isPresent())
                .orElseThrow(() -> BureauProblem.NOT_FOUND.because("message " + id));
        return new Found(conversation, entry);
    }

    /** What came and is still kept. */
    private SignedMessage held(Found found) {
        return exchange.received(
                        found.conversation().key().peer(), found.entry().name().orElseThrow())
                .orElseThrow(() -> BureauProblem.NOT_FOUND.because(
                        "message " + found.entry().id()));
    }

    /** An officer has read the originator's remarks and says that an act respects them; who was let look into a conversation may read, and no more. */
    void confirm(Actor actor, ConversationKey key, UUID id, Act act) {
        Optional<Conversation> seen = act == Act.VIEW ? conversations.seen(actor, key) : conversations.find(actor, key);
        control.confirm(actor, act, held(find(actor, seen, key, id, false)));
    }

    /**
     * A message as it is put on paper or taken out.
     *
     * @param unlisted as in {@link Custody}
     * @param files empty for paper
     */
    record TakenOut(
            Conversation conversation,
            Entry entry,
            SignedMessage message,
            SortedSet<MemberId> unlisted,
            Optional<byte[]> files) {}

    /**
     * Does what an act allows: shows it to be printed, or makes its files.
     *
     * @param readme what the files are, in the officer's language, given the commands that verify them
     * @throws org.sharaka.node.platform.ProblemException {@link org.sharaka.node.originator.OriginatorProblem}
     */
    TakenOut takeOut(Actor actor, ConversationKey key, UUID id, Act act, Function<List<String>, String> readme) {
        if (act != Act.PRINT && act != Act.EXPORT && act != Act.COURT_BUNDLE)
            throw BureauProblem.BAD_FIELD.because("act");
        Found found = find(actor, key, id, false);
        SignedMessage held = held(found);
        return control.doing(
                actor,
                act,
                held,
                Optional.empty(),
                () -> new TakenOut(
                        found.conversation(),
                        found.entry(),
                        held,
                        Custody.unlisted(rosters.history(), found.entry(), held),
                        act == Act.PRINT
                                ? Optional.empty()
                                : Optional.of(proofs.ofMessage(
                                        held,
                                        control.correction(
                                                key.peer(), found.entry().name().orElseThrow()),
                                        readme))));
    }

    /**
     * Asks the originator whether something may be done: directly where a law and the roster let us, else through whoever shared it with us.
     *
     * @param to for an onward share: who is to have it
     * @throws org.sharaka.node.platform.ProblemException {@link org.sharaka.node.originator.OriginatorProblem};
     *     {@link BureauProblem#WORDS_OF_OTHERS}; what the exchange refuses
     */
    ConversationKey ask(Actor actor, ConversationKey key, UUID id, Act act, Optional<MemberId> to, Words reason) {
        return audit.act(actor, "bureau.ask", subject(id), entry -> {
            Found found = find(actor, key, id, false);
            actor.require(Permission.EXCHANGE_SEND);
            Whose.requireNobodys(reason.quotes());
            SignedMessage held = held(found);
            Target target = control.toAsk(actor, act, held, to);
            PermissionRequest request =
                    Composition.checked(() -> new PermissionRequest(target.message(), act, to, reason));
            Handling of = forPurpose(actor.requirePurpose(), held.message().handling());
            Optional<String> direct = lawTo(target.originator(), of).or(() -> Optional.of(of.legalBasis())
                    .filter(basis -> target.originator().equals(key.peer())));
            boolean through = direct.isEmpty();
            ConversationKey in = through || target.originator().equals(key.peer())
                    ? key
                    : new ConversationKey(target.originator(), ConversationId.random(random));
            String basis = direct.orElse(of.legalBasis());
            Instant now = now();
            if (!in.equals(key)) conversations.open(opened(in, found.conversation(), of, basis, actor, now));
            MessageReference sent = send(actor, in, basis, of, request.toContent());
            control.asked(actor, sent, target, request);
            add(
                    in,
                    request.type(),
                    sent,
                    actor,
                    now,
                    Optional.of(Entry.Awaited.onceThere(
                            Urgency.ROUTINE, now, laws.replyWithin(new AgreementCode(basis), Urgency.ROUTINE))),
                    new SqlConversations.Entered(entry, subject(id)));
            return in;
        });
    }

    /** The originator reads in the question's own handling what it is wanted for; its answer covers that purpose alone. */
    private static Handling forPurpose(Purpose purpose, Handling of) {
        return new Handling(
                of.originator(),
                purpose.code(),
                of.legalBasis(),
                of.offence(),
                of.codes(),
                of.remarks(),
                of.permitted(),
                of.keepUntil());
    }

    private Conversation opened(
            ConversationKey key, Conversation from, Handling of, String basis, Actor actor, Instant now) {
        return new Conversation(
                key,
                "",
                from.reference(),
                "",
                Purpose.ofCode(of.purpose()).orElse(from.purpose()),
                basis,
                of.offence(),
                from.closedTo(),
                Optional.of(actor.id()),
                now,
                now,
                false,
                1);
    }

    /** Whoever brings it to the originator, or the answer to us, may have it. */
    private MessageReference send(Actor actor, ConversationKey key, String basis, Handling of, Content content) {
        return exchange.send(
                actor,
                Outgoing.of(
                        key.peer(),
                        key.id(),
                        new Handling(
                                rosters.us(),
                                of.purpose(),
                                basis,
                                of.offence(),
                                Set.of(HandlingCode.H0),
                                Optional.empty(),
                                Set.of(),
                                now().plus(retention)),
                        content));
    }

    private void add(
            ConversationKey key,
            String type,
            MessageReference sent,
            Actor actor,
            Instant now,
            Optional<Entry.Awaited> awaited,
            SqlConversations.Entered entered) {
        conversations.add(
                Entry.fresh(
                        ids.timeOrdered(),
                        key,
                        Entry.State.SENT,
                        type,
                        Optional.of(sent.id()),
                        Optional.of(actor.id()),
                        now,
                        awaited),
                now.plus(retention),
                Optional.of(entered));
        conversations.said(key, now, false);
    }

    /** The agreement that lets data under this handling pass to a member now, the same one if it can be. */
    private Optional<String> lawTo(MemberId to, Handling of) {
        Optional<Member> recipient = rosters.exchanging(to);
        if (recipient.isEmpty()) return Optional.empty();
        LegalFindings findings = laws.check(passage(recipient.get(), of, List.of()));
        return findings.valid().stream()
                .map(LegalBasis::code)
                .map(AgreementCode::value)
                .min(java.util.Comparator.comparing((String code) -> !code.equals(of.legalBasis()))
                        .thenComparing(code -> code));
    }

    private Passage passage(Member recipient, Handling of, List<AgreementCode> cameUnder) {
        return new Passage(
                PartyCode.of(rosters.own().entry()),
                PartyCode.of(recipient),
                of.offence().map(OffenceCode::new),
                Purpose.ofCode(of.purpose()).orElseThrow(() -> BureauProblem.BAD_FIELD.because("purpose")),
                clock.instant(),
                cameUnder);
    }

    /**
     * The originator of data answers who would like to do more with it.
     *
     * @param until when a grant ends; empty: with the data
     * @param words conditions, or why not
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NOT_AWAITED}, {@link BureauProblem#NOT_FOUND},
     *     {@link BureauProblem#WORDS_OF_OTHERS}
     */
    void permit(
            Actor actor,
            ConversationKey key,
            UUID id,
            PermissionAnswer.Outcome outcome,
            Optional<Instant> until,
            Optional<Words> words) {
        Optional<Void> unused = audit.act(actor, "bureau.permit", subject(id), entry -> {
            Found found = find(actor, key, id, false);
            actor.require(Permission.EXCHANGE_SEND);
            if (outcome == PermissionAnswer.Outcome.REVOKED) throw BureauProblem.BAD_FIELD.because("outcome");
            SignedMessage held = held(found);
            List<SignedMessage> chain = Reader.chain(held);
            SignedMessage own = chain.get(chain.size() - 1);
            if (!(Written.parse(own.message().content()) instanceof PermissionRequest request))
                throw BureauProblem.NOT_FOUND.because("message " + id + " asks for nothing");
            requireSeen(actor, request.target(), id);
            words.map(Words::quotes).ifPresent(Whose::requireNobodys);
            Instant now = now();
            if (!conversations.answered(key, found.entry().name().orElseThrow(), Entry.State.RECEIVED, now))
                throw BureauProblem.NOT_AWAITED.because("message " + id);
            PermissionAnswer answer =
                    Composition.checked(() -> PermissionAnswer.to(own.reference(), request, outcome, until, words));
            MessageReference sent = send(
                    actor,
                    key,
                    held.message().handling().legalBasis(),
                    held.message().handling(),
                    answer.toContent());
            add(
                    key,
                    answer.type(),
                    sent,
                    actor,
                    now,
                    Optional.empty(),
                    new SqlConversations.Entered(entry, subject(id)));
            return Optional.empty();
        });
    }

    /**
     * Takes back what we permitted, before its end; its holder's officers read why in the conversation.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link org.sharaka.node.originator.OriginatorProblem#NOTHING_TO_REVOKE};
     *     {@link BureauProblem#NOT_FOUND}, {@link BureauProblem#WORDS_OF_OTHERS}
     */
    void revoke(Actor actor, ConversationKey key, UUID id, Words why) {
        Optional<Void> unused = audit.act(actor, "bureau.revoke", subject(id), entry -> {
            MessageId name = find(actor, key, id, true).entry().name().orElseThrow();
            exchange.sentMessage(name)
                    .map(sent -> Written.parse(sent.message().content()))
                    .filter(PermissionAnswer.class::isInstance)
                    .ifPresent(granted -> requireSeen(actor, ((PermissionAnswer) granted).target(), id));
            Whose.requireNobodys(why.quotes());
            if (why.text().length() > BureauService.SENTENCE_MAX) throw BureauProblem.BAD_FIELD.because("text");
            MessageReference sent = grants.revoke(actor, name, why, entry);
            add(
                    key,
                    PermissionAnswer.TYPE,
                    sent,
                    actor,
                    now(),
                    Optional.empty(),
                    new SqlConversations.Entered(entry, subject(id)));
            return Optional.empty();
        });
    }

    /** Whoever may not see a conversation of ours decides nothing about what stands in it, wherever it is asked about (SAFEGUARDS S19). */
    private void requireSeen(Actor actor, MessageReference ours, UUID id) {
        if (conversations
                .ours(ours.id())
                .filter(entry -> conversations.find(actor, entry.conversation()).isEmpty())
                .isPresent()) throw BureauProblem.NOT_FOUND.because("message " + id);
    }

    /**
     * What lets an officer share with a member what came.
     *
     * @param verdict what its originator says
     * @param findings what the agreements say, those under which it came included
     */
    record Onward(Verdict verdict, LegalFindings findings) {}

    /** @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#NOT_FOUND}, {@link BureauProblem#NO_RECIPIENT} */
    Onward onward(Actor actor, ConversationKey key, UUID id, MemberId to) {
        SignedMessage held = held(find(actor, key, id, false));
        actor.require(Permission.EXCHANGE_SEND);
        return new Onward(
                control.mayI(actor, Act.ONWARD_SHARE, held, Optional.of(to)),
                laws.check(onward(Reader.chain(held), to)));
    }

    /** What passes on under which agreements it came. */
    private Passage onward(List<SignedMessage> chain, MemberId to) {
        Member recipient = rosters.exchanging(to).orElseThrow(() -> BureauProblem.NO_RECIPIENT.because(to.value()));
        return passage(
                recipient,
                chain.get(0).message().handling(),
                chain.stream()
                        .map(each -> new AgreementCode(each.message().handling().legalBasis()))
                        .toList());
    }

    /**
     * Shares what came with another member, the originator's own message inside, under a law that lets it pass on.
     *
     * @param basis code of the agreement
     * @param note what we write about it
     * @param files which of its files go along, by their names in the protocol: as they were sealed, so that their new holder checks them by what the
     *     originator signed
     * @throws org.sharaka.node.platform.ProblemException {@link org.sharaka.node.originator.OriginatorProblem};
     *     {@link org.sharaka.node.attachment.AttachmentProblem}; {@link BureauProblem#LOOK_NEEDED}, {@link BureauProblem#WORDS_OF_OTHERS},
     *     {@link BureauProblem#TOO_MANY_HANDS}; what evidence and the agreements refuse
     */
    ConversationKey share(
            Actor actor, ConversationKey key, UUID id, MemberId to, String basis, Words note, List<String> files) {
        return audit.act(actor, "bureau.share", subject(id) + " to " + to, entry -> {
            Found found = find(actor, key, id, false);
            actor.require(Permission.EXCHANGE_SEND);
            Whose.requireNobodys(note.quotes());
            SignedMessage held = held(found);
            control.require(actor, Act.ONWARD_SHARE, held, Optional.of(to));
            List<SignedMessage> chain = Reader.chain(held);
            if (chain.size() > Limits.ONWARD_HOPS) throw BureauProblem.TOO_MANY_HANDS.because("message " + id);
            requireNobodysWords(chain);
            Handling of = held.message().handling();
            LegalBasis unused = laws.require(new AgreementCode(basis), onward(chain, to));
            Instant now = now();
            ConversationKey in = new ConversationKey(to, ConversationId.random(random));
            conversations.open(opened(in, found.conversation(), of, basis, actor, now));
            Content content = new FreeText(Optional.empty(), note).toContent();
            MessageReference sent = exchange.send(
                    actor,
                    new Outgoing(
                            to,
                            in.id(),
                            Lane.ORDINARY,
                            new Handling(
                                    of.originator(),
                                    of.purpose(),
                                    basis,
                                    of.offence(),
                                    of.codes(),
                                    of.remarks(),
                                    of.permitted(),
                                    of.keepUntil()),
                            held.message().evaluation(),
                            content,
                            chosen(held, files),
                            Optional.of(held.signed()),
                            Optional.empty()));
            control.shared(new Share(sent.id(), to, in.id(), basis, Target.of(held), now), entry);
            add(
                    in,
                    FreeText.TYPE,
                    sent,
                    actor,
                    now,
                    Optional.empty(),
                    new SqlConversations.Entered(entry, subject(id) + " to " + to));
            return in;
        });
    }

    private static List<FileManifest> chosen(SignedMessage held, List<String> files) {
        List<FileManifest> chosen = held.message().files().stream()
                .filter(file ->
                        files.contains(HexFormat.of().formatHex(file.key().id())))
                .toList();
        if (chosen.size() != files.stream().distinct().count()) throw BureauProblem.BAD_FIELD.because("files");
        return chosen;
    }

    /** They travelled once after a second look; whoever needs them asks who had that look (SAFEGUARDS S11). */
    private static void requireNobodysWords(List<SignedMessage> chain) {
        for (SignedMessage each : chain)
            if (Written.parse(each.message().content())
                    .words()
                    .filter(words -> !words.quotes().isEmpty())
                    .isPresent()) throw BureauProblem.LOOK_NEEDED.because("it repeats somebody's words");
    }

    /**
     * What an officer orders about a message of ours.
     *
     * @param text what stands instead, for a correction; {@code facts} and {@code grounds} of a request alone
     * @param quoted whose words the reason and what stands instead repeat
     */
    record OrderForm(Order.Kind kind, String reason, String text, String facts, String grounds, Set<Quoted> quoted) {}

    /** Takes back, corrects or has destroyed what we sent. @return the order */
    UUID order(Actor actor, ConversationKey key, UUID id, OrderForm form) {
        Found found = find(actor, key, id, true);
        Whose.requireNobodys(form.quoted());
        Optional<Content> corrected = form.kind() != Order.Kind.CORRECTION
                ? Optional.empty()
                : exchange.sentMessage(found.entry().name().orElseThrow()).map(sent -> Corrections.of(
                                Written.parse(sent.message().content()), form.text(), form.facts(), form.grounds())
                        .toContent());
        UUID order = orders.give(
                actor,
                found.entry().name().orElseThrow(),
                new Orders.NewOrder(form.kind(), form.reason(), corrected),
                found.conversation().closedTo());
        conversations.changed(key);
        return order;
    }

    /**
     * Proceedings here need what came: it is closed, and not destroyed, if its originator orders so.
     *
     * @param quoted whose words the sentence repeats, which the originator reads then
     */
    void keep(Actor actor, ConversationKey key, UUID id, String sentence, Set<Quoted> quoted) {
        SignedMessage held = held(find(actor, key, id, false));
        Whose.requireNobodys(quoted);
        control.keep(actor, held, sentence);
        conversations.changed(key);
    }

    /** Proceedings need it no longer. */
    void letGo(Actor actor, ConversationKey key, UUID id) {
        Found found = find(actor, key, id, false);
        control.letGo(actor, key.peer(), found.entry().name().orElseThrow());
        conversations.changed(key);
    }

    private static String subject(UUID id) {
        return "message/" + id;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
