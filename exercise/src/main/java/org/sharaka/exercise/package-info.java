/**
 * The exercise: synthetic reports with planted campaigns, the demo that shows them and the check that judges what the node
 * made of them. Depends on node, and speaks with a running one over HTTP as any client does; must never hold a real
 * person, account or brand.
 */
@NullMarked
package org.sharaka.exercise;

import org.jspecify.annotations.NullMarked;
