/**
 * Who is asking, with which authority and for which purpose. May depend on platform; must never learn what the data is
 * that it guards.
 */
@NullMarked
package org.sharaka.node.access;

import org.jspecify.annotations.NullMarked;
