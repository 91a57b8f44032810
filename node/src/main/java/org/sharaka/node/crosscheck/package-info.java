/**
 * Whether other members know a campaign: asked by its means of crime, compared at home, answered by an officer. May depend on campaign,
 * intake, exchange, agreement, assembly and audit; must never learn who a reporter is, and answers nothing by itself.
 */
@NullMarked
package org.sharaka.node.crosscheck;

import org.jspecify.annotations.NullMarked;
