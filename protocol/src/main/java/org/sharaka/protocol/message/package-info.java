/**
 * Messages, receipts and orders between two members, signed and sealed. May depend on everything here but {@code content} and
 * {@code transport}; of
 * what is here, only those may depend on it.
 */
@NullMarked
package org.sharaka.protocol.message;

import org.jspecify.annotations.NullMarked;
