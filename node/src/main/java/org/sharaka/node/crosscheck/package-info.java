/**
 * Whether other members know a campaign: asked by its means of crime, compared at home, answered by an officer, taken back with proof; and which
 * conversations name one. May depend on campaign, intake, exchange, originator, agreement, assembly and audit, and on bureau for its alarms, handover
 * sheets and conversations; must never learn who a reporter is, and answers nothing by itself.
 */
@NullMarked
package org.sharaka.node.crosscheck;

import org.jspecify.annotations.NullMarked;
