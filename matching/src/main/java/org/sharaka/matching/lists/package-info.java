/**
 * Reads lists in the formats in which they are published. Streaming: memory does not grow with the file. What a reader gives is in force only
 * when it came to the end: a file that was cut is refused as a whole by an exception, a single bad row only by a refusal.
 */
@NullMarked
package org.sharaka.matching.lists;

import org.jspecify.annotations.NullMarked;
