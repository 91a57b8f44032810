package org.sharaka.node.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Restore;
import org.sharaka.node.platform.Restores;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.message.EpochOpening;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.SignedBytes;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Members that came back from a backup (docs/protocol.md section 6): each declaration is taken once, and what that member lost is
 * sent again. Knows as well whether a return of our own is declared.
 */
final class Openings {
    static final String OPEN = "exchange.epoch";
    /** What one clock may be ahead of another, and how long a snapshot may take to begin. */
    static final Duration MARGIN = Duration.ofMinutes(5);
    /** By then whoever came back has what it lost. */
    private static final Duration SETTLED = Duration.ofDays(1);
    /** More is no misfortune any more: each costs us all that waits and waited for that member. */
    private static final int MOST_A_DAY = 10;

    private final SqlOpenings openings;
    private final SqlOutbox outbox;
    private final SqlReceipts receipts;
    private final Rosters rosters;
    private final Restores restores;
    private final SecurityEvents security;
    private final AuditTrail audit;
    private final Profile1 profile;
    private final TransactionTemplate transactions;
    private final Consumer<MemberId> wake;
    private final Clock clock;
    private volatile boolean declared;
    private final Set<MemberId> told = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Loss loss;

    /** @param since empty if nothing was lost */
    private record Loss(Optional<Instant> since) {}

    /** @param wake told for whom something waits again */
    Openings(
            SqlOpenings openings,
            SqlOutbox outbox,
            SqlReceipts receipts,
            Rosters rosters,
            Restores restores,
            SecurityEvents security,
            AuditTrail audit,
            Profile1 profile,
            TransactionTemplate transactions,
            Consumer<MemberId> wake,
            Clock clock) {
        this.openings = openings;
        this.outbox = outbox;
        this.receipts = receipts;
        this.rosters = rosters;
        this.restores = restores;
        this.security = security;
        this.audit = audit;
        this.profile = profile;
        this.transactions = transactions;
        this.wake = wake;
        this.clock = clock;
    }

    /** Our last return from a backup, while it is not declared: until then our places in the order may have been used. */
    Optional<Restore> undeclared() {
        if (declared) return Optional.empty();
        // Asked until it is settled, then never again: a node returns from a backup while it stands still.
        Optional<Restore> last = restores.last();
        int settled =
                openings.newest(rosters.us()).map(SqlOpenings.Kept::restore).orElse(0);
        if (last.isPresent() && last.get().number() > settled) return last;
        declared = true;
        return Optional.empty();
    }

    /**
     * Whether a member that can be called still has to be told that we came back from a backup. Until it was, it does not know what we
     * lost: taking now what it sends would make places pass whose messages it will send again.
     */
    boolean untold(Member member) {
        if (member.endpoints().isEmpty() || told.contains(member.id())) return false;
        if (undeclared().isPresent()) return true;
        if (lostSince().isPresent()
                && !openings.untold(List.of(member.id()), epochOf(rosters.us())).isEmpty()) return true;
        boolean unused = told.add(member.id());
        return false;
    }

    /** Since when a receipt may speak of messages of ours that we lost; empty if we never came back from a backup. */
    Optional<Instant> lostSince() {
        Loss known = loss;
        if (known != null) return known.since();
        Optional<Restore> last = restores.last();
        Optional<Restore> undeclared = undeclared();
        Optional<Instant> since = undeclared
                .map(this::recoveryPoint)
                .or(() -> last.flatMap(unused -> newest(rosters.us()))
                        .map(own -> EpochOpening.ofKept(own.der()).backup()))
                .map(at -> at.minus(MARGIN));
        if (undeclared.isEmpty()) loss = new Loss(since);
        return since;
    }

    /**
     * From when on we may have lost what others sent and said: the time of the backup. If the clock was ahead then, that time may not have
     * come yet; nothing that the backup knows of the others is newer than what they last said in it, so that is earlier, and right. Before
     * the first word of any of them there was nothing to lose.
     */
    Instant recoveryPoint(Restore restore) {
        Instant heard = openings.heard().orElse(Instant.EPOCH);
        return heard.isBefore(restore.backupAt()) ? heard : restore.backupAt();
    }

    /** The epoch in which a member sends, as it declared. */
    long epochOf(MemberId member) {
        return openings.newest(member).map(SqlOpenings.Kept::epoch).orElse(1L);
    }

    /** All declarations of a member that are known, the oldest first. */
    List<EpochOpening> of(MemberId member) {
        return openings.all(member).stream()
                .map(signed -> EpochOpening.ofKept(signed.der()))
                .toList();
    }

    /** The newest declaration of a member, as it was signed. */
    Optional<SignedBytes> newest(MemberId member) {
        return openings.newest(member).map(SqlOpenings.Kept::signed);
    }

    /**
     * Takes a member's declaration, verified by the live roster. A known one changes nothing.
     *
     * @throws RefusedException if it is not what this member may declare now
     */
    void note(Member from, SignedBytes signed) {
        try {
            Instant now = clock.instant();
            EpochOpening opening = new Reader(profile, rosters.history()).openEpoch(signed.der(), now);
            if (!opening.member().equals(from.id()))
                throw Refusal.HEADER_MISMATCH.because("of " + opening.member() + " brought by " + from.id());
            Integer again = transactions.execute(status -> store(from.id(), opening, signed, now));
            if (again == null || again < 0) {
                // It was heard of before it was declared here: what waited for that goes now.
                outbox.hurry(from.id(), Homecoming.RETURN_UNTOLD, now);
                wake.accept(from.id());
                return;
            }
            security.report(
                    SecurityEvent.Kind.EPOCH_OPENED,
                    Optional.of(from.id()),
                    "",
                    "epoch " + opening.epoch() + ", backup of " + opening.backup() + ", sent again: " + again);
            wake.accept(from.id());
        } catch (DuplicateKeyException e) { // Another request was faster; whoever brought this one asks again.
            throw new BusyException();
        } catch (RefusedException e) {
            security.report(
                    SecurityEvent.Kind.RECEIPT_REFUSED,
                    Optional.of(from.id()),
                    e.refusal().code(),
                    "epoch");
            throw e;
        }
    }

    /** @return how many messages wait again; -1 if the declaration is known */
    private int store(MemberId from, EpochOpening opening, SignedBytes signed, Instant now) {
        Optional<SqlOpenings.Kept> known = openings.newest(from);
        if (known.isPresent() && known.get().hash().equals(signed.hash())) return -1;
        known.ifPresent(before ->
                opening.requireAfter(EpochOpening.ofKept(before.signed().der())));
        if (openings.since(from, now.minus(Duration.ofDays(1))) >= MOST_A_DAY) {
            security.report(SecurityEvent.Kind.RATE_EXCEEDED, Optional.of(from), "", "epoch " + opening.epoch());
            throw new BusyException();
        }
        Instant since = lostSince(from, opening).minus(MARGIN);
        openings.add(opening, signed, Optional.empty(), now);
        openings.forgetTold(from);
        outbox.hurry(from, Homecoming.RETURN_UNTOLD, now);
        receipts.giveAgain(from, since, now);
        outbox.markLost(from, since, now);
        int again = outbox.waitAgain(from, since, now);
        audit.enterAll(
                Reception.NODE, List.of(AuditTrail.Deed.done(OPEN, "member/" + from + " epoch " + opening.epoch())));
        return again;
    }

    /**
     * Since when the member may have lost what it received. A backup that it made soon after an earlier return may not have had yet all
     * that was sent to it again then; that bears the receipts that it gave before the earlier return.
     */
    private Instant lostSince(MemberId from, EpochOpening opening) {
        Instant since = opening.backup();
        for (SqlOpenings.Earlier earlier : openings.earlier(from)) {
            if (since.isAfter(earlier.opened().plus(SETTLED))) break;
            if (earlier.backup().isBefore(since)) since = earlier.backup();
        }
        return since;
    }

    /** Not now; whoever brought it may bring it again. */
    private static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private BusyException() {
            super("a declaration of an epoch has to wait");
        }
    }
}
