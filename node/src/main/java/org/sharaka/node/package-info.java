/** The node: everything that persists. One sub-package is one module; `ModulesTest` guards their borders. */
@NullMarked
package org.sharaka.node;

import org.jspecify.annotations.NullMarked;
