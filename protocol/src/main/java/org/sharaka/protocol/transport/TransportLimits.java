package org.sharaka.protocol.transport;

import org.sharaka.protocol.Limits;

/** What one request carries at most; docs/protocol.md section 15. */
public final class TransportLimits {
    /** Messages in one request or collection. */
    public static final int MESSAGES = 200;
    /** The body of a request: one message of the largest kind, or many. */
    public static final int BODY_BYTES = 8 << 20;
    /** A collection: receipts, and of each lane one message of the largest kind, or many. */
    public static final int COLLECTION_BYTES = 20 << 20;
    /** An {@link Answer}: receipts of all messages, and as many undecided. */
    public static final int ANSWER_BYTES = Limits.DOCUMENT_BYTES;
    /** Where a sender closes a batch and begins another. */
    public static final int BATCH_BYTES = 2 << 20;

    public static final int COLLECT_BYTES = 512;
    /** A signed file report. */
    public static final int FILE_REPORT_BYTES = 8 << 10;

    /** A declaration of an epoch: a checkpoint of the largest kind stands in it as Base64. */
    public static final int OPENING_BYTES = 128 << 10;

    private TransportLimits() {}
}
