/**
 * Signed heads of a member's audit log, and their cosigning by others (C2SP signed-note, tlog-checkpoint, tlog-cosignature).
 * May depend on tree and json; must never learn what a log holds.
 */
@NullMarked
package org.sharaka.protocol.checkpoint;

import org.jspecify.annotations.NullMarked;
