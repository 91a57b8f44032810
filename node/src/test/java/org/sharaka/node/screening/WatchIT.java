package org.sharaka.node.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.screening.ScreeningFixture.BUREAU;
import static org.sharaka.node.screening.ScreeningFixture.officer;
import static org.sharaka.node.screening.ScreeningFixture.person;
import static org.sharaka.node.screening.ScreeningFixture.write;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.ApiKeyService;
import org.sharaka.node.access.NewApiKey;
import org.sharaka.node.access.NewOfficer;
import org.sharaka.node.access.OfficerService;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.access.Role;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.sharaka.node.screening.watch.Watch;
import org.sharaka.node.screening.watch.WatchId;
import org.sharaka.node.screening.watch.WatchService;

/** Standing watches on a whole node. All people are invented. */
class WatchIT {
    private static final Actor KEEPER = investigator("officer-7");
    private static final String CROWD = ScreeningFixture.crowd(30);
    private static final String KNOWN = person("kv", "1958", "Dmitri Volkodavovich");
    private static ScreeningFixture node;
    private static WatchService watches;

    @TempDir
    static Path directory;

    @BeforeAll
    static void start() {
        node = new ScreeningFixture();
        watches = node.node.service(WatchService.class);
        put(KNOWN);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void forget() {
        node.sql.update("delete from screening.watch");
        put(KNOWN);
    }

    private static Actor investigator(String id) {
        return officer(id, Role.INVESTIGATOR.permissions(), Optional.of(Purpose.SEARCH_WANTED_PERSON));
    }

    private static void put(String people) {
        node.put(ListFormat.FTM_JSON, write(directory.resolve("wanted.json"), CROWD + people), "wanted");
    }

    private static void refused(ThrowingCallable act, ProblemType type) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    private static WatchId running(String what) {
        Watch watch = watches.ask(KEEPER, what, "flight expected", 30);
        return watches.approve(BUREAU, watch.id()).id();
    }

    /** Until every running watch has been compared with all that the database has. */
    private static void awaitLook() {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (count("select count(*) from screening.watch where approved_at is not null"
                        + " and screened_to < (select max(number) from screening.import)")
                > 0) {
            assertThat(System.nanoTime()).as("the watches are looked after").isLessThan(end);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static int count(String query, Object... values) {
        return node.sql.queryForObject(query, Integer.class, values);
    }

    private static List<Watch.Alert> alerts(WatchId id) {
        return watches.open(KEEPER, id).alerts();
    }

    @Test
    void s10AWatchHasAReasonASecondPersonAndAnEndWithinThirtyDays() {
        refused(() -> watches.ask(KEEPER, "Yasmine Tazerwalti", " ", 30), ScreeningProblem.WATCH_INCOMPLETE);
        refused(() -> watches.ask(KEEPER, "Yasmine Tazerwalti", "expected", 31), ScreeningProblem.WATCH_INCOMPLETE);
        refused(() -> watches.ask(KEEPER, "-.-", "expected", 30), ScreeningProblem.WATCH_INCOMPLETE);
        Actor purposeless = officer("officer-7", Role.INVESTIGATOR.permissions(), Optional.empty());
        refused(() -> watches.ask(purposeless, "Yasmine Tazerwalti", "expected", 30), AccessProblem.PURPOSE_MISSING);
        Actor front = officer("f", Role.FRONT_LINE_OFFICER.permissions(), Optional.of(Purpose.SECURITY_CHECK));
        refused(() -> watches.ask(front, "Yasmine Tazerwalti", "expected", 30), AccessProblem.FORBIDDEN);
        Watch watch = watches.ask(KEEPER, "Dmitri Volkodavovich", "expected", 10);

        Actor both = officer(KEEPER.id(), Role.BUREAU_DUTY_OFFICER.permissions(), KEEPER.purpose());
        refused(() -> watches.approve(both, watch.id()), ScreeningProblem.OWN_HIT);
        refused(() -> watches.approve(KEEPER, watch.id()), AccessProblem.FORBIDDEN);
        assertThat(count("select count(*) from screening.watch_alert"))
                .as("nothing is looked for yet")
                .isZero();

        Watch approved = watches.approve(BUREAU, watch.id());

        assertThat(approved.endsAt())
                .isBetween(Instant.now().plus(Duration.ofDays(9)), Instant.now().plus(Duration.ofDays(10)));
        assertThat(alerts(watch.id())).extracting(Watch.Alert::entity).containsExactly("wanted-kv");
        assertThatThrownBy(() -> node.sql.update("update screening.watch set ends_at = ends_at + interval '21 days'"))
                .as("the database holds to thirty days too")
                .hasMessageContaining("check constraint");
    }

    @Test
    void anImportIsComparedWithTheWatchesByWhatItChangedAlone() {
        WatchId sought = running("ياسمين التازروالتي 1970");
        WatchId known = running("Dmitri Volkodavovich");
        assertThat(alerts(sought)).isEmpty();
        assertThat(alerts(known)).hasSize(1);

        put(KNOWN + person("yt", "1970-05-03", "Yasmine Tazerwalti"));
        awaitLook();

        assertThat(alerts(sought)).extracting(Watch.Alert::entity).containsExactly("wanted-yt");
        assertThat(alerts(known)).as("its entry did not change").hasSize(1);
        int looks = count(
                "select count(*) from audit.entry where action = 'screening.watch-look' and subject = ?",
                "watch/" + sought);
        assertThat(looks).isPositive();
        assertThat(count(
                        "select count(*) from audit.entry e join screening.watch_alert a on a.entry = e.id"
                                + " where e.action = 'screening.watch-alert' and e.subject = ?",
                        "watch/" + sought))
                .isEqualTo(1);

        put(KNOWN + person("yt", "1970-05-03", "Yasmine Tazerwalti", "Jasmin Taz"));
        awaitLook();

        assertThat(alerts(sought))
                .as("told again when the entry says something new")
                .hasSize(2);
    }

    @Test
    void aWatchedEntryIsToldWhenItChangesAndWhenItLeavesItsList() {
        WatchId id = running("wanted-kv");
        assertThat(alerts(id)).isEmpty();

        put(person("kv", "1958", "Dmitri Volkodavovich", "Dima the Locksmith"));
        awaitLook();
        put("");
        awaitLook();

        assertThat(alerts(id))
                .extracting(Watch.Alert::kind)
                .containsExactlyInAnyOrder(Watch.AlertKind.CHANGED, Watch.AlertKind.GONE);
    }

    @Test
    void anEntryThatLeftWhileTheWatchWaitedIsTold() {
        Watch watch = watches.ask(KEEPER, "wanted-kv", "flight expected", 30);
        put("");

        watches.approve(BUREAU, watch.id());
        awaitLook();

        assertThat(alerts(watch.id())).extracting(Watch.Alert::kind).containsExactly(Watch.AlertKind.GONE);
    }

    @Test
    void alertsThatWereNotShownStayNewForTheNextTime() {
        WatchId id = running("Dmitri Volkodavovich");
        assertThat(alerts(id)).hasSize(1);
        node.sql.update(
                "insert into screening.watch_alert (watch, entity, kind, import, raised_at, entry)"
                        + " select watch, 'wanted-more' || n, kind, import, raised_at - interval '1 day', entry"
                        + " from screening.watch_alert, generate_series(1, 60) n where watch = ?",
                id.value());

        List<Watch.Alert> first = alerts(id);

        assertThat(first).hasSize(50).allMatch(Watch.Alert::unseen);
        assertThat(watches.unseen(KEEPER)).isEqualTo(10);
        List<Watch.Alert> next = alerts(id);
        assertThat(next.subList(0, 10)).allMatch(Watch.Alert::unseen).doesNotContainAnyElementsOf(first);
        assertThat(next.subList(10, 50)).noneMatch(Watch.Alert::unseen);
        assertThat(watches.unseen(KEEPER)).isZero();
    }

    @Test
    void nobodyIsRemindedOfTheirOwnWatch() {
        Actor both = officer(KEEPER.id(), Role.BUREAU_DUTY_OFFICER.permissions(), KEEPER.purpose());

        WatchId id = watches.ask(KEEPER, "Dmitri Volkodavovich", "expected", 10).id();

        assertThat(watches.waiting(both)).isZero();
        assertThat(watches.all(both).waiting()).isEmpty();
        assertThat(watches.waiting(BUREAU)).isEqualTo(1);
        watches.approve(BUREAU, id);
        watches.renew(KEEPER, id, "the flight was put off", 20);
        assertThat(watches.waiting(both)).isZero();
        assertThat(watches.waiting(BUREAU)).isEqualTo(1);
    }

    @Test
    void alertsAreShownToTheKeeperAloneAndOnceAsNew() {
        WatchId id = running("Dmitri Volkodavovich");
        Actor other = investigator("officer-8");
        assertThat(watches.unseen(KEEPER)).isEqualTo(1);
        assertThat(watches.unseen(other)).isZero();
        refused(() -> watches.open(other, id), ScreeningProblem.NOT_FOUND);
        refused(() -> watches.end(other, id), ScreeningProblem.NOT_FOUND);
        assertThat(watches.open(BUREAU, id).alerts()).isEmpty();

        assertThat(alerts(id)).extracting(Watch.Alert::unseen).containsExactly(true);

        assertThat(alerts(id)).extracting(Watch.Alert::unseen).containsExactly(false);
        assertThat(watches.unseen(KEEPER)).isZero();
        assertThat(count(
                        "select count(*) from audit.entry where action = 'screening.watch' and subject = ?",
                        "watch/" + id))
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void s10ToGoOnAWatchNeedsAReasonAndASecondPersonAgain() {
        WatchId id = running("Dmitri Volkodavovich");
        node.sql.update("update screening.watch set ends_at = now() + interval '1 day'");
        Instant end = watches.open(KEEPER, id).watch().endsAt();
        refused(() -> watches.renew(KEEPER, id, "", 30), ScreeningProblem.WATCH_INCOMPLETE);
        refused(() -> watches.renew(BUREAU, id, "why not", 30), ScreeningProblem.NOT_FOUND);

        watches.renew(KEEPER, id, "the flight was put off", 20);

        assertThat(watches.open(KEEPER, id).watch().endsAt()).isEqualTo(end);
        assertThat(watches.all(BUREAU).waiting()).extracting(Watch::id).containsExactly(id);
        refused(() -> watches.renew(KEEPER, id, "a reason that nobody read", 30), ScreeningProblem.WATCH_WAITS);
        assertThat(watches.open(BUREAU, id).watch().renewal())
                .contains(new Watch.Renewal("the flight was put off", 20));
        Watch renewed = watches.approve(BUREAU, id);
        assertThat(renewed.endsAt())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(19)), Instant.now().plus(Duration.ofDays(20)));
        assertThat(alerts(id)).as("what was told is not told again").hasSize(1);
        refused(() -> watches.approve(BUREAU, id), ScreeningProblem.DECIDED_BEFORE);
    }

    @Test
    void s10AWatchThatIsOverIsGoneWithItsAlerts() {
        WatchId id = running("Dmitri Volkodavovich");
        node.sql.update("update screening.watch set ends_at = now(), made_at = made_at - interval '1 day',"
                + " approved_at = approved_at - interval '1 day'");

        refused(() -> watches.open(KEEPER, id), ScreeningProblem.NOT_FOUND);
        node.node.service(ScreeningJob.class).round();

        assertThat(count("select count(*) from screening.watch")).isZero();
        assertThat(count("select count(*) from screening.watch_alert")).isZero();
    }

    @Test
    void s10WhomAWatchIsForIsNotReadInTheDatabase() {
        Watch watch = watches.ask(KEEPER, "Helga Unwatchedperson", "the reason is unspeakableness", 30);
        watches.approve(BUREAU, watch.id());
        watches.renew(KEEPER, watch.id(), "and so it is unspeakableness", 30);

        for (String secret : List.of("Unwatchedperson", "unspeakableness"))
            assertThat(node.rowsWith(secret)).as(secret).isZero();
    }

    // --- Programs --------------------------------------------------------------------------------------------------

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static HttpResponse<String> call(String key, String method, String path, String body) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(node.node.console().resolve("/api/v1/screening/watches" + path))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String asked(String what, String reason, int days) {
        return "{\"what\":\"" + what + "\",\"reason\":\"" + reason + "\",\"days\":" + days + "}";
    }

    /** An officer whom the node knows: a watch is kept by who stands behind the key. */
    private static Actor known(String login) {
        String id = node.node
                .service(OfficerService.class)
                .add(
                        ScreeningFixture.CLERK,
                        new NewOfficer(login, login, Optional.of("border"), Set.of(Role.INVESTIGATOR)))
                .officer()
                .id()
                .toString();
        return investigator(id);
    }

    private static String key(Actor maker, Permission... permissions) {
        return node.node
                .service(ApiKeyService.class)
                .make(maker, new NewApiKey("gate", Purpose.SECURITY_CHECK, Set.of(permissions), Duration.ofDays(1)))
                .token();
    }

    @Test
    void s10AProgramAsksInTheNameOfItsOfficerAndASecondPersonApproves() throws Exception {
        Actor maker = known("watcher1");
        String key = key(maker, Permission.SCREENING_BULK, Permission.SCREENING_QUERY);

        HttpResponse<String> made = call(key, "POST", "", asked("Dmitri Volkodavovich", "flight expected", 10));

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.body()).contains("\"state\":\"waiting\"", "\"purpose\":\"security-check\"");
        Watch watch = watches.all(maker).own().get(0);
        assertThat(made.body()).contains(watch.id().toString());
        Actor both = officer(maker.id(), Role.BUREAU_DUTY_OFFICER.permissions(), maker.purpose());
        refused(() -> watches.approve(both, watch.id()), ScreeningProblem.OWN_HIT);
        assertThat(call(key, "GET", "/" + watch.id(), "").body()).contains("\"alerts\":[]");

        watches.approve(BUREAU, watch.id());

        HttpResponse<String> opened = call(key, "GET", "/" + watch.id(), "");
        assertThat(opened.body())
                .contains("\"state\":\"running\"", "\"entity\":\"wanted-kv\"", "\"kind\":\"found\"", "\"unseen\":true");
        assertThat(watches.unseen(maker))
                .as("what a program fetched the officer has not seen")
                .isEqualTo(1);
        assertThat(call(key, "GET", "", "").body()).contains(watch.id().toString());
        assertThat(call(key, "POST", "/" + watch.id() + "/renewal", asked("", "still expected", 30))
                        .statusCode())
                .isEqualTo(202);
        assertThat(watches.open(BUREAU, watch.id()).watch().renewal()).isPresent();
        assertThat(call(key, "DELETE", "/" + watch.id(), "").statusCode()).isEqualTo(204);
        assertThat(call(key, "GET", "/" + watch.id(), "").statusCode()).isEqualTo(404);
    }

    @Test
    void whatAProgramMayNotAskIsRefused() throws Exception {
        Actor maker = known("watcher2");
        String key = key(maker, Permission.SCREENING_BULK, Permission.SCREENING_QUERY);

        assertThat(call(key, "POST", "", asked("Dmitri Volkodavovich", "", 10)).body())
                .contains("screening.watch-incomplete");
        assertThat(call(key, "POST", "", asked("Dmitri Volkodavovich", "expected", 31))
                        .statusCode())
                .isEqualTo(422);
        assertThat(call(key, "POST", "", "[]").statusCode()).isEqualTo(400);
        assertThat(call(key, "POST", "", "{\"days\":\"many\"}").statusCode()).isEqualTo(400);
        String mayNot = key(maker, Permission.SCREENING_QUERY);
        assertThat(call(mayNot, "POST", "", asked("Dmitri Volkodavovich", "expected", 10))
                        .statusCode())
                .isEqualTo(403);
        String nobodys = key(ScreeningFixture.CLERK, Permission.SCREENING_BULK, Permission.SCREENING_QUERY);
        assertThat(call(nobodys, "POST", "", asked("Dmitri Volkodavovich", "expected", 10))
                        .body())
                .contains("screening.needs-an-officer");
        Watch anothers = watches.ask(KEEPER, "Dmitri Volkodavovich", "expected", 10);
        for (String method : List.of("GET", "DELETE"))
            assertThat(call(key, method, "/" + anothers.id(), "").statusCode())
                    .as(method)
                    .isEqualTo(404);
        assertThat(call(key, "POST", "/" + anothers.id() + "/approve", "").statusCode())
                .isEqualTo(404);
    }
}
