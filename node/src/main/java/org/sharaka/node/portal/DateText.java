package org.sharaka.node.portal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Days and times as browsers send them, and as people type them where a browser offers no calendar. */
final class DateText {
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})[-/. ](\\d{1,2})[-/. ](\\d{1,2})");
    private static final Pattern DAY_FIRST = Pattern.compile("(\\d{1,2})[-/. ](\\d{1,2})[-/. ](\\d{4})");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2})\\s*[:hH.]\\s*(\\d{2})?(?::\\d{2}(?:\\.\\d+)?)?");

    private DateText() {}

    static Optional<LocalDate> day(String typed) {
        String text = digits(typed.strip());
        Matcher year = YEAR_FIRST.matcher(text);
        Matcher day = DAY_FIRST.matcher(text);
        try {
            if (year.matches()) return sensible(LocalDate.of(number(year, 1), number(year, 2), number(year, 3)));
            if (day.matches()) return sensible(LocalDate.of(number(day, 3), number(day, 2), number(day, 1)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static Optional<LocalDate> sensible(LocalDate day) {
        return Optional.of(day).filter(each -> each.getYear() >= 1900);
    }

    static Optional<LocalTime> time(String typed) {
        Matcher time = TIME.matcher(digits(typed.strip()));
        if (!time.matches()) return Optional.empty();
        int hour = number(time, 1);
        int minute = time.group(2) == null ? 0 : number(time, 2);
        return hour < 24 && minute < 60 ? Optional.of(LocalTime.of(hour, minute)) : Optional.empty();
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** Digits of any script as ASCII. */
    private static String digits(String text) {
        var plain = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point ->
                        plain.appendCodePoint(Character.isDigit(point) ? '0' + Character.digit(point, 10) : point));
        return plain.toString();
    }
}
