package org.sharaka.node.bureau;

import org.sharaka.node.exchange.MessageListener;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.message.SignedMessage;

/** Hears one type of what members write. */
record BureauListener(String contentType, Arrivals arrivals) implements MessageListener {
    @Override
    public int contentFormat() {
        return Written.FORMAT;
    }

    @Override
    public void take(SignedMessage signed) {
        arrivals.take(signed);
    }
}
