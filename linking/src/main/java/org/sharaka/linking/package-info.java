/**
 * From shared identifiers to campaigns: incremental, explainable, reversible. For investigators who must check why two
 * reports are said to be one crime. Depends on the identifiers library alone; must never learn of SQL, screens or who a
 * reporter is.
 */
@NullMarked
package org.sharaka.linking;

import org.jspecify.annotations.NullMarked;
