package org.sharaka.node.screening;

import java.time.Instant;
import org.sharaka.matching.Entry;

/**
 * An entry of a list as it is copied out of the node.
 *
 * @param firstSeen when an import first brought it
 * @param changedAt when it last changed
 */
public record HeldEntry(Entry entry, Instant firstSeen, Instant changedAt) {}
