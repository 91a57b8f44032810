package org.sharaka.node.exchange.wire;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.sharaka.node.assembly.Learned;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.transport.Answer;
import org.sharaka.protocol.transport.CollectRequest;
import org.sharaka.protocol.transport.Collection;
import org.sharaka.protocol.transport.SignedBytes;

/**
 * What members ask of this node. Whatever is refused as a whole is thrown as {@link org.sharaka.protocol.RefusedException}; a
 * database that is away as whatever it threw.
 */
public interface PeerRequests {
    /** @param peer whom the live roster lists with the certificate that was shown for this request */
    Answer messages(Member peer, List<SealedMessage> messages);

    /** Returns once they are stored. */
    void receipts(Member peer, SignedBytes receipts, boolean sealed);

    Collection collect(Member peer, CollectRequest request);

    /** The next roster file after a version. */
    Optional<SignedBytes> rosterAfter(long version);

    Learned learn(Member peer, byte[] roster);

    /** The largest body in bytes that a path of another module takes, 0 if it is only read; empty if there is no such path. */
    OptionalInt bodyLimit(String path);

    /** What another module answers on its path: a JSON document, or nothing. */
    byte[] answer(Member peer, String path, String query, byte[] body);
    /** A sealed chunk; empty alike for a file that is unknown and for one that this member may not have. */
    Optional<byte[]> chunk(Member peer, String file, int index);

    /** That chunk was written to its end. */
    void given(Member peer, String file, int index);

    /** How far we are with a file of this member, signed. */
    Optional<SignedBytes> fileReport(Member peer, String file);

    /** @return false if we sent it no such file */
    boolean reported(Member peer, String file, SignedBytes report);

    /** What became of a chunk that was brought. */
    enum Kept {
        KEPT,
        UNKNOWN,
        NOT_NOW
    }

    Kept bring(Member peer, String file, int index, byte[] sealed);

    long rosterVersion();

    Instant now();

    /** The member is alive; what waits for it may go. */
    void heardFrom(Member peer, Instant itsClock);
}
