package org.sharaka.node.agreement;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.content.Urgency;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Agreements and offences as files: what the product ships, what an administrator exports, keeps elsewhere and imports. */
final class AgreementJson {
    static final String TYPE = "sharaka.agreements";
    static final int FORMAT = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(8)
                            .maxStringLength(1 << 16)
                            .maxNumberLength(20)
                            .maxNameLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .changeDefaultPropertyInclusion(inclusion ->
                    inclusion.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
            .build();

    private AgreementJson() {}

    /** What a file holds. */
    record Contents(int version, List<Agreement> agreements, List<Offence> offences) {
        Contents {
            agreements = List.copyOf(agreements);
            offences = List.copyOf(offences);
        }
    }

    private record FileJson(
            @Nullable String type,
            @Nullable Integer format,
            @Nullable Integer version,
            @Nullable List<One> agreements,
            @Nullable List<OffenceJson> offences) {}

    private record One(
            @Nullable String code,
            @Nullable String kind,
            @Nullable NamesJson names,
            @Nullable String citation,
            @Nullable String inForceFrom,
            @Nullable String inForceUntil,
            @Nullable List<PartyJson> parties,
            @Nullable List<CoverageJson> coverage,
            @Nullable Boolean offenceNamed,
            @Nullable List<String> purposes,
            @Nullable Boolean dualCriminality,
            @Nullable Boolean partiesOnly,
            @Nullable NamesJson conditions,
            @Nullable Map<String, String> replyWithin) {}

    private record NamesJson(
            @Nullable String ar,
            @Nullable String en,
            @Nullable String es,
            @Nullable String fr) {}

    private record PartyJson(
            @Nullable String code,
            @Nullable String from,
            @Nullable String until,
            @Nullable Boolean verified) {}

    private record CoverageJson(
            @Nullable String offences, @Nullable Integer minimumPenaltyMonths) {}

    private record OffenceJson(
            @Nullable String code,
            @Nullable NamesJson names,
            @Nullable Map<String, PunishmentJson> punishments) {}

    private record PunishmentJson(
            @Nullable Boolean punishable,
            @Nullable Integer maximumMonths,
            @Nullable String law,
            @Nullable Boolean verified) {}

    /** @throws ProblemException {@link AgreementProblem#BAD_FILE} or what is wrong with one of its rows */
    static Contents read(byte[] file) {
        FileJson read = parse(file, FileJson.class);
        if (!TYPE.equals(read.type()) || read.format() == null || read.format() != FORMAT)
            throw AgreementProblem.BAD_FILE.because("not " + TYPE + ", format " + FORMAT);
        return new Contents(
                read.version() == null ? 0 : read.version(),
                orNone(read.agreements()).stream().map(AgreementJson::agreement).toList(),
                orNone(read.offences()).stream().map(AgreementJson::offence).toList());
    }

    static Agreement readAgreement(String document) {
        return agreement(parse(document.getBytes(java.nio.charset.StandardCharsets.UTF_8), One.class));
    }

    static Offence readOffence(String document) {
        return offence(parse(document.getBytes(java.nio.charset.StandardCharsets.UTF_8), OffenceJson.class));
    }

    private static <T> T parse(byte[] text, Class<T> type) {
        try {
            T read = MAPPER.readValue(text, type);
            if (read == null) throw AgreementProblem.BAD_FILE.because("empty");
            return read;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw AgreementProblem.BAD_FILE.because("line " + line);
        }
    }

    static byte[] write(Contents contents) {
        return MAPPER.writeValueAsBytes(new FileJson(
                TYPE,
                FORMAT,
                contents.version(),
                contents.agreements().stream().map(AgreementJson::json).toList(),
                contents.offences().stream().map(AgreementJson::json).toList()));
    }

    static String write(Agreement agreement) {
        return MAPPER.writeValueAsString(json(agreement));
    }

    static String write(Offence offence) {
        return MAPPER.writeValueAsString(json(offence));
    }

    private static Agreement agreement(One read) {
        return new Agreement(
                new AgreementCode(required(read.code(), "code")),
                kind(required(read.kind(), "kind")),
                names(read.names()),
                read.citation() == null ? "" : read.citation(),
                date(read.inForceFrom()),
                date(read.inForceUntil()),
                orNone(read.parties()).stream()
                        .map(each -> new Party(
                                new PartyCode(required(each.code(), "parties.code")),
                                date(each.from()),
                                date(each.until()),
                                each.verified() != null && each.verified()))
                        .toList(),
                orNone(read.coverage()).stream()
                        .map(each -> new Coverage(
                                Optional.ofNullable(each.offences()).map(OffenceCode::new),
                                Optional.ofNullable(each.minimumPenaltyMonths())))
                        .toList(),
                read.offenceNamed() == null || read.offenceNamed(),
                purposes(orNone(read.purposes())),
                read.dualCriminality() != null && read.dualCriminality(),
                read.partiesOnly() == null || read.partiesOnly(),
                read.conditions() == null ? Names.NONE : names(read.conditions()),
                deadlines(read.replyWithin() == null ? Map.of() : read.replyWithin()));
    }

    private static One json(Agreement from) {
        Map<String, String> deadlines = new TreeMap<>();
        from.replyWithin().forEach((urgency, span) -> deadlines.put(urgency.code(), span.toString()));
        return new One(
                from.code().value(),
                from.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                json(from.names()),
                from.citation(),
                from.inForceFrom().map(LocalDate::toString).orElse(null),
                from.inForceUntil().map(LocalDate::toString).orElse(null),
                from.parties().stream()
                        .map(each -> new PartyJson(
                                each.code().value(),
                                each.from().map(LocalDate::toString).orElse(null),
                                each.until().map(LocalDate::toString).orElse(null),
                                each.verified()))
                        .toList(),
                from.coverage().stream()
                        .map(each -> new CoverageJson(
                                each.offences().map(OffenceCode::value).orElse(null),
                                each.minimumPenaltyMonths().orElse(null)))
                        .toList(),
                from.offenceNamed(),
                from.purposes().stream().map(Purpose::code).toList(),
                from.dualCriminality(),
                from.partiesOnly(),
                from.conditions().equals(Names.NONE) ? null : json(from.conditions()),
                deadlines.isEmpty() ? null : deadlines);
    }

    private static Offence offence(OffenceJson read) {
        Map<String, Punishment> punishments = new TreeMap<>();
        if (read.punishments() != null)
            read.punishments()
                    .forEach((country, each) -> punishments.put(
                            country,
                            new Punishment(
                                    each.punishable() == null || each.punishable(),
                                    Optional.ofNullable(each.maximumMonths()),
                                    Optional.ofNullable(each.law()),
                                    each.verified() != null && each.verified())));
        return new Offence(new OffenceCode(required(read.code(), "code")), names(read.names()), punishments);
    }

    private static OffenceJson json(Offence from) {
        Map<String, PunishmentJson> punishments = new TreeMap<>();
        from.punishments()
                .forEach((country, each) -> punishments.put(
                        country,
                        new PunishmentJson(
                                each.punishable(),
                                each.maximumMonths().orElse(null),
                                each.law().orElse(null),
                                each.verified())));
        return new OffenceJson(from.code().value(), json(from.names()), punishments.isEmpty() ? null : punishments);
    }

    private static Names names(@Nullable NamesJson read) {
        if (read == null) throw AgreementProblem.NAMES_MISSING.because("names in ar, en, es and fr");
        return new Names(text(read.ar()), text(read.en()), text(read.es()), text(read.fr()));
    }

    private static NamesJson json(Names from) {
        return new NamesJson(from.ar(), from.en(), from.es(), from.fr());
    }

    private static String text(@Nullable String read) {
        return read == null ? "" : read.strip();
    }

    private static String required(@Nullable String read, String field) {
        if (read == null) throw AgreementProblem.BAD_FILE.because(field + " is missing");
        return read;
    }

    private static <T> Collection<T> orNone(@Nullable Collection<T> read) {
        if (read == null) return List.of();
        if (new ArrayList<>(read).contains(null)) throw AgreementProblem.BAD_FILE.because("a list holds null");
        return read;
    }

    private static Optional<LocalDate> date(@Nullable String read) {
        if (read == null) return Optional.empty();
        try {
            return Optional.of(LocalDate.parse(read));
        } catch (DateTimeException e) {
            throw AgreementProblem.BAD_FILE.because("a date is written 2026-11-24");
        }
    }

    private static AgreementKind kind(String read) {
        for (AgreementKind kind : AgreementKind.values())
            if (kind.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(read)) return kind;
        throw AgreementProblem.BAD_FILE.because("kind is unknown");
    }

    private static Set<Purpose> purposes(Collection<String> read) {
        EnumSet<Purpose> purposes = EnumSet.noneOf(Purpose.class);
        for (String code : read)
            purposes.add(
                    Purpose.ofCode(code).orElseThrow(() -> AgreementProblem.BAD_FILE.because("purpose is unknown")));
        return purposes;
    }

    private static Map<Urgency, Duration> deadlines(Map<String, String> read) {
        EnumMap<Urgency, Duration> deadlines = new EnumMap<>(Urgency.class);
        read.forEach((urgency, span) -> {
            try {
                deadlines.put(Urgency.valueOf(urgency.toUpperCase(Locale.ROOT)), Duration.parse(span));
            } catch (IllegalArgumentException | DateTimeException e) {
                throw AgreementProblem.BAD_FILE.because("replyWithin: urgent, priority or routine, and a span as PT8H");
            }
        });
        return deadlines;
    }
}
