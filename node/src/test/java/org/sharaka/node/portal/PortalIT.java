package org.sharaka.node.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.intake.Channel;
import org.sharaka.node.intake.Circumstances;
import org.sharaka.node.intake.CorrespondenceService;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Message;
import org.sharaka.node.intake.MessageKind;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportStatus;
import org.sharaka.node.intake.ReportView;
import org.sharaka.node.intake.Submission;
import org.sharaka.node.platform.TestNode;
import org.springframework.jdbc.core.JdbcTemplate;

/** A node and its portal, each with its own context and log-in to one database. */
class PortalIT {
    private static final Actor OFFICER = new Actor(
            Actor.Kind.OFFICER,
            "officer-1",
            "r.officer",
            Optional.of("cyber"),
            Set.of(Permission.values()),
            Optional.of(Purpose.INVESTIGATION));

    private static TestNode node;
    private static PortalProcess portal;

    @BeforeAll
    static void start() {
        node = TestNode.start();
        portal = PortalProcess.start(node.home(), Map.of("portal.port", "0", "portal.flood-limit", "40"));
    }

    @AfterAll
    static void stop() {
        if (portal != null) portal.close();
        node.close();
    }

    private static Visitor visitor() {
        return new Visitor(portal.address(), "en");
    }

    private static IntakeService reports() {
        return node.service(IntakeService.class);
    }

    private static ReportView taken(String reference) {
        Reference parsed = Reference.parse(reference).orElseThrow();
        await(() -> reports().idOf(parsed).isPresent());
        return reports().view(OFFICER, parsed);
    }

    private static void await(Callable<Boolean> condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) throw new AssertionError("did not come true within 20 s");
                Thread.sleep(20);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(String sql) {
        Long count = node.service(JdbcTemplate.class).queryForObject(sql, Long.class);
        return count == null ? -1 : count;
    }

    @Test
    void aReportGoesFromTheFormToTheUnitAndAnAnswerComesBack() {
        Visitor visitor = visitor().begin();
        visitor.answer("danger", "no", "money-left", "today", "phone-shared", "yes");
        assertThat(visitor.body()).contains("Call your bank now");
        visitor.answer("category", "ONLINE_FRAUD", "role", "victim");
        assertThat(visitor.body()).contains("Step 3 of 7").contains("With this a bank can look for the money");
        visitor.answer("amount", "1.500,50", "currency", "MAD", "bank", "Invented Bank", "transaction-id", "TX-77");
        visitor.answer("story", "The shop at https://cheap-phones.example/buy took my money.", "country", "MA");
        visitor.answer("suspect-phones", "+212 612 345 678");
        visitor.answer("identity", "named", "name", "A. Reporter", "news", "yes");
        assertThat(visitor.body()).contains("cheap-phones.example").contains("Invented Bank");
        visitor.answer("truth", "yes");

        ReportView report = taken(visitor.reference());
        String reference = visitor.reference();
        String code = visitor.code();
        assertThat(report.channel()).isEqualTo(Channel.PORTAL);
        assertThat(report.anonymous()).isFalse();
        assertThat(report.money().get(0).money().amount()).isEqualByComparingTo("1500.50");
        assertThat(report.identifiers())
                .extracting(each -> each.identifier().display())
                .isNotEmpty();
        Circumstances circumstances =
                reports().circumstances(OFFICER, List.of(report.id())).get(report.id());
        assertThat(circumstances.sharedPhone()).isTrue();
        assertThat(circumstances.wantsNews()).isTrue();
        assertThat(circumstances.moneySentAt()).isPresent();
        assertThat(circumstances.particulars()).containsEntry("money.bank", "Invented Bank");

        CorrespondenceService letters = node.service(CorrespondenceService.class);
        reports().status(OFFICER, report.reference(), ReportStatus.ANSWER_WANTED);
        letters.write(OFFICER, report.reference(), "Which <b>shop</b> was it?", Optional.of("en"));
        visitor.follow(reference, code);
        assertThat(visitor.body()).contains("We have a question").contains("Which &lt;b&gt;shop&lt;/b&gt; was it?");
        visitor.write("ANSWER", "The one in the report.");
        assertThat(visitor.body()).contains("Sent. The unit reads it.").contains("The one in the report.");
        await(() -> letters.messages(OFFICER, report.reference()).size() == 2);
        assertThat(letters.messages(OFFICER, report.reference()))
                .extracting(Message::kind)
                .containsExactly(MessageKind.LETTER, MessageKind.ANSWER);
        assertThat(visitor.cookies()).isEmpty();
    }

    @Test
    void aRepeatedSubmissionGetsTheSameReferenceAndCodeAndAddsNothing() {
        Visitor visitor = visitor().begin();
        visitor.answer()
                .answer("category", "OTHER")
                .answer("story", "told once")
                .answer()
                .answer();
        String draft = visitor.hidden("draft");
        Map<String, String> last = Map.of("draft", draft, "do", "next", "truth", "yes");
        visitor.post("/en/report", last);
        String reference = visitor.reference();
        String code = visitor.code();

        visitor.post("/en/report", last);

        assertThat(visitor.reference()).isEqualTo(reference);
        assertThat(visitor.code()).isEqualTo(code);
        taken(reference);
        assertThat(count("select count(*) from intake.report where narrative = 'told once'"))
                .isEqualTo(1);
    }

    @Test
    void aChangedRepetitionIsToldThatTheFirstVersionCounts() {
        Visitor visitor = visitor().report("first version");
        Visitor other = visitor().begin();
        other.answer()
                .answer("category", "OTHER")
                .answer("story", "one")
                .answer()
                .answer();
        String check = other.hidden("draft");
        other.post("/en/report", Map.of("draft", check, "do", "next", "truth", "yes"));
        String reference = other.reference();
        other.post("/en/report", Map.of("draft", check, "do", "goto:STORY"));
        other.answer("story", "two").answer().answer().answer("truth", "yes");

        assertThat(other.reference()).isEqualTo(reference);
        assertThat(other.body()).contains("that first version counts");
        assertThat(taken(reference).narrative()).isEqualTo("one");
        assertThat(visitor.body()).doesNotContain("that first version counts");
    }

    @Test
    void whatIsTypedIsKeptOnErrorAndAcrossLanguages() {
        Visitor visitor = visitor().begin();
        visitor.answer("danger", "yes");
        visitor.answer("role", "witness");
        assertThat(visitor.page().statusCode()).isEqualTo(422);
        assertThat(visitor.body())
                .contains("Choose what comes closest.")
                .containsPattern("value=\"witness\"[^>]*checked");

        Map<String, String> stay =
                Map.of("draft", visitor.hidden("draft"), "do", "stay", "role", "witness", "category", "THREATS");
        visitor.post("/ar/report", stay);
        assertThat(visitor.body())
                .contains("lang=\"ar\"")
                .contains("dir=\"rtl\"")
                .containsPattern("value=\"THREATS\"[^>]*checked");
    }

    @Test
    void consentWithdrawnTakesTheReportBack() {
        Visitor visitor = visitor().report("please forget this");
        String reference = visitor.reference();
        String code = visitor.code();
        taken(reference);

        visitor.follow(reference, code).write("CONSENT_WITHDRAWN", "");

        await(() -> taken(reference).withdrawal().isPresent());
        visitor.follow(reference, code);
        assertThat(visitor.body()).contains("Taken back").doesNotContain("name=\"text\"");
    }

    @Test
    void whoHasNotTheCodeLearnsNothing() {
        Visitor visitor = visitor().report("mine alone");
        String reference = visitor.reference();
        Visitor stranger = visitor().report("somebody else's");
        String otherCode = stranger.code();

        String wrong = stranger.follow(reference, otherCode).body();
        int status = stranger.page().statusCode();
        String unknownReference = Reference.of(new byte[16]).grouped();
        String unknown = stranger.follow(unknownReference, otherCode).body().replace(unknownReference, reference);

        assertThat(status).isEqualTo(404);
        assertThat(withoutVisit(unknown)).isEqualTo(withoutVisit(wrong));
    }

    /** Each page is of a visit of its own. */
    private static String withoutVisit(String page) {
        return page.replaceAll("visit=[A-Za-z0-9_-]+|name=\"visit\" value=\"[^\"]*\"", "");
    }

    @Test
    void theRoleMayAddArrivalsAndUseMailboxesAndNothingElse() throws SQLException {
        Door door = Door.read(Door.directory(node.home()));
        try (Connection connection = DriverManager.getConnection(
                        door.url(), door.role(), door.password().reveal());
                Statement statement = connection.createStatement()) {
            statement.execute("insert into portal.arrival (sealed) values ('\\x00')");
            statement.execute("select count(*) from portal.mailbox");
            for (String denied : List.of(
                    "select * from portal.arrival",
                    "delete from portal.arrival",
                    "update portal.arrival set sealed = ''",
                    "insert into portal.arrival (sealed, failed_at) values ('', now())",
                    "update portal.mailbox set status = 'CLOSED'",
                    "delete from portal.mailbox",
                    "delete from portal.letter",
                    "update portal.letter set sealed = ''",
                    "select * from portal.unit_key",
                    "select * from portal.delivery",
                    "select * from intake.report",
                    "select * from intake.contact",
                    "select * from access.officer",
                    "select * from audit.entry",
                    "select * from campaign.campaign",
                    "select * from platform.node_key",
                    "create table public.mine (a int)",
                    "create temporary table mine (a int)",
                    "create schema mine",
                    "create role other",
                    "copy portal.mailbox to program 'true'",
                    "set role postgres",
                    "select pg_read_file('/etc/passwd')"))
                assertThatThrownBy(() -> statement.execute(denied))
                        .as(denied)
                        .isInstanceOf(SQLException.class)
                        .hasMessageNotContaining("syntax error");
        }
        // An arrival that opens to nothing is set aside and stops nobody.
        await(() -> count("select count(*) from portal.arrival where failed_at is not null") == 1);
        taken(visitor().report("after a broken one").reference());

        // Tried again, it is set aside once more, and still there.
        node.service(Collector.class).tryAgain(Duration.ofMinutes(10));
        assertThat(count("select count(*) from portal.arrival where failed_at is null"))
                .isZero();
        node.service(Collector.class).tryAgain(Duration.ZERO);
        await(() -> count("select count(*) from portal.arrival where failed_at is not null") == 1);
    }

    @Test
    void theDatabaseHoldsNothingReadableOfWhatWasHandedIn() throws Exception {
        Visitor visitor = visitor().report("unmistakable narrative");
        String code = visitor.code().replace("-", "");
        taken(visitor.reference());
        visitor.follow(visitor.reference(), visitor.code());
        JdbcTemplate sql = node.service(JdbcTemplate.class);
        for (String table : List.of("arrival", "mailbox", "letter", "delivery"))
            assertThat(sql.queryForList("select t::text from portal." + table + " t", String.class))
                    .noneMatch(row -> row.contains("unmistakable") || row.contains(code));
        assertThat(Files.getPosixFilePermissions(Door.directory(node.home())))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void theExcessOfOneSourceIsTakenAndSetAside() {
        Visitor visitor = visitor();
        String last = "";
        for (int i = 0; i < 45; i++) last = visitor.report("flood " + i).reference();

        assertThat(taken(last).setAsideAt()).isPresent();
        assertThat(count("select count(*) from campaign.report c join intake.report r on r.id = c.report_id"
                        + " where r.set_aside_at is not null"))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/reports", "/campaigns", "/audit", "/health", "/prometheus", "/api/v1/reports"})
    void thePortalKnowsNothingOfTheConsole(String path) {
        assertThat(visitor().get(path).statusCode()).isIn(404, 405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/en/", "/en/report", "/ar/follow", "/api/public/v1/openapi.json"})
    void theConsoleKnowsNothingOfThePortal(String path) {
        assertThat(new Visitor(node.console(), "en").get(path).statusCode()).isNotEqualTo(200);
        assertThat(new Visitor(node.management(), "en").get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void s12OfChildExploitationOnlyAddressesAreAsked() {
        Visitor visitor = visitor().begin().answer().answer("category", "CHILD_EXPLOITATION");
        assertThat(visitor.body())
                .contains("Only the address, please", "name=\"content-links\"")
                .doesNotContain("name=\"story\"", "type=\"file\"");
        visitor.answer();
        assertThat(visitor.body()).contains("Give at least one address.");
        visitor.answer("content-links", "https://bad.example/one\nhttps://bad.example/two");
        visitor.answer("identity", "anonymous").answer("truth", "yes");

        ReportView report = taken(visitor.reference());
        assertThat(report.identifiers()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(reports()
                        .circumstances(OFFICER, List.of(report.id()))
                        .get(report.id())
                        .child())
                .isTrue();
        assertThat(visitor.body()).contains("Do not look for more");
    }

    @Test
    void s12OfIntimateImagesTheAccountIsAskedAndNeverThePicture() {
        Visitor visitor = visitor().begin().answer("under-18", "yes").answer("category", "SEXTORTION");

        assertThat(visitor.body())
                .contains("We do not need the picture", "You did the right thing", "we do not call your parents")
                .doesNotContain("type=\"file\"");
    }

    @Test
    void s13NothingIsLeftOnTheDevice() {
        Visitor visitor = visitor();
        for (String path : List.of("/", "/en/", "/en/report", "/ar/follow", "/fr/rights", "/en/nowhere", "/?lang=fr")) {
            var answer = visitor.get(path);
            assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                    .as(path)
                    .contains("no-store");
            assertThat(visitor.cookies()).as(path).isEmpty();
        }
        visitor.begin();
        assertThat(visitor.body()).contains("id=\"leave\"", "<title>Information and help</title>");
        assertThat(visitor.page().headers().firstValue("Cache-Control").orElse(""))
                .contains("no-store");
    }

    @Test
    void s14TheReceiptSaysWhatItIs() {
        Visitor visitor = visitor().report("something");

        assertThat(visitor.body())
                .contains("A report is not a formal complaint")
                .contains("It does not prove what happened")
                .contains("The police never ask you for money");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "${7*7} #{x} __${T(java.lang.Runtime)}__",
                "\u202E reversed \u2066 isolate",
                "nul \u0000 and lone \uD800",
                "'; drop table portal.arrival; --"
            })
    void whateverIsTypedIsTextAndNothingElse(String typed) {
        Visitor visitor = visitor().begin().answer().answer("category", "OTHER");
        visitor.answer("story", typed + " x").answer("suspect-name", typed);
        visitor.answer("identity", "named", "name", typed, "email", "a@b.example");
        assertThat(visitor.page().statusCode()).isEqualTo(200);
        assertThat(visitor.body()).doesNotContain("<script>alert", "<img src=x", "49 ");
        visitor.answer("truth", "yes");

        assertThat(taken(visitor.reference()).narrative()).startsWith(typed.substring(0, 3));
    }

    @Test
    void aFieldThatIsTooLongIsKeptAndSaid() {
        Visitor visitor = visitor().begin().answer().answer("category", "OTHER");
        visitor.answer("story", "y".repeat(60_001));

        assertThat(visitor.page().statusCode()).isEqualTo(422);
        assertThat(visitor.body()).contains("This is too long").contains("y".repeat(60_001));
    }

    @Test
    void tenMegabytesAreRefusedAndHarmNobody() {
        Visitor visitor = visitor().begin();
        Visitor heavy = visitor().begin();
        try {
            heavy.answer("story", "z".repeat(10_000_000));
            assertThat(heavy.page().statusCode()).isIn(400, 413);
        } catch (java.io.UncheckedIOException cutOff) {
            assertThat(cutOff).isNotNull();
        }
        assertThat(visitor.answer().page().statusCode()).isEqualTo(200);
    }

    @Test
    void aFormOfAnotherSiteIsNotHeard() {
        Visitor visitor = visitor().begin();
        Map<String, String> form = Map.of("draft", visitor.hidden("draft"), "do", "next");

        assertThat(visitor.post("/en/report", form, "Origin", "https://elsewhere.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(visitor.post("/en/report", form, "Origin", "null").statusCode())
                .isEqualTo(403);
        assertThat(visitor.post("/en/report", form, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(visitor.post("/en/report", Map.of("draft", "made up", "do", "next"))
                        .statusCode())
                .isEqualTo(400);
        String own = portal.address().toString();
        assertThat(visitor.post("/en/report", form, "Origin", own).statusCode()).isEqualTo(200);
        assertThat(visitor.post("/en/report", form, "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(200);
        assertThat(visitor.post("/en/report", form, "Referer", own + "/en/report")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aDraftThatAStrangerBeganIsNotContinuedFromTheStrangersPage() {
        Visitor stranger = visitor().begin();
        Map<String, String> begun = Map.of("draft", stranger.hidden("draft"), "do", "next");

        // An old browser that tells nothing of where a form stood cannot be told from one that was led here.
        assertThat(visitor().post("/en/report", begun, new String[0]).statusCode())
                .isEqualTo(403);
        assertThat(visitor()
                        .post("/en/report", begun, "Referer", "https://elsewhere.example/x")
                        .statusCode())
                .isEqualTo(403);
        assertThat(visitor()
                        .post("/en/report", begun, "Referer", portal.address() + ".elsewhere.example/")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aCallerIsGivenACodeOnceAndFollowsLikeOthers() {
        IntakeService intake = reports();
        Reference reference = intake.newReference();
        var taken = intake.submit(
                OFFICER,
                new Submission(
                        new ReportForm("fr", Map.of("category", "OTHER", "story", "told on the telephone"))
                                .submission(reference, java.time.Instant.now(), java.time.ZoneOffset.UTC, false)
                                .draft(),
                        Circumstances.none(),
                        Channel.CALL,
                        Optional.of(reference),
                        false));
        MailboxService mailboxes = node.service(MailboxService.class);

        String code = mailboxes.open(OFFICER, taken.id(), reference).orElseThrow();

        assertThat(mailboxes.open(OFFICER, taken.id(), reference)).isEmpty();
        node.service(CorrespondenceService.class).write(OFFICER, reference, "heard by telephone", Optional.of("fr"));
        Visitor visitor = visitor().follow(reference.grouped(), code);
        assertThat(visitor.body()).contains("heard by telephone");
        visitor.write("ADDITION", "written by the caller");
        await(() -> node.service(CorrespondenceService.class).messages(OFFICER, reference).stream()
                .anyMatch(message -> message.text().equals("written by the caller")));
    }

    @Test
    void aNamedReporterGetsANewCodeAndTheLostOneOpensNothing() {
        Visitor visitor = visitor()
                .begin()
                .answer()
                .answer("category", "OTHER")
                .answer("story", "lost")
                .answer();
        visitor.answer("identity", "named", "phone", "+212 600 000 000").answer("truth", "yes");
        String reference = visitor.reference();
        String lost = visitor.code();
        ReportView report = taken(reference);
        node.service(CorrespondenceService.class)
                .write(OFFICER, report.reference(), "a letter before", Optional.of("en"));

        String fresh = node.service(MailboxService.class).reissue(OFFICER, report.reference());

        assertThat(visitor.follow(reference, lost).page().statusCode()).isEqualTo(404);
        assertThat(visitor.follow(reference, fresh).body()).contains("a letter before");
        ReportView anonymous = taken(visitor().report("nobody").reference());
        assertThatThrownBy(() -> node.service(MailboxService.class).reissue(OFFICER, anonymous.reference()))
                .hasMessageContaining("anonymous");
    }

    @Test
    void theApiFollowsTheSameRules() throws Exception {
        var client = java.net.http.HttpClient.newHttpClient();
        String key = "8f14e45f-ceea-467a-9575-6d1f0a1d2b3c-api";
        String body = "{\"language\":\"fr\",\"answers\":{\"category\":\"PHISHING\",\"story\":\"by api\"}}";

        var first = api(client, "reports", key, body);
        var again = api(client, "reports", key, body);
        var other = api(client, "reports", key, body.replace("by api", "else"));
        var keyless = api(client, "reports", "short", body);
        var unknown = api(client, "reports", key + "2", body.replace("story", "history"));
        var empty = api(client, "reports", key + "3", "{\"answers\":{\"category\":\"PHISHING\"}}");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body().replace("\"replayed\":false", "\"replayed\":true"));
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("idempotency-key-reused").doesNotContain("code\":\"");
        assertThat(keyless.statusCode()).isEqualTo(400);
        assertThat(unknown.statusCode()).isEqualTo(422);
        assertThat(empty.statusCode()).isEqualTo(422);
        var receipt = new tools.jackson.databind.json.JsonMapper().readTree(first.body());
        String access = "{\"reference\":\"" + receipt.path("reference").asString() + "\",\"code\":\""
                + receipt.path("code").asString() + "\"";
        assertThat(api(client, "mailbox", key, access + "}").body()).contains("\"status\":\"RECEIVED\"");
        var sent = api(client, "mailbox/messages", key + "m", access + ",\"kind\":\"ADDITION\",\"text\":\"more\"}");
        assertThat(sent.statusCode()).isEqualTo(202);
        assertThat(api(client, "mailbox/messages", key + "m", access + ",\"kind\":\"LETTER\",\"text\":\"x\"}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(api(client, "mailbox", key, access + "}").body()).containsOnlyOnce("\"text\":\"more\"");
    }

    private static java.net.http.HttpResponse<String> api(
            java.net.http.HttpClient client, String path, String key, String body) throws Exception {
        return client.send(
                java.net.http.HttpRequest.newBuilder(portal.address().resolve("/api/public/v1/" + path))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                java.net.http.HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theDescriptionOfTheApiNamesEveryQuestion() {
        var description = new tools.jackson.databind.json.JsonMapper()
                .readTree(visitor().get("/api/public/v1/openapi.json").body());
        var described =
                description.path("components").path("schemas").path("Answers").path("properties");

        assertThat(described.propertyNames())
                .containsExactlyInAnyOrderElementsOf(java.util.Arrays.stream(Field.all())
                        .filter(field -> field != Field.TRUTH)
                        .map(Field::key)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "fr", "en", "es"})
    void theReceiptComesAsADocumentWithANeutralName(String language) throws Exception {
        Visitor visitor = new Visitor(portal.address(), language).report("for the paper");
        Map<String, String> form = Map.of("ticket", visitor.hidden("ticket"));
        byte[] pdf = visitor.download("/" + language + "/receipt", form);
        Files.createDirectories(java.nio.file.Path.of("target", "screenshots"));
        Files.write(java.nio.file.Path.of("target", "screenshots", "receipt-" + language + ".pdf"), pdf);

        try (var document = org.apache.pdfbox.Loader.loadPDF(pdf)) {
            String text = new org.apache.pdfbox.text.PDFTextStripper().getText(document);
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(text).contains(visitor.reference(), visitor.code());
        }
    }
}
