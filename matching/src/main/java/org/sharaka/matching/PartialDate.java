package org.sharaka.matching;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A date as lists give it: a day, a month, a year, or one of several years.
 *
 * @param yearFrom first year that it may be, 1 to 9999
 * @param yearTo last year that it may be; the same but for ranges
 * @param month 1 to 12, 0 when not known
 * @param day 1 to 31, 0 when not known
 * @param circa whether the source says "about"
 */
public record PartialDate(int yearFrom, int yearTo, int month, int day, boolean circa) {
    private static final Pattern ISO = Pattern.compile("(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2}))?)?(?:T.*)?");
    private static final Pattern WORDS = Pattern.compile("(?:(\\d{1,2}) )?(?:([a-z]{3})[a-z]* )?(\\d{4})");
    private static final Pattern SLASHED = Pattern.compile("(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4})");
    private static final Pattern COMPACT = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
    private static final Pattern RANGE = Pattern.compile("(?:between )?(\\d{4})(?: to | and |-|/)(\\d{4})");
    private static final String MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec ";
    private static final int LENGTH_MAX = 40;

    public PartialDate {
        if (yearFrom < 1 || yearTo > 9999 || yearFrom > yearTo)
            throw new IllegalArgumentException("years out of range");
        if (month < 0 || month > 12 || day < 0 || day > 31)
            throw new IllegalArgumentException("month or day out of range");
        if (day > 0 && month == 0) throw new IllegalArgumentException("a day without a month");
    }

    public static PartialDate of(LocalDate date) {
        return new PartialDate(date.getYear(), date.getYear(), date.getMonthValue(), date.getDayOfMonth(), false);
    }

    public static PartialDate year(int year) {
        return new PartialDate(year, year, 0, 0, false);
    }

    /**
     * Reads ISO 8601 and parts of it, {@code 19601230}, {@code 30/12/1960}, {@code 30 Dec 1960}, {@code circa 1960}, {@code 1958 to 1963}. A
     * month or day that does not exist (month 13, 31 June) is left out; without a year there is no date.
     */
    public static Optional<PartialDate> parse(String text) {
        if (text.length() > LENGTH_MAX) return Optional.empty();
        String plain = text.strip().toLowerCase(Locale.ROOT);
        boolean circa = false;
        for (String about : new String[] {"circa ", "approximately ", "about ", "c. ", "ca. ", "~"}) {
            if (plain.startsWith(about)) {
                plain = plain.substring(about.length()).strip();
                circa = true;
            }
        }
        Matcher range = RANGE.matcher(plain);
        if (range.matches() && Integer.parseInt(range.group(2)) >= 1000) {
            int from = Integer.parseInt(range.group(1));
            int to = Integer.parseInt(range.group(2));
            return from < 1 || from > to ? Optional.empty() : Optional.of(new PartialDate(from, to, 0, 0, circa));
        }
        Matcher iso = ISO.matcher(plain);
        if (iso.matches()) return of(iso.group(1), iso.group(2), iso.group(3), circa);
        Matcher compact = COMPACT.matcher(plain);
        if (compact.matches()) return of(compact.group(1), compact.group(2), compact.group(3), circa);
        Matcher slashed = SLASHED.matcher(plain);
        if (slashed.matches()) return of(slashed.group(3), slashed.group(2), slashed.group(1), circa);
        Matcher words = WORDS.matcher(plain);
        if (words.matches()) {
            String name = words.group(2);
            int at = name == null ? -1 : MONTHS.indexOf(name + " ");
            if (name != null && at < 0) return Optional.empty();
            String month = name == null ? null : Integer.toString(at / 4 + 1);
            return of(words.group(3), month, month == null ? null : words.group(1), circa);
        }
        return Optional.empty();
    }

    private static Optional<PartialDate> of(
            String year,
            @org.jspecify.annotations.Nullable String month,
            @org.jspecify.annotations.Nullable String day,
            boolean circa) {
        int y = Integer.parseInt(year);
        int m = month == null ? 0 : Integer.parseInt(month);
        int d = day == null ? 0 : Integer.parseInt(day);
        if (y < 1) return Optional.empty();
        // What says 1960-13-04 may be the American order.
        if (m > 12 && d >= 1 && d <= 12) {
            int swapped = m;
            m = d;
            d = swapped;
        }
        if (m < 1 || m > 12) return Optional.of(new PartialDate(y, y, 0, 0, circa));
        try {
            if (d > 0) LocalDate.of(y, m, d);
        } catch (DateTimeException e) {
            d = 0;
        }
        return Optional.of(new PartialDate(y, y, m, d, circa));
    }

    /** How two dates of one event compare. */
    public enum Likeness {
        /** The same, as far as both say. */
        SAME,
        /** Day and month have changed places. */
        TURNED,
        /** One slip apart: the day, the month, or the year by one. */
        CLOSE,
        /** Two or three years apart, or both day and month differ. */
        APART,
        /** Four to seven years apart. */
        FAR,
        /** Up to fourteen years apart, or with one digit of the year changed. */
        VERY_FAR,
        /** Not the same event, unless somebody lied. */
        CONTRADICTED
    }

    /** How this compares with another date of what should be the same event. */
    public Likeness compare(PartialDate other) {
        int apart = Math.max(0, Math.max(yearFrom - other.yearTo, other.yearFrom - yearTo));
        if (circa || other.circa) apart = Math.max(0, apart - 1);
        if (apart == 0) return withinYear(other);
        if (apart == 1)
            return day > 0 && other.day > 0 && month != other.month && day != other.day
                    ? Likeness.APART
                    : Likeness.CLOSE;
        if (apart <= 3) return Likeness.APART;
        if (apart <= 7) return Likeness.FAR;
        boolean sameDay = day > 0 && day == other.day && month == other.month;
        return apart <= 14 || (sameDay && oneDigit(yearFrom, other.yearFrom))
                ? Likeness.VERY_FAR
                : Likeness.CONTRADICTED;
    }

    private Likeness withinYear(PartialDate other) {
        if (month == 0 || other.month == 0 || yearFrom != other.yearFrom) return Likeness.SAME;
        // The first of January stands for a year whose day nobody knows.
        if (isNewYear() || other.isNewYear())
            return month == other.month && day == other.day ? Likeness.SAME : Likeness.CLOSE;
        if (day == 0 || other.day == 0) return month == other.month ? Likeness.SAME : Likeness.CLOSE;
        if (month == other.month) return day == other.day ? Likeness.SAME : Likeness.CLOSE;
        if (month == other.day && day == other.month) return Likeness.TURNED;
        return day == other.day ? Likeness.CLOSE : Likeness.APART;
    }

    private boolean isNewYear() {
        return month == 1 && day == 1;
    }

    private static boolean oneDigit(int a, int b) {
        int different = 0;
        for (int x = a, y = b; x > 0 || y > 0; x /= 10, y /= 10) if (x % 10 != y % 10) different++;
        return different == 1;
    }

    @Override
    public String toString() {
        String years = yearFrom == yearTo
                ? String.format(Locale.ROOT, "%04d", yearFrom)
                : String.format(Locale.ROOT, "%04d to %04d", yearFrom, yearTo);
        String date = month == 0
                ? years
                : day == 0
                        ? String.format(Locale.ROOT, "%s-%02d", years, month)
                        : String.format(Locale.ROOT, "%s-%02d-%02d", years, month, day);
        return circa ? "circa " + date : date;
    }
}
