package org.sharaka.node.intake;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When something happened, as exactly as the reporter knows.
 *
 * @param from the first instant that it may mean
 * @param precision how long a span it means
 */
public record OccurredAt(Instant from, Precision precision) {
    /** What the reporter remembers. */
    public enum Precision {
        YEAR,
        MONTH,
        DAY,
        MINUTE,
        SECOND
    }

    /** Clocks of senders that run ahead are forgiven this much. */
    static final Duration SKEW = Duration.ofMinutes(5);
    /** The day begins this much earlier than in UTC at the eastern end of the time zones. */
    private static final Duration EASTERNMOST = Duration.ofHours(14);

    private static final int YEAR_MIN = 1900;
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4})(?:[-/.](\\d{1,2})(?:[-/.](\\d{1,2})(?:[Tt ]\\s*(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d{1,9})?)?"
                    + "\\s*([Zz]|[+-]\\d{2}:?\\d{2})?)?)?)?");

    /** A time known to the second. */
    public static OccurredAt exactly(Instant at) {
        return new OccurredAt(at, Precision.SECOND);
    }

    /**
     * Reads {@code 2026}, {@code 2026-03}, {@code 2026-03-04}, {@code 2026-03-04T10:00Z} or
     * {@code 2026/03/04 10:00:00+01:00}.
     *
     * @param zone what a time without an offset means; empty if such a time is refused
     * @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#BAD_TIME}, {@link IntakeProblem#TIME_IN_FUTURE}
     */
    static OccurredAt parse(String text, Optional<ZoneId> zone, Instant now) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) throw IntakeProblem.BAD_TIME.because("a time is not of the form 2026-03-04T10:00:00Z");
        Precision precision = precisionOf(form);
        ZoneId at = zoneOf(form, precision, zone);
        OccurredAt read;
        try {
            read = new OccurredAt(
                    LocalDateTime.of(
                                    number(form, 1, 0),
                                    number(form, 2, 1),
                                    number(form, 3, 1),
                                    number(form, 4, 0),
                                    number(form, 5, 0),
                                    number(form, 6, 0))
                            .atZone(at)
                            .toInstant(),
                    precision);
        } catch (DateTimeException e) {
            throw IntakeProblem.BAD_TIME.because("a time is not in the calendar");
        }
        if (number(form, 1, 0) < YEAR_MIN) throw IntakeProblem.BAD_TIME.because("a time is before " + YEAR_MIN);
        return read.notAfter(now);
    }

    /** A day as it was told, wherever the reader sits: days without a time are kept as days of UTC. */
    public static OccurredAt on(LocalDate day) {
        return new OccurredAt(day.atStartOfDay(ZoneOffset.UTC).toInstant(), Precision.DAY);
    }

    /** See {@link #on}. */
    public LocalDate day() {
        return from.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#TIME_IN_FUTURE} beyond a clock's skew */
    OccurredAt notAfter(Instant now) {
        Duration forgiven = precision.compareTo(Precision.DAY) <= 0 ? EASTERNMOST : SKEW;
        if (from.isAfter(now.plus(forgiven))) throw IntakeProblem.TIME_IN_FUTURE.because("a time lies in the future");
        return this;
    }

    private static Precision precisionOf(Matcher form) {
        if (form.group(6) != null) return Precision.SECOND;
        if (form.group(4) != null) return Precision.MINUTE;
        if (form.group(3) != null) return Precision.DAY;
        return form.group(2) != null ? Precision.MONTH : Precision.YEAR;
    }

    private static ZoneId zoneOf(Matcher form, Precision precision, Optional<ZoneId> zone) {
        String offset = form.group(7);
        if (offset != null) {
            try {
                return ZoneOffset.of(offset.toUpperCase(java.util.Locale.ROOT));
            } catch (DateTimeException e) {
                throw IntakeProblem.BAD_TIME.because("a time has an impossible offset");
            }
        }
        if (zone.isPresent()) return zone.get();
        if (precision.compareTo(Precision.DAY) <= 0) return ZoneOffset.UTC;
        throw IntakeProblem.BAD_TIME.because("a time needs Z or an offset from UTC");
    }

    private static int number(Matcher form, int group, int otherwise) {
        String digits = form.group(group);
        return digits == null ? otherwise : Integer.parseInt(digits);
    }
}
