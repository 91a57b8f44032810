package org.sharaka.node.intake;

/** Told how an import goes, after each batch. */
@FunctionalInterface
public interface ImportProgress {
    /**
     * @param bytesDone of the file
     * @param bytesAll of the file
     */
    void advanced(long bytesDone, long bytesAll, ImportSummary soFar);
}
