package org.sharaka.node.originator;

import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.SignedMessage;

/** The originator's own message that a held one is or encloses: what its permissions and orders name. */
public record Target(MemberId originator, MessageReference message) {
    /** Of a message that was verified. */
    public static Target of(SignedMessage held) {
        java.util.List<SignedMessage> chain = Reader.chain(held);
        SignedMessage first = chain.get(chain.size() - 1);
        return new Target(first.message().handling().originator(), first.reference());
    }
}
