/**
 * Whether somebody or something is sought: lists of others, kept in memory and searched in any script. May depend on platform,
 * access and audit; must never learn of reports and who made them (S11), and keeps no text of a query (S10).
 */
@NullMarked
package org.sharaka.node.screening;

import org.jspecify.annotations.NullMarked;
