/**
 * What two nodes say to each other, as docs/protocol.md writes it down. For the node, and for anyone who must check or
 * speak the protocol without one. Depends on Bouncy Castle and a JSON tokeniser; must never learn of Spring, SQL, a
 * network or what an officer sees on a screen.
 */
@NullMarked
package org.sharaka.protocol;

import org.jspecify.annotations.NullMarked;
