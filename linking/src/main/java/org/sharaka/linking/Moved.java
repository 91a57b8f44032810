package org.sharaka.linking;

/**
 * A report that changed its group.
 *
 * @param from group it left, 0 if the report is new
 * @param to group it is in now, 0 if the report was withdrawn
 */
public record Moved(long report, long from, long to) {}
