package org.sharaka.node.crosscheck;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Purpose;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.message.HandlingCode;

/**
 * A question as its form is typed. Public because Spring and Thymeleaf read it.
 *
 * @param to member ids
 * @param trace numbers of the shared things that are ticked
 * @param answerBy a day, by whose end (UTC) the answer is needed
 */
public record AskForm(
        @Nullable List<String> to,
        @Nullable String purpose,
        @Nullable String offence,
        @Nullable Set<Long> trace,
        @Nullable Boolean figures,
        @Nullable Boolean losses,
        @Nullable String urgency,
        @Nullable String urgencyReason,
        @Nullable String answerBy,
        @Nullable String reference,
        @Nullable Set<String> codes,
        @Nullable Integer days,
        @Nullable Set<String> quotes) {
    static final int DAYS_USUAL = 30;

    public List<String> recipients() {
        return to == null ? List.of() : to.stream().distinct().toList();
    }

    Optional<Purpose> chosenPurpose() {
        return chosen(Purpose.class, purpose);
    }

    Optional<String> chosenOffence() {
        return given(offence);
    }

    /** Everything is ticked until somebody sent the form. */
    public boolean ticks(long key) {
        return trace == null || trace.contains(key);
    }

    public boolean code(HandlingCode one) {
        return codes != null && codes.contains(one.name());
    }

    public boolean quotes(Quoted one) {
        return quotes != null && quotes.contains(one.name());
    }

    Question question() {
        return new Question(
                chosenPurpose().orElseThrow(() -> CrossCheckProblem.BAD_FIELD.because("purpose")),
                chosenOffence(),
                handling(codes),
                trace == null ? Set.of() : trace,
                Boolean.TRUE.equals(figures),
                Boolean.TRUE.equals(losses),
                chosen(Urgency.class, urgency).orElse(Urgency.ROUTINE),
                given(urgencyReason),
                given(answerBy).map(AskForm::endOfDay),
                given(reference),
                days == null ? DAYS_USUAL : days,
                Stream.of(Quoted.values()).filter(this::quotes).collect(Collectors.toSet()));
    }

    private static Instant endOfDay(String day) {
        try {
            return LocalDate.parse(day).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw CrossCheckProblem.BAD_FIELD.because("answerBy");
        }
    }

    static Set<HandlingCode> handling(@Nullable Set<String> codes) {
        if (codes == null) return Set.of();
        return Set.copyOf(Stream.of(HandlingCode.H1, HandlingCode.H2)
                .filter(code -> codes.contains(code.name()))
                .toList());
    }

    static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(typed -> !typed.isEmpty());
    }

    static <E extends Enum<E>> Optional<E> chosen(Class<E> type, @Nullable String name) {
        return Stream.of(type.getEnumConstants())
                .filter(each -> each.name().equals(name))
                .findFirst();
    }
}
