package org.sharaka.node.audit;

import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.message.LogProof;
import org.sharaka.protocol.tree.InclusionProof;
import org.sharaka.protocol.tree.TreeHead;

/** An entry opened, and its place under a head: shows to somebody who trusts the head that it was entered. */
public final class EntryProof {
    private final EntryId id;
    private final byte[] salt;
    private final byte[] record;
    private final InclusionProof inclusion;
    private final TreeHead head;

    EntryProof(EntryId id, byte[] salt, byte[] record, InclusionProof inclusion, TreeHead head) {
        this.id = id;
        this.salt = salt.clone();
        this.record = record.clone();
        this.inclusion = inclusion;
        this.head = head;
    }

    /** What has to be signed for the proof to mean something to others. */
    public TreeHead head() {
        return head;
    }

    public InclusionProof inclusion() {
        return inclusion;
    }

    /** @param checkpoint of this proof's head, signed by whoever answers for the log */
    public LogProof under(SignedNote checkpoint) {
        return new LogProof(id.bytes(), salt, record, inclusion, checkpoint);
    }
}
