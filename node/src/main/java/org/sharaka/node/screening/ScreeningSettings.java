package org.sharaka.node.screening;

import java.time.Duration;
import java.time.Period;
import java.util.Locale;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code sharaka.screening.*}. Spans are our proposals until the country's law says otherwise, within what the safeguards allow.
 *
 * @param country ISO 3166-1 alpha-2 code of the country whose registers these are: it alone adds to them
 * @param hitRetention how long a confirmed hit and its decision are kept
 * @param dismissalRetention how long a dismissed pair stays dismissed, at most
 * @param distinctionLongest the longest that a distinguishing record lasts, at most two years
 * @param noMatchText how long the text of queries without a match is kept where lists are screened; at most a day (S10). Single queries
 *     are never kept
 * @param watchLongest the longest that a standing watch lasts, at most 30 days (S10)
 * @param registerRetention after this an entry of the own registers is taken out; ten years as SLTD has it (domain brief A.5)
 * @param rollLongest the longest that a roll of people may be kept for an event, at most a year
 * @param extractLongest the longest that an extract for a post without network answers, at most 30 days
 * @param stale after this without an import officers are told that a list may be out of date
 */
@ConfigurationProperties(prefix = "sharaka.screening", ignoreUnknownFields = false)
public record ScreeningSettings(
        @DefaultValue("MA") String country,
        @DefaultValue("3y") Period hitRetention,
        @DefaultValue("1y") Period dismissalRetention,
        @DefaultValue("365d") Duration distinctionLongest,
        @DefaultValue("4h") Duration noMatchText,
        @DefaultValue("30d") Duration watchLongest,
        @DefaultValue("10y") Period registerRetention,
        @DefaultValue("90d") Duration rollLongest,
        @DefaultValue("7d") Duration extractLongest,
        @DefaultValue("7d") Duration stale) {
    public ScreeningSettings {
        if (!country.matches("[A-Z]{2}") || !Set.of(Locale.getISOCountries()).contains(country))
            throw new IllegalArgumentException("sharaka.screening.country is not an ISO 3166-1 alpha-2 code");
        for (Period span : new Period[] {hitRetention, dismissalRetention, registerRetention})
            if (span.isNegative() || span.isZero())
                throw new IllegalArgumentException("a retention of sharaka.screening is not positive");
        within("distinction-longest", distinctionLongest, Duration.ofDays(731));
        within("no-match-text", noMatchText, Duration.ofDays(1));
        within("watch-longest", watchLongest, Duration.ofDays(30));
        within("extract-longest", extractLongest, Duration.ofDays(30));
        within("stale", stale, Duration.ofDays(366));
        within("roll-longest", rollLongest, Duration.ofDays(366));
    }

    private static void within(String name, Duration span, Duration most) {
        if (span.isNegative() || span.isZero() || span.compareTo(most) > 0)
            throw new IllegalArgumentException("sharaka.screening." + name + " is not within 0 and " + most);
    }
}
