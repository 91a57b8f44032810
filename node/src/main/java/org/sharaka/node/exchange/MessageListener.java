package org.sharaka.node.exchange;

import org.sharaka.protocol.message.SignedMessage;

/**
 * Takes in messages of one content type and format. A module offers one as a bean; a message that no module listens for is
 * refused with {@code format-unknown}.
 */
public interface MessageListener {
    /** For instance {@code order.recall}. */
    String contentType();

    int contentFormat();

    /**
     * Called in the transaction that accepts the message, once for each and in the order of its conversation and lane. Whatever
     * was verified about it holds.
     *
     * @throws org.sharaka.protocol.RefusedException to refuse it for good, with the code that its sender gets
     * @throws RuntimeException for a fault of ours: everything is rolled back and tried again later
     */
    void take(SignedMessage message);
}
