/**
 * Files under custody: sealed under a key each, read back verified, with a log of who held them. May depend on platform,
 * access and audit; must never learn what a file is evidence of.
 */
@NullMarked
package org.sharaka.node.evidence;

import org.jspecify.annotations.NullMarked;
