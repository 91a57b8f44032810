package org.sharaka.protocol.message;

/** Two queues between the same two members, so that what cannot wait does not wait behind what can. */
public enum Lane {
    /** Conversations. */
    ORDINARY,
    /** Recall, correction, purge and their answers, receipts with text, stop-payment requests. */
    CONTROL
}
