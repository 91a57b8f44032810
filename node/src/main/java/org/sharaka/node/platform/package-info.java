/**
 * Clock, ids, errors, SQL, migrations, configuration, web shell: what every module needs. May depend on no other
 * module; must never learn a word of policing.
 */
@NullMarked
package org.sharaka.node.platform;

import org.jspecify.annotations.NullMarked;
