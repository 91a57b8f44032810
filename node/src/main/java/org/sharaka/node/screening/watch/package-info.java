/**
 * Standing watches: a question or an entry looked at again when lists change, by what changed alone. May depend on screening's other
 * parts; no watch without purpose, second person and end (S10).
 */
@NullMarked
package org.sharaka.node.screening.watch;

import org.jspecify.annotations.NullMarked;
