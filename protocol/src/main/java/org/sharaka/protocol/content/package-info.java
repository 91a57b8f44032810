/**
 * What members say to each other: request and answer, information, reminders, permissions, free text; campaigns compared. Read
 * and written as the bodies of messages; schemas stand in docs/content/. Knows nothing of how messages travel.
 */
@NullMarked
package org.sharaka.protocol.content;

import org.jspecify.annotations.NullMarked;
