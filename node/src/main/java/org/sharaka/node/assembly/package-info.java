/**
 * Members, the roster that they sign together, and our own place on it. May depend on platform, access and audit; must never
 * learn what members say to each other.
 */
@NullMarked
package org.sharaka.node.assembly;

import org.jspecify.annotations.NullMarked;
