package org.sharaka.node.exchange;

import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.TransportLimits;
import org.sharaka.protocol.transport.Waiting;

/** Where a member that came back from a backup asks what waits here for it, and one that nobody can call says what waits there for us. */
final class WaitingPath implements PeerPath {
    static final String PATH = "/v1/waiting";

    private final SqlOutbox outbox;
    private final Settling settling;

    WaitingPath(SqlOutbox outbox, Settling settling) {
        this.outbox = outbox;
        this.settling = settling;
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public int bodyLimit() {
        return TransportLimits.COLLECT_BYTES;
    }

    @Override
    public byte[] answer(Member peer, String query, byte[] body) {
        if (body.length == 0) return outbox.waiting(peer.id()).encoded();
        if (!settling.said(peer.id(), Waiting.parse(body))) throw new NotYetException();
        return new byte[0];
    }

    /** What it says is right and changes nothing yet: it says so again. */
    private static final class NotYetException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotYetException() {
            super("what a member sent again is not all taken in");
        }
    }
}
