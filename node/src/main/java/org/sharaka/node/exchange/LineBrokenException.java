package org.sharaka.node.exchange;

import org.sharaka.protocol.MemberId;

/** A member was not reached, or did not give what it was asked. It is tried again. */
public final class LineBrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    LineBrokenException(MemberId peer, String reason, Throwable cause) {
        super(peer + ": " + reason, cause);
        this.reason = reason;
    }

    LineBrokenException(MemberId peer, String reason) {
        super(peer + ": " + reason);
        this.reason = reason;
    }

    /** A code of the protocol, or {@code unreachable}, {@code no-endpoint}, {@code answer-wrong}, {@code not-active}. */
    public String reason() {
        return reason;
    }
}
