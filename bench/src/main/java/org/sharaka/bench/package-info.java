/** Load and quality benchmarks, run by `./sharaka bench NAME`; never part of the tests. */
@NullMarked
package org.sharaka.bench;

import org.jspecify.annotations.NullMarked;
