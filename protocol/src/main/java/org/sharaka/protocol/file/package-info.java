/**
 * Large evidence in chunks: sealed before it leaves, checked chunk by chunk, in constant memory. May depend on json and cms.
 */
@NullMarked
package org.sharaka.protocol.file;

import org.jspecify.annotations.NullMarked;
