/**
 * The screening page of officers at the front line: one field, an answer, both sides compared, a decision. May depend on everything
 * else of screening; keeps nothing of what is asked (S10).
 */
@NullMarked
package org.sharaka.node.screening.desk;

import org.jspecify.annotations.NullMarked;
