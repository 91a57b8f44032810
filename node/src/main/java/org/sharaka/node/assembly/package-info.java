/**
 * Members and the roster that they sign together. May depend on platform; must never learn what members say to each other.
 */
@NullMarked
package org.sharaka.node.assembly;

import org.jspecify.annotations.NullMarked;
