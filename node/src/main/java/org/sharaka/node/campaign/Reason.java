package org.sharaka.node.campaign;

import java.util.Optional;

/**
 * Something that several reports share, and what that is worth.
 *
 * @param key number of the shared thing inside this node, for decisions about it
 * @param kind name of the kind: that of a {@link org.sharaka.linking.KeyKind}
 * @param label what to show; an identifier's display form or a stretch of repeated text
 * @param inCampaign reports of this campaign that hold it
 * @param overall reports of this node that hold it
 * @param strength 0 to 1: the worth of its kind, less the more common it is
 * @param ignored why it does not link although it is shared; empty if it links
 */
public record Reason(
        long key, String kind, String label, int inCampaign, long overall, double strength, Optional<Ignored> ignored) {
    /** Why a shared thing does not link. */
    public enum Ignored {
        /** Known shared infrastructure: a shortener, a free host, a popular site. */
        LISTED,
        /** Seen to join many otherwise separate campaigns. */
        OBSERVED,
        /** An analyst said so. */
        ANALYST
    }
}
