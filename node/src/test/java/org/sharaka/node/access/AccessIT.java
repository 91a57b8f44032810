package org.sharaka.node.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.platform.TestNode;
import org.springframework.jdbc.core.JdbcTemplate;

/** Log-in, sessions, purposes, keys and administration over HTTP on a whole node, with a real database. */
class AccessIT {
    private static final Actor MACHINE = Actor.commandLine("test");
    private static final String PASSWORD = "correct horse battery";

    private static TestNode node;
    private static OfficerService officers;
    private static int made;

    @BeforeAll
    static void start() {
        node = TestNode.start();
        officers = node.service(OfficerService.class);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** Somebody enrolled over HTTP, as in life. */
    private record Person(String login, Totp app, OfficerId id) {
        /** The next code: the app's present one may have been used. */
        String freshCode() {
            node.service(JdbcTemplate.class)
                    .update("update access.credential set totp_step = 0 where officer_id = ?", id.value());
            return app.codeAt(Instant.now());
        }
    }

    private static Person aPerson(Role... roles) {
        String login = "officer-" + ++made;
        Enrolment enrolment =
                officers.add(MACHINE, new NewOfficer(login, "Officer " + made, Optional.of("unit"), Set.of(roles)));
        Browser browser = new Browser(node.console());
        String page = browser.submit(
                        "/enrol",
                        "/enrol",
                        "login",
                        login,
                        "code",
                        enrolment.code().toLowerCase(java.util.Locale.ROOT))
                .body();
        Totp app = new Totp(Base32.decode(first(page, "id=\"secret\">([A-Z2-7 ]+)<")));
        HttpResponse<String> finished = browser.post(
                "/enrol/finish",
                Browser.token(page),
                "login",
                login,
                "code",
                enrolment.code(),
                "sealed",
                first(page, "name=\"sealed\" value=\"([^\"]+)\""),
                "password",
                PASSWORD,
                "typed",
                app.codeAt(Instant.now()));
        assertThat(Browser.location(finished)).isEqualTo("/login?enrolled");
        return new Person(login, app, enrolment.officer().id());
    }

    private static Browser loggedIn(Person person) {
        Browser browser = new Browser(node.console());
        assertThat(Browser.location(browser.logIn(person.login(), PASSWORD, person.freshCode())))
                .isEqualTo("/");
        return browser;
    }

    @Test
    void anOfficerEnrolsLogsInAndLogsOut() {
        Person person = aPerson(Role.ANALYST);
        Browser browser = loggedIn(person);

        assertThat(browser.open("/account").statusCode()).isEqualTo(200);
        assertThat(Browser.location(browser.submit("/account", "/logout"))).isEqualTo("/login?out");
        assertThat(Browser.location(browser.open("/account"))).endsWith("/login");
    }

    @Test
    void afterLoginThePageThatWasWantedOpens() {
        Person person = aPerson(Role.ANALYST);
        Browser browser = new Browser(node.console());
        browser.open("/account/api-keys");

        assertThat(Browser.location(browser.logIn(person.login(), PASSWORD, person.freshCode())))
                .startsWith("/account/api-keys");
    }

    @Test
    void wrongPasswordWrongCodeAndUnknownOfficerGetTheSameAnswer_S21() {
        Person person = aPerson(Role.ANALYST);

        HttpResponse<String> password =
                new Browser(node.console()).logIn(person.login(), "wrong horse battery", person.freshCode());
        HttpResponse<String> code = new Browser(node.console()).logIn(person.login(), PASSWORD, "000000");
        HttpResponse<String> unknown = new Browser(node.console()).logIn("nobody-here", PASSWORD, "000000");
        HttpResponse<String> nonsense = new Browser(node.console()).logIn("Ünknown \u202e <b>", PASSWORD, "");

        for (HttpResponse<String> answer : java.util.List.of(password, code, unknown, nonsense)) {
            assertThat(answer.statusCode()).isEqualTo(302);
            assertThat(Browser.location(answer)).isEqualTo("/login?refused");
        }
    }

    @Test
    void aCodeWorksOnce() {
        Person person = aPerson(Role.ANALYST);
        String code = person.freshCode();

        assertThat(Browser.location(new Browser(node.console()).logIn(person.login(), PASSWORD, code)))
                .isEqualTo("/");
        assertThat(Browser.location(new Browser(node.console()).logIn(person.login(), PASSWORD, code)))
                .isEqualTo("/login?refused");
    }

    @Test
    void guessesFromAfarDelayThemselvesAndNotTheOfficersOwnDevice() {
        Person person = aPerson(Role.ANALYST);
        Browser own = loggedIn(person);
        own.submit("/account", "/logout");

        Browser attacker = new Browser(node.console());
        for (int i = 0; i < 6; i++) attacker.logIn(person.login(), "guess number " + i, "123456");

        assertThat(Browser.location(attacker.logIn(person.login(), PASSWORD, person.freshCode())))
                .isEqualTo("/login?wait");
        assertThat(Browser.location(own.logIn(person.login(), PASSWORD, person.freshCode())))
                .isEqualTo("/");
    }

    @Test
    void anUnknownOfficerIsDelayedLikeAKnownOne_S21() {
        Browser attacker = new Browser(node.console());
        for (int i = 0; i < 6; i++) attacker.logIn("nobody-at-all", "guess number " + i, "123456");

        assertThat(Browser.location(attacker.logIn("nobody-at-all", "guess", "123456")))
                .isEqualTo("/login?wait");
    }

    @Test
    void aDeviceCookieOfSomebodyElseOpensNothing() {
        Person person = aPerson(Role.ANALYST);
        Person other = aPerson(Role.ANALYST);
        Browser attacker = loggedIn(other);
        Devices devices = node.service(Devices.class);
        attacker.plant(devices.cookieName(person.login()), attacker.cookie(devices.cookieName(other.login())));
        attacker.submit("/account", "/logout");
        for (int i = 0; i < 6; i++) attacker.logIn(person.login(), "guess number " + i, "123456");

        assertThat(Browser.location(attacker.logIn(person.login(), PASSWORD, person.freshCode())))
                .isEqualTo("/login?wait");
    }

    @Test
    void aSessionPlantedBeforeTheLoginIsNotTheSessionAfterIt() {
        Person person = aPerson(Role.ANALYST);
        Browser browser = loggedIn(person);
        String fixed = browser.cookie("sharaka-session");
        Browser victim = new Browser(node.console());
        victim.plant("sharaka-session", fixed);

        victim.logIn(person.login(), PASSWORD, person.freshCode());

        assertThat(victim.cookies())
                .filteredOn(cookie -> cookie.getName().equals("sharaka-session"))
                .anySatisfy(cookie -> assertThat(cookie.getValue()).isNotEqualTo(fixed));
    }

    @Test
    void nothingIsStoredForVisitors() {
        int before = sessions();
        Browser visitor = new Browser(node.console());
        visitor.open("/account");
        visitor.open("/login");
        visitor.logIn("nobody-visits", "guess", "123456");

        assertThat(sessions()).isEqualTo(before);
    }

    @Test
    void aFormWithoutItsTokenIsRefused() {
        Browser browser = loggedIn(aPerson(Role.ANALYST));

        assertThat(browser.post("/purpose", "", "purpose", "WARN").statusCode()).isEqualTo(403);
        assertThat(browser.post("/purpose", "forged", "purpose", "WARN").statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/logout", "").statusCode()).isEqualTo(403);
    }

    @Test
    void aPurposeIsChosenAndLeadsBackIntoTheConsoleOnly() {
        Browser browser = loggedIn(aPerson(Role.ANALYST));

        assertThat(Browser.location(browser.submit("/purpose", "/purpose", "purpose", "WARN", "back", "/account?x=1")))
                .isEqualTo("/account?x=1");
        for (String elsewhere : new String[] {"//evil.example", "https://evil.example", "/\\evil.example", "evil"}) {
            assertThat(Browser.location(browser.submit("/purpose", "/purpose", "purpose", "WARN", "back", elsewhere)))
                    .as(elsewhere)
                    .isEqualTo("/");
        }
        assertThat(browser.submit("/purpose", "/purpose", "purpose", "CURIOSITY")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aDisabledOfficerIsOutWithTheNextClick() {
        Person person = aPerson(Role.ANALYST);
        Browser browser = loggedIn(person);

        officers.disable(MACHINE, person.id());

        assertThat(Browser.location(browser.open("/account"))).endsWith("/login");
        assertThat(Browser.location(browser.logIn(person.login(), PASSWORD, person.freshCode())))
                .isEqualTo("/login?refused");
    }

    @Test
    void aRoleTakenAwayIsGoneWithTheNextClick() {
        Person person = aPerson(Role.NODE_ADMINISTRATOR);
        Browser browser = loggedIn(person);
        assertThat(browser.open("/officers").statusCode()).isEqualTo(200);

        officers.changeRoles(MACHINE, person.id(), Set.of(Role.ANALYST));

        assertThat(browser.open("/officers").statusCode()).isEqualTo(403);
    }

    @Test
    void nobodyButAnAdministratorSeesOfficers() {
        Browser browser = loggedIn(aPerson(Role.INVESTIGATOR, Role.AUDITOR));

        assertThat(browser.open("/officers").statusCode()).isEqualTo(403);
        assertThat(browser.open("/officers/" + UUID.randomUUID()).statusCode()).isEqualTo(403);
    }

    @Test
    void anAdministratorAddsChangesAndResetsButNotTheOwnAccount() {
        Person administrator = aPerson(Role.NODE_ADMINISTRATOR);
        Browser browser = loggedIn(administrator);

        HttpResponse<String> added = browser.submit(
                "/officers", "/officers", "login", "new-officer", "name", "New <script>", "roles", "ANALYST");
        assertThat(added.statusCode()).isEqualTo(200);
        assertThat(first(added.body(), "id=\"enrolment-code\">([A-Z2-7-]+)<")).hasSize(23);
        OfficerId id = officers.find(MACHINE, "new-officer").orElseThrow().id();
        assertThat(browser.open("/officers").body())
                .contains("New &lt;script&gt;")
                .doesNotContain("New <script>");
        String page = browser.open("/officers/" + id).body();
        assertThat(browser.post("/officers/" + id + "/roles", Browser.token(page), "roles", "AUDITOR")
                        .statusCode())
                .isEqualTo(302);
        assertThat(officers.view(MACHINE, id).roles()).containsExactly(Role.AUDITOR);
        assertThat(browser.post("/officers/" + id + "/reset", Browser.token(page))
                        .body())
                .contains("enrolment-code");

        assertThat(browser.post("/officers/" + administrator.id() + "/roles", Browser.token(page), "roles", "AUDITOR")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.post("/officers/" + administrator.id() + "/disable", Browser.token(page))
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.submit("/officers", "/officers", "login", "new-officer", "name", "Again")
                        .statusCode())
                .isEqualTo(409);
        assertThat(browser.submit("/officers", "/officers", "login", "Ünder", "name", "Again")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void whatIsNotThereAndWhatIsNotYoursAnswerAlike_S21() {
        Person person = aPerson(Role.NODE_ADMINISTRATOR);
        Person owner = aPerson(Role.ANALYST);
        MadeApiKey foreign = node.service(ApiKeyService.class)
                .make(
                        officer(owner),
                        new NewApiKey("system", Purpose.WARN, Set.of(Permission.CAMPAIGN_READ), Duration.ofDays(1)));
        Browser browser = loggedIn(aPerson(Role.ANALYST));
        String token = Browser.token(browser.open("/account").body());

        HttpResponse<String> notYours =
                browser.post("/account/api-keys/" + foreign.key().id() + "/revoke", token);
        HttpResponse<String> notThere = browser.post("/account/api-keys/" + UUID.randomUUID() + "/revoke", token);

        assertThat(notYours.statusCode()).isEqualTo(404);
        assertThat(bare(notYours)).isEqualTo(bare(notThere));
        assertThat(loggedIn(person).open("/officers/" + UUID.randomUUID()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void officersSeeAndEndTheirOwnSessions() {
        Person person = aPerson(Role.ANALYST);
        Browser here = loggedIn(person);
        Browser there = loggedIn(person);
        String page = here.open("/account").body();
        String handle = first(page, "/account/sessions/([A-Za-z0-9_-]+)/end");

        assertThat(page).doesNotContain(there.cookie("sharaka-session"));
        assertThat(here.post("/account/sessions/" + handle + "/end", Browser.token(page))
                        .statusCode())
                .isEqualTo(302);
        assertThat(Browser.location(there.open("/account"))).endsWith("/login");
        assertThat(here.open("/account").statusCode()).isEqualTo(200);
    }

    @Test
    void aSessionEndsAfterItsLongestTimeHoweverBusy() {
        Browser browser = loggedIn(aPerson(Role.ANALYST));

        node.service(JdbcTemplate.class)
                .update(
                        "update access.session set creation_time = creation_time - ?",
                        Duration.ofHours(13).toMillis());

        assertThat(Browser.location(browser.open("/account"))).endsWith("/login");
    }

    @Test
    void changingThePasswordNeedsTheOldOneAndEndsOtherSessions() {
        Person person = aPerson(Role.ANALYST);
        Browser here = loggedIn(person);
        Browser there = loggedIn(person);

        assertThat(here.submit(
                                "/account",
                                "/account/password",
                                "old",
                                "not the old one",
                                "wanted",
                                "another good phrase")
                        .statusCode())
                .isEqualTo(422);
        assertThat(here.submit("/account", "/account/password", "old", PASSWORD, "wanted", person.login() + " 123456")
                        .statusCode())
                .isEqualTo(422);
        assertThat(Browser.location(
                        here.submit("/account", "/account/password", "old", PASSWORD, "wanted", "another good phrase")))
                .isEqualTo("/account?changed");
        assertThat(Browser.location(there.open("/account"))).endsWith("/login");
    }

    @Test
    void anEnrolmentCodeWorksOnceAndIsNotGuessed() {
        Enrolment enrolment = officers.add(MACHINE, new NewOfficer("enrols-once", "Once", Optional.empty(), Set.of()));
        Browser browser = new Browser(node.console());

        assertThat(browser.submit("/enrol", "/enrol", "login", "enrols-once", "code", "AAAAA-AAAAA-AAAAA-AAAAA")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.submit("/enrol", "/enrol", "login", "nobody-there", "code", enrolment.code())
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.submit("/enrol", "/enrol", "login", "enrols-once", "code", enrolment.code())
                        .statusCode())
                .isEqualTo(200);
        officers.reset(MACHINE, enrolment.officer().id());
        assertThat(browser.submit("/enrol", "/enrol", "login", "enrols-once", "code", enrolment.code())
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void pagesForbidFramesForeignCodeAndStoring() {
        HttpResponse<String> page = loggedIn(aPerson(Role.ANALYST)).open("/account");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(page.body())
                .doesNotContain("<script>")
                .doesNotContain(" style=")
                .doesNotContain("onclick");
    }

    @Test
    void everyPageOfAccessSpeaksFourLanguages() {
        Person person = aPerson(Role.NODE_ADMINISTRATOR, Role.AUDITOR);
        Browser browser = loggedIn(person);
        for (String language : new String[] {"ar", "fr", "en", "es"}) {
            browser.open("/account?lang=" + language);
            for (String path : new String[] {
                "/account",
                "/account/api-keys",
                "/officers",
                "/officers/" + person.id(),
                "/purpose",
                "/audit",
                "/login",
                "/enrol"
            }) {
                HttpResponse<String> page = browser.open(path);
                assertThat(page.statusCode()).as(path).isEqualTo(200);
                assertThat(page.body())
                        .as(path)
                        .contains("lang=\"" + language + "\"")
                        .doesNotContain("??");
            }
        }
    }

    @Test
    void theApiTakesKeysAndNothingElse() {
        Person person = aPerson(Role.AUDITOR);
        ApiKeyService keys = node.service(ApiKeyService.class);
        MadeApiKey made = keys.make(
                officer(person),
                new NewApiKey("checker", Purpose.INVESTIGATION, Set.of(Permission.AUDIT_READ), Duration.ofDays(1)));

        assertThat(api("/api/v1/audit/head", "Bearer " + made.token(), "").statusCode())
                .isEqualTo(200);
        assertThat(api("/api/v1/audit/head", "Bearer " + made.token(), "INVESTIGATION")
                        .statusCode())
                .isEqualTo(200);
        assertThat(api("/api/v1/audit/head", "Bearer " + made.token(), "WARN").statusCode())
                .isEqualTo(403);
        for (String wrong : new String[] {
            "",
            "Basic YTpi",
            "Bearer",
            "Bearer shk_x",
            "Bearer " + made.token().substring(0, made.token().length() - 1) + "x",
            "Bearer shk_" + UUID.randomUUID() + "_" + "A".repeat(43)
        }) {
            HttpResponse<String> refused = api("/api/v1/audit/head", wrong, "");
            assertThat(refused.statusCode()).as(wrong).isEqualTo(401);
            assertThat(refused.headers().firstValue("Content-Type").orElse("")).contains("application/problem+json");
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
        Browser session = loggedIn(person);
        assertThat(session.open("/api/v1/audit/head").statusCode()).isEqualTo(401);
    }

    @Test
    void aKeyMayNeverDoMoreThanItsMakerMayNow() {
        Person person = aPerson(Role.AUDITOR);
        ApiKeyService keys = node.service(ApiKeyService.class);
        MadeApiKey made = keys.make(
                officer(person),
                new NewApiKey("checker", Purpose.WARN, Set.of(Permission.AUDIT_READ), Duration.ofDays(1)));
        String bearer = "Bearer " + made.token();

        officers.changeRoles(MACHINE, person.id(), Set.of(Role.ANALYST));
        assertThat(api("/api/v1/audit/head", bearer, "").statusCode()).isEqualTo(403);
        officers.changeRoles(MACHINE, person.id(), Set.of(Role.AUDITOR));
        assertThat(api("/api/v1/audit/head", bearer, "").statusCode()).isEqualTo(200);
        officers.disable(MACHINE, person.id());
        assertThat(api("/api/v1/audit/head", bearer, "").statusCode()).isEqualTo(401);
    }

    @Test
    void expiredAndRevokedKeysAreRefused() {
        Person person = aPerson(Role.AUDITOR);
        ApiKeyService keys = node.service(ApiKeyService.class);
        NewApiKey wanted = new NewApiKey("checker", Purpose.WARN, Set.of(Permission.AUDIT_READ), Duration.ofDays(1));
        MadeApiKey revoked = keys.make(officer(person), wanted);
        MadeApiKey expired = keys.make(officer(person), wanted);

        keys.revoke(officer(person), revoked.key().id());
        node.service(JdbcTemplate.class)
                .update(
                        "update access.api_key set ends_at = now() where id = ?",
                        expired.key().id());

        assertThat(api("/api/v1/audit/head", "Bearer " + revoked.token(), "").statusCode())
                .isEqualTo(401);
        assertThat(api("/api/v1/audit/head", "Bearer " + expired.token(), "").statusCode())
                .isEqualTo(401);
    }

    @Test
    void aKeyIsMadeOnThePageAndShownOnce() {
        Browser browser = loggedIn(aPerson(Role.AUDITOR));

        HttpResponse<String> answer = browser.submit(
                "/account/api-keys",
                "/account/api-keys",
                "label",
                "checker",
                "purpose",
                "WARN",
                "permissions",
                "AUDIT_READ",
                "days",
                "30");
        String token = first(answer.body(), "id=\"token\">(shk_[^<]+)<");

        assertThat(api("/api/v1/audit/head", "Bearer " + token, "").statusCode())
                .isEqualTo(200);
        assertThat(browser.open("/account/api-keys").body()).contains("checker").doesNotContain(token);
        assertThat(browser.submit(
                                "/account/api-keys",
                                "/account/api-keys",
                                "label",
                                "x",
                                "purpose",
                                "WARN",
                                "permissions",
                                "OFFICER_ADMINISTER",
                                "days",
                                "30")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void passkeysAreOfferedOnlyWithTheirCsrfTokenAndForTheOwnDomain() {
        Browser browser = new Browser(node.console());
        assertThat(browser.post("/webauthn/authenticate/options", "").statusCode())
                .isEqualTo(403);

        HttpResponse<String> options = browser.submit("/login", "/webauthn/authenticate/options");

        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.body())
                .contains("\"rpId\":\"localhost\"", "\"userVerification\":\"required\"", "\"allowCredentials\":[]");
    }

    @Test
    void everyLoginAndRefusalIsOnRecordAndTheRecordVerifies() throws Exception {
        Person person = aPerson(Role.ANALYST);
        loggedIn(person);
        new Browser(node.console()).logIn(person.login(), "wrong horse battery", "");

        assertThat(node.service(JdbcTemplate.class)
                        .queryForList(
                                "select action || ' ' || outcome from audit.entry where subject like ? order by id",
                                String.class,
                                "officer/" + person.id() + "%"))
                .containsExactly(
                        "access.officer-add DONE",
                        "access.enrol DONE",
                        "access.sign-in DONE",
                        "access.sign-in REFUSED");
    }

    private static Actor officer(Person person) {
        Officer officer = officers.view(MACHINE, person.id());
        return officer.actor(Optional.of(Purpose.INVESTIGATION));
    }

    private static HttpResponse<String> api(String path, String authorization, String purpose) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(node.console() + path));
        if (!authorization.isEmpty()) request.header("Authorization", authorization);
        if (!purpose.isEmpty()) request.header("Sharaka-Purpose", purpose);
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without what differs from request to request. */
    private static String bare(HttpResponse<String> answer) {
        return answer.body().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "id").replaceAll("value=\"[^\"]*\"", "");
    }

    private static int sessions() {
        return node.service(JdbcTemplate.class).queryForObject("select count(*) from access.session", Integer.class);
    }

    private static String first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }
}
