package org.sharaka.node.screening.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.matching.ExactKey;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.ApiKeyService;
import org.sharaka.node.access.NewApiKey;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.access.Role;
import org.sharaka.node.platform.FileImport;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.sharaka.node.platform.TestNode;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.Standing;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The registers on a whole node: pages' service, API, files. All numbers are invented. */
class RegisterIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String BASE = "/api/v1/screening";
    private static final Actor FRONT = actor("front", Set.of(Permission.SCREENING_QUERY));
    private static final Actor BUREAU = actor("bureau", Role.BUREAU_DUTY_OFFICER.permissions());

    private static TestNode node;
    private static RegisterService registers;
    private static RegisterLookup lookup;
    private static JdbcTemplate sql;
    private static String key;
    private static String reader;

    @TempDir
    Path directory;

    private static Actor actor(String id, Set<Permission> permissions) {
        return new Actor(
                Actor.Kind.OFFICER, id, id, Optional.of("border"), permissions, Optional.of(Purpose.SECURITY_CHECK));
    }

    @BeforeAll
    static void start() {
        node = TestNode.start();
        registers = node.service(RegisterService.class);
        lookup = node.service(RegisterLookup.class);
        sql = node.service(JdbcTemplate.class);
        key = key(Set.of(Permission.SCREENING_QUERY, Permission.REGISTER_WRITE));
        reader = key(Set.of(Permission.SCREENING_QUERY));
    }

    private static String key(Set<Permission> permissions) {
        return node.service(ApiKeyService.class)
                .make(
                        Actor.commandLine("test"),
                        new NewApiKey("gate", Purpose.SECURITY_CHECK, permissions, Duration.ofDays(1)))
                .token();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void empty() {
        sql.update("delete from screening.document");
        sql.update("delete from screening.vehicle");
    }

    private static void refused(ThrowingCallable act, ProblemType type) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    private static NewDocument passport(String number, String country, Circumstances circumstances) {
        return new NewDocument(
                number,
                DocumentKind.PASSPORT,
                country,
                circumstances,
                Optional.of(LocalDate.of(2026, 3, 1)),
                Optional.empty(),
                Optional.of("RB/2026-17"));
    }

    private static NewVehicle car(String vin, String plate) {
        return new NewVehicle(
                Optional.of(vin),
                Optional.of(plate),
                "MA",
                Optional.of("Dacia"),
                Optional.of("Logan"),
                Optional.empty(),
                Optional.empty());
    }

    private static List<ExactKey> keys(String number) {
        return List.of(
                ExactKey.document(number, "").orElseThrow(),
                ExactKey.number(ExactKey.Kind.VEHICLE, number, "").orElseThrow());
    }

    @Test
    void s1ALostDocumentIsToldApartFromAStolenOne() {
        registers.add(BUREAU, passport("QZ 471-1007", "MA", Circumstances.LOST));
        registers.add(BUREAU, passport("QZ4711008", "MA", Circumstances.STOLEN_BLANK));
        registers.add(BUREAU, passport("QZ4711009", "MA", Circumstances.REVOKED));

        assertThat(lookup.find(FRONT, keys("qz4711007")).documents())
                .extracting(RegisteredDocument::standing)
                .containsExactly(Standing.LOST_DOCUMENT);
        assertThat(lookup.find(FRONT, keys("QZ4711008")).documents())
                .extracting(RegisteredDocument::standing)
                .containsExactly(Standing.STOLEN_DOCUMENT);
        assertThat(lookup.find(FRONT, keys("QZ4711009")).documents())
                .extracting(RegisteredDocument::standing)
                .containsExactly(Standing.INVALID_DOCUMENT);
        assertThat(Standing.LOST_DOCUMENT.tone()).isEqualTo(Standing.Tone.PROTECT);
    }

    @Test
    void aVehicleIsFoundByChassisNumberOrPlateInAnyScript() {
        registers.add(BUREAU, car("UU1LSDL4H31234567", "12345-أ-6"));

        for (String typed : List.of("uu1lsdl4h31234567", "UU1 LSDL4H3 1234567", "12345 أ 6", "١٢٣٤٥أ٦"))
            assertThat(lookup.find(FRONT, keys(typed)).vehicles()).as(typed).hasSize(1);
        assertThat(lookup.find(FRONT, keys("12345B6")).isEmpty()).isTrue();
    }

    @Test
    void onlyTheIssuingCountryAddsAndTakesOut() throws Exception {
        refused(
                () -> registers.add(BUREAU, passport("FR1234567", "FR", Circumstances.LOST)),
                ScreeningProblem.NOT_THE_ISSUER);
        refused(
                () -> registers.add(FRONT, passport("QZ1", "MA", Circumstances.LOST)),
                ScreeningProblem.BAD_REGISTER_ENTRY);
        refused(() -> registers.add(FRONT, passport("QZ4711007", "MA", Circumstances.LOST)), AccessProblem.FORBIDDEN);
        imported("documents-csv", "number;type;pays;circumstances\nFR1234567;passport;FR;lost\n", "borduria", false);
        RegisteredDocument foreign =
                lookup.find(FRONT, keys("FR1234567")).documents().get(0);
        refused(() -> registers.remove(BUREAU, foreign.id()), ScreeningProblem.NOT_THE_ISSUER);

        RegisteredDocument own = registers.add(BUREAU, passport("QZ4711007", "MA", Circumstances.LOST));
        registers.remove(BUREAU, own.id());
        assertThat(lookup.find(FRONT, keys("QZ4711007")).isEmpty()).isTrue();
        refused(() -> registers.remove(BUREAU, own.id()), ScreeningProblem.NOT_FOUND);
    }

    @Test
    void addingTheSameAgainRenewsIt() {
        registers.add(BUREAU, passport("QZ4711007", "MA", Circumstances.LOST));
        registers.add(BUREAU, passport("QZ-4711007", "MA", Circumstances.STOLEN));

        assertThat(lookup.find(FRONT, keys("QZ4711007")).documents())
                .extracting(each -> each.document().circumstances())
                .containsExactly(Circumstances.STOLEN);
    }

    private FileImport.Order order(String kind, String text, Optional<String> list, boolean shrinks)
            throws IOException {
        Path file = Files.writeString(directory.resolve("rows.csv"), text, StandardCharsets.UTF_8);
        return new FileImport.Order(kind, file, list, Optional.empty(), shrinks, Optional.empty(), Map.of());
    }

    private RegisterImport.Done imported(String kind, String text, String list, boolean shrinks) throws IOException {
        return node.service(RegisterImport.class)
                .run(
                        Actor.commandLine("test"),
                        order(kind, text, Optional.of(list).filter(name -> !name.isEmpty()), shrinks));
    }

    @Test
    void ownEntriesComeAndGoByFile() throws Exception {
        RegisterImport.Done first = imported("documents-csv", """
                numero,nature,pays,circonstances,date,action
                QZ4711007,passport,MA,lost,2026-03-01,
                QZ4711008,identity-card,MA,stolen,,add
                FR9999999,passport,FR,lost,,
                QZ4711009,unicorn,MA,lost,,
                QZ4711010,passport,MA,lost,yesterday,
                "QZ47
                """, "", false);

        assertThat(first.added()).isEqualTo(2);
        assertThat(first.refused()).isEqualTo(4);
        // Where and why, and no text of the row.
        assertThat(first.refusals())
                .anyMatch(each -> each.startsWith("line 4"))
                .noneMatch(each -> each.contains("FR9"));
        RegisterImport.Done second = imported(
                "documents-csv",
                "number,kind,country,circumstances,action\nQZ4711007,passport,MA,lost,delete\n",
                "",
                false);
        assertThat(second.removed()).isEqualTo(1);
        assertThat(lookup.find(FRONT, keys("QZ4711007")).isEmpty()).isTrue();
        assertThat(lookup.find(FRONT, keys("QZ4711008")).isEmpty()).isFalse();
    }

    @Test
    void anotherCountrysListIsReplacedAsAWholeAndMayNotCarryOurs() throws Exception {
        StringBuilder rows = new StringBuilder("number,kind,country,circumstances\n");
        for (int i = 0; i < 100; i++) rows.append("BD").append(100_000 + i).append(",passport,FR,stolen\n");
        assertThat(imported("documents-csv", rows.toString(), "borduria", false).added())
                .isEqualTo(100);

        String fewer = rows.substring(0, rows.indexOf("BD100060"));
        refused(() -> imported("documents-csv", fewer, "borduria", false), ScreeningProblem.LIST_SHRINKS);
        assertThat(lookup.find(FRONT, keys("BD100099")).isEmpty()).isFalse();
        RegisterImport.Done smaller =
                imported("documents-csv", fewer + "QZ4711007,passport,MA,lost\n", "borduria", true);

        assertThat(smaller.removed()).isEqualTo(40);
        assertThat(smaller.refused()).isEqualTo(1);
        assertThat(lookup.find(FRONT, keys("BD100099")).isEmpty()).isTrue();
        assertThat(lookup.find(FRONT, keys("BD100001")).isEmpty()).isFalse();
        assertThat(lookup.find(FRONT, keys("QZ4711007")).isEmpty()).isTrue();
    }

    @Test
    void aFileWhoseColumnsNobodyUnderstandsIsRefusedAndMayBeMapped() throws Exception {
        String text = "A,B,C,D\nQZ4711007,passport,MA,lost\n";
        refused(() -> imported("documents-csv", text, "", false), ScreeningProblem.BAD_COLUMNS);
        Path file = Files.writeString(directory.resolve("mapped.csv"), text, StandardCharsets.UTF_8);

        RegisterImport.Done done = node.service(RegisterImport.class)
                .run(
                        Actor.commandLine("test"),
                        new FileImport.Order(
                                "documents-csv",
                                file,
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                Optional.empty(),
                                Map.of("A", "number", "B", "kind", "C", "country", "D", "circumstances")));

        assertThat(done.added()).isEqualTo(1);
    }

    private static HttpResponse<String> send(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node.console() + BASE + path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).get("type").asString()).endsWith(code);
    }

    @Test
    void programsLookUpInTwoStepsAndTheIssuerWrites() throws Exception {
        HttpResponse<String> added = send(
                "POST",
                "/documents",
                key,
                "{\"number\":\"QZ 4711007\",\"kind\":\"passport\",\"circumstances\":\"lost\",\"happened_on\":\"2026-03-01\"}");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);

        JsonNode candidates = JSON.readTree(send("GET", "/documents?number=qz4711007&country=MA", reader, "")
                        .body())
                .get("candidates");
        assertThat(candidates.size()).isEqualTo(1);
        assertThat(candidates.get(0).get("standing").asString()).isEqualTo("lost-document");
        assertThat(candidates.get(0).has("number")).isFalse();
        String id = candidates.get(0).get("id").asString();
        JsonNode record =
                JSON.readTree(send("GET", "/documents/" + id, reader, "").body());
        assertThat(record.get("number").asString()).isEqualTo("QZ4711007");
        assertThat(record.get("country").asString()).isEqualTo("MA");
        assertThat(record.get("happened_on").asString()).isEqualTo("2026-03-01");
        assertThat(JSON.readTree(send("GET", "/documents?number=QZ4711007&country=FR", reader, "")
                                .body())
                        .get("candidates")
                        .isEmpty())
                .isTrue();

        problem(send("DELETE", "/documents/" + id, reader, ""), 403, "access.forbidden");
        assertThat(send("DELETE", "/documents/" + id, key, "").statusCode()).isEqualTo(204);
        problem(send("GET", "/documents/" + id, reader, ""), 404, "screening.not-found");
        HttpResponse<String> vehicle =
                send("POST", "/vehicles", key, "{\"vin\":\"UU1LSDL4H31234567\",\"make\":\"Dacia\"}");
        assertThat(vehicle.statusCode()).as(vehicle.body()).isEqualTo(201);
        assertThat(JSON.readTree(send("GET", "/vehicles?vin=UU1LSDL4H31234567", reader, "")
                                .body())
                        .get("candidates")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeRegisteredIsSaidClearly() throws Exception {
        for (String bad : List.of(
                "{}",
                "{\"number\":\"QZ4711007\",\"kind\":\"unicorn\",\"circumstances\":\"lost\"}",
                "{\"number\":\"QZ4711007\",\"kind\":\"passport\",\"circumstances\":\"sad\"}",
                "{\"number\":\"--\",\"kind\":\"passport\",\"circumstances\":\"lost\"}",
                "{\"number\":\"" + "9".repeat(10_000) + "\",\"kind\":\"passport\",\"circumstances\":\"lost\"}",
                "{\"number\":\"QZ4711007\",\"kind\":\"passport\",\"circumstances\":\"lost\",\"happened_on\":\"2026-13-45\"}",
                "{\"number\":\"QZ4711007\",\"kind\":\"passport\",\"circumstances\":\"lost\",\"reference\":\"of Mr\\u0000 X\"}"))
            problem(send("POST", "/documents", key, bad), 422, "screening.bad-register-entry");
        problem(
                send(
                        "POST",
                        "/documents",
                        key,
                        "{\"number\":\"FR1234567\",\"country\":\"FR\",\"kind\":\"passport\",\"circumstances\":\"lost\"}"),
                403,
                "screening.not-the-issuer");
        problem(send("POST", "/documents", key, "[1"), 400, "screening.bad-json");
        problem(send("GET", "/documents?number=x", reader, ""), 422, "screening.bad-register-entry");
        problem(send("GET", "/documents/register.document-nonsense", reader, ""), 404, "screening.not-found");
        assertThat(send("GET", "/documents?number=" + "9".repeat(3_000), reader, "")
                        .statusCode())
                .isEqualTo(422);
    }

    /** No column of a register could hold a person, and a look-up leaves a keyed hash. */
    @Test
    void s10AndS11TheRegistersHoldNobodyAndLookUpsLeaveAHash() {
        List<String> columns = sql.queryForList(
                "select column_name from information_schema.columns where table_schema = 'screening'"
                        + " and table_name in ('document', 'vehicle')",
                String.class);
        assertThat(columns)
                .isSubsetOf(
                        "id",
                        "source",
                        "number",
                        "kind",
                        "country",
                        "circumstances",
                        "happened_on",
                        "expires_on",
                        "reference",
                        "added_at",
                        "ends_at",
                        "vin",
                        "plate",
                        "make",
                        "model");

        lookup.find(FRONT, keys("ZX998877665"));

        assertThat(sql.queryForObject(
                        "select count(*) from audit.entry where action = 'screening.register-query'"
                                + " and subject ~ '^query/[0-9a-f]{32}$' and purpose = 'SECURITY_CHECK'",
                        Integer.class))
                .isPositive();
        assertThat(sql.queryForObject(
                        "select count(*) from audit.entry e where e::text ilike '%ZX998877665%'", Integer.class))
                .isZero();
    }

    @Test
    void s20AnEntryLeavesTheRegisterByItself() {
        registers.add(BUREAU, passport("QZ4711007", "MA", Circumstances.LOST));
        sql.update(
                "update screening.document set added_at = now() - interval '2 days', ends_at = now() - interval '1 hour'");

        assertThat(lookup.find(FRONT, keys("QZ4711007")).isEmpty()).isTrue();
        registers.purge(java.time.Clock.systemUTC().instant(), 10);
        assertThat(sql.queryForObject("select count(*) from screening.document", Integer.class))
                .isZero();
        assertThat(Locale.getISOCountries()).contains(registers.country());
    }
}
