package org.sharaka.node.network;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.exchange.PeerAwayException;
import org.sharaka.node.exchange.PeerLines;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.Cosigner;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SeenHeads;
import org.sharaka.protocol.checkpoint.ShownHead;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.message.EpochOpening;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.SignedBytes;
import org.sharaka.protocol.tree.TreeHead;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Watches the other members' audit logs: asks each for its head, checks that it grew out of what anybody saw before, stores it,
 * and only then lets the cosignature out. Whoever shows one past to one and another to the next is named, with the two
 * signed heads as the proof. Safe for many threads and several nodes on one database.
 */
final class HeadWatch {
    private static final Logger LOG = LoggerFactory.getLogger(HeadWatch.class);

    static final Actor NODE = Actor.system("network");
    static final String FIND = "network.find";

    /** What a member that nobody can call brings, proofs included. */
    static final int SHOWN_BYTES = 384 * 1024;

    /** How long and through how many looks a member may leave unproved what another saw of it, where there may be an honest cause. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    /** Our own clock may have jumped. */
    private static final int LOOKS = 3;

    /** How far our clock as we cosigned and the member's as it made its backup may be apart before a head counts as older than the backup. */
    private static final Duration CLOCKS = Duration.ofDays(3);

    private final SqlHeads heads;
    private final OwnLog own;
    private final PeerLines lines;
    private final Rosters rosters;
    private final SecurityEvents events;
    private final AuditTrail audit;
    private final Profile1 profile;
    private final TransactionTemplate transactions;
    private final Clock clock;

    HeadWatch(
            SqlHeads heads,
            OwnLog own,
            PeerLines lines,
            Rosters rosters,
            SecurityEvents events,
            AuditTrail audit,
            Profile1 profile,
            TransactionTemplate transactions,
            Clock clock) {
        this.heads = heads;
        this.own = own;
        this.lines = lines;
        this.rosters = rosters;
        this.events = events;
        this.audit = audit;
        this.profile = profile;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Looks at one member's log, and hears what it saw of ours and of the others'. */
    void look(Member member) throws PeerAwayException {
        if (member.endpoints().isEmpty()) return;
        judge(member, heads.seen(member.id()));
        hear(member);
        if (nobodyCallsUs() && own.mayBeShown()) bring(member);
    }

    private boolean nobodyCallsUs() {
        return rosters.own().entry().endpoints().isEmpty();
    }

    private void judge(Member member, Optional<SeenLog> last) throws PeerAwayException {
        List<SqlHeads.Told> told = heads.told(member.id(), ShownHead.MAX_PROOFS - 4);
        NavigableSet<Long> sizes = told.stream()
                .map(each -> Checkpoint.read(each.note()).head().size())
                .collect(Collectors.toCollection(TreeSet::new));
        last.ifPresent(seen -> sizes.add(seen.head().size()));
        Optional<ShownHead> shown = ask(member, sizes);
        if (shown.isEmpty()) return;
        Optional<EpochOpening> returned = opening(member, last, shown.get());
        if (returned.isPresent()) {
            if (!declared(member, shown.get())) return;
            long restored = returned.get().restored().size();
            sizes.add(restored);
            Stream.concat(
                            heads.earlier(member.id(), restored).stream(),
                            last.flatMap(seen -> missing(seen, returned.get())).stream())
                    .forEach(note -> sizes.add(Checkpoint.read(note).head().size()));
            shown = ask(member, sizes);
        }
        if (shown.isPresent()) take(member, last, told, shown.get(), false);
    }

    private Optional<ShownHead> ask(Member member, NavigableSet<Long> sizes) throws PeerAwayException {
        String from =
                sizes.stream().filter(size -> size > 0).map(Object::toString).collect(Collectors.joining(","));
        Optional<byte[]> answer =
                lines.ask(member, HeadPath.PATH + "?" + HeadPath.FROM + from, Optional.empty(), SHOWN_BYTES);
        try {
            return answer.map(ShownHead::parse);
        } catch (RefusedException e) {
            refused(member.id(), e.refusal(), "its head");
            return Optional.empty();
        }
    }

    private void refused(MemberId member, Refusal why, String subject) {
        events.report(SecurityEvent.Kind.LOG_REFUSED, Optional.of(member), why.code(), subject);
    }

    /** A declaration that is newer than what we know of the member; one that does not hold is told and counts for nothing. */
    private Optional<EpochOpening> opening(Member member, Optional<SeenLog> last, ShownHead shown) {
        if (shown.epoch().isEmpty()) return Optional.empty();
        try {
            EpochOpening opening = new Reader(profile, rosters.history())
                    .openEpoch(shown.epoch().get(), clock.instant());
            if (!opening.member().equals(member.id())) throw Refusal.SIGNATURE_WRONG.because("of another member");
            long known = last.map(SeenLog::epoch).orElse(1L);
            return Optional.of(opening).filter(each -> each.epoch() > known);
        } catch (RefusedException e) {
            refused(member.id(), e.refusal(), "its declaration");
            return Optional.empty();
        }
    }

    /**
     * What is declared here is declared to the exchange as well: two that contradict each other are found there, and how many there are.
     *
     * @return false if it does not count, or not now
     */
    private boolean declared(Member member, ShownHead shown) {
        try {
            lines.declared(member, new SignedBytes(shown.epoch().orElseThrow()));
            return true;
        } catch (RefusedException e) { // The exchange has reported it.
            return false;
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("peer", member.id()).setCause(e).log("a declaration was not taken now");
            return false;
        }
    }

    /**
     * A head that a member brought because nobody can call it.
     *
     * @return what we saw of it now, with our cosignature
     * @throws RefusedException if it is refused
     */
    SeenLog brought(Member member, ShownHead shown) {
        Optional<SeenLog> last = heads.seen(member.id());
        if (opening(member, last, shown).isPresent() && !declared(member, shown))
            throw Refusal.EPOCH_ROLLED_BACK.because("the declaration of " + member.id());
        List<SqlHeads.Told> told = heads.told(member.id(), ShownHead.MAX_PROOFS);
        Optional<Refusal> refusal = take(member, last, told, shown, true);
        if (refusal.isPresent()) throw refusal.get().because("the head of " + member.id());
        return heads.seen(member.id()).orElseThrow();
    }

    private Optional<Refusal> take(
            Member member, Optional<SeenLog> last, List<SqlHeads.Told> told, ShownHead shown, boolean brought) {
        try {
            return transactions.execute(status -> {
                heads.lock(member.id());
                boolean another = !heads.seen(member.id()).map(SeenLog::head).equals(last.map(SeenLog::head));
                // Another node of ours, or another request, looked meanwhile: what was asked for fits no more.
                if (another) return Optional.of(Refusal.LOG_REWRITTEN).filter(unused -> brought);
                Optional<Refusal> refusal = grown(member, last, shown);
                compare(member, told, shown, brought);
                return refusal;
            });
        } catch (RefusedException e) {
            refused(member.id(), e.refusal(), "its head");
            return Optional.of(e.refusal());
        }
    }

    /** Whether the log grew out of what we saw last. If so it is stored with our cosignature, else it is a finding. */
    private Optional<Refusal> grown(Member member, Optional<SeenLog> last, ShownHead shown) {
        SignedNote note = shown.checkpoint().by(member.logKeys());
        TreeHead head = Checkpoint.verify(note, member.logKeys()).head();
        Optional<EpochOpening> returned = opening(member, last, shown);
        Optional<SignedNote> contradicted = last.flatMap(seen -> contradicted(member, seen, shown, head, returned));
        if (contradicted.isPresent()) {
            found(member, contradicted.get().by(member.logKeys()), note, rosters.us(), Refusal.LOG_REWRITTEN);
            return Optional.of(Refusal.LOG_REWRITTEN);
        }
        try {
            SignedNote cosigned = cosign(member, last, shown, note, head, returned);
            heads.keepEarlier(member.id(), returned.map(opening -> stays(last, opening)));
            heads.set(new SeenLog(
                    member.id(),
                    cosigned,
                    clock.instant(),
                    returned.map(EpochOpening::epoch)
                            .orElse(last.map(SeenLog::epoch).orElse(1L)),
                    returned.isPresent() ? shown.epoch() : last.flatMap(SeenLog::declared)));
            return Optional.empty();
        } catch (RefusedException e) {
            found(member, last.orElseThrow().note().by(member.logKeys()), note, rosters.us(), e.refusal());
            return Optional.of(e.refusal());
        }
    }

    /**
     * What we saw and what came out of the backup does not contain: longer and cosigned before the backup was made, or no longer and not
     * proved. Of a return in between that we were not told of nobody knows what it lost, and whoever brings its head does not know what to
     * prove.
     */
    private Optional<SignedNote> contradicted(
            Member member, SeenLog last, ShownHead shown, TreeHead head, Optional<EpochOpening> returned) {
        Optional<SignedNote> missing = returned.flatMap(opening -> missing(last, opening))
                .filter(note -> !proved(Checkpoint.read(note).head(), head, shown));
        if (missing.isPresent() || member.endpoints().isEmpty()) return missing;
        return returned.filter(opening -> opening.epoch() == last.epoch() + 1)
                .flatMap(
                        opening -> heads.earlier(member.id(), opening.restored().size()))
                .filter(note -> !proved(Checkpoint.read(note).head(), head, shown));
    }

    /** What we cosigned three days or more before a backup was made and did not come out of it, unless a return before had lost it. */
    private Optional<SignedNote> missing(SeenLog last, EpochOpening newest) {
        List<EpochOpening> since = lines.returns(last.member()).stream()
                .filter(opening -> opening.epoch() > last.epoch() && opening.epoch() <= newest.epoch())
                .toList();
        if (since.size() < newest.epoch() - last.epoch()) return Optional.empty();
        long kept = Long.MAX_VALUE;
        for (EpochOpening opening : since) {
            long restored = opening.restored().size();
            Instant before = opening.backup().minus(CLOCKS);
            long size = last.head().size();
            if (size > restored && size <= kept && last.at().isBefore(before)) return Optional.of(last.note());
            Optional<SignedNote> longer = heads.longest(last.member(), restored, kept, before);
            if (longer.isPresent()) return longer;
            kept = Math.min(kept, restored);
        }
        return Optional.empty();
    }

    /** How much of what we saw must still be there: nothing of which we know it, if we were not told of a return in between. */
    private static long stays(Optional<SeenLog> last, EpochOpening opening) {
        boolean missed = last.filter(seen -> opening.epoch() > seen.epoch() + 1).isPresent();
        return missed ? 0 : opening.restored().size();
    }

    private SignedNote cosign(
            Member member,
            Optional<SeenLog> last,
            ShownHead shown,
            SignedNote note,
            TreeHead head,
            Optional<EpochOpening> returned) {
        Instant now = clock.instant();
        NoteSigner us = rosters.own().cosigner();
        Cosigner cosigner = new Cosigner(Checkpoint.read(note).origin(), last.map(SeenLog::note));
        long before = last.map(seen -> seen.head().size()).orElse(0L);
        if (last.isPresent() && returned.isPresent()) {
            TreeHead restored = returned.get().restored();
            // Of the returns in between we were told nothing, perhaps because we came back from a backup ourselves:
            // what we saw last may have been lost with one of them. What came out of the last must still be there.
            if (returned.get().epoch() > last.get().epoch() + 1
                    && !shown.from(before)
                            .map(proof -> proof.proves(last.get().head(), head))
                            .orElse(false))
                return cosigner.seeAfterRestore(restored, note, member.logKeys(), shown.from(restored.size()), us, now)
                        .cosigned();
            if (before > restored.size())
                return cosigner.seeAfterRestore(restored, note, member.logKeys(), shown.from(restored.size()), us, now)
                        .cosigned();
            if (restored.size() > 0 && !proved(restored, head, shown))
                throw Refusal.LOG_REWRITTEN.because("what came out of the backup");
        }
        return cosigner.see(note, member.logKeys(), shown.from(before), us, now).cosigned();
    }

    private static boolean proved(TreeHead older, TreeHead head, ShownHead shown) {
        return shown.from(older.size()).map(proof -> proof.proves(older, head)).orElse(false);
    }

    /** Whether the head that is shown to us also grew out of what others saw. */
    private void compare(Member member, List<SqlHeads.Told> told, ShownHead shown, boolean brought) {
        SignedNote note = shown.checkpoint().by(member.logKeys());
        TreeHead head = Checkpoint.read(note).head();
        List<EpochOpening> returns = lines.returns(member.id());
        for (SqlHeads.Told each : told) {
            TreeHead older = Checkpoint.read(each.note()).head();
            boolean lost = mayBeLost(older, returns);
            boolean before = lost
                    && !each.at(cosigners(each.by()))
                            .isAfter(returns.get(returns.size() - 1).opened());
            boolean may = older.size() == 0 || before || proved(older, head, shown);
            // Of what was lost the other one may have a clock that is ahead; or it was shown the lost past after the
            // return, and is shown it still. What is brought may have been made before the other one saw more.
            if (!may && (lost || brought) && !late(each)) {
                heads.looked(each);
                continue;
            }
            Refusal why = older.size() > head.size() ? Refusal.LOG_ROLLED_BACK : Refusal.LOG_REWRITTEN;
            // When it was shown is the other one's word: enough to tell our people of it, and no proof against anybody.
            if (!may && lost)
                refused(member.id(), why, "as " + each.by() + " says that it saw it in epoch " + each.epoch());
            else if (!may) found(member, each.note(), note, each.by(), why);
            heads.forget(each);
        }
    }

    /** What a member may have lost with one of its returns, whatever another says of when it saw it. Of a return that we missed nobody knows. */
    private static boolean mayBeLost(TreeHead older, List<EpochOpening> returns) {
        if (returns.isEmpty()) return false;
        boolean missed = returns.get(returns.size() - 1).epoch() - 1 > returns.size();
        return missed
                || returns.stream()
                        .anyMatch(opening -> older.size() > opening.restored().size());
    }

    private boolean late(SqlHeads.Told told) {
        return told.looks() >= LOOKS && told.since().plus(PATIENCE).isBefore(clock.instant());
    }

    private List<NoteKey> cosigners(MemberId member) {
        return rosters.current().member(member).map(Member::cosignerKeys).orElse(List.of());
    }

    private void found(Member member, SignedNote earlier, SignedNote later, MemberId toldBy, Refusal why) {
        refused(member.id(), why, "as " + toldBy + " saw it before");
        if (heads.knows(member.id(), earlier)) return;
        audit.<Optional<Void>>act(NODE, FIND, "member/" + member.id(), entry -> {
            heads.add(new Finding(0, member.id(), why.code(), earlier, later, toldBy, clock.instant()), entry);
            return Optional.empty();
        });
    }

    /** Takes what a member saw of others, for the next look at them, and of us. */
    private void hear(Member member) throws PeerAwayException {
        Optional<byte[]> answer = lines.ask(member, HeadsPath.PATH, Optional.empty(), Limits.DOCUMENT_BYTES);
        if (answer.isEmpty()) return;
        try {
            SeenHeads told = SeenHeads.parse(answer.get());
            for (var each : told.heads().entrySet()) {
                if (each.getKey().equals(rosters.us()))
                    ofUs(member, each.getValue().note());
                else rosters.exchanging(each.getKey()).ifPresent(third -> ofAnother(member, third, each.getValue()));
            }
        } catch (RefusedException e) {
            refused(member.id(), e.refusal(), "heads that it saw");
        }
    }

    private void ofAnother(Member by, Member third, SeenHeads.Head head) {
        if (third.id().equals(by.id())) return;
        SignedNote kept = head.note().by(keys(third.logKeys(), by.cosignerKeys()));
        TreeHead unused = Checkpoint.verify(kept, third.logKeys()).head();
        if (NoteSigner.cosignatures(kept, by.cosignerKeys()).isEmpty())
            throw Refusal.CHECKPOINT_NOT_SIGNED.because("by " + by.id());
        heads.tell(third.id(), by.id(), new SeenHeads.Head(head.epoch(), kept), clock.instant());
    }

    private void ofUs(Member by, SignedNote note) {
        List<NoteKey> logKeys = rosters.own().entry().logKeys();
        SignedNote kept = note.by(keys(logKeys, by.cosignerKeys()));
        TreeHead head = Checkpoint.verify(kept, logKeys).head();
        Optional<Instant> at = NoteSigner.cosignatures(kept, by.cosignerKeys()).stream()
                .map(NoteSigner.Cosignature::at)
                .max(Instant::compareTo);
        if (at.isEmpty()) throw Refusal.CHECKPOINT_NOT_SIGNED.because("by " + by.id());
        if (!own.had(head)) refused(rosters.us(), Refusal.LOG_ROLLED_BACK, "as " + by.id() + " cosigned it");
        heads.cosigned(by.id(), kept, at.get());
    }

    private static List<NoteKey> keys(List<NoteKey> some, List<NoteKey> others) {
        List<NoteKey> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** Brings our head to a member, since it cannot ask for it, with proofs from all that others have of us. */
    private void bring(Member member) throws PeerAwayException {
        NavigableSet<Long> sizes = heads.cosigned().stream()
                .map(each -> Checkpoint.read(each.note()).head().size())
                .collect(Collectors.toCollection(TreeSet::new));
        while (sizes.size() > ShownHead.MAX_PROOFS) sizes.remove(sizes.first());
        Optional<byte[]> answer =
                lines.ask(member, HeadPath.PATH, Optional.of(own.show(sizes).encoded()), Limits.NOTE_BYTES);
        try {
            answer.map(SeenHeads::parse)
                    .map(told -> told.heads().get(rosters.us()))
                    .ifPresent(head -> ofUs(member, head.note()));
        } catch (RefusedException e) {
            refused(member.id(), e.refusal(), "its cosignature");
        }
    }

    /** What we saw of the members of today, each with the log's signature and ours. */
    SeenHeads seen() {
        List<NoteKey> ours = rosters.own().entry().cosignerKeys();
        return new SeenHeads(heads.seen().stream()
                .filter(log -> rosters.exchanging(log.member()).isPresent())
                .collect(Collectors.toMap(
                        SeenLog::member,
                        log -> new SeenHeads.Head(
                                log.epoch(),
                                log.note()
                                        .by(keys(
                                                rosters.exchanging(log.member())
                                                        .map(Member::logKeys)
                                                        .orElse(List.of()),
                                                ours))))));
    }
}
