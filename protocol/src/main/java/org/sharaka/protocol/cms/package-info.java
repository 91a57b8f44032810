/**
 * Profile 1: the few CMS structures that nodes exchange, made and read strictly. May depend on nothing but Bouncy Castle;
 * must never learn what the bytes say that it signs and seals.
 */
@NullMarked
package org.sharaka.protocol.cms;

import org.jspecify.annotations.NullMarked;
