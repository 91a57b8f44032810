package org.sharaka.protocol.message;

import java.security.SecureRandom;

/** Names what messages on one matter have in common: 128 random bits as 32 small hexadecimal digits. */
public record ConversationId(String value) {
    public ConversationId {
        RandomText.require(value);
    }

    public static ConversationId random(SecureRandom random) {
        return new ConversationId(RandomText.next(random));
    }

    @Override
    public String toString() {
        return value;
    }
}
