package org.sharaka.node.platform;

import java.time.Instant;

/**
 * A return from a backup: what this node did between the two times is not in its database.
 *
 * @param number 1 for the first return of this node, and so on; a module that acts on each once remembers the last
 * @param backup the backup's name
 * @param backupAt of this moment is what was restored: all that was committed before, nothing after
 */
public record Restore(int number, String backup, Instant backupAt, Instant restoredAt) {}
