package org.sharaka.node.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.screening.ScreeningFixture.BUREAU;
import static org.sharaka.node.screening.ScreeningFixture.CLERK;
import static org.sharaka.node.screening.ScreeningFixture.asked;
import static org.sharaka.node.screening.ScreeningFixture.officer;
import static org.sharaka.node.screening.ScreeningFixture.person;
import static org.sharaka.node.screening.ScreeningFixture.write;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
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
import org.sharaka.node.screening.hit.DismissalService;
import org.sharaka.node.screening.roll.Roll;
import org.sharaka.node.screening.roll.RollId;
import org.sharaka.node.screening.roll.RollService;
import org.sharaka.node.screening.roll.RollState;

/** Whole lists of people, on a whole node. All people are invented. */
class RollIT {
    private static ScreeningFixture node;
    private static RollService rolls;
    private static Actor keeper;
    private static Actor second;
    private static String key;

    @TempDir
    static Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        node = new ScreeningFixture("sharaka.demo=true");
        rolls = node.node.service(RollService.class);
        node.put(
                ListFormat.FTM_JSON,
                write(
                        directory.resolve("wanted.json"),
                        person("yt", "1970-05-03", "Yasmine Tazerwalti", "ياسمين التازروالتي")
                                + person("kv", "1958", "Dmitri Volkodavovich")),
                "wanted");
        keeper = known("keeper", Role.INVESTIGATOR);
        second = known("second", Role.BUREAU_DUTY_OFFICER);
        key = key(keeper);
    }

    /** An officer whom the node knows: keys and approvals ask who stands behind. */
    private static Actor known(String login, Role role) {
        String id = node.node
                .service(OfficerService.class)
                .addDemoOfficer(
                        CLERK,
                        new NewOfficer(login, login, Optional.of("events"), Set.of(role)),
                        "three invented words of a test")
                .id()
                .toString();
        return officer(id, role.permissions(), Optional.of(Purpose.SECURITY_CHECK));
    }

    private static String key(Actor maker) {
        return node.node
                .service(ApiKeyService.class)
                .make(
                        maker,
                        new NewApiKey(
                                "gate",
                                Purpose.SECURITY_CHECK,
                                EnumSet.of(Permission.SCREENING_BULK, Permission.SCREENING_QUERY),
                                Duration.ofDays(1)))
                .token();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static void refused(ThrowingCallable act, ProblemType type) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    private static LocalDate tomorrow() {
        return LocalDate.now(ZoneOffset.UTC).plusDays(1);
    }

    private static Roll hand(String csv) {
        return rolls.hand(keeper, "Fair of Examples", tomorrow(), csv.getBytes(StandardCharsets.UTF_8));
    }

    private static Roll screened(Roll roll) {
        rolls.approve(second, roll.id());
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        Roll now = rolls.view(keeper, roll.id());
        while (now.state() != RollState.DONE) {
            assertThat(System.nanoTime()).as("the roll is screened: " + now).isLessThan(end);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            now = rolls.view(keeper, roll.id());
        }
        return now;
    }

    private static int count(String query, Object... values) {
        return node.sql.queryForObject(query, Integer.class, values);
    }

    private static int queries() {
        return count("select count(*) from audit.entry where action = 'screening.match' and actor_id = ?", keeper.id());
    }

    private HttpResponse<String> call(String method, String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(node.node.console() + "/api/v1/screening/rolls" + path))
                        .header("Authorization", "Bearer " + key)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private List<String> results(Roll roll) throws IOException, InterruptedException {
        HttpResponse<String> answer = call("GET", "/" + roll.id() + "/results", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        return answer.body().lines().skip(1).toList();
    }

    @Test
    void s10NothingIsAskedBeforeASecondPersonApproves() {
        int before = queries();
        Roll roll = hand("name,date of birth\nYasmin Tazerwalti,1970-05-03\nHelga Nobodyson,1980\n");

        assertThat(roll.state()).isEqualTo(RollState.WAITING);
        refused(() -> rolls.approve(keeper, roll.id()), AccessProblem.FORBIDDEN);
        Actor both = officer(keeper.id(), Role.BUREAU_DUTY_OFFICER.permissions(), Optional.of(Purpose.SECURITY_CHECK));
        refused(() -> rolls.approve(both, roll.id()), ScreeningProblem.OWN_HIT);
        Actor program = new Actor(
                Actor.Kind.API_KEY, second.id(), "", Optional.empty(), second.permissions(), second.purpose());
        refused(() -> rolls.approve(program, roll.id()), ScreeningProblem.NEEDS_AN_OFFICER);
        assertThat(queries()).isEqualTo(before);
        assertThat(rolls.waiting(second)).isPositive();

        Roll done = screened(roll);

        assertThat(done.progress()).isEqualTo(new Roll.Progress(2, 0, 2, 1));
        assertThat(queries()).as("each row is a query in the keeper's name").isGreaterThanOrEqualTo(before + 2);
        refused(() -> rolls.approve(second, roll.id()), ScreeningProblem.DECIDED_BEFORE);
    }

    @Test
    void nobodyIsRemindedOfTheirOwnRoll() throws Exception {
        Actor both = officer(keeper.id(), Role.BUREAU_DUTY_OFFICER.permissions(), Optional.of(Purpose.SECURITY_CHECK));
        int own = rolls.waiting(both);
        int others = rolls.waiting(second);

        hand("name\nHelga Nobodyson\n");
        assertThat(call("POST", "?title=Fair&ends=" + tomorrow(), "name\nJo Doe\n")
                        .statusCode())
                .isEqualTo(201);

        assertThat(rolls.waiting(both)).as("nor of what their key handed in").isEqualTo(own);
        assertThat(rolls.waiting(second)).isEqualTo(others + 2);
    }

    @Test
    void whoMadeTheKeyMayNotApproveWhatTheKeyHandedIn() throws Exception {
        HttpResponse<String> answer = call("POST", "?title=Fair&ends=" + tomorrow(), "name\nHelga Nobodyson\n");
        assertThat(answer.statusCode()).isEqualTo(201);
        RollId id = rolls.all(keeper).stream()
                .filter(roll -> answer.body().contains(roll.id().toString()))
                .findFirst()
                .orElseThrow()
                .id();
        Actor both = officer(keeper.id(), Role.BUREAU_DUTY_OFFICER.permissions(), Optional.of(Purpose.SECURITY_CHECK));

        refused(() -> rolls.approve(both, id), ScreeningProblem.OWN_HIT);

        assertThat(rolls.approve(second, id).state()).isEqualTo(RollState.RUNNING);
    }

    @Test
    void rowsThatCannotBeAskedAreNamedWithTheirReasonAndTheOthersAreScreened() throws Exception {
        String csv = "Nom;Prénom;Né le;Siège\nTAZEROUALTI;Yasmin;3.5.1970;12A\n;;;13B\n\"broken;x;y;z\n"
                + "N".repeat(600) + ";Jo;;14C\nНободи;Гельга;1980;15D\n";

        HttpResponse<String> answer = call("POST", "?title=Vol&ends=" + tomorrow(), csv);

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body())
                .contains("{\"line\":3,\"reason\":\"nothing-to-ask\"}")
                .contains("{\"line\":4,\"reason\":\"unreadable\"}")
                .contains("{\"line\":5,\"reason\":\"too-long\"}")
                .contains("\"rows\":5,\"refused\":3");
        Roll roll = screened(rolls.all(keeper).stream()
                .filter(each -> answer.body().contains(each.id().toString()))
                .findFirst()
                .orElseThrow());
        List<String> lines = results(roll);
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0))
                .startsWith("\"2\",\"12A\",\"TAZEROUALTI Yasmin\",\"3.5.1970\",\"\",\"possible-match\",\"wanted-yt\"")
                .contains("\"foreign-list\"", "name agrees, birth agrees");
        assertThat(lines.get(1))
                .isEqualTo("\"3\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"nothing-to-ask\"");
        assertThat(lines.get(4)).startsWith("\"6\",\"15D\",\"Нободи Гельга\",\"1980\",\"\",\"no-match\",\"\"");
    }

    @Test
    void aFormulaInAFileIsTextInTheResults() throws Exception {
        Roll roll = screened(hand("name,reference\n\"=HYPERLINK(\"\"http://x\"\")\",+1+1\n @SUM(A1) Jo,-2\n"));

        List<String> lines = results(roll);

        assertThat(lines.get(0)).startsWith("\"2\",\"'+1+1\",\"'=HYPERLINK(\"\"http://x\"\")\"");
        assertThat(lines.get(1)).startsWith("\"3\",\"'-2\",\"'@SUM(A1) Jo\"");
    }

    @Test
    void s10TheTextOfRowsWithoutAMatchIsGoneInHoursAndNoneIsEverReadInTheDatabase() {
        Roll roll = screened(hand("name,reference\nYasmine Tazerwalti,seat 1\nHelga Nobodysonqq,seat 2\n"));
        assertThat(node.rowsWith("Nobodysonqq")).isZero();
        node.sql.update(
                "update screening.roll_row set screened_at = screened_at - interval '5 hours' where roll = ?",
                roll.id().value());

        node.node.service(ScreeningJob.class).round();

        assertThat(node.sql.queryForList(
                        "select outcome from screening.roll_row where roll = ? and content is not null",
                        String.class,
                        roll.id().value()))
                .containsExactly("POSSIBLE_MATCH");
        assertThat(rolls.view(keeper, roll.id()).progress().screened()).isEqualTo(2);
    }

    @Test
    void s10ARollLeavesWithItsEvent() {
        Roll roll = screened(hand("name\nYasmine Tazerwalti\n"));
        node.sql.update(
                "update screening.roll set made_at = made_at - interval '9 days', ends_at = now() where id = ?",
                roll.id().value());

        refused(() -> rolls.view(keeper, roll.id()), ScreeningProblem.NOT_FOUND);
        node.node.service(ScreeningJob.class).round();

        assertThat(count(
                        "select count(*) from screening.roll where id = ?",
                        roll.id().value()))
                .isZero();
        assertThat(count(
                        "select count(*) from screening.roll_row where roll = ?",
                        roll.id().value()))
                .isZero();
    }

    @Test
    void s10ARollThatNobodyApprovesIsGivenUp() {
        Roll roll = hand("name\nYasmine Tazerwalti\n");
        node.sql.update(
                "update screening.roll set made_at = made_at - interval '8 days' where id = ?",
                roll.id().value());

        node.node.service(ScreeningJob.class).round();

        assertThat(count(
                        "select count(*) from screening.roll where id = ?",
                        roll.id().value()))
                .isZero();
    }

    @Test
    void whatWasDismissedAtTheDeskIsSettledInTheRoll() throws Exception {
        Roll roll = screened(hand("name,birth\nDmitry Volkodavovich,1958\n"));
        assertThat(results(roll).get(0)).contains("\"possible-match\"");

        node.node
                .service(DismissalService.class)
                .dismiss(BUREAU, asked("Dmitry Volkodavovich 1958"), "wanted-kv", Screened.Dismissed.Reason.LOOKS);

        assertThat(results(roll).get(0)).contains("\"dismissed\",\"wanted-kv\"").contains("\"looks\"");
    }

    @Test
    void rollsAreTheirKeepersAndTheBureausAlone() {
        Roll roll = hand("name\nYasmine Tazerwalti\n");
        Actor other = known("other", Role.INVESTIGATOR);
        Actor front = known("front", Role.FRONT_LINE_OFFICER);

        refused(() -> rolls.view(other, roll.id()), ScreeningProblem.NOT_FOUND);
        refused(() -> rolls.end(other, roll.id()), ScreeningProblem.NOT_FOUND);
        refused(() -> rolls.all(front), AccessProblem.FORBIDDEN);
        refused(
                () -> rolls.hand(front, "Fair", tomorrow(), "name\nJo Doe\n".getBytes(StandardCharsets.UTF_8)),
                AccessProblem.FORBIDDEN);
        assertThat(rolls.all(other)).extracting(Roll::id).doesNotContain(roll.id());
        assertThat(rolls.all(second)).extracting(Roll::id).contains(roll.id());

        rolls.end(keeper, roll.id());

        refused(() -> rolls.view(keeper, roll.id()), ScreeningProblem.NOT_FOUND);
    }

    @Test
    void aRollWithoutTitleRowColumnOrEndIsRefusedAsAWhole() throws Exception {
        for (String bad : List.of(
                "?title=&ends=" + tomorrow(),
                "?title=Fair&ends=soon",
                "?title=Fair&ends=2019-01-01",
                "?title=Fair&ends=" + tomorrow().plusDays(200)))
            assertThat(call("POST", bad, "name\nJo Doe\n").body()).as(bad).contains("screening.roll-incomplete");
        String right = "?title=Fair&ends=" + tomorrow();
        assertThat(call("POST", right, "").body()).contains("screening.roll-columns");
        assertThat(call("POST", right, "colour\nred\n").body()).contains("screening.roll-columns");
        assertThat(call("POST", right, "name\n").body()).contains("screening.roll-incomplete");
        int before = count("select count(*) from screening.roll");
        assertThat(call("POST", right, "name\n" + "Jo Doe\n".repeat(RollService.ROWS_MAX + 1))
                        .body())
                .contains("screening.roll-too-long");
        assertThat(count("select count(*) from screening.roll")).isEqualTo(before);
        assertThat(call("GET", "/nothing", "").statusCode()).isEqualTo(404);
        assertThat(call("DELETE", "/0198c0de-0000-4000-8000-000000000000", "").statusCode())
                .isEqualTo(404);
    }
}
