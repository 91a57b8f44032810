package org.sharaka.linking;

/**
 * Where a report stands.
 *
 * @param family number of the connected component of reports over linking keys
 * @param group number of the campaign; the same as the family unless officers' decisions cut the family
 */
public record Placement(long report, long family, long group) {}
