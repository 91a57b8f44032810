/**
 * What travels between two nodes around messages and receipts: answers, collections, refused requests. How it is carried is
 * for a node to say.
 */
@NullMarked
package org.sharaka.protocol.transport;

import org.jspecify.annotations.NullMarked;
