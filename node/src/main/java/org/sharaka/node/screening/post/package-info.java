/**
 * A post without network: a process of its own that answers out of an extract as the node would, ends with it, and logs each question
 * before the answer. May depend on screening's own services and {@code extract}; has no database, decides nothing about anybody, and cannot
 * read its own log.
 */
@NullMarked
package org.sharaka.node.screening.post;

import org.jspecify.annotations.NullMarked;
