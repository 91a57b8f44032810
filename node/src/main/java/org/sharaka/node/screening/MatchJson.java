package org.sharaka.node.screening;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ExactKey;
import org.sharaka.matching.Finding;
import org.sharaka.matching.NameComparison;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.PossibleMatch;
import org.sharaka.matching.Schema;
import org.sharaka.matching.lists.FtmReader;
import tools.jackson.databind.JsonNode;

/**
 * JSON in the shapes of the yente API of OpenSanctions, so that clients written for it work: properties are sets of texts, times end in
 * {@code Z}. Fields that we add stand beside theirs.
 */
final class MatchJson {
    private MatchJson() {}

    record TotalJson(int value, String relation) {
        static TotalJson of(int value) {
            return new TotalJson(value, "eq");
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExampleJson(@Nullable String id, String schema, Map<String, List<String>> properties) {}

    record EntityJson(
            String id,
            String caption,
            String schema,
            Map<String, List<String>> properties,
            List<String> datasets,
            List<String> referents,
            boolean target,
            @JsonProperty("first_seen") Instant firstSeen,
            @JsonProperty("last_seen") Instant lastSeen,
            @JsonProperty("last_change") Instant lastChange) {
        static EntityJson of(ListedEntity entity) {
            Entry entry = entity.entry();
            String list = entity.list().name();
            return new EntityJson(
                    entry.id(),
                    captionOf(entry.particulars()),
                    entry.particulars().schema().label(),
                    propertiesOf(entry.particulars()),
                    List.of(list),
                    List.of(entry.id().substring(list.length() + 1)),
                    true,
                    entity.firstSeen(),
                    entity.lastSeen(),
                    entity.changedAt());
        }
    }

    record WordsJson(String query, String candidate, double likeness, String why) {}

    /**
     * What one property says.
     *
     * @param detail agrees, close, contradicts or missing
     * @param words of a name: which were taken for each other
     * @param contradicting words of the query against which the entry has others
     * @param contradicted those others
     * @param missing words that one side only has
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExplanationJson(
            String detail,
            double score,
            String query,
            String candidate,
            @Nullable List<WordsJson> words,
            @Nullable List<String> contradicting,
            @Nullable List<String> contradicted,
            @Nullable List<String> missing) {}

    /**
     * @param match whether the score reaches the threshold and nobody dismissed it: a proposal, never a hit (S1)
     * @param kind possible-match or same-number
     * @param evidence in bits; breaks ties of the score
     * @param distinct somebody or this-person, if one is on record as not being this entry (S6)
     */
    record ScoredJson(
            String id,
            String caption,
            String schema,
            Map<String, List<String>> properties,
            List<String> datasets,
            List<String> referents,
            boolean target,
            @JsonProperty("first_seen") Instant firstSeen,
            @JsonProperty("last_seen") Instant lastSeen,
            @JsonProperty("last_change") Instant lastChange,
            double score,
            Map<String, Double> features,
            Map<String, ExplanationJson> explanations,
            boolean match,
            String kind,
            double evidence,
            String standing,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            DismissedJson dismissed,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String distinct) {
        static ScoredJson of(Screened.Possible possible, double threshold) {
            EntityJson entity = EntityJson.of(possible.entity());
            PossibleMatch match = possible.match();
            Map<String, Double> features = new LinkedHashMap<>();
            Map<String, ExplanationJson> explanations = new LinkedHashMap<>();
            for (Finding finding : match.findings()) {
                String property = word(finding.property());
                features.put(property, rounded(finding.effect()));
                explanations.put(property, explanation(finding, match.name()));
            }
            return new ScoredJson(
                    entity.id,
                    entity.caption,
                    entity.schema,
                    entity.properties,
                    entity.datasets,
                    entity.referents,
                    entity.target,
                    entity.firstSeen,
                    entity.lastSeen,
                    entity.lastChange,
                    rounded(match.score()),
                    features,
                    explanations,
                    match.score() >= threshold && possible.open(),
                    word(match.kind()),
                    rounded(match.evidence()),
                    word(possible.entity().standing()),
                    possible.dismissed().map(DismissedJson::of).orElse(null),
                    possible.distinct() == Screened.Distinct.NOBODY ? null : word(possible.distinct()));
        }
    }

    /** An officer compared just this before and dismissed it; whoever is asked for now may be somebody else. */
    record DismissedJson(Instant at, String reason) {
        static DismissedJson of(Screened.Dismissed dismissed) {
            return new DismissedJson(dismissed.at(), word(dismissed.reason()));
        }
    }

    private static ExplanationJson explanation(Finding finding, NameComparison name) {
        boolean names = finding.property() == Finding.Property.NAME;
        return new ExplanationJson(
                word(finding.verdict()),
                rounded(finding.effect()),
                finding.asked(),
                finding.listed(),
                names
                        ? name.pairs().stream()
                                .map(pair -> new WordsJson(
                                        pair.one(), pair.other(), rounded(pair.likeness()), word(pair.why())))
                                .toList()
                        : null,
                names ? name.contradicting() : null,
                names ? name.contradicted() : null,
                names ? name.missing() : null);
    }

    /**
     * The answer to one query.
     *
     * @param lists hash of each list that was searched
     * @param problems what of the names could not be read well, and why
     */
    record MatchesJson(
            int status,
            List<ScoredJson> results,
            TotalJson total,
            ExampleJson query,
            String algorithm,
            Map<String, String> lists,
            Map<String, String> problems) {
        static MatchesJson of(Screened screened, ExampleJson query, double threshold) {
            List<ScoredJson> results = screened.possible().stream()
                    .map(possible -> ScoredJson.of(possible, threshold))
                    .toList();
            Map<String, String> problems = new TreeMap<>();
            screened.problems().forEach((name, problem) -> problems.put(name, word(problem)));
            return new MatchesJson(
                    200,
                    results,
                    TotalJson.of(results.size()),
                    query,
                    screened.algorithm(),
                    new TreeMap<>(screened.lists()),
                    problems);
        }
    }

    record FeatureJson(String description, double coefficient, String url) {}

    record MatchResponseJson(Map<String, MatchesJson> responses, Map<String, FeatureJson> matcher, int limit) {}

    record SearchResponseJson(
            int limit, int offset, TotalJson total, List<EntityJson> results, Map<String, Object> facets) {}

    record DatasetJson(
            String name,
            String title,
            boolean load,
            String version,
            @JsonProperty("index_version") String indexVersion,
            @JsonProperty("index_current") boolean indexCurrent,
            List<String> children,
            @JsonProperty("updated_at") Instant updatedAt,
            @JsonProperty("entity_count") int entityCount) {}

    record CatalogJson(
            List<DatasetJson> datasets,
            List<String> current,
            List<String> outdated,
            @JsonProperty("index_stale") boolean indexStale) {}

    record StatusJson(String status) {}

    /** What the comparison looks at; the words of the explanations. */
    static final Map<String, FeatureJson> FEATURES = Map.of(
            "name", new FeatureJson("how alike the nearest names are, word by word, in any script", 1, ""),
            "birth", new FeatureJson("dates of birth or founding: by what they multiply the score", 1, ""),
            "country", new FeatureJson("nationality, registration or flag: by what they multiply the score", 1, ""),
            "number", new FeatureJson("a number that is the same on both sides", 1, ""));

    /**
     * One query, as a client wrote it.
     *
     * @param echo what was understood of it
     */
    record Asked(ExampleJson echo, Particulars particulars) {}

    /**
     * Reads an example entity.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#BAD_JSON},
     *     {@link ScreeningProblem#UNKNOWN_SCHEMA}, {@link ScreeningProblem#QUERY_TOO_LARGE}
     */
    static Asked asked(JsonNode example) {
        if (!example.isObject()) throw ScreeningProblem.BAD_JSON.because("a query is an object");
        JsonNode schemaName = example.get("schema");
        Schema schema = Optional.ofNullable(schemaName)
                .filter(JsonNode::isString)
                .flatMap(name -> Schema.of(name.asString()))
                .orElseThrow(
                        () -> ScreeningProblem.UNKNOWN_SCHEMA.because("name one of the schemata that are compared"));
        Map<String, List<String>> properties = properties(example.get("properties"));
        Set<String> names = new LinkedHashSet<>();
        for (String property : List.of("name", "alias", "weakAlias", "previousName"))
            names.addAll(properties.getOrDefault(property, List.of()));
        if (names.isEmpty()) names.addAll(composed(properties));
        Particulars particulars = FtmReader.particulars(schema, names, properties);
        JsonNode id = example.get("id");
        String echoed = id != null && id.isString() ? id.asString() : null;
        return new Asked(new ExampleJson(echoed, schema.label(), properties), particulars);
    }

    private static final int PROPERTIES_MAX = 100;
    private static final int PROPERTY_VALUES_MAX = 200;

    /** A text or a list of texts; numbers as they are written; what is neither is passed over. */
    private static Map<String, List<String>> properties(@Nullable JsonNode given) {
        Map<String, List<String>> properties = new LinkedHashMap<>();
        if (given == null || given.isNull()) return properties;
        if (!given.isObject()) throw ScreeningProblem.BAD_JSON.because("properties is an object");
        if (given.size() > PROPERTIES_MAX) throw ScreeningProblem.QUERY_TOO_LARGE.because("too many properties");
        given.forEachEntry((property, value) -> {
            List<String> values = new ArrayList<>();
            if (value.size() > PROPERTY_VALUES_MAX)
                throw ScreeningProblem.QUERY_TOO_LARGE.because("too many values of one property");
            if (value.isArray()) value.forEach(one -> text(one).ifPresent(values::add));
            else text(value).ifPresent(values::add);
            properties.put(property, values);
        });
        return properties;
    }

    private static Optional<String> text(JsonNode value) {
        return value.isString() || value.isNumber() ? Optional.of(value.asString()) : Optional.empty();
    }

    /** A name that came in parts. */
    private static List<String> composed(Map<String, List<String>> properties) {
        List<String> parts = new ArrayList<>();
        for (String property : List.of("firstName", "secondName", "middleName", "fatherName", "lastName"))
            properties.getOrDefault(property, List.of()).stream().findFirst().ifPresent(parts::add);
        return parts.isEmpty() ? List.of() : List.of(String.join(" ", parts));
    }

    private static String captionOf(Particulars particulars) {
        return particulars.names().isEmpty() ? "" : particulars.names().get(0);
    }

    private static Map<String, List<String>> propertiesOf(Particulars particulars) {
        Map<String, List<String>> properties = new LinkedHashMap<>();
        List<String> names = particulars.names();
        put(properties, "name", names.isEmpty() ? names : names.subList(0, 1));
        put(properties, "alias", names.size() < 2 ? List.of() : names.subList(1, names.size()));
        String born =
                switch (particulars.schema()) {
                    case PERSON -> "birthDate";
                    case VESSEL, AIRCRAFT, VEHICLE -> "buildDate";
                    default -> "incorporationDate";
                };
        put(
                properties,
                born,
                particulars.births().stream().map(PartialDate::toString).toList());
        String country =
                switch (particulars.schema()) {
                    case PERSON -> "nationality";
                    case VESSEL -> "flag";
                    default -> "country";
                };
        put(
                properties,
                country,
                new TreeSet<>(particulars.countries())
                        .stream().map(code -> code.toLowerCase(Locale.ROOT)).toList());
        Map<String, Set<String>> numbers = new TreeMap<>();
        for (ExactKey key : particulars.keys())
            numbers.computeIfAbsent(property(key.kind()), kind -> new TreeSet<>())
                    .add(key.value());
        numbers.forEach((property, values) -> put(properties, property, List.copyOf(values)));
        return properties;
    }

    private static void put(Map<String, List<String>> properties, String property, List<String> values) {
        if (!values.isEmpty()) properties.put(property, List.copyOf(values));
    }

    private static String property(ExactKey.Kind kind) {
        return switch (kind) {
            case DOCUMENT, OTHER -> "idNumber";
            case COMPANY_NUMBER, TAIL, VEHICLE -> "registrationNumber";
            case ACCOUNT -> "iban";
            case WALLET -> "publicKey";
            case PHONE -> "phone";
            case EMAIL -> "email";
            case IMO -> "imoNumber";
            case MMSI -> "mmsi";
        };
    }

    /** Three digits: more would pretend to know. */
    private static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
