/**
 * Registers of stolen and lost documents and of stolen vehicles: exact numbers, nobody's name. May depend on screening's own values;
 * must never learn who a document belongs to, and lets nobody but the issuing country add to its entries or take out of them.
 */
@NullMarked
package org.sharaka.node.screening.register;

import org.jspecify.annotations.NullMarked;
