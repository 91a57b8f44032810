/**
 * Is this person, organisation, vessel, aircraft or vehicle one of those on a list? In any script, within milliseconds, with reasons:
 * candidates from keys, then a score that an officer can follow. Depends on the identifiers library alone; must never learn of SQL,
 * screens, or of who asks and why.
 */
@NullMarked
package org.sharaka.matching;

import org.jspecify.annotations.NullMarked;
