/**
 * Whose data it is stays theirs: what a holder may do with a message, asking its originator, and orders to recall, correct and purge with the
 * proof that they were obeyed. May depend on exchange, agreement, assembly and audit; must never learn what a message is about.
 */
@NullMarked
package org.sharaka.node.originator;

import org.jspecify.annotations.NullMarked;
