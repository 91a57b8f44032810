package org.sharaka.node.exchange;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.exchange.wire.PeerClient;
import org.sharaka.node.exchange.wire.PeerUnreachableException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.EpochOpening;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.SignedBytes;

/** The lines to the members: what other modules ask over them, and how it stands with each. */
public final class PeerLines {
    /** What waits no longer than that has most likely only to be taken in. */
    private static final Duration AT_REST = Duration.ofMinutes(1);

    private final PeerClient client;
    private final Breakers breakers;
    private final SqlOutbox outbox;
    private final SqlInbox inbox;
    private final Rosters rosters;
    private final Openings openings;
    private final Settling settling;
    private final Clock clock;

    PeerLines(
            PeerClient client,
            Breakers breakers,
            SqlOutbox outbox,
            SqlInbox inbox,
            Rosters rosters,
            Openings openings,
            Settling settling,
            Clock clock) {
        this.client = client;
        this.breakers = breakers;
        this.outbox = outbox;
        this.inbox = inbox;
        this.rosters = rosters;
        this.openings = openings;
        this.settling = settling;
        this.clock = clock;
    }

    /**
     * Asks a member on a path of its listener; by POST if there is a body.
     *
     * @param path with its query
     * @param maxBytes a longer answer is none
     * @return the document that it answers; empty if it has none
     */
    public Optional<byte[]> ask(Member member, String path, Optional<byte[]> body, int maxBytes)
            throws PeerAwayException {
        try {
            Optional<byte[]> answer = client.ask(member, path, body, maxBytes);
            breakers.succeeded(member.id());
            return answer;
        } catch (PeerUnreachableException e) {
            throw new PeerAwayException(member.id(), e.reason(), e);
        }
    }

    /**
     * Takes a declaration that a member came back from a backup, wherever it showed it.
     *
     * @throws org.sharaka.protocol.RefusedException if it is not what this member may declare now
     * @throws RuntimeException if it declared too many of late, or the database is away
     */
    public void declared(Member by, SignedBytes opening) {
        openings.note(by, opening);
    }

    /** What a member declared of its returns from a backup, the oldest first, as far as we heard. */
    public List<EpochOpening> returns(MemberId member) {
        return openings.of(member);
    }

    /** Members that take part today, without us, in the order of their ids. */
    public List<Member> members() {
        MemberId us = rosters.us();
        return rosters.current().members().stream()
                .filter(member -> member.exchanges() && !member.id().equals(us))
                .toList();
    }

    /** Of the members of today, in the order of their ids. */
    public List<PeerLine> all() {
        Map<MemberId, List<SqlOutbox.Queue>> queues =
                outbox.queues().stream().collect(Collectors.groupingBy(SqlOutbox.Queue::recipient));
        Map<MemberId, SqlInbox.Behind> behind = inbox.behind(clock.instant().minus(AT_REST));
        Function<Member, PeerLine> line = member -> line(
                member.id(), queues.getOrDefault(member.id(), List.of()), Optional.ofNullable(behind.get(member.id())));
        return members().stream().map(line).toList();
    }

    private PeerLine line(MemberId member, List<SqlOutbox.Queue> queues, Optional<SqlInbox.Behind> behind) {
        return new PeerLine(
                member,
                breakers.heard(member),
                breakers.failures(member),
                waiting(queues, Lane.CONTROL),
                waiting(queues, Lane.ORDINARY),
                queues.stream().map(SqlOutbox.Queue::oldest).min(Instant::compareTo),
                behind.map(SqlInbox.Behind::messages).orElse(0L),
                behind.map(SqlInbox.Behind::since),
                !settling.settled(member));
    }

    private static long waiting(List<SqlOutbox.Queue> queues, Lane lane) {
        return queues.stream()
                .filter(queue -> queue.lane() == lane)
                .mapToLong(SqlOutbox.Queue::messages)
                .sum();
    }
}
