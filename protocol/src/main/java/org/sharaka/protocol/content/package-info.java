/**
 * What officers write to each other: request and answer, information and what came of it, permissions, free text. Read and
 * written as the bodies of messages; schemas stand in docs/content/. Knows nothing of how messages travel.
 */
@NullMarked
package org.sharaka.protocol.content;

import org.jspecify.annotations.NullMarked;
