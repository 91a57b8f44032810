package org.sharaka.exercise;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Money;

/**
 * An invented report.
 *
 * @param key names the report in the scenario and serves as its idempotency key
 * @param time when it happened
 * @param country ISO 3166-1 alpha-2 code of where the reporter is
 * @param given identifiers filled into fields of their own, as written
 * @param reporter the invented reporter's name; empty for an anonymous report
 * @param group the planted campaign; empty if the report belongs to none
 */
public record SyntheticReport(
        String key,
        Instant time,
        Voice voice,
        String country,
        Category category,
        String narrative,
        List<Given> given,
        Optional<Money> loss,
        Optional<String> reporter,
        Optional<String> group) {
    public SyntheticReport {
        given = List.copyOf(given);
    }

    /** @param kind the name of an {@code IdentifierKind} */
    public record Given(String kind, String value) {}

    /** The same report under another key: a report of its own. */
    public SyntheticReport under(String otherKey) {
        return new SyntheticReport(otherKey, time, voice, country, category, narrative, given, loss, reporter, group);
    }

    /** Narrative and fields as one text, as a batch without fields gets it. */
    public String text() {
        StringBuilder text = new StringBuilder(narrative);
        for (Given field : given) {
            text.append('\n')
                    .append(field.kind().toLowerCase(Locale.ROOT))
                    .append(": ")
                    .append(field.value());
        }
        return text.toString();
    }

    /** BCP 47 tag of the language that the report is written in. */
    public String language() {
        return voice == Voice.MOROCCAN ? "ar" : voice.code;
    }

    static Money money(long amount, String currency) {
        return new Money(BigDecimal.valueOf(amount), Currency.getInstance(currency));
    }
}
