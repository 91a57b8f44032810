/**
 * The law that lets data leave: agreements and treaties as data, and whether one covers a sender, a recipient, an offence and a
 * purpose on a day. May depend on the record and the protocol's words; must never learn what is sent.
 */
@NullMarked
package org.sharaka.node.agreement;

import org.jspecify.annotations.NullMarked;
