package org.sharaka.node.exchange.wire;

import org.sharaka.protocol.MemberId;

/** A member was not reached, or did not carry out what it was asked. What was to be sent stays and is tried again. */
public final class PeerUnreachableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    PeerUnreachableException(MemberId peer, String reason, @org.jspecify.annotations.Nullable Throwable cause) {
        super(peer + ": " + reason, cause);
        this.reason = reason;
    }

    /** For metrics and operators: a code of the protocol, or {@code unreachable}, {@code no-endpoint}, {@code answer-wrong}. */
    public String reason() {
        return reason;
    }
}
