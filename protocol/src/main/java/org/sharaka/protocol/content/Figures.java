package org.sharaka.protocol.content;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue;
import org.sharaka.protocol.json.JsonValue.JsonObject;

/**
 * What a member tells of its own reports. Small counts are not told as they are, and say nothing of when and how much
 * (SAFEGUARDS S21).
 *
 * @param reports that name one of the traces
 * @param linked all reports of the campaigns that these belong to
 * @param losses what they state, one sum a currency, never converted
 * @param period first and last day on which it happened
 * @param categories codes of kinds of crime, most reports first
 * @param standing whether anybody gave a name
 */
public record Figures(
        Count reports,
        Optional<Count> linked,
        List<Loss> losses,
        Optional<Period> period,
        List<String> categories,
        Standing standing) {
    private static final int LOSSES_MAX = 10;
    private static final int CATEGORIES_MAX = 10;
    private static final long COUNT_MAX = 1_000_000_000;

    public Figures {
        losses = List.copyOf(losses);
        categories = List.copyOf(categories);
        if (losses.size() > LOSSES_MAX || categories.size() > CATEGORIES_MAX)
            throw Refusal.TOO_MANY.because("figures: at most ten losses and ten categories");
        if (categories.stream().anyMatch(each -> !Fields.isSlug(each)))
            throw Refusal.FIELD_WRONG.because("figures.categories: codes");
        if (!reports.exact() && (!losses.isEmpty() || period.isPresent() || linked.isPresent()))
            throw Refusal.FIELD_WRONG.because("figures: what is few tells nothing more");
    }

    /** Whether anything but anonymous reports stands behind the figures (SAFEGUARDS S16). */
    public enum Standing {
        SOME_NAMED,
        ALL_ANONYMOUS
    }

    /**
     * How many.
     *
     * @param exact whether it is this many; otherwise fewer than this
     */
    public record Count(boolean exact, long number) {
        public Count {
            if (number < 1 || number > COUNT_MAX) throw Refusal.FIELD_WRONG.because("count: 1 to " + COUNT_MAX);
        }

        /** As it is told when fewer than {@code few} are not. */
        public static Count of(long number, long few) {
            return number < few ? new Count(false, few) : new Count(true, number);
        }

        static Count parse(Fields fields) {
            boolean exact = fields.has("exactly");
            Count count = new Count(exact, fields.number(exact ? "exactly" : "below", 1, COUNT_MAX));
            fields.end();
            return count;
        }

        JsonObject toJson() {
            return JsonBuilder.object()
                    .with(exact ? "exactly" : "below", number)
                    .build();
        }
    }

    /**
     * What reports state in one currency.
     *
     * @param amount whole units
     * @param currency ISO 4217
     */
    public record Loss(long amount, String currency) {
        private static final long AMOUNT_MAX = 1_000_000_000_000_000L;
        private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

        public Loss {
            if (amount < 1 || amount > AMOUNT_MAX) throw Refusal.FIELD_WRONG.because("loss.amount");
            if (!CURRENCY.matcher(currency).matches()) throw Refusal.FIELD_WRONG.because("loss.currency: ISO 4217");
        }

        static Loss parse(Fields fields) {
            Loss loss = new Loss(fields.number("amount", 1, AMOUNT_MAX), fields.text("currency", 3));
            fields.end();
            return loss;
        }

        JsonObject toJson() {
            return JsonBuilder.object()
                    .with("amount", amount)
                    .with("currency", currency)
                    .build();
        }
    }

    /** Days, both ends included. */
    public record Period(LocalDate first, LocalDate last) {
        public Period {
            if (last.isBefore(first)) throw Refusal.FIELD_WRONG.because("period: ends before it begins");
            if (first.getYear() < 1970 || last.getYear() > 9999) throw Refusal.FIELD_WRONG.because("period: year");
        }

        static Period parse(Fields fields) {
            Period period = new Period(day(fields.text("first", 10)), day(fields.text("last", 10)));
            fields.end();
            return period;
        }

        private static LocalDate day(String text) {
            try {
                LocalDate day = LocalDate.parse(text);
                if (day.toString().equals(text)) return day;
            } catch (DateTimeException e) {
                throw Refusal.FIELD_WRONG.because("period: days as 2026-11-24", e);
            }
            throw Refusal.FIELD_WRONG.because("period: days as 2026-11-24");
        }

        JsonObject toJson() {
            return JsonBuilder.object()
                    .withText("first", first)
                    .withText("last", last)
                    .build();
        }
    }

    static Figures parse(Fields fields) {
        Figures figures = new Figures(
                Count.parse(fields.fields("reports")),
                fields.fieldsIfAny("linked").map(Count::parse),
                fields.list("losses", LOSSES_MAX).stream().map(Loss::parse).toList(),
                fields.fieldsIfAny("period").map(Period::parse),
                fields.texts("categories", CATEGORIES_MAX, 64),
                fields.constant("standing", Standing.class));
        fields.end();
        return figures;
    }

    JsonObject toJson() {
        JsonBuilder json = JsonBuilder.object()
                .with("reports", reports.toJson())
                .withAll("losses", losses, Loss::toJson)
                .withAll("categories", categories, JsonValue::of)
                .with("standing", standing);
        linked.ifPresent(count -> json.with("linked", count.toJson()));
        period.ifPresent(days -> json.with("period", days.toJson()));
        return json.build();
    }
}
