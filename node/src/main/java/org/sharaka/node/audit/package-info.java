/**
 * The tamper-evident record of every access and decision. May depend on platform and access; must never hold personal
 * data of reporters or of sought people in the tree itself.
 */
@NullMarked
package org.sharaka.node.audit;

import org.jspecify.annotations.NullMarked;
