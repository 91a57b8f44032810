package org.sharaka.node.intake;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sharaka.identifiers.IdentifierKind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** A report as other systems submit it. The wire's own form: it can stay while the domain moves. */
record ReportJson(
        @Nullable String category,
        @Nullable String narrative,
        @Nullable String language,
        @Nullable String occurredAt,
        @Nullable String country,
        @Nullable String locality,
        @Nullable List<@Nullable MoneyJson> money,
        @Nullable List<@Nullable IdentifierJson> identifiers,
        @Nullable ReporterJson reporter,
        @Nullable String role) {

    record MoneyJson(
            @Nullable String amount,
            @Nullable String currency,
            @Nullable String kind,
            @Nullable String occurredAt,
            @Nullable IdentifierJson from,
            @Nullable IdentifierJson to) {}

    record IdentifierJson(@Nullable String kind, @Nullable String value) {}

    record ReporterJson(
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone,
            @Nullable String language) {
        /** Contact data is never printed. */
        @Override
        public String toString() {
            return "ReporterJson[…]";
        }
    }

    private static final Pattern AMOUNT = Pattern.compile("\\d{1,18}(?:\\.\\d{1,4})?");

    /** Knows what it is told and nothing else; a field given twice or misspelt is refused, not lost. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxStringLength(1 << 20)
                            .maxNumberLength(40)
                            .maxNameLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads a request's body.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link IntakeProblem#BAD_JSON}, which repeats nothing of what was sent
     */
    static ReportJson read(byte[] body) {
        return read(body, ReportJson.class);
    }

    static <T> T read(byte[] body, Class<T> type) {
        try {
            T read = MAPPER.readValue(decoded(body), type);
            if (read == null) throw IntakeProblem.BAD_JSON.because("the body is null");
            return read;
        } catch (UnrecognizedPropertyException e) {
            String known = e.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw IntakeProblem.BAD_JSON.because("a field of " + place(e, 1) + " is unknown; known are: " + known);
        } catch (StreamReadException e) {
            throw IntakeProblem.BAD_JSON.because(
                    "not well-formed JSON at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        } catch (DatabindException e) {
            throw IntakeProblem.BAD_JSON.because(place(e, 0) + " is of the wrong type");
        } catch (JacksonException e) {
            throw IntakeProblem.BAD_JSON.because("the body cannot be read as JSON");
        }
    }

    private static String decoded(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw IntakeProblem.BAD_JSON.because("the body is not UTF-8");
        }
    }

    /**
     * The path of a field that we know, for instance {@code money[0].amount}.
     *
     * @param withoutLast steps left out at its end
     */
    private static String place(DatabindException e, int withoutLast) {
        var path = new StringBuilder();
        List<JacksonException.Reference> steps = e.getPath();
        for (JacksonException.Reference step : steps.subList(0, Math.max(0, steps.size() - withoutLast))) {
            if (step.getPropertyName() == null)
                path.append('[').append(step.getIndex()).append(']');
            else path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
        }
        return path.isEmpty() ? "the body" : path.toString();
    }

    /** @throws org.sharaka.node.platform.ProblemException an {@link IntakeProblem} */
    ReportDraft draft(Instant now) {
        var given = new ArrayList<GivenIdentifier>();
        for (IdentifierJson each :
                orEmpty("identifiers", identifiers, ReportDraft.IDENTIFIERS_MAX, IntakeProblem.TOO_MANY_IDENTIFIERS)) {
            given.add(identifier("identifiers", each));
        }
        var amounts = new ArrayList<ReportedMoney>();
        for (MoneyJson each : orEmpty("money", money, ReportDraft.MONEY_MAX, IntakeProblem.TOO_MUCH_MONEY)) {
            amounts.add(amount(each, now));
        }
        return new ReportDraft(
                named("category", category, Category.values(), Category::valueOf),
                narrative == null ? "" : narrative,
                Optional.ofNullable(language),
                time(occurredAt, now),
                Optional.ofNullable(country),
                Optional.ofNullable(locality),
                amounts,
                given,
                List.of(),
                Optional.ofNullable(reporter).map(ReportJson::contact),
                role == null ? ReporterRole.VICTIM : named("role", role, ReporterRole.values(), ReporterRole::valueOf));
    }

    private static Contact contact(ReporterJson reporter) {
        return new Contact(
                Optional.ofNullable(reporter.name()),
                Optional.ofNullable(reporter.email()),
                Optional.ofNullable(reporter.phone()),
                Optional.ofNullable(reporter.language()));
    }

    private static ReportedMoney amount(@Nullable MoneyJson money, Instant now) {
        if (money == null) throw IntakeProblem.FIELD_MISSING.because("money holds null");
        if (money.amount() == null) throw IntakeProblem.FIELD_MISSING.because("money.amount is missing");
        if (!AMOUNT.matcher(money.amount()).matches())
            throw IntakeProblem.BAD_MONEY.because("money.amount is not of the form 1200.00");
        return new ReportedMoney(
                new Money(new BigDecimal(money.amount()), currency(money.currency())),
                named("money.kind", money.kind(), MoneyKind.values(), MoneyKind::valueOf),
                time(money.occurredAt(), now),
                Optional.ofNullable(money.from()).map(account -> identifier("money.from", account)),
                Optional.ofNullable(money.to()).map(account -> identifier("money.to", account)));
    }

    private static Currency currency(@Nullable String code) {
        if (code == null) throw IntakeProblem.FIELD_MISSING.because("money.currency is missing");
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw IntakeProblem.UNKNOWN_VALUE.because("money.currency is no ISO 4217 code");
        }
    }

    private static GivenIdentifier identifier(String field, @Nullable IdentifierJson given) {
        if (given == null || given.value() == null) throw IntakeProblem.FIELD_MISSING.because(field + " has no value");
        return new GivenIdentifier(
                named(field + ".kind", given.kind(), IdentifierKind.values(), IdentifierKind::valueOf), given.value());
    }

    private static Optional<OccurredAt> time(@Nullable String text, Instant now) {
        return text == null || text.isBlank()
                ? Optional.empty()
                : Optional.of(OccurredAt.parse(text, Optional.empty(), now));
    }

    private static <T> List<T> orEmpty(String field, @Nullable List<T> list, int max, IntakeProblem problem) {
        if (list == null) return List.of();
        if (list.size() > max) throw problem.because(field + " has more than " + max + " entries");
        return list;
    }

    private static <E extends Enum<E>> E named(
            String field, @Nullable String name, E[] known, Function<String, E> valueOf) {
        if (name == null) throw IntakeProblem.FIELD_MISSING.because(field + " is missing");
        try {
            return valueOf.apply(name);
        } catch (IllegalArgumentException e) {
            throw IntakeProblem.UNKNOWN_VALUE.because(field + " is none of "
                    + Arrays.stream(known).map(Enum::name).collect(Collectors.joining(", ")));
        }
    }
}
