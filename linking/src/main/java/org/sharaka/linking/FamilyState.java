package org.sharaka.linking;

/**
 * A connected component of reports over linking keys.
 *
 * @param size number of reports in it
 * @param decided true if a report of it stands in a {@link Decision.Split}: its groups are then computed in
 *     {@link Linker#settle}
 * @param unsettled waits to be computed again
 */
public record FamilyState(long number, int size, boolean decided, boolean unsettled) {}
