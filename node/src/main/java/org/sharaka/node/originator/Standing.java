package org.sharaka.node.originator;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.protocol.message.Content;

/**
 * How what a message holds stands with its originator.
 *
 * @param withdrawn set once it was recalled or ordered purged
 * @param corrected the latest correction, if it was not withdrawn
 * @param unsettled whether we came back from a backup and do not know yet what was ordered about it since
 */
public record Standing(Optional<Withdrawal> withdrawn, Optional<Correction> corrected, boolean unsettled) {
    public static final Standing GOOD = new Standing(Optional.empty(), Optional.empty(), false);

    /**
     * @param purged whether it was ordered destroyed, and not only out of use
     * @param kept whether it was not destroyed all the same, because proceedings here need it
     * @param reason the originator's words, while the order is kept
     */
    public record Withdrawal(boolean purged, boolean kept, Instant at, Optional<String> reason) {}

    /** @param content what stands instead */
    public record Correction(Content content, Instant at, String reason) {}

    /** Whether it may be shown at all. */
    public boolean open() {
        return withdrawn.isEmpty() && !unsettled;
    }
}
