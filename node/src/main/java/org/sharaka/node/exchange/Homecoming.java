package org.sharaka.node.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.sharaka.node.assembly.OwnMember;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.audit.AuditProofs;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.exchange.wire.PeerClient;
import org.sharaka.node.exchange.wire.PeerUnreachableException;
import org.sharaka.node.platform.Restore;
import org.sharaka.node.platform.Restores;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.SeenHeads;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.message.EpochOpening;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.RosterReference;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.KnownOpening;
import org.sharaka.protocol.transport.SignedBytes;
import org.sharaka.protocol.transport.TransportLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Our own return from a backup: asks the members what they know of the time that we lost, opens an epoch above all of theirs, and
 * declares it to each. Only then do we send again.
 */
final class Homecoming implements AutoCloseable {
    /** Why a message waits whose epoch its recipient has no declaration of. */
    static final String EPOCH_UNKNOWN = "epoch-unknown";

    /** Why a message waits whose recipient came back from a backup and has not told its sender yet. */
    static final String RETURN_UNTOLD = "return-untold";

    private static final Logger LOG = LoggerFactory.getLogger(Homecoming.class);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    /** How long members are waited for that may know of a higher epoch. */
    private static final Duration ASKED = Duration.ofSeconds(20);

    private static final String HEADS = "/v1/heads";
    private static final Set<String> OVERTAKEN = Set.of(Refusal.EPOCH_FORKED.code(), Refusal.EPOCH_ROLLED_BACK.code());

    private final Openings openings;
    private final SqlOpenings stored;
    private final SqlOutbox outbox;
    private final Rosters rosters;
    private final Restores restores;
    private final AuditProofs proofs;
    private final AuditTrail audit;
    private final SecurityEvents security;
    private final Profile1 profile;
    private final TransactionTemplate transactions;
    private final PeerClient client;
    private final Breakers breakers;
    /** Of its own: whoever is slow holds up no other errand, nor many of them each other. */
    private final ExecutorService pool = Operation.pool(16, "exchange-homecoming");

    private final Clock clock;
    private final Set<MemberId> asking = ConcurrentHashMap.newKeySet();
    private final Set<MemberId> overtaken = ConcurrentHashMap.newKeySet();
    private final Map<MemberId, Instant> refused = new ConcurrentHashMap<>();

    Homecoming(
            Openings openings,
            SqlOpenings stored,
            SqlOutbox outbox,
            Rosters rosters,
            Restores restores,
            AuditProofs proofs,
            AuditTrail audit,
            SecurityEvents security,
            Profile1 profile,
            TransactionTemplate transactions,
            PeerClient client,
            Breakers breakers,
            Clock clock) {
        this.openings = openings;
        this.stored = stored;
        this.outbox = outbox;
        this.rosters = rosters;
        this.restores = restores;
        this.proofs = proofs;
        this.audit = audit;
        this.security = security;
        this.profile = profile;
        this.transactions = transactions;
        this.client = client;
        this.breakers = breakers;
        this.clock = clock;
    }

    /** Whether an epoch has to be opened. */
    boolean due() {
        return openings.undeclared().isPresent() || !overtaken.isEmpty();
    }

    /** What the members know of us. */
    private static final class Known {
        private int answers;
        private long epoch = 1;
        private final List<SignedNote> heads = new ArrayList<>();

        private synchronized void answered() {
            answers++;
        }

        private synchronized void epoch(long theirs) {
            epoch = Math.max(epoch, theirs);
        }

        private synchronized void head(SignedNote note) {
            heads.add(note);
        }

        private synchronized Known soFar() {
            Known copy = new Known();
            copy.answers = answers;
            copy.epoch = epoch;
            copy.heads.addAll(heads);
            return copy;
        }
    }

    /**
     * Opens an epoch, once at least one member that can be called has answered; of the others some may know a higher one, and
     * refuse ours: then another is opened. All are asked at once, and those that take long are not waited for.
     */
    void open(List<Member> reachable) {
        if (!due()) return;
        Known asked = new Known();
        List<Member> free =
                reachable.stream().filter(member -> asking.add(member.id())).toList();
        CountDownLatch open = new CountDownLatch(free.size());
        for (Member member : free) askSoon(member, asked, open);
        try {
            boolean unused = open.await(ASKED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        Known known = asked.soFar();
        if (known.answers == 0) return;
        overtaken.clear();
        long own = openings.epochOf(rosters.us());
        if (openings.undeclared().isPresent() || known.epoch >= own) openAbove(Math.max(known.epoch, own), known.heads);
    }

    private void askSoon(Member member, Known known, CountDownLatch open) {
        try {
            pool.execute(() -> {
                try {
                    ask(member, known);
                } catch (PeerUnreachableException e) {
                    breakers.failed(member.id());
                } finally {
                    asking.remove(member.id());
                    open.countDown();
                }
            });
        } catch (RejectedExecutionException e) { // The node stops.
            asking.remove(member.id());
            open.countDown();
        }
    }

    private void ask(Member member, Known known) throws PeerUnreachableException {
        MemberId us = rosters.us();
        Optional<byte[]> opening = answer(member, EpochPath.PATH + "?" + EpochPath.MEMBER + us, KnownOpening.MAX_BYTES);
        known.answered();
        try {
            opening.flatMap(bytes -> KnownOpening.parse(bytes).opening())
                    .filter(signed -> !openings.newest(us).equals(Optional.of(signed)))
                    .map(signed -> new Reader(profile, rosters.history()).verifyKeptEpoch(signed.der()))
                    .filter(theirs -> theirs.member().equals(us))
                    .ifPresent(theirs -> known.epoch(theirs.epoch()));
            answer(member, HEADS, Limits.DOCUMENT_BYTES)
                    .flatMap(bytes ->
                            Optional.ofNullable(SeenHeads.parse(bytes).heads().get(us)))
                    .ifPresent(head -> known.head(head.note()));
        } catch (RefusedException e) {
            LOG.atWarn()
                    .addKeyValue("peer", member.id())
                    .addKeyValue("code", e.refusal().code())
                    .log("what a member says of our past does not hold");
        }
    }

    /** A member that does not know a path has nothing to say there. */
    private Optional<byte[]> answer(Member member, String path, int maxBytes) throws PeerUnreachableException {
        try {
            return client.ask(member, path, Optional.empty(), maxBytes);
        } catch (PeerUnreachableException e) {
            if (e.reason().equals("unknown-path")) return Optional.empty();
            throw e;
        }
    }

    private void openAbove(long last, List<SignedNote> heads) {
        Instant now = clock.instant();
        OwnMember own = rosters.own();
        Restore restore = restores.last().orElseThrow();
        EpochOpening opening = new EpochOpening(
                own.entry().id(),
                last + 1,
                now,
                RosterReference.toCurrent(rosters.history()),
                proofs.headAt(restore.restoredAt()),
                openings.recoveryPoint(restore),
                newest(heads, own.entry()));
        SignedBytes signed = new SignedBytes(opening.sign(own.signing(), profile));
        transactions.executeWithoutResult(status -> {
            stored.add(opening, signed, Optional.of(restore.number()), now);
            audit.enterAll(
                    Reception.NODE,
                    List.of(AuditTrail.Deed.done(
                            Openings.OPEN, "member/" + own.entry().id() + " epoch " + opening.epoch())));
        });
        security.report(
                SecurityEvent.Kind.EPOCH_OPENED,
                Optional.of(own.entry().id()),
                "",
                "epoch " + opening.epoch() + ", backup of " + opening.backup());
        LOG.atInfo().addKeyValue("epoch", opening.epoch()).log("came back from a backup; the members are told");
    }

    /** Of the heads that members saw of our log, and that it signed, the longest. */
    private static Optional<SignedNote> newest(List<SignedNote> heads, Member own) {
        return heads.stream()
                .filter(note -> isOurs(note, own))
                .max(Comparator.comparing(
                        (SignedNote note) -> Checkpoint.read(note).head().size()));
    }

    private static boolean isOurs(SignedNote note, Member own) {
        try {
            return Checkpoint.verify(note, own.logKeys()).head().size() > 0;
        } catch (RefusedException e) {
            return false;
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    /** A member does not know an epoch of ours, though it was told: it came back from a backup itself. */
    void forgotten(MemberId member) {
        stored.forgetTold(member);
    }

    /** Those of these members that have to be told of our epoch. */
    List<MemberId> untold(Set<MemberId> among) {
        long epoch = openings.epochOf(rosters.us());
        if (epoch == 1) return List.of();
        Instant now = clock.instant();
        return stored.untold(among, epoch).stream()
                .filter(member -> Optional.ofNullable(refused.get(member))
                        .map(at -> Pauses.over(at.plus(AGAIN), AGAIN, now))
                        .orElse(true))
                .toList();
    }

    /** Tells a member of our epoch, if it does not know. A refusal holds up nothing else that goes to it. */
    void declare(Member member) throws PeerUnreachableException {
        if (untold(Set.of(member.id())).isEmpty()) return;
        long epoch = openings.epochOf(rosters.us());
        SignedBytes signed = openings.newest(rosters.us()).orElseThrow();
        try {
            Optional<byte[]> unused =
                    client.ask(member, EpochPath.PATH, Optional.of(signed.der()), TransportLimits.COLLECT_BYTES);
        } catch (PeerUnreachableException e) {
            if (e.reason().equals("unreachable")) throw e;
            refused.put(member.id(), clock.instant());
            if (OVERTAKEN.contains(e.reason())) overtaken.add(member.id());
            LOG.atWarn()
                    .addKeyValue("peer", member.id())
                    .addKeyValue("reason", e.reason())
                    .log("a member did not take our declaration of an epoch");
            return;
        }
        refused.remove(member.id());
        stored.setTold(member.id(), epoch);
        outbox.hurry(member.id(), EPOCH_UNKNOWN, clock.instant());
    }
}
