package org.sharaka.protocol.message;

import java.security.SecureRandom;

/** A message's name: 128 random bits as 32 small hexadecimal digits; tells nothing of when or by whom. */
public record MessageId(String value) {
    public MessageId {
        RandomText.require(value);
    }

    public static MessageId random(SecureRandom random) {
        return new MessageId(RandomText.next(random));
    }

    @Override
    public String toString() {
        return value;
    }
}
