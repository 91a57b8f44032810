package org.sharaka.node.exchange;

import java.util.Optional;
import java.util.function.Predicate;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.KnownOpening;
import org.sharaka.protocol.transport.SignedBytes;
import org.sharaka.protocol.transport.TransportLimits;

/** Where a member declares that it came back from a backup, and asks which declaration we know of it, or made ourselves. */
final class EpochPath implements PeerPath {
    static final String PATH = "/v1/epoch";
    static final String MEMBER = "member=";

    private final Openings openings;
    private final Rosters rosters;
    private final Predicate<MemberId> nothingOnItsWay;

    /**
     * @param nothingOnItsWay waits for what is on its way to a member and was chosen before its declaration was known; false if that
     *     takes too long
     */
    EpochPath(Openings openings, Rosters rosters, Predicate<MemberId> nothingOnItsWay) {
        this.openings = openings;
        this.rosters = rosters;
        this.nothingOnItsWay = nothingOnItsWay;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public int bodyLimit() {
        return TransportLimits.OPENING_BYTES;
    }

    @Override
    public byte[] answer(Member peer, String query, byte[] body) {
        if (body.length > 0) {
            openings.note(peer, new SignedBytes(body));
            // The answer lets our messages in: the oldest that it lost has to be the first.
            if (!nothingOnItsWay.test(peer.id())) throw new BusyException();
            return new byte[0];
        }
        MemberId asked = asked(query);
        // Of the others it may ask themselves.
        boolean theirs = asked.equals(peer.id()) || asked.equals(rosters.us());
        return new KnownOpening(theirs ? openings.newest(asked) : Optional.empty()).encoded();
    }

    /** It is noted, but not answered for: whoever brought it brings it again. */
    private static final class BusyException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private BusyException() {
            super("what was on its way to a member that came back is on its way still");
        }
    }

    static MemberId asked(String query) {
        if (!query.startsWith(MEMBER)) throw Refusal.FIELD_WRONG.because("member=ID");
        return new MemberId(query.substring(MEMBER.length()));
    }
}
