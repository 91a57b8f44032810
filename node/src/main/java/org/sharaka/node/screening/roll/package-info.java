/**
 * Whole lists of people screened for an event: handed in as CSV, approved by a second person, screened in the background, gone with the
 * event (S10). May depend on screening's other parts; must never keep the text of a row without a match for longer than hours.
 */
@NullMarked
package org.sharaka.node.screening.roll;

import org.jspecify.annotations.NullMarked;
