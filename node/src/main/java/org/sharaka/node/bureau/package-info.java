/**
 * What a bureau writes to other members and reads of theirs: conversations with deadlines, the second look, who acted; to whom
 * each is closed and who asks to see it; what alarms its duty officers and what they hand over. May depend on exchange, agreement, assembly and audit; must never learn of reports, campaigns or lists, and sends nothing that an officer did not write.
 */
@NullMarked
package org.sharaka.node.bureau;

import org.jspecify.annotations.NullMarked;
