/**
 * Files that messages carry: given to the members they were sent to, fetched in the background, ended with their message. May depend on
 * evidence, exchange and originator; must never learn what a message or a file says.
 */
@NullMarked
package org.sharaka.node.attachment;

import org.jspecify.annotations.NullMarked;
