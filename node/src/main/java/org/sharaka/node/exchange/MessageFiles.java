package org.sharaka.node.exchange;

import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.FileReport;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.transport.SignedBytes;

/**
 * Keeps the files that messages name: told of each message with files, asked for their chunks by members. A module offers one as a
 * bean. What is unknown and what the member may not have gets the same answer: none.
 */
public interface MessageFiles {
    /** A message with files is sent; within the transaction that stores it. */
    void sent(Actor actor, SignedMessage message);

    /** A message with files was accepted; within the transaction that takes it in, after its {@link MessageListener}. */
    void accepted(SignedMessage message);

    /** A sealed chunk of a file that we sent to this member. */
    Optional<byte[]> chunk(MemberId peer, String file, int index);

    /** The member has read that chunk to its end. */
    void given(MemberId peer, String file, int index);

    /** How far we are with a file that this member sent us. */
    Optional<FileReport.Progress> report(MemberId peer, String file);

    /**
     * The member says how far it is with a file that we sent it.
     *
     * @param signed as the member signed it, verified; the proof, once nothing more will change
     * @return false if there is none
     */
    boolean reported(MemberId peer, String file, FileReport.Progress progress, SignedBytes signed);

    /** What became of a chunk that a member brought. */
    enum Brought {
        /** It is kept, or was before. */
        KEPT,
        /** Nothing of this file is awaited from this member. */
        UNKNOWN,
        /** Not now: another one is wanted first, or a person must agree, or there is no room. */
        NOT_NOW
    }

    /**
     * A member brings a chunk of a file that it sent us.
     *
     * @throws org.sharaka.protocol.RefusedException {@code chunk-wrong}
     */
    Brought bring(MemberId peer, String file, int index, byte[] sealed);
}
