package org.sharaka.node.screening;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sharaka.identifiers.Region;
import org.sharaka.matching.ListIndex;
import org.sharaka.matching.NameComparator;
import org.sharaka.matching.Schema;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.WebBody;
import org.sharaka.node.screening.MatchJson.Asked;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The lists for programs, in the shapes of the yente API: clients written for it take {@code …/api/v1/screening} as their server. Errors
 * are problem documents (RFC 9457). Parameters that name what we do not keep (topics) are refused rather than passed over.
 */
@RestController
@RequestMapping("/api/v1/screening")
class ScreeningApi {
    private static final int BODY_BYTES_MAX = 2 << 20;
    private static final int EXCLUDED_MAX = 50;
    private static final Pattern PATH_NAME = Pattern.compile("[a-z0-9_]{1,40}");

    private final ScreeningService screening;
    private final JsonMapper json;
    private final Region home;

    ScreeningApi(ScreeningService screening, JsonMapper json, Region home) {
        this.screening = screening;
        this.json = json;
        this.home = home;
    }

    /**
     * @param threshold score from which {@code match} is true
     * @param cutoff score from which an entry is named at all; the threshold if it is not given
     */
    @PostMapping("/match/{dataset}")
    MatchJson.MatchResponseJson match(
            Actor actor,
            HttpServletRequest request,
            @PathVariable String dataset,
            @RequestParam(defaultValue = "5") int limit,
            @RequestParam(defaultValue = "" + NameComparator.THRESHOLD) double threshold,
            @RequestParam Optional<Double> cutoff,
            @RequestParam(name = "exclude_entity_ids") Optional<List<String>> excluded,
            @RequestParam(name = "exclude_schema") Optional<List<String>> excludedSchemas,
            @RequestParam(name = "changed_since") Optional<String> changedSince,
            @RequestParam Optional<List<String>> topics)
            throws IOException {
        refuseTopics(topics);
        if (excluded.map(List::size).orElse(0) > EXCLUDED_MAX)
            throw ScreeningProblem.BAD_PARAMETER.because("at most " + EXCLUDED_MAX + " exclude_entity_ids");
        SearchLimits limits = new SearchLimits(
                Math.min(cutoff.orElse(threshold), threshold),
                limit,
                Set.copyOf(excluded.orElse(List.of())),
                changedSince.map(ScreeningApi::instant),
                schemas(excludedSchemas.orElse(List.of())));
        Map<String, Asked> asked = asked(WebBody.read(request, BODY_BYTES_MAX));
        List<ScreeningService.Query> queries = new ArrayList<>();
        asked.values().forEach(each -> queries.add(ScreeningService.Query.of(each.particulars())));
        List<Screened> answers = screening.match(actor, known(dataset), queries, limits);
        Map<String, MatchJson.MatchesJson> responses = new LinkedHashMap<>();
        int at = 0;
        for (Map.Entry<String, Asked> each : asked.entrySet())
            responses.put(
                    each.getKey(),
                    MatchJson.MatchesJson.of(answers.get(at++), each.getValue().echo(), threshold));
        return new MatchJson.MatchResponseJson(responses, MatchJson.FEATURES, limit);
    }

    /** Counts before it reads: a batch that is too large costs no more than its parsing. */
    private Map<String, Asked> asked(byte[] body) {
        JsonNode queries;
        try {
            JsonNode document = json.readTree(body);
            queries = document == null ? null : document.get("queries");
        } catch (JacksonException e) {
            throw ScreeningProblem.BAD_JSON.because("the body cannot be read");
        }
        if (queries == null || !queries.isObject()) throw ScreeningProblem.BAD_JSON.because("queries is an object");
        if (queries.size() > ScreeningService.BATCH_MAX)
            throw ScreeningProblem.TOO_MANY_QUERIES.because("1 to " + ScreeningService.BATCH_MAX + " queries");
        Map<String, Asked> asked = new LinkedHashMap<>();
        queries.forEachEntry((name, example) -> asked.put(name, MatchJson.asked(example)));
        return asked;
    }

    /** One text, as a person types it: a name, a date of birth, a number. */
    @GetMapping("/search/{dataset}")
    MatchJson.SearchResponseJson search(
            Actor actor,
            @PathVariable String dataset,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "Thing") String schema,
            @RequestParam(defaultValue = "10") int limit,
            @RequestParam(defaultValue = "0") int offset,
            @RequestParam Optional<List<String>> countries,
            @RequestParam Optional<List<String>> topics) {
        refuseTopics(topics);
        if (offset < 0 || offset > ListIndex.CANDIDATES_MAX || limit < 1)
            throw ScreeningProblem.BAD_PARAMETER.because("offset or limit out of range");
        TypedQuery typed = TypedQuery.read(q, home);
        boolean anything = List.of("thing", "legalentity").contains(schema.toLowerCase(Locale.ROOT));
        ScreeningService.Query query = anything
                ? typed.query()
                : ScreeningService.Query.of(typed.as(Schema.of(schema).orElseThrow(ScreeningApi::unknownSchema)));
        SearchLimits limits = new SearchLimits(
                NameComparator.THRESHOLD, ListIndex.CANDIDATES_MAX, Set.of(), Optional.empty(), Set.of());
        Set<String> wanted = new HashSet<>();
        countries.orElse(List.of()).forEach(code -> wanted.add(code.toUpperCase(Locale.ROOT)));
        List<MatchJson.EntityJson> found =
                screening.match(actor, known(dataset), List.of(query), limits).get(0).possible().stream()
                        .filter(possible -> wanted.isEmpty()
                                || possible.entity().entry().particulars().countries().stream()
                                        .anyMatch(wanted::contains))
                        .map(possible -> MatchJson.EntityJson.of(possible.entity()))
                        .toList();
        List<MatchJson.EntityJson> page =
                found.stream().skip(offset).limit(limit).toList();
        return new MatchJson.SearchResponseJson(limit, offset, MatchJson.TotalJson.of(found.size()), page, Map.of());
    }

    @GetMapping("/entities/{id}")
    MatchJson.EntityJson entity(Actor actor, @PathVariable String id) {
        return MatchJson.EntityJson.of(screening.entity(actor, id));
    }

    @GetMapping("/catalog")
    MatchJson.CatalogJson catalog(Actor actor) {
        List<MatchJson.DatasetJson> datasets = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (ScreeningService.InForce each : screening.catalog(actor)) {
            names.add(each.list().name());
            datasets.add(new MatchJson.DatasetJson(
                    each.list().name(),
                    each.list().name(),
                    true,
                    Integer.toString(each.list().version()),
                    each.hash(),
                    true,
                    List.of(),
                    each.list().changedAt(),
                    each.entries()));
        }
        return new MatchJson.CatalogJson(datasets, names, List.of(), false);
    }

    /** Answers as long as the node does; without a key. */
    @GetMapping("/healthz")
    MatchJson.StatusJson healthz() {
        return new MatchJson.StatusJson("ok");
    }

    /** Answers once the lists are in memory; without a key. */
    @GetMapping("/readyz")
    MatchJson.StatusJson readyz() {
        if (!screening.ready()) throw ScreeningProblem.LISTS_LOADING.because("try again in a moment");
        return new MatchJson.StatusJson("ok");
    }

    private static String known(String dataset) {
        if (!PATH_NAME.matcher(dataset).matches()) throw ScreeningProblem.NOT_FOUND.because("no list of that name");
        return dataset;
    }

    private static void refuseTopics(Optional<List<String>> topics) {
        if (topics.isPresent()) throw ScreeningProblem.BAD_PARAMETER.because("topics are not kept");
    }

    private static Set<Schema> schemas(List<String> names) {
        Set<Schema> schemas = new HashSet<>();
        for (String name : names) schemas.add(Schema.of(name).orElseThrow(ScreeningApi::unknownSchema));
        return schemas;
    }

    private static ProblemException unknownSchema() {
        return ScreeningProblem.UNKNOWN_SCHEMA.because("name one of the schemata that are compared");
    }

    /** A day, or a day and a time, in UTC unless it says otherwise. */
    private static Instant instant(String text) {
        try {
            if (text.length() == 10)
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw ScreeningProblem.BAD_PARAMETER.because("changed_since is a day, or a day and a time");
        }
    }
}
