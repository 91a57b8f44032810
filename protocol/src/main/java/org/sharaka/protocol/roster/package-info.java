/**
 * Who takes part, with which keys, and how the members change that together. May depend on json and cms; must never learn of
 * messages.
 */
@NullMarked
package org.sharaka.protocol.roster;

import org.jspecify.annotations.NullMarked;
