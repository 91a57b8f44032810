package org.sharaka.node.exchange;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.exchange.wire.PeerClient;
import org.sharaka.node.exchange.wire.PeerUnreachableException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.message.FileReport;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.SignedBytes;

/**
 * Calls members about files. A member that cannot be reached is let be for longer and longer, apart from its messages: a line that
 * is too poor for files may carry those. Safe for many threads.
 */
public final class FileLine {
    private final Operation operation;
    private final Rosters rosters;
    private final FileReports reports;
    private final Breakers breakers;

    /** @param breakers for files alone */
    FileLine(Operation operation, Rosters rosters, FileReports reports, Breakers breakers) {
        this.operation = operation;
        this.rosters = rosters;
        this.reports = reports;
        this.breakers = breakers;
    }

    /** Whether this node, of several on one database, is the one that calls members. */
    public boolean leads() {
        return operation.leads();
    }

    /** Whether nobody can call this node, so that it brings its files itself. */
    public boolean bringsItsFiles() {
        return operation.collects();
    }

    /** Whether a member takes part today and has an address. */
    public boolean hasAddress(MemberId peer) {
        return active(peer).filter(member -> !member.endpoints().isEmpty()).isPresent();
    }

    /** Whether the member may be tried now. */
    public boolean allows(MemberId peer) {
        return breakers.allows(peer);
    }

    /**
     * Fetches a sealed chunk of a file that the member sent us.
     *
     * @param into goes on behind what it holds, and keeps what came if the line breaks
     */
    public void chunk(MemberId from, String file, int index, ByteBuffer into) throws LineBrokenException {
        boolean unused = call(from, (client, member) -> {
            client.chunk(member, file, index, into);
            return true;
        });
    }

    /** Brings a sealed chunk of a file that we sent to the member. */
    public void bring(MemberId to, String file, int index, byte[] sealed) throws LineBrokenException {
        boolean unused = call(to, (client, member) -> {
            client.bring(member, file, index, sealed);
            return true;
        });
    }

    /**
     * What a member says of a file of ours.
     *
     * @param signed as it signed it, verified
     */
    public record Told(FileReport.Progress progress, SignedBytes signed) {}

    /** How far the member is with a file that we sent it. */
    public Told ask(MemberId peer, String file) throws LineBrokenException {
        SignedBytes signed = call(peer, (client, member) -> client.fileReport(member, file));
        try {
            return new Told(reports.verify(peer, file, signed), signed);
        } catch (RefusedException e) {
            throw new LineBrokenException(peer, "answer-wrong", e);
        }
    }

    /**
     * Verifies what was kept of a member's words about a file, against the roster of their day.
     *
     * @throws RefusedException if it does not hold
     */
    public FileReport proved(SignedBytes signed) {
        return reports.proved(signed);
    }

    /** Says how far we are with a file that the member sent us. */
    public void tell(MemberId peer, String file, FileReport.Progress progress) throws LineBrokenException {
        boolean unused = call(peer, (client, member) -> {
            client.report(member, file, reports.sign(peer, file, progress));
            return true;
        });
    }

    @FunctionalInterface
    private interface Call<T> {
        T make(PeerClient client, Member member) throws PeerUnreachableException;
    }

    private Optional<Member> active(MemberId peer) {
        return rosters.current().member(peer).filter(Member::exchanges);
    }

    private <T> T call(MemberId peer, Call<T> call) throws LineBrokenException {
        Member member = active(peer).orElseThrow(() -> new LineBrokenException(peer, "not-active"));
        try {
            T done = call.make(operation.client(), member);
            breakers.succeeded(peer);
            return done;
        } catch (PeerUnreachableException e) {
            if (e.reason().equals("unreachable")) breakers.failed(peer);
            throw new LineBrokenException(peer, e.reason(), e);
        }
    }
}
