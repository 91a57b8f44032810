/**
 * What brings a node back: copies of its database, its sealed files and its keys, and the way home from them. May depend on
 * platform, access, audit and evidence; must never learn what the tables hold.
 */
@NullMarked
package org.sharaka.node.backup;

import org.jspecify.annotations.NullMarked;
