package org.sharaka.node.screening;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What is known of entries besides what is compared: from the database, or from an extract of it. */
interface ListRecords {
    /**
     * One entry.
     *
     * @param distinct keyed hashes of documents whose bearers are not this entry
     */
    record Known(
            String id,
            String list,
            Instant firstSeen,
            Instant lastSeen,
            Instant changedAt,
            List<Dismissal> dismissals,
            List<byte[]> distinct) {}

    /**
     * Somebody compared this entry, as it is now, and dismissed it.
     *
     * @param asked keyed hash of what was asked
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared as a whole.
    record Dismissal(byte[] asked, Screened.Dismissed.Reason reason, Instant at) {}

    /** Those of the entries that are in force. */
    Collection<Known> records(Collection<String> ids, Instant now);
}
