/**
 * Delivers messages between members: outbox, order, receipts, collection. May depend on platform, access, audit, assembly and
 * agreement; must never learn what a message is about: modules that know its content type listen for it.
 */
@NullMarked
package org.sharaka.node.exchange;

import org.jspecify.annotations.NullMarked;
