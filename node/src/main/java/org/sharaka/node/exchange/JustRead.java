package org.sharaka.node.exchange;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.SignedMessage;

/**
 * Small messages that were read when they arrived and are stored, until they are taken in: most are within milliseconds, and need
 * not be opened and read a second time. Whatever is not here is read from the database.
 */
final class JustRead {
    /** Larger ones may take many times their size in memory. */
    static final int BYTES = 8 << 10;

    private static final int MOST = 256;

    private record Name(MemberId sender, MessageId id) {}

    private final Map<Name, SignedMessage> messages = new LinkedHashMap<>();

    /** The oldest make room. */
    synchronized void keep(SignedMessage message) {
        messages.put(
                new Name(
                        message.message().header().sender(),
                        message.message().header().id()),
                message);
        Iterator<Name> oldest = messages.keySet().iterator();
        while (messages.size() > MOST) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Gives it out once, if it is the one with this hash. */
    Optional<SignedMessage> take(MemberId sender, MessageId id, Hash hash) {
        Optional<SignedMessage> read;
        synchronized (this) {
            read = Optional.ofNullable(messages.remove(new Name(sender, id)));
        }
        return read.filter(message -> message.hash().equals(hash));
    }
}
