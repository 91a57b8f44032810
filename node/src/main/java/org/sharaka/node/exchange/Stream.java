package org.sharaka.node.exchange;

import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.Position;

/** One order of messages that we keep: of one sender, conversation and lane. */
record Stream(MemberId sender, ConversationId conversation, Lane lane) implements Comparable<Stream> {
    static Stream of(MemberId sender, Position position) {
        return new Stream(sender, position.conversation(), position.lane());
    }

    /** Several are always locked in this order. */
    @Override
    public int compareTo(Stream other) {
        int bySender = sender.compareTo(other.sender);
        if (bySender != 0) return bySender;
        int byConversation = conversation.value().compareTo(other.conversation.value());
        return byConversation != 0 ? byConversation : lane.compareTo(other.lane);
    }
}
