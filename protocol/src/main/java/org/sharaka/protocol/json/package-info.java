/**
 * Canonical JSON (RFC 8785) with limits: one value has one encoding, so that a hash or a signature means one thing. Knows
 * nothing of what it carries.
 */
@NullMarked
package org.sharaka.protocol.json;

import org.jspecify.annotations.NullMarked;
