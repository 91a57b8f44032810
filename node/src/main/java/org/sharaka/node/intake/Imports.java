package org.sharaka.node.intake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where imports stand, and which rows came before. Methods that write need a transaction around them. */
interface Imports {
    /** What makes two imports the same: the file's content and how it is read. */
    @SuppressWarnings("ArrayRecordComponent") // Compared in the database only.
    record Identity(ImportKind kind, String source, byte[] fileHash, byte[] optionsHash) {}

    /** An import as it stands. */
    record Run(UUID id, ImportSummary summary, Optional<Instant> finishedAt) {}

    Optional<Run> find(Identity identity);

    void begin(UUID id, Identity identity, Instant now);

    /** @return false if another process moved it on meanwhile */
    boolean advance(Run run, ImportSummary to, Instant now);

    void finish(UUID id, Instant now);

    /**
     * Counts rows of a batch.
     *
     * @param copies how often an equal row of one file counts; rows beyond are known
     * @return for each row how many are new, in the order given
     */
    List<Integer> fresh(UUID run, Map<RowMac, Integer> rows, int copies);

    /** Keyed hash of a row and its source, 16 bytes. */
    record RowMac(long high, long low) {}
}
