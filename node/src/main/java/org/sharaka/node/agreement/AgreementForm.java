package org.sharaka.node.agreement;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Purpose;
import org.sharaka.protocol.content.Urgency;

/**
 * An agreement as its form is typed. Public because Spring and Thymeleaf read it.
 *
 * @param offences codes that were ticked
 * @param any covers every offence
 * @param minimumPenalty covers every offence punished at least so many months, as typed
 */
public record AgreementForm(
        @Nullable String kind,
        @Nullable String nameAr,
        @Nullable String nameEn,
        @Nullable String nameEs,
        @Nullable String nameFr,
        @Nullable String citation,
        @Nullable String inForceFrom,
        @Nullable String inForceUntil,
        @Nullable Set<String> offences,
        @Nullable Boolean any,
        @Nullable String minimumPenalty,
        @Nullable Boolean offenceNamed,
        @Nullable Set<Purpose> purposes,
        @Nullable Boolean dualCriminality,
        @Nullable Boolean partiesOnly,
        @Nullable String conditionsAr,
        @Nullable String conditionsEn,
        @Nullable String conditionsEs,
        @Nullable String conditionsFr,
        @Nullable String urgentHours,
        @Nullable String priorityHours,
        @Nullable String routineHours) {
    static AgreementForm of(Agreement shown) {
        return new AgreementForm(
                shown.kind().name(),
                shown.names().ar(),
                shown.names().en(),
                shown.names().es(),
                shown.names().fr(),
                shown.citation(),
                shown.inForceFrom().map(LocalDate::toString).orElse(""),
                shown.inForceUntil().map(LocalDate::toString).orElse(""),
                shown.coverage().stream()
                        .filter(each -> each.minimumPenaltyMonths().isEmpty())
                        .flatMap(each -> each.offences().stream())
                        .map(OffenceCode::value)
                        .collect(java.util.stream.Collectors.toSet()),
                shown.coverage().contains(new Coverage(Optional.empty(), Optional.empty())),
                shown.coverage().stream()
                        .filter(each -> each.offences().isEmpty())
                        .flatMap(each -> each.minimumPenaltyMonths().stream())
                        .map(String::valueOf)
                        .findFirst()
                        .orElse(""),
                shown.offenceNamed(),
                shown.purposes(),
                shown.dualCriminality(),
                shown.partiesOnly(),
                shown.conditions().ar(),
                shown.conditions().en(),
                shown.conditions().es(),
                shown.conditions().fr(),
                hours(shown, Urgency.URGENT),
                hours(shown, Urgency.PRIORITY),
                hours(shown, Urgency.ROUTINE));
    }

    /** A new one's form: what most agreements say. */
    static AgreementForm empty() {
        return new AgreementForm(
                AgreementKind.BILATERAL.name(),
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                Set.of(),
                false,
                "",
                true,
                Set.of(Purpose.INVESTIGATION),
                false,
                true,
                "",
                "",
                "",
                "",
                "",
                "",
                "");
    }

    private static String hours(Agreement shown, Urgency urgency) {
        Duration span = shown.replyWithin().get(urgency);
        return span == null ? "" : Long.toString(span.toHours());
    }

    /**
     * What was typed.
     *
     * @param before whose parties stay, and such coverage as the form cannot show
     * @throws org.sharaka.node.platform.ProblemException what is wrong with it
     */
    Agreement agreement(AgreementCode code, Optional<Agreement> before) {
        return new Agreement(
                code,
                chosenKind(),
                new Names(text(nameAr), text(nameEn), text(nameEs), text(nameFr)),
                text(citation),
                date(inForceFrom),
                date(inForceUntil),
                before.map(Agreement::parties).orElse(List.of()),
                coverage(before),
                Boolean.TRUE.equals(offenceNamed),
                purposes == null ? Set.of() : purposes,
                Boolean.TRUE.equals(dualCriminality),
                Boolean.TRUE.equals(partiesOnly),
                new Names(text(conditionsAr), text(conditionsEn), text(conditionsEs), text(conditionsFr)),
                deadlines());
    }

    private AgreementKind chosenKind() {
        for (AgreementKind each : AgreementKind.values()) if (each.name().equals(kind)) return each;
        throw AgreementProblem.BAD_FIELD.because("kind is unknown");
    }

    private List<Coverage> coverage(Optional<Agreement> before) {
        List<Coverage> all = new ArrayList<>();
        if (Boolean.TRUE.equals(any)) all.add(new Coverage(Optional.empty(), Optional.empty()));
        if (offences != null)
            offences.stream()
                    .sorted()
                    .forEach(code -> all.add(new Coverage(Optional.of(new OffenceCode(code)), Optional.empty())));
        number(minimumPenalty).ifPresent(months -> all.add(new Coverage(Optional.empty(), Optional.of(months))));
        before.ifPresent(known -> known.coverage().stream()
                .filter(each -> each.offences().isPresent()
                        && each.minimumPenaltyMonths().isPresent())
                .forEach(all::add));
        return all;
    }

    private Map<Urgency, Duration> deadlines() {
        EnumMap<Urgency, Duration> spans = new EnumMap<>(Urgency.class);
        number(urgentHours).ifPresent(hours -> spans.put(Urgency.URGENT, Duration.ofHours(hours)));
        number(priorityHours).ifPresent(hours -> spans.put(Urgency.PRIORITY, Duration.ofHours(hours)));
        number(routineHours).ifPresent(hours -> spans.put(Urgency.ROUTINE, Duration.ofHours(hours)));
        return spans;
    }

    static String text(@Nullable String typed) {
        return typed == null
                ? ""
                : typed.replace("\r\n", "\n").replace('\0', ' ').strip();
    }

    static Optional<Integer> number(@Nullable String typed) {
        String text = text(typed);
        if (text.isEmpty()) return Optional.empty();
        if (!text.matches("[0-9]{1,5}")) throw AgreementProblem.BAD_FIELD.because("a whole number is wanted");
        return Optional.of(Integer.parseInt(text));
    }

    static Optional<LocalDate> date(@Nullable String typed) {
        String text = text(typed);
        if (text.isEmpty()) return Optional.empty();
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            throw AgreementProblem.BAD_DATES.because("a date is written 2026-11-24");
        }
    }

    static String country(@Nullable String typed) {
        return text(typed).toUpperCase(Locale.ROOT);
    }
}
