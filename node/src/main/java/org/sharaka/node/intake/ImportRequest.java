package org.sharaka.node.intake;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;

/**
 * What to import and how to read it.
 *
 * @param source name of whoever wrote the file: equal rows of one source are the same rows, in whatever file they stand
 * @param columns what columns mean where the header does not tell
 * @param separator between fields; empty to take what the header uses
 * @param zone what times without an offset mean
 * @param currency of amounts that name none
 * @param country ISO 3166-1 alpha-2 code for rows that name none
 * @param refused file for the rows that were not stored; written anew
 */
public record ImportRequest(
        ImportKind kind,
        Path file,
        String source,
        Map<String, String> columns,
        Charset charset,
        Optional<Character> separator,
        ZoneId zone,
        Optional<Currency> currency,
        Optional<String> country,
        Path refused) {
    static final int SOURCE_LENGTH_MAX = 200;

    public ImportRequest {
        columns = Map.copyOf(columns);
        if (source.isBlank() || source.length() > SOURCE_LENGTH_MAX)
            throw new IllegalArgumentException("source is blank or too long");
    }
}
