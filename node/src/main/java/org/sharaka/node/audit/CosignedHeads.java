package org.sharaka.node.audit;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.checkpoint.SignedNote;

/**
 * What members saw of each other's records: who shows a proof to a stranger shows with it that others saw the same record. Offered as a
 * bean.
 */
public interface CosignedHeads {
    /** The newest head of this record that others cosigned, with the cosignatures of all who saw that very head. */
    Optional<SignedNote> newest();

    /** Whether we had cosigned the record of another member before a time. */
    boolean seen(MemberId member, Instant before);
}
