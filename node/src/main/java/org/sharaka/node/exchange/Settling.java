package org.sharaka.node.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.exchange.wire.PeerClient;
import org.sharaka.node.exchange.wire.PeerUnreachableException;
import org.sharaka.node.platform.Restore;
import org.sharaka.node.platform.Restores;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.Role;
import org.sharaka.protocol.transport.TransportLimits;
import org.sharaka.protocol.transport.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * After our own return from a backup: what a member ordered about its data since, we lost. It is settled with a member once that knows
 * of the return, nothing of its control lane waits for us any more, and we have taken in all that came of it; until then its data wait
 * (SAFEGUARDS S20, docs/protocol.md section 6). Safe for many threads.
 */
final class Settling {
    static final String WITHOUT_WORD = "exchange.settle-without-word";
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    private static final Duration SOON = Duration.ofSeconds(1);
    /** After an answer that is none. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private static final int REASON_MIN = 3;
    private static final int REASON_MAX = 4_000;
    private static final int UNKNOWN = -1;

    private final SqlSettled stored;
    private final SqlOutbox outbox;
    private final SqlInbox inbox;
    private final Openings openings;
    private final Restores restores;
    private final Rosters rosters;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Set<MemberId> settled = ConcurrentHashMap.newKeySet();
    private final Map<MemberId, Instant> paused = new ConcurrentHashMap<>();
    /** In which of its epochs a member was told that nothing waits here for it. */
    private final Map<MemberId, Long> told = new ConcurrentHashMap<>();

    private volatile int last = UNKNOWN;

    Settling(
            SqlSettled stored,
            SqlOutbox outbox,
            SqlInbox inbox,
            Openings openings,
            Restores restores,
            Rosters rosters,
            AuditTrail audit,
            TransactionTemplate transactions,
            Clock clock) {
        this.stored = stored;
        this.outbox = outbox;
        this.inbox = inbox;
        this.openings = openings;
        this.restores = restores;
        this.rosters = rosters;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The number of our last return; 0 if there was none. Asked once: a node comes back while it stands still. */
    private int last() {
        int known = last;
        if (known == UNKNOWN) {
            known = restores.last().map(Restore::number).orElse(0);
            last = known;
        }
        return known;
    }

    boolean returned() {
        return last() > 0;
    }

    boolean settled(MemberId member) {
        if (!returned() || settled.contains(member)) return true;
        if (!stored.has(member, last())) return false;
        boolean unused = settled.add(member);
        return true;
    }

    /** Members of today's roster, the departed too, whose data wait. */
    List<MemberId> unsettled() {
        if (!returned() || !rosters.joined()) return List.of();
        MemberId us = rosters.us();
        return rosters.current().members().stream()
                .filter(member -> member.role() != Role.OBSERVER)
                .map(Member::id)
                .filter(member -> !member.equals(us) && !settled(member))
                .toList();
    }

    /** Those of these members that are to be asked now. */
    List<MemberId> toAsk(Collection<MemberId> among) {
        if (!returned()) return List.of();
        Instant now = clock.instant();
        return among.stream()
                .filter(member -> Optional.ofNullable(paused.get(member))
                        .map(until -> Pauses.over(until, AGAIN, now))
                        .orElse(true))
                .filter(member -> !settled(member))
                .toList();
    }

    /** Asks a member what waits there for us. A refusal holds up nothing else that goes to it. */
    void ask(Member member, PeerClient client) throws PeerUnreachableException {
        if (toAsk(List.of(member.id())).isEmpty()) return;
        Duration pause = SOON;
        try {
            Optional<byte[]> answer =
                    client.ask(member, WaitingPath.PATH, Optional.empty(), TransportLimits.COLLECT_BYTES);
            if (answer.isPresent() && said(member.id(), Waiting.parse(answer.get()))) return;
        } catch (PeerUnreachableException e) {
            if (e.reason().equals("unreachable")) throw e;
            pause = AGAIN;
            notSaid(member, e.reason());
        } catch (RefusedException e) {
            pause = AGAIN;
            notSaid(member, e.refusal().code());
        }
        paused.put(member.id(), clock.instant().plus(pause));
    }

    private static void notSaid(Member member, String reason) {
        LOG.atWarn()
                .addKeyValue("peer", member.id())
                .addKeyValue("reason", reason)
                .log("a member does not say whether it has sent again all that it ordered; its data wait");
    }

    /** A member says what waits there for us. @return whether it is settled with it */
    boolean said(MemberId member, Waiting waiting) {
        if (settled(member)) return true;
        if (openings.undeclared().isPresent()
                || waiting.epoch() != openings.epochOf(rosters.us())
                || waiting.control() > 0
                || inbox.waits(member, Lane.CONTROL)) return false;
        transactions.executeWithoutResult(status -> {
            if (stored.add(member, last(), clock.instant()))
                audit.enterAll(Reception.NODE, List.of(AuditTrail.Deed.done("exchange.settle", subject(member))));
        });
        LOG.atInfo().addKeyValue("peer", member).log("what a member ordered while this node was away is taken in");
        boolean unused = settled.add(member);
        return true;
    }

    /** For a node that nobody can call: tells a member that came back once nothing of the control lane waits here for it any more. */
    void tell(Member to, PeerClient client) throws PeerUnreachableException {
        Waiting waiting = outbox.waiting(to.id());
        if (waiting.control() > 0 || told.getOrDefault(to.id(), 1L) == waiting.epoch()) return;
        try {
            Optional<byte[]> unused =
                    client.ask(to, WaitingPath.PATH, Optional.of(waiting.encoded()), TransportLimits.COLLECT_BYTES);
            told.put(to.id(), waiting.epoch());
        } catch (PeerUnreachableException e) { // Otherwise it has not taken all of it in, and is told again.
            if (e.reason().equals("unreachable")) throw e;
        }
    }

    /** An officer does not wait for a member's word. Whatever it orders later holds from then on. */
    void goOnWithout(Actor actor, MemberId member, String reason) {
        boolean unused = audit.act(actor, WITHOUT_WORD, subject(member), entry -> {
            actor.require(Permission.EXCHANGE_APPROVE).requirePurpose();
            if (reason.length() < REASON_MIN || reason.length() > REASON_MAX)
                throw ExchangeProblem.REASON_MISSING.because(REASON_MIN + " to " + REASON_MAX + " characters");
            if (!returned() || !stored.add(member, last(), clock.instant(), actor.id(), reason, entry))
                throw ExchangeProblem.SETTLED_BEFORE.because(subject(member));
            return true;
        });
    }

    List<WithoutWord> withoutWord() {
        return returned() ? stored.withoutWord(last()) : List.of();
    }

    private static String subject(MemberId member) {
        return "member/" + member;
    }
}
