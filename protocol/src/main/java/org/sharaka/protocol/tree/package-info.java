/**
 * The Merkle tree of RFC 9162: heads, proofs of inclusion and consistency. Depends on nothing.
 */
@NullMarked
package org.sharaka.protocol.tree;

import org.jspecify.annotations.NullMarked;
