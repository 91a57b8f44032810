package org.sharaka.node.platform;

import com.ibm.icu.number.NumberFormatter;
import com.ibm.icu.number.NumberFormatter.TrailingZeroDisplay;
import com.ibm.icu.number.NumberFormatter.UnitWidth;
import com.ibm.icu.number.Precision;
import com.ibm.icu.util.MeasureUnit;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;

/** How values are written for one reader; templates call it {@code #show}. */
public final class WebFormats {
    private static final int MINUTES_OF_AN_HOUR = 60;
    private static final int MINUTES_OF_A_DAY = 24 * MINUTES_OF_AN_HOUR;

    private final Locale locale;
    private final ZoneId zone;

    WebFormats(WebLanguage language, ZoneId zone) {
        this.locale = language.locale();
        this.zone = zone;
    }

    /** A day, for instance "23 Nov 2026", in the node's time zone. */
    public String date(Instant instant) {
        return day(instant.atZone(zone).toLocalDate());
    }

    public String day(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(dateStyle())
                .localizedBy(locale)
                .format(day);
    }

    /** Arabic's shorter style is all digits, and digits with slashes turn round between words from right to left. */
    private FormatStyle dateStyle() {
        return locale.getLanguage().equals(WebLanguage.ARABIC.code()) ? FormatStyle.LONG : FormatStyle.MEDIUM;
    }

    /** Day and minute in the node's time zone. */
    public String dateTime(Instant instant) {
        return DateTimeFormatter.ofLocalizedDateTime(dateStyle(), FormatStyle.SHORT)
                .localizedBy(locale)
                .format(instant.atZone(zone));
    }

    /** For the {@code datetime} attribute of HTML's {@code time}. */
    public String machine(Instant instant) {
        return instant.toString();
    }

    /** A span in its largest whole unit, for instance "4 minutes" or "2 days"; under a minute is one. Never negative. */
    public String span(Duration span) {
        long minutes = Math.max(1, span.abs().toMinutes());
        MeasureUnit unit = MeasureUnit.MINUTE;
        long amount = minutes;
        if (minutes >= 2 * MINUTES_OF_A_DAY) {
            unit = MeasureUnit.DAY;
            amount = minutes / MINUTES_OF_A_DAY;
        } else if (minutes >= 2 * MINUTES_OF_AN_HOUR) {
            unit = MeasureUnit.HOUR;
            amount = minutes / MINUTES_OF_AN_HOUR;
        }
        return NumberFormatter.withLocale(locale)
                .unit(unit)
                .unitWidth(UnitWidth.FULL_NAME)
                .format(amount)
                .toString();
    }

    /** A size in the largest unit that leaves at least one, decimal as disks are sold, for instance "4.2 MB". */
    public String bytes(long bytes) {
        MeasureUnit unit = MeasureUnit.BYTE;
        double amount = bytes;
        for (MeasureUnit larger :
                List.of(MeasureUnit.KILOBYTE, MeasureUnit.MEGABYTE, MeasureUnit.GIGABYTE, MeasureUnit.TERABYTE)) {
            if (amount < 1000) break;
            amount /= 1000;
            unit = larger;
        }
        return NumberFormatter.withLocale(locale)
                .unit(unit)
                .unitWidth(UnitWidth.SHORT)
                .precision(Precision.maxSignificantDigits(3))
                .format(amount)
                .toString();
    }

    public String number(Number number) {
        return NumberFormatter.withLocale(locale).format(number).toString();
    }

    /** @param share 0 to 1 */
    public String percent(double share) {
        return NumberFormatter.withLocale(locale)
                .unit(MeasureUnit.PERCENT)
                .scale(com.ibm.icu.number.Scale.powerOfTen(2))
                .precision(Precision.integer())
                .format(share)
                .toString();
    }

    /** An amount with its ISO 4217 code: symbols such as $ name many currencies. */
    public String money(BigDecimal amount, Currency currency) {
        return NumberFormatter.withLocale(locale)
                .unit(com.ibm.icu.util.Currency.getInstance(currency.getCurrencyCode()))
                .unitWidth(UnitWidth.ISO_CODE)
                .precision(Precision.currency(com.ibm.icu.util.Currency.CurrencyUsage.STANDARD)
                        .trailingZeroDisplay(TrailingZeroDisplay.HIDE_IF_WHOLE))
                .format(amount)
                .toString();
    }

    /** The name of a country in the reader's language; what is no ISO 3166-1 code comes back as it is. */
    public String country(String code) {
        try {
            return new Locale.Builder().setRegion(code).build().getDisplayCountry(locale);
        } catch (IllformedLocaleException e) {
            return code;
        }
    }
}
