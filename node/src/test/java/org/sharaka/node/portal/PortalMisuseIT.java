package org.sharaka.node.portal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportView;
import org.sharaka.node.platform.TestNode;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.util.HtmlUtils;

/** What no reporter does: hostile text in every field, other sites, other people's pages, devices left behind. */
class PortalMisuseIT {
    private static final Actor OFFICER = new Actor(
            Actor.Kind.OFFICER,
            "officer-1",
            "r.officer",
            Optional.of("cyber"),
            Set.of(Permission.values()),
            Optional.of(Purpose.INVESTIGATION));

    /** Nobody's (RFC 5737). */
    private static final String ADDRESS = "203.0.113.77";

    private static TestNode node;
    private static PortalProcess portal;

    @BeforeAll
    static void start() {
        node = TestNode.start();
        portal = PortalProcess.start(
                node.home(),
                Map.of(
                        "portal.port", "0",
                        "portal.flood-limit", "30",
                        "portal.trusted-proxies", "127.0.0.1",
                        "portal.leave-to", "https://weather.example/today",
                        "portal.unit-phone", "000 00 00"));
    }

    @AfterAll
    static void stop() {
        if (portal != null) portal.close();
        if (node != null) node.close();
    }

    private static Visitor visitor() {
        return new Visitor(portal.address(), "en");
    }

    private static JdbcTemplate sql() {
        return node.service(JdbcTemplate.class);
    }

    private static ReportView taken(String reference) {
        Reference parsed = Reference.parse(reference).orElseThrow();
        IntakeService reports = node.service(IntakeService.class);
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (reports.idOf(parsed).isEmpty()) {
            assertThat(System.nanoTime()).as("the report arrives").isLessThan(end);
            pause();
        }
        return reports.view(OFFICER, parsed);
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What people and programs put into fields that were made for names. */
    enum Hostile {
        SCRIPT("<script>alert(1)</script>"),
        MARKUP("\"'><img src=x onerror=alert(1)></textarea></main><svg onload=alert(2)>"),
        TEMPLATE("${7*7} #{portal.title} __${T(java.lang.Runtime)}__ *{x} [[${1}]]"),
        BIDI("\u202E reversed \u2066 isolate \u200F mark"),
        NUL("nul \u0000 and lone \uD800 and \uFFFE"),
        SQL("'; drop table portal.arrival; --"),
        HEADER("x\r\nSet-Cookie: a=b");

        final String text;

        Hostile(String text) {
            this.text = text;
        }

        /** As much of it as a field of that length takes. */
        String upTo(int length) {
            return text.length() <= length ? text : text.substring(0, length);
        }
    }

    /** Ways through the form that together ask every question. */
    private static final List<Map<String, String>> WAYS = List.of(
            Map.of("money-left", "today", "category", "SEXTORTION", "role", "victim", "identity", "named"),
            Map.of("money-left", "earlier", "category", "RANSOMWARE", "role", "organisation", "identity", "named"),
            Map.of("category", "CHILD_EXPLOITATION", "role", "witness", "identity", "named"));

    /** Where a field takes no free text, and to have something to hand in at all. */
    private static final Map<String, String> RIGHT = Map.of(
            "amount", "1500",
            "money-date", "2026-01-02",
            "money-time", "10:00",
            "date", "2026-01-02",
            "country", "MA",
            "currency", "MAD",
            "email", "a@b.example",
            "phone", "+212 600 000 000",
            "content-links", "https://bad.example/one",
            "truth", "yes");

    @ParameterizedTest
    @EnumSource(Hostile.class)
    void inEveryFieldOfEveryPageItIsTextAndNothingElse(Hostile hostile) {
        Set<Field> filled = EnumSet.noneOf(Field.class);
        for (Map<String, String> way : WAYS) {
            Visitor visitor = visitor().begin();
            while (!visitor.body().contains("name=\"truth\"")) {
                Set<String> asked = visitor.asked();
                Map<String, String> typed = new LinkedHashMap<>();
                for (String name : asked)
                    typed.put(name, hostile.upTo(field(name).lengthMax()));
                visitor.press("next", flat(typed));
                assertInert(visitor, hostile);
                if (visitor.page().statusCode() == 422) {
                    assertKept(visitor, asked, hostile);
                    // What is no free text is mended; what is free text stays hostile.
                    for (String name : asked)
                        if (refusesText(name)) typed.put(name, way.getOrDefault(name, RIGHT.getOrDefault(name, "")));
                    typed.putAll(choices(asked, way));
                    visitor.press("next", flat(typed));
                }
                assertThat(visitor.page().statusCode()).as(visitor.body()).isEqualTo(200);
                assertInert(visitor, hostile);
                for (Field field : Field.all()) if (asked.contains(field.key())) filled.add(field);
            }
            // As it was typed: no part of it was taken for a template, a header or markup.
            if (hostile != Hostile.NUL)
                assertThat(HtmlUtils.htmlUnescape(visitor.body())).contains(hostile.text.strip());
            visitor.press("next", "truth", hostile.text);
            assertThat(visitor.page().statusCode()).isEqualTo(422);
            visitor.press("next", "truth", "yes");
            assertInert(visitor, hostile);
            assertThat(taken(visitor.reference()).withdrawal()).isEmpty();
        }
        filled.add(Field.TRUTH);
        assertThat(filled).containsExactlyInAnyOrder(Field.all());
        assertThat(sql().queryForObject("select count(*) from portal.arrival where failed_at is not null", Long.class))
                .as("every arrival could be taken in")
                .isZero();
    }

    private static String[] flat(Map<String, String> fields) {
        return fields.entrySet().stream()
                .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                .toArray(String[]::new);
    }

    private static Map<String, String> choices(Set<String> asked, Map<String, String> way) {
        Map<String, String> chosen = new HashMap<>(way);
        chosen.keySet().retainAll(asked);
        return chosen;
    }

    private static boolean refusesText(String name) {
        return switch (field(name).kind()) {
            case LINE, CODE, TEXT, LINES -> field(name) == Field.CONTENT_LINKS;
            default -> true;
        };
    }

    private static Field field(String name) {
        for (Field field : Field.all()) if (field.key().equals(name)) return field;
        throw new AssertionError("no field " + name);
    }

    private static void assertInert(Visitor visitor, Hostile hostile) {
        assertThat(visitor.page().statusCode()).isIn(200, 422);
        assertThat(visitor.body()).as(hostile.name()).doesNotContain("<script>alert", "<img src=x", "<svg onload");
        assertThat(visitor.cookies()).isEmpty();
    }

    /** Free text stands in its field again; in a browser that is what the reporter sees. */
    private static void assertKept(Visitor visitor, Set<String> asked, Hostile hostile) {
        String body = HtmlUtils.htmlUnescape(visitor.body());
        boolean anyText = asked.stream().anyMatch(name -> switch (field(name).kind()) {
            case LINE, CODE, TEXT, LINES, AMOUNT, EMAIL, PHONE -> true;
            default -> false;
        });
        if (anyText && hostile != Hostile.NUL) assertThat(body).contains(hostile.text.strip());
    }

    @ParameterizedTest
    @EnumSource(
            value = Field.class,
            names = {"STORY", "NAME", "EMAIL", "AMOUNT", "DATE", "COUNTRY", "SUSPECT_LINKS", "CATEGORY"})
    void tenMegabytesInAFieldAreRefusedBeforeTheyAreRead(Field field) {
        Visitor visitor = visitor().begin();
        Map<String, String> fields =
                Map.of("draft", visitor.hidden("draft"), "do", "next", field.key(), "z".repeat(10_000_000));
        try {
            assertThat(visitor.post("/en/report", fields).statusCode()).isEqualTo(413);
        } catch (java.io.UncheckedIOException cutOff) {
            // The server hung up on what it would not read.
            assertThat(cutOff).isNotNull();
        }
        assertThat(visitor().begin().page().statusCode()).isEqualTo(200);
    }

    @Test
    void whoeverDoesNotSayHowLongAFormIsIsNotHeard() throws Exception {
        byte[] body = "draft=x&do=next".getBytes(UTF_8);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(portal.address().resolve("/en/report"))
                                .version(HttpClient.Version.HTTP_1_1)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Origin", portal.address().toString())
                                .POST(HttpRequest.BodyPublishers.ofInputStream(
                                        () -> new java.io.ByteArrayInputStream(body)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void aFormInAnotherCharsetIsReadAsItSaysOrWithMarksForWhatCannotBe() {
        String arabic = "تبليغ";
        String declared = percent(arabic, Charset.forName("windows-1256"));
        Visitor visitor = visitor().begin().answer().answer("category", "OTHER");
        String draft = visitor.hidden("draft");

        visitor.postBody(
                "/en/report",
                "application/x-www-form-urlencoded; charset=windows-1256",
                "draft=" + draft + "&do=next&story=" + declared,
                "Origin",
                portal.address().toString());
        assertThat(visitor.page().statusCode()).isEqualTo(200);
        visitor.press("goto:STORY");
        assertThat(visitor.body()).contains(arabic);

        for (String broken : List.of(
                "application/x-www-form-urlencoded; charset=UTF-8",
                "application/x-www-form-urlencoded; charset=no-such-charset",
                "application/x-www-form-urlencoded")) {
            visitor.postBody(
                    "/en/report",
                    broken,
                    "draft=" + draft + "&do=next&story=kept%20" + declared + "%ZZ%",
                    "Origin",
                    portal.address().toString());
            assertThat(visitor.page().statusCode()).as(broken).isEqualTo(200);
            visitor.press("goto:STORY");
            assertThat(visitor.body()).contains("kept \uFFFD").contains("%ZZ%</textarea>");
        }
        for (String foreign : List.of("text/plain", "application/xml", "multipart/form-data; boundary=x")) {
            visitor.postBody(
                    "/en/report",
                    foreign,
                    "draft=" + draft,
                    "Origin",
                    portal.address().toString());
            assertThat(visitor.page().statusCode()).as(foreign).isBetween(400, 499);
        }
        byte[] utf16 = "{\"answers\":{\"category\":\"OTHER\",\"story\":\"x\"}}"
                .getBytes(java.nio.charset.StandardCharsets.UTF_16);
        assertThat(json("reports", utf16).statusCode()).isIn(201, 400);
        assertThat(visitor.get("/en/follow?reference=%C8%E1").statusCode()).isEqualTo(400);
        assertThat(json("reports", new byte[] {'{', (byte) 0xC8, (byte) 0xE1}).statusCode())
                .isEqualTo(400);
    }

    private static String percent(String text, Charset charset) {
        StringBuilder out = new StringBuilder();
        for (byte each : text.getBytes(charset)) out.append('%').append("%02X".formatted(each));
        return out.toString();
    }

    private static HttpResponse<String> json(String path, byte[] body) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(portal.address().resolve("/api/public/v1/" + path))
                                    .header("Content-Type", "application/json")
                                    .header(
                                            "Idempotency-Key",
                                            java.util.UUID.randomUUID().toString())
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void tenMegabytesOfJsonAreRefusedToo() {
        byte[] body = ("{\"answers\":{\"story\":\"" + "z".repeat(10_000_000) + "\"}}").getBytes(UTF_8);
        try {
            assertThat(json("reports", body).statusCode()).isEqualTo(413);
        } catch (java.io.UncheckedIOException cutOff) {
            assertThat(cutOff).isNotNull();
        }
    }

    /** There is no session to fix: whatever a stranger planted on the device changes nothing and is handed on to nobody. */
    @Test
    void aSessionThatAStrangerPlantedIsNotTakenUp() {
        for (String planted : List.of("JSESSIONID=planted", "SESSION=planted; lang=fr")) {
            Visitor visitor = visitor();
            visitor.get("/en/report", "Cookie", planted);
            assertThat(visitor.cookies()).isEmpty();
            assertThat(visitor.body()).doesNotContain("planted").contains("lang=\"en\"");
        }
        Visitor visitor = visitor();
        visitor.get("/en/report;jsessionid=planted");
        assertThat(visitor.body()).doesNotContain("planted");

        Visitor one =
                visitor().begin().answer().answer("category", "OTHER").answer("story", "the first reporter’s words");
        Visitor other = visitor();
        other.get("/en/report", "Cookie", "JSESSIONID=planted");
        assertThat(other.body()).doesNotContain("the first reporter’s words");
        assertThat(one.hidden("draft")).isNotEqualTo(other.hidden("draft"));
    }

    @Test
    void noPageStaysInTheCacheOfASharedPhone() throws Exception {
        List<HttpResponse<?>> answers = new ArrayList<>();
        Visitor visitor = visitor();
        for (String path : List.of("/en/", "/en/report", "/en/follow", "/en/rights", "/nothing/here", "/en/leave"))
            answers.add(visitor.get(path));
        visitor.begin();
        while (!visitor.body().contains("id=\"code\"")) {
            visitor.answer("category", "OTHER", "story", "kept by nobody", "truth", "yes");
            answers.add(visitor.page());
        }
        String reference = visitor.reference();
        String code = visitor.code();
        String ticket = visitor.hidden("ticket");
        answers.add(visitor.follow(reference, code).page());
        answers.add(visitor.write("ADDITION", "more").page());
        answers.add(visitor.follow(reference, reference).page());
        answers.add(visitor.post("/en/report", Map.of("draft", "damaged"), "Origin", "https://elsewhere.example"));
        answers.add(visitor.post("/en/receipt", Map.of("ticket", ticket)));
        answers.add(json(
                "mailbox",
                "{\"reference\":\"%s\",\"code\":\"%s\"}"
                        .formatted(reference, code)
                        .getBytes(UTF_8)));

        assertThat(answers).allSatisfy(answer -> assertThat(
                        answer.headers().firstValue("Cache-Control").orElse(""))
                .as(answer.uri() + " " + answer.statusCode())
                .contains("no-store"));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.headers().map())
                .doesNotContainKeys("etag", "last-modified", "set-cookie"));
    }

    @Test
    void s13OfAVisitThatWasLeftNoPageIsShownAgain() {
        Visitor visitor = visitor().begin();
        List<String> drafts = new ArrayList<>(List.of(visitor.hidden("draft")));
        visitor.answer("phone-shared", "yes").answer("category", "SEXTORTION");
        drafts.add(visitor.hidden("draft"));
        visitor.answer("story", "nobody may read this").answer().answer().answer("identity", "anonymous");
        drafts.add(visitor.hidden("draft"));
        Map<String, String> last = Map.of("draft", visitor.hidden("draft"), "do", "next", "truth", "yes");
        visitor.post("/en/report", last);
        String reference = visitor.reference();
        String code = visitor.code();
        String ticket = visitor.hidden("ticket");
        Visitor bystander =
                visitor().begin().answer().answer("category", "OTHER").answer("story", "another visit");

        HttpResponse<String> away = visitor.get(visitor.leaving());

        assertThat(away.statusCode()).isEqualTo(303);
        assertThat(away.headers().firstValue("Location")).contains("https://weather.example/today");
        for (String draft : drafts) {
            visitor.post("/en/report", Map.of("draft", draft, "do", "stay"));
            assertThat(visitor.page().statusCode()).isEqualTo(400);
            assertThat(visitor.body()).doesNotContain("nobody may read this", "SEXTORTION");
        }
        visitor.post("/en/report", last);
        assertThat(visitor.body()).doesNotContain(reference, code);
        visitor.post("/en/mailbox", Map.of("ticket", ticket));
        assertThat(visitor.body()).doesNotContain(reference);
        assertThat(visitor.post("/en/receipt", Map.of("ticket", ticket)).statusCode())
                .isEqualTo(303);
        assertThat(bystander.press("stay").page().statusCode()).isEqualTo(200);
        assertThat(visitor().follow(reference, code).body()).contains("Received");
    }

    @Test
    void s13AMailboxThatWasLeftIsNotOpenedByWhatTheHistoryHolds() {
        Visitor visitor = visitor().report("the mailbox is mine");
        String reference = visitor.reference();
        String code = visitor.code();
        visitor.get("/en/follow");
        Map<String, String> typed = Map.of("visit", visitor.hidden("visit"), "reference", reference, "code", code);
        visitor.post("/en/follow", typed);
        assertThat(visitor.body()).contains("Received");
        Map<String, String> written =
                Map.of("ticket", visitor.hidden("ticket"), "kind", "ADDITION", "text", "left behind");

        // A browser with scripts tells it by a beacon, which is a POST.
        assertThat(visitor.post(visitor.leaving(), Map.of()).statusCode()).isEqualTo(303);

        assertThat(visitor.post("/en/follow", typed).body()).doesNotContain("Received", reference, code);
        assertThat(visitor.post("/en/write", written).body()).doesNotContain(reference, "left behind");
    }

    @Test
    void aStrangerCannotEndAVisitOrBeLedAstrayByLeaving() {
        Visitor visitor = visitor().begin().answer();
        for (String guess : List.of("", "0123456789abcdef", "https://evil.example/", "%00", "../../x")) {
            HttpResponse<String> away = visitor().get("/en/leave?visit=" + java.net.URLEncoder.encode(guess, UTF_8));
            assertThat(away.statusCode()).isEqualTo(303);
            assertThat(away.headers().firstValue("Location")).contains("https://weather.example/today");
        }
        assertThat(visitor.press("stay").page().statusCode()).isEqualTo(200);
    }

    @Test
    void aLetterWhoseTicketRanOutIsThereAgainOnceTheCodeIsTyped() {
        Visitor visitor = visitor().report("slow writer");
        String reference = visitor.reference();
        String code = visitor.code();

        visitor.post("/en/write", Map.of("ticket", "ran out", "kind", "ANSWER", "text", "written for an hour"));
        assertThat(visitor.page().statusCode()).isEqualTo(422);
        assertThat(visitor.body()).contains("What you wrote is kept").doesNotContain("written for an hour");
        Map<String, String> wrong = Map.of(
                "visit",
                visitor.hidden("visit"),
                "letter",
                visitor.hidden("letter"),
                "reference",
                reference,
                "code",
                reference);
        assertThat(visitor.post("/en/follow", wrong).statusCode()).isEqualTo(404);
        visitor.post(
                "/en/follow",
                Map.of(
                        "visit",
                        visitor.hidden("visit"),
                        "letter",
                        visitor.hidden("letter"),
                        "reference",
                        reference,
                        "code",
                        code));
        assertThat(visitor.body()).contains("written for an hour</textarea>");
    }

    @Test
    void whatKindALetterIsIsKeptOnError() {
        Visitor visitor = visitor().report("kind");
        visitor.follow(visitor.reference(), visitor.code()).write("CORRECTION", " ");

        assertThat(visitor.page().statusCode()).isEqualTo(422);
        assertThat(visitor.body()).containsPattern("value=\"CORRECTION\"[^>]*checked");
    }

    @Test
    void guessingTellsNothingAndLocksNobodyOut() throws Exception {
        Visitor owner = visitor().report("guess me");
        String reference = owner.reference();
        String code = owner.code();
        taken(reference);
        String unknown = Reference.of(new byte[16]).grouped();
        Set<String> answers = new java.util.HashSet<>();
        for (String guessed : List.of(reference, unknown)) {
            for (int i = 0; i < 20; i++) {
                byte[] chance = ByteBuffer.allocate(16).putInt(i).array();
                HttpResponse<String> answer = json(
                        "mailbox",
                        "{\"reference\":\"%s\",\"code\":\"%s\"}"
                                .formatted(guessed, AccessCode.of(chance).grouped())
                                .getBytes(UTF_8));
                answers.add(answer.statusCode() + answer.body().replaceAll("urn:uuid:[0-9a-f-]+", ""));
            }
        }
        assertThat(answers).hasSize(1).allMatch(answer -> answer.startsWith("404"));
        assertThat(visitor().follow(reference, code).body()).contains("Received");
        for (String path : List.of("/en/mailbox/" + reference, "/en/report/" + reference, "/en/" + reference))
            assertThat(visitor().get(path).statusCode()).as(path).isIn(404, 405);
        assertThat(visitor()
                        .get("/en/follow?reference=" + reference)
                        .body()
                        .replace(reference, unknown)
                        .replaceAll("visit=\\S+|value=\"[^\"]*\"", ""))
                .isEqualTo(visitor()
                        .get("/en/follow?reference=" + unknown)
                        .body()
                        .replaceAll("visit=\\S+|value=\"[^\"]*\"", ""));
    }

    @Test
    void addressesOfVisitorsAreWrittenNowhere() throws Exception {
        Visitor visitor = visitor();
        visitor.begin()
                .answer()
                .answer("category", "OTHER")
                .answer("story", "from somewhere")
                .answer()
                .answer();
        HttpResponse<String> done = visitor.post(
                "/en/report",
                Map.of("draft", visitor.hidden("draft"), "do", "next", "truth", "yes"),
                "Origin",
                portal.address().toString(),
                "X-Forwarded-For",
                ADDRESS);
        assertThat(done.statusCode()).isEqualTo(200);
        taken(visitor.reference());
        visitor.get("/en/nothing", "X-Forwarded-For", ADDRESS);

        for (Map<String, Object> table : sql().queryForList("""
                select table_schema, table_name from information_schema.tables
                where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
                """)) {
            String name = "\"" + table.get("table_schema") + "\".\"" + table.get("table_name") + "\"";
            assertThat(sql().queryForObject(
                                    "select count(*) from " + name + " t where t::text like ?",
                                    Long.class,
                                    "%" + ADDRESS + "%"))
                    .as(name)
                    .isZero();
        }
        try (Stream<Path> files = Files.walk(node.home())) {
            for (Path file : files.filter(Files::isRegularFile).toList())
                assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(ADDRESS);
        }
    }

    @Test
    void theExcessOfOneSourceIsSetAsideAndItsNeighbourIsNot() {
        String last = "";
        for (int i = 0; i < 33; i++) last = from("2001:db8:7:7::" + Integer.toHexString(i + 1), "wave " + i);

        assertThat(taken(last).setAsideAt()).as("one /64 is one source").isPresent();
        assertThat(taken(from("2001:db8:7:8::1", "next network")).setAsideAt()).isEmpty();
        assertThat(taken(from("203.0.113.5", "another town")).setAsideAt()).isEmpty();
    }

    /** @return the reference */
    private static String from(String address, String story) {
        Visitor visitor = visitor()
                .begin()
                .answer()
                .answer("category", "OTHER")
                .answer("story", story)
                .answer()
                .answer();
        visitor.post(
                "/en/report",
                Map.of("draft", visitor.hidden("draft"), "do", "next", "truth", "yes"),
                "Origin",
                portal.address().toString(),
                "X-Forwarded-For",
                address);
        return visitor.reference();
    }

    @Test
    void aPageThatStoodOpenForDaysIsLookedOverOnceMoreAndAReplayIsKnownForADay() {
        Drafts past = drafts(Duration.ofHours(30));
        ReportForm form = new ReportForm("en", Map.of("category", "OTHER", "story", "open since yesterday"));
        Drafts.Draft shown = past.fresh().at(Step.CHECK, form);
        Visitor visitor = visitor();

        visitor.post("/en/report", Map.of("draft", past.hide(shown), "do", "next", "truth", "yes"));
        assertThat(visitor.page().statusCode()).isEqualTo(200);
        assertThat(visitor.body())
                .contains("stood open for more than a day", "open since yesterday")
                .doesNotContain("id=\"code\"");
        visitor.press("next", "truth", "yes");
        assertThat(taken(visitor.reference()).narrative()).isEqualTo("open since yesterday");

        // Handed in just before its token was old, and sent again a day later: the same paper, and one report.
        long now = Clock.systemUTC().instant().getEpochSecond();
        Drafts.Draft first = aged(past.fresh(), now - Duration.ofHours(23).toSeconds(), "replayed");
        visitor.post("/en/report", Map.of("draft", past.hide(first), "do", "next", "truth", "yes"));
        String reference = visitor.reference();
        String code = visitor.code();
        Drafts.Draft dayLater = new Drafts.Draft(
                first.visit(), first.token(), now - Duration.ofHours(47).toSeconds(), Step.CHECK, first.answers());
        visitor.post("/en/report", Map.of("draft", past.hide(dayLater), "do", "next", "truth", "yes"));
        assertThat(visitor.reference()).isEqualTo(reference);
        assertThat(visitor.code()).isEqualTo(code);
        taken(reference);
        assertThat(sql().queryForObject("select count(*) from intake.report where narrative = 'replayed'", Long.class))
                .isEqualTo(1);
    }

    private static Drafts.Draft aged(Drafts.Draft draft, long issued, String story) {
        return new Drafts.Draft(
                draft.visit(), draft.token(), issued, Step.CHECK, Map.of("category", "OTHER", "story", story));
    }

    /** As the portal made them some time ago. */
    private static Drafts drafts(Duration ago) {
        Clock then = Clock.offset(Clock.systemUTC(), ago.negated());
        PortalKey key = new PortalKey(Door.read(Door.directory(node.home())).key());
        return new Drafts(key, new SecureRandom(), then, new Departures(then));
    }

    @Test
    void s14NobodyChoosesTheTimeOfAReceipt() throws Exception {
        Visitor visitor = visitor().report("when");
        byte[] pdf = visitor.download(
                "/en/receipt",
                Map.of(
                        "ticket", visitor.hidden("ticket"),
                        "at", "1999-01-01T00:00:00Z",
                        "category", "TERRORISM_CONTENT"));

        try (var document = org.apache.pdfbox.Loader.loadPDF(pdf)) {
            assertThat(new org.apache.pdfbox.text.PDFTextStripper().getText(document))
                    .contains("Something else")
                    .doesNotContain("1999", "terrorism");
        }
    }

    @Test
    void aFullDiskIsToldWithWhatToDoAndWhereToCallAndNothingTypedIsLost() {
        Visitor visitor = visitor().begin().answer().answer("category", "OTHER").answer("story", "written while full");
        visitor.answer().answer();
        Map<String, String> last = Map.of("draft", visitor.hidden("draft"), "do", "next", "truth", "yes");
        Visitor reader = visitor().report("reads while full");
        String reference = reader.reference();
        String code = reader.code();
        reader.follow(reference, code);
        String ticket = reader.hidden("ticket");
        taken(reference);
        sql().execute("""
                create function portal.no_space() returns trigger language plpgsql as $$
                begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$
                """);
        sql().execute("create trigger full_disk before insert on portal.arrival execute function portal.no_space()");
        try {
            assertThat(visitor.post("/en/report", last).statusCode()).isEqualTo(503);
            assertThat(visitor.body())
                    .contains("could not be stored just now, and nothing was sent")
                    .contains("If it cannot wait, call")
                    .contains("href=\"tel:0000000\"")
                    .contains("written while full")
                    .doesNotContain("id=\"code\"");
            reader.post("/en/write", Map.of("ticket", ticket, "kind", "ANSWER", "text", "a letter while full"));
            assertThat(reader.page().statusCode()).isEqualTo(503);
            assertThat(reader.body()).contains("a letter while full</textarea>", "href=\"tel:0000000\"");
            HttpResponse<String> program =
                    json("reports", "{\"answers\":{\"category\":\"OTHER\",\"story\":\"by program\"}}".getBytes(UTF_8));
            assertThat(program.statusCode()).isEqualTo(503);
            assertThat(program.headers().firstValue("Content-Type").orElse("")).contains("problem+json");
        } finally {
            sql().execute("drop trigger full_disk on portal.arrival");
            sql().execute("drop function portal.no_space()");
        }
        assertThat(visitor.press("next", "truth", "yes").page().statusCode()).isEqualTo(200);
        assertThat(taken(visitor.reference()).narrative()).isEqualTo("written while full");
        assertThat(sql().queryForObject(
                                "select count(*) from intake.report where narrative = 'written while full'",
                                Long.class))
                .isEqualTo(1);
    }
}
