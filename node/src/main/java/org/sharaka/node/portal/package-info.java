/**
 * The public's door: a process of its own that seals what it takes, and the node's side that collects it and answers.
 * May depend on platform, access, audit and intake; must never learn of campaigns, and its public half of no officer.
 */
@NullMarked
package org.sharaka.node.portal;

import org.jspecify.annotations.NullMarked;
