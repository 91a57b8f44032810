package org.sharaka.node.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.screening.ScreeningFixture.person;
import static org.sharaka.node.screening.ScreeningFixture.write;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.node.access.Permission;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API over HTTP on a whole node, asked as clients of the yente API ask. All people are invented. */
class ScreeningApiIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String BASE = "/api/v1/screening";
    private static final String VESSEL = "{\"id\":\"ship\",\"schema\":\"Vessel\",\"properties\":{\"name\":"
            + "[\"Golden Tamarisk\"],\"imoNumber\":[\"9074729\"],\"flag\":[\"pa\"]}}\n";

    private static ScreeningFixture node;
    private static String key;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start(@TempDir Path directory) {
        node = new ScreeningFixture();
        String people = person("yt", "1970-05-03", "Yasmine Tazerwalti", "ياسمين التازروالتي")
                + "{\"id\":\"doc\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Anselm Feuerdorn\"],"
                + "\"passportNumber\":[\"QZ4711007\"]}}\n" + VESSEL;
        node.put(ListFormat.FTM_JSON, write(directory.resolve("wanted.json"), people), "wanted");
        node.put(
                ListFormat.FTM_JSON,
                write(directory.resolve("other.json"), person("x", "", "Nils Fjordquist")),
                "other");
        key = node.key(Permission.SCREENING_QUERY);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(node.node.console() + BASE + path))
                .header("Authorization", "ApiKey " + key)
                .header("Accept", "application/json");
    }

    private HttpResponse<String> match(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private static String query(String name) {
        return JSON.writeValueAsString(Map.of("queries", Map.of("q", example(name))));
    }

    private static Map<String, Object> example(String name) {
        return Map.of("schema", "Person", "properties", Map.of("name", List.of(name)));
    }

    private JsonNode answer(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = match(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static void problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(JSON.readTree(answer.body()).get("type").asString()).endsWith("/" + code);
    }

    private static int entries(String action, String outcome) {
        return node.sql.queryForObject(
                "select count(*) from audit.entry where action = ? and outcome = ?", Integer.class, action, outcome);
    }

    @Test
    void aMatchIsAnsweredAsClientsOfYenteExpectIt() throws Exception {
        JsonNode answer = answer("/match/default?algorithm=best&limit=3", """
                {"queries": {"one": {"id": "mine", "schema": "Person",
                    "properties": {"name": "TAZERWALTI Yasmin", "birthDate": ["1970-05-03"], "nationality": ["ma"], "notes": null}},
                  "two": {"schema": "Person", "properties": {"firstName": ["Helga"], "lastName": ["Nobodyson"]}}}}
                """);

        JsonNode one = answer.get("responses").get("one");
        assertThat(one.get("status").asInt()).isEqualTo(200);
        assertThat(one.get("total").get("value").asInt()).isEqualTo(1);
        assertThat(one.get("total").get("relation").asString()).isEqualTo("eq");
        assertThat(one.get("query").get("id").asString()).isEqualTo("mine");
        assertThat(one.get("query").get("properties").get("name").get(0).asString())
                .isEqualTo("TAZERWALTI Yasmin");
        JsonNode result = one.get("results").get(0);
        assertThat(result.get("id").asString()).isEqualTo("wanted-yt");
        assertThat(result.get("caption").asString()).isEqualTo("Yasmine Tazerwalti");
        assertThat(result.get("schema").asString()).isEqualTo("Person");
        assertThat(result.get("properties").get("alias").get(0).asString()).isEqualTo("ياسمين التازروالتي");
        assertThat(result.get("datasets").get(0).asString()).isEqualTo("wanted");
        assertThat(result.get("referents").get(0).asString()).isEqualTo("yt");
        assertThat(result.get("match").asBoolean()).isTrue();
        assertThat(result.get("score").asDouble()).isBetween(0.9, 1.0);
        assertThat(result.get("features").get("birth").asDouble()).isEqualTo(1);
        assertThat(Instant.parse(result.get("last_change").asString())).isNotNull();
        JsonNode name = result.get("explanations").get("name");
        assertThat(name.get("words").size()).isEqualTo(2);
        assertThat(name.get("candidate").asString()).isEqualTo("Yasmine Tazerwalti");
        // A machine's proposal, named as such (S1, S7), with what it was made by.
        assertThat(result.get("kind").asString()).isEqualTo("possible-match");
        assertThat(result.get("standing").asString()).isEqualTo("foreign-list");
        assertThat(one.get("algorithm").asString()).isNotBlank();
        assertThat(one.get("lists").get("wanted").asString()).isEqualTo(node.hash("wanted"));
        assertThat(answer.get("responses").get("two").get("results").isEmpty()).isTrue();
        assertThat(answer.get("matcher").get("name").get("description").asString())
                .isNotBlank();
        assertThat(answer.get("limit").asInt()).isEqualTo(3);
    }

    @Test
    void theSameDocumentNumberIsSaidToBeThatAndNoMore() throws Exception {
        JsonNode answer = answer("/match/default", """
                {"queries": {"q": {"schema": "Person", "properties": {"name": ["Somebody Else"], "passportNumber": ["qz-4711007"]}}}}
                """);

        JsonNode result = answer.get("responses").get("q").get("results").get(0);
        assertThat(result.get("id").asString()).isEqualTo("wanted-doc");
        assertThat(result.get("kind").asString()).isEqualTo("same-number");
    }

    @Test
    void aListIsAskedAloneOrWithTheOthers() throws Exception {
        String asked = query("Nils Fjordquist");

        assertThat(answer("/match/default", asked)
                        .get("responses")
                        .get("q")
                        .get("results")
                        .size())
                .isEqualTo(1);
        assertThat(answer("/match/other", asked)
                        .get("responses")
                        .get("q")
                        .get("results")
                        .size())
                .isEqualTo(1);
        assertThat(answer("/match/wanted", asked)
                        .get("responses")
                        .get("q")
                        .get("results")
                        .size())
                .isZero();
        problem(match("/match/nowhere", asked), 404, "screening.not-found");
    }

    @Test
    void resultsAreNarrowedAsAsked() throws Exception {
        String asked = query("Yasmine Tazerwalti");
        String none = "{\"name\":1}";

        for (String narrowed : List.of(
                "?exclude_entity_ids=wanted-yt",
                "?exclude_schema=Person",
                "?changed_since=2999-01-01",
                "?changed_since=2999-01-01T10:00:00"))
            assertThat(answer("/match/default" + narrowed, asked)
                            .get("responses")
                            .get("q")
                            .get("results")
                            .size())
                    .as(narrowed)
                    .isZero();
        assertThat(answer("/match/default?changed_since=2020-01-01", asked)
                        .get("responses")
                        .get("q")
                        .get("results")
                        .size())
                .isEqualTo(1);
        for (String bad :
                List.of("?changed_since=yesterday", "?limit=0", "?limit=51", "?threshold=2", "?topics=sanction"))
            problem(match("/match/default" + bad, asked), 400, "screening.bad-parameter");
        problem(match("/match/default", none), 400, "screening.bad-json");
        // What is below the threshold is named only to who asks for it, and is no match.
        JsonNode close = answer("/match/default?cutoff=0.3&threshold=0.99", query("Yasmine Tazerwaldi"));
        JsonNode first = close.get("responses").get("q").get("results").get(0);
        assertThat(first.get("match").asBoolean()).isFalse();
    }

    @Test
    void aBatchHasAtMostAHundredQueriesAndEachHasItsEntry() throws Exception {
        Map<String, Object> queries = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) queries.put("q" + i, example("Somebody Numberedson " + i));
        int before = entries("screening.match", "DONE");

        JsonNode answer = answer("/match/default", JSON.writeValueAsString(Map.of("queries", queries)));

        assertThat(answer.get("responses").size()).isEqualTo(100);
        assertThat(entries("screening.match", "DONE") - before).isEqualTo(100);
        queries.put("one more", example("One More"));
        problem(
                match("/match/default", JSON.writeValueAsString(Map.of("queries", queries))),
                400,
                "screening.too-many-queries");
        problem(match("/match/default", "{\"queries\":{}}"), 400, "screening.no-queries");
    }

    @Test
    void whatCannotBeAskedIsSaidClearly() throws Exception {
        problem(match("/match/default", "{\"queries\":"), 400, "screening.bad-json");
        problem(match("/match/default", "[]"), 400, "screening.bad-json");
        problem(match("/match/default", ""), 400, "screening.bad-json");
        problem(match("/match/default", "{\"queries\":{\"q\":7}}"), 400, "screening.bad-json");
        problem(
                match("/match/default", "{\"queries\":{\"q\":{\"schema\":\"Unicorn\",\"properties\":{}}}}"),
                400,
                "screening.unknown-schema");
        problem(
                match("/match/default", "{\"queries\":{\"q\":{\"properties\":{\"name\":\"x\"}}}}"),
                400,
                "screening.unknown-schema");
        String many = JSON.writeValueAsString(Map.of(
                "queries",
                Map.of(
                        "q",
                        Map.of(
                                "schema",
                                "Person",
                                "properties",
                                Map.of(
                                        "name",
                                        java.util.stream.IntStream.range(0, 30)
                                                .mapToObj(i -> "n" + i)
                                                .toList())))));
        problem(match("/match/default", many), 400, "screening.query-too-large");
        assertThat(match("/match/default", query("x".repeat(3_000_000))).statusCode())
                .isEqualTo(413);
        assertThat(get("/match/default").statusCode()).isEqualTo(405);
    }

    @Test
    void everyNameIsLookedAtHoweverManyThereAre() throws Exception {
        List<String> names = new java.util.ArrayList<>();
        for (int i = 0; i < 20; i++) names.add("Otherperson Entirely" + (char) ('a' + i));
        names.add("Yasmine Tazerwalti");
        String asked = JSON.writeValueAsString(
                Map.of("queries", Map.of("q", Map.of("schema", "Person", "properties", Map.of("name", names)))));

        assertThat(answer("/match/default", asked)
                        .get("responses")
                        .get("q")
                        .get("results")
                        .get(0)
                        .get("id")
                        .asString())
                .isEqualTo("wanted-yt");
    }

    @Test
    void hostileNamesGetAClearAnswer() throws Exception {
        for (String hostile : List.of(
                "",
                "y",
                "-.,;:",
                "a".repeat(10_000),
                "Юasmine مtazerwalti",
                "y" + "\u0301".repeat(10_000),
                "\u202eitlawrezat enimsay",
                "yas\u0000mine",
                "\ud83d\ude00".repeat(3_000))) {
            JsonNode answer =
                    answer("/match/default", query(hostile)).get("responses").get("q");
            assertThat(answer.get("status").asInt()).isEqualTo(200);
        }
        assertThat(answer("/match/default", query("-.,;:"))
                        .get("responses")
                        .get("q")
                        .get("problems")
                        .get("-.,;:")
                        .asString())
                .isEqualTo("no-letters");
        JsonNode badDate = answer("/match/default", """
                {"queries": {"q": {"schema": "Person", "properties": {"name": ["Yasmine Tazerwalti"], "birthDate": ["1970-13-45"]}}}}
                """);
        assertThat(badDate.get("responses").get("q").get("results").size()).isEqualTo(1);
    }

    @Test
    void aTextIsSearchedForPeopleOrganisationsAndThings() throws Exception {
        for (Map.Entry<String, String> asked : Map.of(
                        "tazerwalti yasmin", "wanted-yt",
                        "ياسمين التازروالتي", "wanted-yt",
                        "QZ4711007", "wanted-doc",
                        "golden tamarisk", "wanted-ship",
                        "IMO 9074729", "wanted-ship")
                .entrySet()) {
            HttpResponse<String> answer =
                    get("/search/default?q=" + URLEncoder.encode(asked.getKey(), StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode found = JSON.readTree(answer.body());
            assertThat(found.get("total").get("value").asInt())
                    .as(asked.getKey())
                    .isEqualTo(1);
            assertThat(found.get("results").get(0).get("id").asString()).isEqualTo(asked.getValue());
        }
        assertThat(JSON.readTree(get("/search/default?q=tazerwalti+yasmin&countries=fr")
                                .body())
                        .get("results")
                        .isEmpty())
                .isTrue();
        assertThat(JSON.readTree(get("/search/default?q=tazerwalti+yasmin&schema=Vessel")
                                .body())
                        .get("results")
                        .isEmpty())
                .isTrue();
        assertThat(JSON.readTree(get("/search/default").body()).get("results").isEmpty())
                .isTrue();
        problem(get("/search/default?q=x&schema=Unicorn"), 400, "screening.unknown-schema");
    }

    @Test
    void anEntityIsReadByItsIdAndTheReadIsEntered() throws Exception {
        int before = entries("screening.entity", "DONE");

        HttpResponse<String> answer = get("/entities/wanted-ship");

        JsonNode ship = JSON.readTree(answer.body());
        assertThat(ship.get("properties").get("imoNumber").get(0).asString()).isEqualTo("9074729");
        assertThat(ship.get("properties").get("flag").get(0).asString()).isEqualTo("pa");
        assertThat(entries("screening.entity", "DONE") - before).isEqualTo(1);
        problem(get("/entities/wanted-nobody"), 404, "screening.not-found");
        problem(get("/entities/nonsense"), 404, "screening.not-found");
        JsonNode catalog = JSON.readTree(get("/catalog").body());
        assertThat(catalog.get("datasets").get(1).get("name").asString()).isEqualTo("wanted");
        assertThat(catalog.get("datasets").get(1).get("entity_count").asInt()).isEqualTo(3);
        assertThat(catalog.get("datasets").get(1).get("index_version").asString())
                .isEqualTo(node.hash("wanted"));
    }

    @Test
    void onlyWhoMayAsksAndARefusalIsEntered() throws Exception {
        HttpRequest.Builder nobody = HttpRequest.newBuilder(URI.create(node.node.console() + BASE + "/catalog"));
        assertThat(send(nobody.GET()).statusCode()).isEqualTo(401);
        for (String probe : List.of("/healthz", "/readyz")) {
            HttpResponse<String> up = send(HttpRequest.newBuilder(URI.create(node.node.console() + BASE + probe)));
            assertThat(up.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(up.body()).get("status").asString()).isEqualTo("ok");
        }
        int before = entries("screening.match", "REFUSED");
        String other = node.key(Permission.CAMPAIGN_READ);

        HttpResponse<String> refused =
                send(HttpRequest.newBuilder(URI.create(node.node.console() + BASE + "/match/default"))
                        .header("Authorization", "Bearer " + other)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(query("Yasmine Tazerwalti"))));

        problem(refused, 403, "access.forbidden");
        assertThat(entries("screening.match", "REFUSED") - before).isEqualTo(1);
    }

    /** Looks through every row of every table, as one who stole the database would. */
    @Test
    void s10OfAQueryTheNodeKeepsAKeyedHashAndThePurpose() throws Exception {
        String traveller = "Bartholomeus Reizigerszoon";
        answer("/match/default", query(traveller));
        get("/search/default?q=" + URLEncoder.encode(traveller, StandardCharsets.UTF_8));

        List<String> tables = node.sql.queryForList(
                "select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables"
                        + " where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')",
                String.class);
        assertThat(tables).contains("audit.entry", "screening.entity");
        for (String table : tables)
            assertThat(node.sql.queryForObject(
                            "select count(*) from " + table + " t where t::text ilike '%reizigerszoon%'",
                            Integer.class))
                    .as(table)
                    .isZero();
        assertThat(node.sql.queryForList(
                        "select distinct purpose || ' ' || (subject ~ '^query/[0-9a-f]{32}$') from audit.entry"
                                + " where action = 'screening.match' and outcome = 'DONE'",
                        String.class))
                .containsExactly("SECURITY_CHECK true");
    }

    @Test
    void s11NoProgramCanPutAnybodyOnAList() throws Exception {
        for (String path : List.of("/entities", "/entities/wanted-new", "/catalog", "/search/default"))
            assertThat(match(path, person("new", "1970", "New Person")).statusCode())
                    .as(path)
                    .isIn(404, 405);
    }

    @Test
    void oneEntityThatChangedIsSearchedFromTheNextLookOn(@TempDir Path files) throws Exception {
        String rest = person("still", "1961", "Quirina Unveraendert");
        node.put(
                ListFormat.FTM_JSON,
                write(files.resolve("zmoving.json"), rest + person("mv", "", "Ottokar Vorherig")),
                "zmoving");
        node.imports.run(
                ScreeningFixture.CLERK,
                new ListImportService.Request(
                        ListFormat.FTM_JSON,
                        write(files.resolve("zmoving.json"), rest + person("mv", "", "Wendelin Nachherich")),
                        Optional.of("zmoving"),
                        Optional.empty(),
                        false,
                        Optional.empty()),
                read -> {});

        long end = System.nanoTime() + 60_000_000_000L;
        while (!match("/match/zmoving", query("Wendelin Nachherich")).body().contains("\"zmoving-mv\"")) {
            assertThat(System.nanoTime()).as("the change is found").isLessThan(end);
        }

        assertThat(match("/match/zmoving", query("Ottokar Vorherig")).body()).doesNotContain("\"zmoving-mv\"");
        assertThat(match("/match/zmoving", query("Quirina Unveraendert")).body())
                .contains("\"zmoving-still\"");
    }
}
