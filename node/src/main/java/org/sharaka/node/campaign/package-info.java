/**
 * Linked reports, the reasons for each link, analysts' decisions and alerts. May depend on platform, access, audit and
 * intake; must never learn who a reporter is.
 */
@NullMarked
package org.sharaka.node.campaign;

import org.jspecify.annotations.NullMarked;
