package org.sharaka.node.exchange;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows turned into columns, for {@code unnest}: one statement costs less than one for each row. */
final class Columns<T> {
    private final List<T> rows;

    Columns(List<T> rows) {
        this.rows = rows;
    }

    /** @param field empty for null */
    @Nullable
    String[] texts(Function<T, Optional<String>> field) {
        @Nullable String[] column = new String[rows.size()];
        for (int i = 0; i < column.length; i++)
            column[i] = field.apply(rows.get(i)).orElse(null);
        return column;
    }

    /** @param field empty for null */
    @Nullable
    Long[] numbers(Function<T, Optional<Long>> field) {
        @Nullable Long[] column = new Long[rows.size()];
        for (int i = 0; i < column.length; i++)
            column[i] = field.apply(rows.get(i)).orElse(null);
        return column;
    }

    byte[][] bytes(Function<T, byte[]> field) {
        return rows.stream().map(field).toArray(byte[][]::new);
    }

    /** @param field empty for null */
    byte @Nullable [][] bytesIfAny(Function<T, Optional<byte[]>> field) {
        byte @Nullable [][] column = new byte[rows.size()][];
        for (int i = 0; i < column.length; i++)
            column[i] = field.apply(rows.get(i)).orElse(null);
        return column;
    }
}
