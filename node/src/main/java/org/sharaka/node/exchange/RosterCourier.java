package org.sharaka.node.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.sharaka.node.assembly.Learned;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.exchange.wire.PeerClient;
import org.sharaka.node.exchange.wire.PeerUnreachableException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.SignedRoster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns newer rosters from whoever has one, and gives them to whoever has not. Each is verified by itself, whoever brought it. */
final class RosterCourier {
    private static final Logger LOG = LoggerFactory.getLogger(RosterCourier.class);
    /** How soon our roster is offered to the same member again, or its own asked for. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    /** How many rosters two members show each other that go by different ones: more than are decided while one may still be set aside. */
    private static final int LATEST = 10;

    private final Rosters rosters;
    private final SqlOutbox outbox;
    private final Executor pool;
    private final Executor slowPool;
    private final Clock clock;
    private final Set<MemberId> under = ConcurrentHashMap.newKeySet();
    private final Map<MemberId, Tried> tried = new ConcurrentHashMap<>();
    private final Map<MemberId, Instant> seen = new ConcurrentHashMap<>();

    private record Tried(long ours, Instant at) {}

    /** @param slowPool for members that answer slowly */
    RosterCourier(Rosters rosters, SqlOutbox outbox, Executor pool, Executor slowPool, Clock clock) {
        this.rosters = rosters;
        this.outbox = outbox;
        this.pool = pool;
        this.slowPool = slowPool;
        this.clock = clock;
    }

    /** A member has said which version it goes by. */
    void seen(Member member, long theirs, PeerClient client) {
        seen.put(member.id(), clock.instant());
        long ours = rosters.current().version();
        if (theirs == ours) return;
        Tried before = tried.get(member.id());
        // Whatever it says meanwhile that it goes by.
        if (before != null && before.ours() == ours && !Pauses.over(before.at().plus(AGAIN), AGAIN, clock.instant()))
            return;
        if (!under.add(member.id())) return;
        tried.put(member.id(), new Tried(ours, clock.instant()));
        try {
            threads(member, client).execute(() -> {
                try {
                    if (theirs > ours) fetch(member, client);
                    else give(member, theirs, client);
                } catch (PeerUnreachableException e) {
                    LOG.atInfo()
                            .addKeyValue("peer", member.id())
                            .addKeyValue("reason", e.reason())
                            .log("rosters were not exchanged");
                } finally {
                    under.remove(member.id());
                }
            });
        } catch (RejectedExecutionException e) { // The node stops.
            under.remove(member.id());
        }
    }

    /** Asks members that said nothing for a while. */
    void greet(List<Member> members, Duration silence, PeerClient client) {
        Instant now = clock.instant();
        for (Member member : members) {
            Instant last = seen.putIfAbsent(member.id(), clock.instant());
            if (last == null || !Pauses.over(last.plus(silence), silence, now) || !under.add(member.id())) continue;
            seen.put(member.id(), clock.instant());
            try {
                threads(member, client).execute(() -> {
                    try {
                        fetch(member, client);
                    } catch (PeerUnreachableException e) {
                        LOG.debug("{} was not asked for rosters: {}", member.id(), e.reason());
                    } finally {
                        under.remove(member.id());
                    }
                });
            } catch (RejectedExecutionException e) {
                under.remove(member.id());
            }
        }
    }

    private Executor threads(Member member, PeerClient client) {
        return client.slow(member.id()) ? slowPool : pool;
    }

    private void fetch(Member member, PeerClient client) throws PeerUnreachableException {
        Optional<Refusal> refusal = fetch(member, rosters.current().version(), client);
        if (!refusal.equals(Optional.of(Refusal.ROSTER_WRONGLY_CHAINED))) return;
        // Somewhere its lists and ours followed the same one. Who has seen all of both goes by the same ones.
        long before = before(rosters.history().newerThan(0));
        var unused = fetch(member, before, client);
        give(member, before, client);
    }

    private static long before(List<SignedRoster> known) {
        return known.size() <= LATEST
                ? 0
                : known.get(known.size() - LATEST - 1).roster().version();
    }

    /** @return why one of them was refused, which is the last that is asked for */
    private Optional<Refusal> fetch(Member member, long after, PeerClient client) throws PeerUnreachableException {
        long version = after;
        while (true) {
            Optional<byte[]> next = client.rosterAfter(member, version);
            if (next.isEmpty()) return Optional.empty();
            Learned learned = rosters.learn(next.get(), Optional.of(member.id()));
            if (learned.refusal().isPresent()) return learned.refusal();
            long came = SignedRoster.parse(next.get()).roster().version();
            if (came <= version) return Optional.empty();
            version = came;
        }
    }

    private void give(Member member, long theirs, PeerClient client) throws PeerUnreachableException {
        for (SignedRoster roster : rosters.history().newerThan(theirs)) client.giveRoster(member, roster.encoded());
        outbox.hurry(member.id(), Refusal.ROSTER_NOT_KNOWN_YET.code(), clock.instant());
    }
}
