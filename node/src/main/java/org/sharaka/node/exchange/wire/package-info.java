/**
 * How this node reaches its peers and is reached by them: HTTPS with mutual TLS against the live roster, limits of sizes, rates
 * and patience. May depend on platform and assembly; must never learn what is stored.
 */
@NullMarked
package org.sharaka.node.exchange.wire;

import org.jspecify.annotations.NullMarked;
