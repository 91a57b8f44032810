package org.sharaka.node.originator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.sharaka.node.access.Actor;
import org.sharaka.node.assembly.OwnMember;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.AuditProofs;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.audit.EntryProof;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.LogProof;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.OrderAnswer;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.tree.ConsistencyProof;
import org.sharaka.protocol.tree.TreeHead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What follows once an order is committed: it is passed on, the answer is fixed and entered in the audit, then proved and sent. Each step
 * is a transaction of its own and is done again after a failure, by whichever node on the database comes first.
 */
final class Errands {
    private static final Logger LOG = LoggerFactory.getLogger(Errands.class);
    private static final Actor NODE = Actor.system("originator");
    private static final int AT_ONCE = 50;
    private static final Duration PROOF_PATIENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final SqlTaken orders;
    private final SqlPassing passing;
    private final SqlGiven given;
    private final Obedience obedience;
    private final Orders ours;
    private final Grants grants;
    private final SqlGrants revoked;
    private final ExchangeService exchange;
    private final Rosters rosters;
    private final AuditTrail audit;
    private final AuditProofs proofs;
    private final Supplier<Optional<SignedNote>> cosigned;
    private final TransactionTemplate transactions;
    private final Duration retention;
    private final Clock clock;

    Errands(
            SqlTaken orders,
            SqlPassing passing,
            SqlGiven given,
            Obedience obedience,
            Orders ours,
            Grants grants,
            SqlGrants revoked,
            ExchangeService exchange,
            Rosters rosters,
            AuditTrail audit,
            AuditProofs proofs,
            Supplier<Optional<SignedNote>> cosigned,
            TransactionTemplate transactions,
            OriginatorSettings settings,
            Clock clock) {
        this.orders = orders;
        this.passing = passing;
        this.given = given;
        this.obedience = obedience;
        this.ours = ours;
        this.grants = grants;
        this.revoked = revoked;
        this.exchange = exchange;
        this.rosters = rosters;
        this.audit = audit;
        this.proofs = proofs;
        this.cosigned = cosigned;
        this.transactions = transactions;
        this.retention = settings.retention();
        this.clock = clock;
    }

    /** Everything that is due. @return whether there was anything */
    boolean round() {
        if (!rosters.joined()) return false;
        boolean did = pass();
        did |= answer();
        return did;
    }

    /** What need not be looked at every second. */
    void seldom() {
        if (!rosters.joined()) return;
        int unused = ours.renew(AT_ONCE) + grants.renew(AT_ONCE);
        Instant now = clock.instant();
        transactions.executeWithoutResult(status -> {
            int ended = orders.end(now, AT_ONCE)
                    + given.end(now, AT_ONCE)
                    + passing.end(now.minus(retention), AT_ONCE)
                    + revoked.end(now, AT_ONCE);
            if (ended > 0) LOG.atInfo().addKeyValue("ended", ended).log("orders past their time are forgotten");
        });
    }

    /** Orders whose data came after them, or is no longer needed by proceedings. */
    void catchUp() {
        if (!rosters.joined()) return;
        int looked = AT_ONCE;
        while (looked == AT_ONCE) {
            Integer some = transactions.execute(status -> {
                Instant now = clock.instant();
                List<Taken> due = orders.toLookAt(now, now.plus(Obedience.SOON), AT_ONCE);
                due.forEach(obedience::again);
                return due.size();
            });
            looked = some == null ? 0 : some;
        }
    }

    private boolean pass() {
        List<Passing> due = passing.due(clock.instant(), AT_ONCE);
        for (Passing each : due) {
            try {
                transactions.executeWithoutResult(status -> pass(each));
            } catch (ProblemException e) {
                passing.later(each, e.type().code(), later(each.tries()));
            }
        }
        return !due.isEmpty();
    }

    private void pass(Passing each) {
        if (!passing.lock(each)) return;
        Optional<SignedMessage> kept = exchange.received(each.peer(), each.name());
        if (kept.isEmpty()) { // Its time was over before it could go.
            passing.later(each, "gone", clock.instant().plus(retention));
            return;
        }
        Handling handling = kept.get().message().handling();
        MessageReference sent = exchange.send(
                NODE,
                new Outgoing(
                        each.recipient(),
                        each.conversation(),
                        each.lane(),
                        new Handling(
                                handling.originator(),
                                handling.purpose(),
                                each.legalBasis(),
                                handling.offence(),
                                handling.codes(),
                                handling.remarks(),
                                handling.permitted(),
                                handling.keepUntil()),
                        kept.get().message().evaluation(),
                        kept.get().message().content(),
                        List.of(),
                        Optional.of(kept.get().signed()),
                        each.lane() == Lane.CONTROL ? Optional.of(Header.LONGEST_LIFE) : Optional.empty()));
        passing.passed(each, sent.id());
    }

    private boolean answer() {
        List<Taken> due = transactions.execute(status -> orders.open(clock.instant(), AT_ONCE));
        if (due == null) return false;
        for (Taken each : due) {
            try {
                transactions.executeWithoutResult(status -> state(each));
                answer(each);
            } catch (ProblemException e) {
                LOG.atInfo()
                        .addKeyValue("order", each.name())
                        .addKeyValue("code", e.type().code())
                        .log("an order is answered later");
                orders.later(each, later(orders.tries(each)));
            }
        }
        return !due.isEmpty();
    }

    /** Fixes what is said, and enters it: first the log, then the proof. */
    private void state(Taken found) {
        Optional<Taken> open = orders.open(found.peer(), found.name());
        if (open.isEmpty() || open.get().statement().isPresent()) return;
        Taken order = open.get();
        Map<MemberId, String> on = passing.of(order.peer(), order.name());
        Set<MemberId> passed = on.entrySet().stream()
                .filter(each -> each.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        List<String> words = new ArrayList<>(order.sentence().stream().toList());
        on.forEach((member, state) -> {
            if (!state.isEmpty()) words.add("not yet passed on to " + member + ": " + state);
        });
        Optional<String> sentence = words.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", words));
        OrderAnswer said = new OrderAnswer(
                order.first(),
                order.target().message(),
                rosters.us(),
                order.outcome(),
                order.doneAt(),
                passed,
                sentence,
                Optional.empty(),
                Optional.empty());
        EntryId entry = audit.enterAll(
                        NODE,
                        List.of(AuditTrail.Deed.done(
                                "originator.answer",
                                "statement/" + said.statement() + " order/"
                                        + order.first().id()
                                        + order.gone()
                                                .map(gone -> " gone/" + gone)
                                                .orElse(""))))
                .get(0);
        orders.stated(order, passed, sentence, said.statement(), entry);
    }

    private void answer(Taken found) {
        Optional<Taken> stated = transactions.execute(status -> orders.open(found.peer(), found.name()));
        Optional<EntryId> entry =
                stated == null ? Optional.empty() : stated.flatMap(Taken::entry).map(EntryId::new);
        if (entry.isEmpty()) return;
        Optional<EntryProof> proof = proofs.entry(entry.get(), PROOF_PATIENCE);
        if (proof.isEmpty()) {
            orders.later(found, later(0));
            return;
        }
        OwnMember own = rosters.own();
        SignedNote checkpoint = own.log()
                .sign(new Checkpoint(own.log().key().name(), proof.get().head(), List.of()));
        LogProof proved = seen(proof.get().under(checkpoint), proof.get().head());
        Optional<LogProof> gone = stated.flatMap(Taken::gone)
                .flatMap(before -> proofs.entry(new EntryId(before), proof.get().head()))
                .map(before -> before.under(checkpoint));
        transactions.executeWithoutResult(
                status -> orders.open(found.peer(), found.name()).ifPresent(order -> {
                    OrderAnswer said = order.answer(own.entry().id());
                    if (!order.statement().equals(Optional.of(said.statement()))) return;
                    MessageReference sent = exchange.send(
                            NODE,
                            new Outgoing(
                                    order.peer(),
                                    order.conversation(),
                                    Lane.CONTROL,
                                    handling(own.entry().id(), order),
                                    Optional.empty(),
                                    said.with(proved, gone).toContent(),
                                    List.of(),
                                    Optional.empty(),
                                    Optional.of(Header.LONGEST_LIFE)));
                    orders.answered(order, sent.id());
                }));
    }

    /** With what other members saw of this record last, if that is a beginning of it: after a return from a backup it may not be. */
    private LogProof seen(LogProof bare, TreeHead head) {
        Optional<SignedNote> note = cosigned.get().filter(this::fitsToday);
        if (note.isEmpty()) return bare;
        TreeHead before = Checkpoint.read(note.get()).head();
        if (before.size() < 1 || before.size() > head.size()) return bare;
        ConsistencyProof grown = proofs.consistency(before.size(), head.size());
        return grown.proves(before, head) ? bare.seenBy(note.get(), grown) : bare;
    }

    /** A cosignature by a key that the members' list no longer has tells its reader nothing. */
    private boolean fitsToday(SignedNote note) {
        List<NoteKey> others = rosters.current().members().stream()
                .filter(member -> !member.id().equals(rosters.us()))
                .flatMap(member -> member.cosignerKeys().stream())
                .toList();
        return !NoteSigner.cosignatures(note, others).isEmpty();
    }

    /** Purpose and law are the order's; anybody through whom the order came may hand the answer back. */
    private Handling handling(MemberId us, Taken order) {
        Handling of = exchange.received(order.peer(), order.name())
                .map(message -> message.message().handling())
                .orElseThrow(() -> OriginatorProblem.NOT_FOUND.because("order " + order.name()));
        return new Handling(
                us,
                of.purpose(),
                of.legalBasis(),
                of.offence(),
                Set.of(HandlingCode.H0),
                Optional.empty(),
                Set.of(),
                clock.instant().plus(retention));
    }

    private Instant later(int tries) {
        Duration pause = Duration.ofSeconds(1L << Math.min(tries, 12));
        return clock.instant().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }
}
