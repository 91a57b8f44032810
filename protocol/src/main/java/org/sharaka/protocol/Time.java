package org.sharaka.protocol;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Points in time as the protocol writes them: RFC 3339, UTC, always three decimals: {@code 2026-11-24T09:00:00.000Z}. */
public final class Time {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);
    private static final int LENGTH = 24;

    private Time() {}

    public static String format(Instant time) {
        return FORM.format(time);
    }

    public static Instant parse(String text) {
        if (text.length() != LENGTH) throw Refusal.FIELD_WRONG.because("a time is written 2026-11-24T09:00:00.000Z");
        try {
            return FORM.parse(text, Instant::from);
        } catch (DateTimeException e) {
            throw Refusal.FIELD_WRONG.because("a time is written 2026-11-24T09:00:00.000Z", e);
        }
    }

    /** What remains of a time when it is written. */
    public static Instant truncate(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
