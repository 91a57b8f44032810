package org.sharaka.node.exchange;

import org.sharaka.protocol.MemberId;

/** A member was not reached, or did not carry out what it was asked. */
public final class PeerAwayException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    PeerAwayException(MemberId peer, String reason, Throwable cause) {
        super(peer + ": " + reason, cause);
        this.reason = reason;
    }

    /** A code of the protocol, or {@code unreachable}, {@code no-endpoint}, {@code answer-wrong}. */
    public String reason() {
        return reason;
    }
}
