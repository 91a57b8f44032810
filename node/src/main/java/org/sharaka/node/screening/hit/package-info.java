/**
 * What officers decide about possible matches: hits with the bureau's protection check (S2), dismissals, and distinguishing records of
 * people who were taken for an entry (S6). May depend on screening's own lists and queries; must never learn of reports, and lets
 * nothing of a withheld hit or its reason out of the node.
 */
@NullMarked
package org.sharaka.node.screening.hit;

import org.jspecify.annotations.NullMarked;
