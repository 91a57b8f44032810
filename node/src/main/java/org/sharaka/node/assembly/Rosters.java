package org.sharaka.node.assembly;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.roster.Equivocation;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.MemberKeys;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.roster.SignedRoster;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The live roster, our place on it and our keys. Everything that asks who somebody is asks here at that moment, so that an
 * expelled member is out with the next request. Safe for many threads; what it gives is immutable.
 */
public final class Rosters {
    /** So long before the end of a list or a key people are told: members meet seldom, and enough of them have to sign. */
    public static final Duration RENEWAL = Duration.ofDays(60);

    private static final Actor NODE = Actor.system("roster");

    private final SqlRosters store;
    private final KeySafe keys;
    private final SecurityEvents events;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher publisher;
    private final Ids ids;
    private final Clock clock;
    private volatile @Nullable Known known;

    /** What was read, and the mark by which it is known to be old. */
    private record Known(String state, MemberId member, RosterHistory history, List<MemberKeys> keys) {}

    Rosters(
            SqlRosters store,
            KeySafe keys,
            SecurityEvents events,
            AuditTrail audit,
            TransactionTemplate transactions,
            ApplicationEventPublisher publisher,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.keys = keys;
        this.events = events;
        this.audit = audit;
        this.transactions = transactions;
        this.publisher = publisher;
        this.ids = ids;
        this.clock = clock;
    }

    /** Whether the node is a member of a network. */
    public boolean joined() {
        return known != null || store.member().isPresent();
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link AssemblyProblem#NOT_JOINED} */
    public MemberId us() {
        return known().member();
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link AssemblyProblem#NOT_JOINED} */
    public RosterHistory history() {
        return known().history();
    }

    /** The roster that the rules of today come from, whether or not its time is over. */
    public Roster current() {
        return history().current();
    }

    /** A member that takes part in exchange today. */
    public Optional<Member> exchanging(MemberId id) {
        return current().member(id).filter(Member::exchanges);
    }

    /** The member that shows this certificate on the wire and takes part in exchange today. */
    public Optional<Member> onTheWire(org.sharaka.protocol.cms.Certificate certificate) {
        return current().members().stream()
                .filter(Member::exchanges)
                .filter(member -> member.lists(KeyUse.TLS, certificate))
                .filter(member -> certificate.validAt(clock.instant()))
                .findFirst();
    }

    /**
     * Who we are today.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link AssemblyProblem#NOT_JOINED},
     *     {@link AssemblyProblem#NO_USABLE_KEY}
     */
    public OwnMember own() {
        Known now = known();
        Member entry = now.history().current().member(now.member()).orElseThrow(Rosters::noUsableKey);
        return new OwnMember(
                entry,
                listed(now.keys(), entry, KeyUse.SIGNING),
                now.keys().stream().map(each -> each.key(KeyUse.SEALING)).toList(),
                listed(now.keys(), entry, KeyUse.TLS),
                listed(now.keys(), MemberKeys::log, entry.logKeys()),
                listed(now.keys(), MemberKeys::cosigner, entry.cosignerKeys()));
    }

    private OwnKey listed(List<MemberKeys> own, Member entry, KeyUse use) {
        Instant now = clock.instant();
        return own.stream()
                .map(each -> each.key(use))
                .filter(key -> entry.lists(use, key.certificate()))
                .filter(key -> key.certificate().validAt(now))
                .findFirst()
                .orElseThrow(Rosters::noUsableKey);
    }

    private static NoteSigner listed(List<MemberKeys> own, Function<MemberKeys, NoteSigner> which, List<NoteKey> list) {
        return own.stream()
                .map(which)
                .filter(signer -> list.contains(signer.key()))
                .findFirst()
                .orElseThrow(Rosters::noUsableKey);
    }

    private static org.sharaka.node.platform.ProblemException noUsableKey() {
        return AssemblyProblem.NO_USABLE_KEY.because("the live roster lists none of our keys that is valid now");
    }

    /**
     * Looks at a roster that somebody brought; nobody is trusted for bringing one. What is refused is told as a security
     * event, and so is what is set aside; who signed two of one number is named and the proof kept.
     *
     * @param signed a roster file
     * @param from who brought it; empty for people with a file, who may set aside also what is in force for long
     */
    public synchronized Learned learn(byte[] signed, Optional<MemberId> from) {
        String bringer = from.map(MemberId::value).orElse("command");
        RosterHistory before = known().history();
        Instant now = clock.instant();
        RosterHistory after;
        try {
            SignedRoster next = SignedRoster.parse(signed);
            before.equivocation(next).ifPresent(proof -> keep(proof, bringer));
            after = before.accept(next, now, decided -> from.isPresent() && settled(decided, now));
            if (after == before) return Learned.known();
            boolean inForce = !after.currentHash().equals(before.currentHash());
            List<Roster> aside = inForce ? after.setAsideOf(before) : List.of(next.roster());
            transactions.executeWithoutResult(status -> {
                enter(NODE, next, false, bringer);
                enterAside(aside, after.current());
            });
        } catch (RefusedException e) {
            events.report(SecurityEvent.Kind.ROSTER_REFUSED, from, e.refusal().code(), "from " + bringer);
            return Learned.refused(e.refusal());
        } catch (DuplicateKeyException e) { // Another node on this database was faster.
            refresh();
            return Learned.known();
        }
        refresh();
        return after.currentHash().equals(before.currentHash()) ? Learned.known() : Learned.accepted();
    }

    private boolean settled(Roster decided, Instant now) {
        return store.learnedAt(decided.hash())
                .filter(learned -> learned.plus(RosterHistory.SETTLED_AFTER).isBefore(now))
                .isPresent();
    }

    private void enterAside(List<Roster> aside, Roster current) {
        for (Roster each : aside) {
            String what = "roster/" + each.version() + " for roster/" + current.version();
            var unused = audit.enterAll(NODE, List.of(AuditTrail.Deed.done("assembly.set-aside", what)));
            events.report(SecurityEvent.Kind.ROSTER_SET_ASIDE, Optional.empty(), "", what);
        }
    }

    private void keep(Equivocation proof, String bringer) {
        if (!store.add(proof, bringer, clock.instant())) return;
        for (MemberId member : proof.members())
            events.report(
                    SecurityEvent.Kind.ROSTER_SIGNED_TWICE,
                    Optional.of(member),
                    "",
                    "version " + proof.one().roster().version());
    }

    private void enter(Actor actor, SignedRoster roster, boolean founded, String bringer) {
        String subject = "roster/" + roster.roster().version();
        audit.<Optional<Void>>act(actor, "assembly.roster", subject, entry -> {
            store.add(roster, founded, bringer, clock.instant(), entry);
            return Optional.empty();
        });
    }

    /** Who signed two rosters of one number, the newest number first. */
    public List<SignedTwice> signedTwice() {
        return store.signedTwice();
    }

    /** The proof of it as any member verifies it: both rosters with their signatures. */
    public Optional<byte[]> equivocation(String hash) {
        return store.equivocation(hash);
    }

    /**
     * Makes the node a member: takes its keys and the chain of rosters. A network that was founded anew, because too many
     * keys were lost, is joined again with its new founding roster, which names the one that was abandoned.
     *
     * @param chain roster files, the founding one first
     * @param pin the founding roster's hash as people compared it
     * @throws RefusedException if the chain does not hold
     */
    synchronized MemberId join(Actor actor, MemberKeys own, List<SignedRoster> chain, Hash pin) {
        Instant now = clock.instant();
        RosterHistory history = RosterHistory.found(chain.get(0), pin, now);
        for (SignedRoster next : chain.subList(1, chain.size())) history = history.accept(next, now);
        MemberId member = memberWith(own, history.current());
        Optional<MemberId> before = store.member();
        if (before.isPresent()) requireFoundedAnew(before.get(), member, chain.get(0));
        transactions.executeWithoutResult(status -> {
            if (before.isEmpty())
                audit.<Optional<Void>>act(actor, "assembly.join", "member/" + member, entry -> {
                    store.join(member, now, entry);
                    return Optional.empty();
                });
            if (!keys.has(own)) addKeys(actor, own, now);
            for (int i = 0; i < chain.size(); i++) enter(actor, chain.get(i), i == 0, "command");
        });
        refresh();
        return member;
    }

    private void requireFoundedAnew(MemberId before, MemberId now, SignedRoster founding) {
        if (!before.equals(now)) throw AssemblyProblem.KEYS_OF_ANOTHER.because("they are of " + now);
        Optional<Hash> abandoned = founding.roster().previous();
        if (abandoned.isEmpty() || !store.knows(abandoned.get()))
            throw AssemblyProblem.JOINED_BEFORE.because("as " + before);
    }

    /** Adds keys beside those that the node has; the ones that the live roster lists are used. */
    synchronized void renewKeys(Actor actor, MemberKeys own) {
        known();
        if (keys.has(own)) return;
        addKeys(actor, own, clock.instant());
        refresh();
    }

    private void addKeys(Actor actor, MemberKeys own, Instant now) {
        String subject = "key/" + own.key(KeyUse.SIGNING).certificate().fingerprint();
        audit.<Optional<Void>>act(actor, "assembly.keys", subject, entry -> {
            keys.add(ids.timeOrdered(), own, now, entry);
            return Optional.empty();
        });
    }

    private static MemberId memberWith(MemberKeys own, Roster roster) {
        return roster.members().stream()
                .filter(member -> Stream.of(KeyUse.SIGNING, KeyUse.SEALING, KeyUse.TLS)
                        .allMatch(use -> member.lists(use, own.key(use).certificate())))
                .map(Member::id)
                .findFirst()
                .orElseThrow(() -> AssemblyProblem.KEYS_NOT_LISTED.because("in version " + roster.version()));
    }

    private Known known() {
        Known now = known;
        if (now != null) return now;
        refresh();
        now = known;
        if (now == null) throw AssemblyProblem.NOT_JOINED.because("./sharaka member join");
        return now;
    }

    /** Reads anew what another process or node on this database may have changed. @return whether something changed */
    boolean refresh() {
        String state = store.state();
        Known before = known;
        if (before != null && before.state().equals(state)) return false;
        Known after;
        synchronized (this) {
            Optional<MemberId> member = store.member();
            if (member.isEmpty()) return false;
            after = new Known(state, member.get(), verified(store.known()), keys.all());
            known = after;
        }
        publisher.publishEvent(new RosterChanged(after.history().current().version()));
        return true;
    }

    /** They hold by themselves; what stands first was compared by people when it was stored. */
    private RosterHistory verified(List<SignedRoster> known) {
        Instant now = clock.instant();
        SignedRoster founding = known.get(0);
        RosterHistory history = RosterHistory.found(founding, founding.roster().hash(), now);
        for (SignedRoster next : known.subList(1, known.size())) history = history.accept(next, now, decided -> false);
        return history;
    }
}
