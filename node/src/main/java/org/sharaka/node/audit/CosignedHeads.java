package org.sharaka.node.audit;

import java.util.Optional;
import org.sharaka.protocol.checkpoint.SignedNote;

/** What others saw of this record: who shows a proof to a stranger shows with it that they saw the same record. Offered as a bean. */
public interface CosignedHeads {
    /** The newest head of this record that others cosigned, with the cosignatures of all who saw that very head. */
    Optional<SignedNote> newest();
}
