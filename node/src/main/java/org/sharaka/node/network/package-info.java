/**
 * What this node knows of the others: how it stands with each, whether their records grow as they should, and what they did that
 * they should not have. May depend on platform, access, audit, assembly and exchange; must never learn what a message says.
 */
@NullMarked
package org.sharaka.node.network;

import org.jspecify.annotations.NullMarked;
