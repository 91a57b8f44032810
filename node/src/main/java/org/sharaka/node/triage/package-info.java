/**
 * The officers' side of a report: the queue with the urgent first, who works on what, what the reporter is told, the alarm when
 * nobody looks. May depend on intake, portal and campaign; must never decide anything about a person whom a report names.
 */
@NullMarked
package org.sharaka.node.triage;

import org.jspecify.annotations.NullMarked;
