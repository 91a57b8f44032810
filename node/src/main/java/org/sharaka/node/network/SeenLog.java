package org.sharaka.node.network;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.SeenHeads;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.tree.TreeHead;

/**
 * The newest head of a member's log that we saw and cosigned.
 *
 * @param note with the log's signature and our cosignature
 * @param epoch of the member when it showed it; 1 if it never came back from a backup
 * @param declared the declaration of that epoch as the member signed it
 */
public record SeenLog(MemberId member, SignedNote note, Instant at, long epoch, Optional<byte[]> declared) {
    public TreeHead head() {
        return Checkpoint.read(note).head();
    }

    /** As we tell of it. */
    SeenHeads.Head told() {
        return new SeenHeads.Head(epoch, note);
    }
}
