package org.sharaka.linking;

/**
 * One report of a key's sample.
 *
 * @param key the key whose sample it is
 * @param rank {@link Edges#rank(long, long)} of report and key
 * @param anchors hashes of the other keys of the report that can tell groups apart; may be empty
 * @param degrees how many reports hold each of {@code anchors}
 */
@SuppressWarnings("ArrayRecordComponent")
public record SampledReport(long key, long report, int rank, long[] anchors, int[] degrees) {}
