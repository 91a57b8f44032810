/**
 * Reports from the public and what they name. May depend on platform, access and audit; must never learn which campaign
 * a report belongs to.
 */
@NullMarked
package org.sharaka.node.intake;

import org.jspecify.annotations.NullMarked;
