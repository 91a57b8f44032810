package org.sharaka.node.platform;

import java.util.List;

/**
 * A column that the {@link Vault} filled, whose content ends when its row goes. A module offers one as a bean: a backup then keeps
 * the wrapped keys of this column apart and for a short time, so that what was deleted cannot be read from an older backup
 * for long.
 *
 * @param table schema and table, for instance {@code intake.contact}
 * @param key the columns that name a row
 * @param column of type {@code bytea}; may be null
 * @param whenGone what to do, on return from a backup, with rows whose keys exist no more: a statement that finds the named
 *     columns of {@code key} in the table {@code gone}
 */
public record SealedColumn(String table, List<String> key, String column, String whenGone) {
    public SealedColumn {
        key = List.copyOf(key);
        if (key.isEmpty()) throw new IllegalArgumentException("no key");
    }
}
