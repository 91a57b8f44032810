package org.sharaka.node.exchange;

import org.sharaka.protocol.roster.Member;

/**
 * A path on the members' listener that another module answers, offered as a bean. Who calls was asked of the live roster, and the
 * body was measured against the member's share, before {@link #answer} is called.
 */
public interface PeerPath {
    /** For instance {@code /v1/head}; as docs/protocol.md section 15.2 lists it. */
    String path();

    /** The largest body of a POST in bytes; 0 if the path is only read. */
    int bodyLimit();

    /**
     * @param query as it was sent, empty if there was none; whatever a member likes to write
     * @param body of a POST; empty for a GET
     * @return a JSON document of the protocol; empty for an answer without content
     * @throws org.sharaka.protocol.RefusedException if the request is refused; its code is the answer
     */
    byte[] answer(Member peer, String query, byte[] body);
}
