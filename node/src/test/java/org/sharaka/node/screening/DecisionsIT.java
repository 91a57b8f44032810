package org.sharaka.node.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.screening.ScreeningFixture.BUREAU;
import static org.sharaka.node.screening.ScreeningFixture.OFFICER;
import static org.sharaka.node.screening.ScreeningFixture.asked;
import static org.sharaka.node.screening.ScreeningFixture.officer;
import static org.sharaka.node.screening.ScreeningFixture.person;
import static org.sharaka.node.screening.ScreeningFixture.write;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.sharaka.node.screening.hit.Checked;
import org.sharaka.node.screening.hit.Concern;
import org.sharaka.node.screening.hit.DismissalService;
import org.sharaka.node.screening.hit.Distinction;
import org.sharaka.node.screening.hit.DistinctionService;
import org.sharaka.node.screening.hit.Hit;
import org.sharaka.node.screening.hit.HitReleased;
import org.sharaka.node.screening.hit.HitService;
import org.sharaka.node.screening.hit.HitState;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;

/** From a possible match to a decision, on a whole node. All people are invented. */
class DecisionsIT {
    private static ScreeningFixture node;
    private static HitService hits;
    private static DismissalService dismissals;
    private static DistinctionService distinctions;
    private static final java.util.List<HitReleased> RELEASED = new java.util.concurrent.CopyOnWriteArrayList<>();

    @TempDir
    static Path directory;

    @BeforeAll
    static void start() {
        node = new ScreeningFixture();
        hits = node.node.service(HitService.class);
        dismissals = node.node.service(DismissalService.class);
        distinctions = node.node.service(DistinctionService.class);
        node.node
                .service(ApplicationEventMulticaster.class)
                .addApplicationListener((ApplicationListener<PayloadApplicationEvent<?>>) event -> {
                    if (event.getPayload() instanceof HitReleased released) RELEASED.add(released);
                });
        put(person("yt", "1970-05-03", "Yasmine Tazerwalti", "ياسمين التازروالتي")
                + person("kv", "1958", "Dmitri Volkodavovich"));
    }

    private static void put(String people) {
        node.put(ListFormat.FTM_JSON, write(directory.resolve("wanted.json"), people), "wanted");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void forget() {
        node.sql.update("delete from screening.dismissal");
        node.sql.update("delete from screening.distinction");
        RELEASED.clear();
    }

    private static void refused(ThrowingCallable act, ProblemType type) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    private static Hit confirmed(Actor actor, String typed, String entity) {
        return hits.confirm(
                actor,
                entity,
                () -> Comparison.of(node.screening.compared(asked(typed), entity)),
                new HitService.Confirmation(typed, "Gate 4, Zanzibarville", Set.of(Checked.BIRTH), "calm and helpful"));
    }

    private static Map<Concern, Concern.Answer> no() {
        Map<Concern, Concern.Answer> check = new EnumMap<>(Concern.class);
        for (Concern concern : Concern.values()) check.put(concern, Concern.Answer.NO);
        return check;
    }

    @Test
    void s1WhatAMachineFindsIsNoHitUntilAnOfficerConfirmsIt() {
        int before = node.sql.queryForObject("select count(*) from screening.hit", Integer.class);

        assertThat(node.ask("Yasmine Tazerwalti").possible()).hasSize(1);

        assertThat(node.sql.queryForObject("select count(*) from screening.hit", Integer.class))
                .isEqualTo(before);
        Hit hit = confirmed(OFFICER, "Yasmine Tazerwalti 3/5/1970", "wanted-yt");
        assertThat(hit.state()).isEqualTo(HitState.WAITING);
        assertThat(hits.queue(BUREAU).waiting()).extracting(Hit::id).contains(hit.id());
        assertThat(hits.view(BUREAU, hit.id()).content().comparison().rows())
                .extracting(Comparison.Row::property)
                .contains("name", "birth");
    }

    @Test
    void aHitNeedsAPlaceAndSomethingComparedBesidesTheName() {
        for (var said : List.of(
                new HitService.Confirmation("x", "", Set.of(Checked.BIRTH), ""),
                new HitService.Confirmation("x", "Gate 4", Set.of(), ""),
                new HitService.Confirmation("x", "Gate 4", Set.of(Checked.BIRTH), "n".repeat(1_001))))
            refused(
                    () -> hits.confirm(
                            OFFICER,
                            "wanted-yt",
                            () -> Comparison.of(node.screening.compared(asked("Yasmine Tazerwalti"), "wanted-yt")),
                            said),
                    ScreeningProblem.HIT_INCOMPLETE);
        refused(() -> confirmed(OFFICER, "Yasmine Tazerwalti", "wanted-nobody"), ScreeningProblem.NOT_FOUND);
    }

    @Test
    void s2TheBureauDecidesAndOnlyAReleaseIsToldOn() {
        Hit released = confirmed(OFFICER, "Yasmine Tazerwalti", "wanted-yt");
        Hit placeless = confirmed(OFFICER, "Yasmine Tazerwalti", "wanted-yt");
        Hit withheld = confirmed(OFFICER, "Yasmine Tazerwalti", "wanted-yt");
        assertThat(RELEASED).isEmpty();

        hits.decide(BUREAU, released.id(), HitState.RELEASED, no(), "checked");
        hits.decide(BUREAU, placeless.id(), HitState.RELEASED_WITHOUT_PLACE, no(), "checked");
        hits.decide(BUREAU, withheld.id(), HitState.WITHHELD, no(), "status of protection");

        assertThat(RELEASED).extracting(HitReleased::hit).containsExactly(released.id(), placeless.id());
        assertThat(RELEASED).extracting(HitReleased::withPlace).containsExactly(true, false);
        refused(
                () -> hits.decide(BUREAU, withheld.id(), HitState.RELEASED, no(), "no, after all"),
                ScreeningProblem.DECIDED_BEFORE);
        refused(() -> hits.queue(OFFICER), AccessProblem.FORBIDDEN);
        refused(() -> hits.view(OFFICER, withheld.id()), AccessProblem.FORBIDDEN);
        refused(() -> hits.decide(OFFICER, released.id(), HitState.RELEASED, no(), "mine"), AccessProblem.FORBIDDEN);
    }

    /** Whoever confirmed sees the same of every hit, whatever the bureau made of it. */
    @Test
    void s3TheOfficerWhoConfirmedCannotTellWhatTheBureauDecided() {
        Actor front = officer(
                "officer-9",
                Set.of(Permission.SCREENING_QUERY, Permission.SCREENING_CONFIRM),
                Optional.of(Purpose.SECURITY_CHECK));
        Hit withheld = confirmed(front, "Yasmine Tazerwalti", "wanted-yt");
        List<HitService.Handed> before = hits.mine(front);
        Map<Concern, Concern.Answer> check = no();
        check.put(Concern.ASYLUM, Concern.Answer.YES);

        hits.decide(BUREAU, withheld.id(), HitState.WITHHELD, check, "applicant for protection");

        assertThat(hits.mine(front)).isEqualTo(before).hasSize(1);
    }

    @Test
    void s2NothingOfAHitIsReadInTheDatabase() {
        Hit hit = confirmed(OFFICER, "Yasmine Tazerwaltiqq", "wanted-yt");
        hits.decide(BUREAU, hit.id(), HitState.WITHHELD, no(), "the reason is unspeakableness");

        for (String secret : List.of("Tazerwaltiqq", "Zanzibarville", "calm and helpful", "unspeakableness"))
            assertThat(node.rowsWith(secret)).as(secret).isZero();
    }

    @Test
    void aDismissedPairStaysDismissedUntilEitherSideChanges() {
        String typed = "Dmitri Volkodavovich 1958";
        assertThat(node.ask(typed).possible().get(0).open()).isTrue();

        dismissals.dismiss(OFFICER, asked(typed), "wanted-kv", Screened.Dismissed.Reason.LOOKS);

        Screened.Possible again = node.ask(typed).possible().get(0);
        assertThat(again.open()).isFalse();
        assertThat(again.dismissed().orElseThrow().reason()).isEqualTo(Screened.Dismissed.Reason.LOOKS);
        // The same question in other letters is the same question.
        assertThat(node.ask("  dmitri VOLKODAVOVICH   1958 ").possible().get(0).open())
                .isFalse();
        // What is asked changes.
        assertThat(node.ask("Dmitri Volkodavovich 7/2/1958").possible().get(0).open())
                .isTrue();
        // The entry changes.
        put(person("yt", "1970-05-03", "Yasmine Tazerwalti", "ياسمين التازروالتي")
                + person("kv", "1958", "Dmitri Volkodavovich", "Dima the Locksmith"));
        assertThat(node.ask(typed).possible().get(0).open()).isTrue();
    }

    @Test
    void aDismissalIsTakenBackAndEndsByItself() {
        String typed = "Yasmine Tazerwalti";
        dismissals.dismiss(OFFICER, asked(typed), "wanted-yt", Screened.Dismissed.Reason.BIRTH);
        dismissals.dismiss(OFFICER, asked(typed), "wanted-yt", Screened.Dismissed.Reason.NUMBER);
        assertThat(node.ask(typed).possible().get(0).dismissed().orElseThrow().reason())
                .isEqualTo(Screened.Dismissed.Reason.NUMBER);

        dismissals.takeBack(OFFICER, asked(typed), "wanted-yt");
        assertThat(node.ask(typed).possible().get(0).open()).isTrue();

        dismissals.dismiss(OFFICER, asked(typed), "wanted-yt", Screened.Dismissed.Reason.BIRTH);
        node.sql.update("update screening.dismissal set ends_at = now() - interval '1 second'");
        assertThat(node.ask(typed).possible().get(0).open()).isTrue();
        node.node.service(ScreeningJob.class).round();
        assertThat(node.sql.queryForObject("select count(*) from screening.dismissal", Integer.class))
                .isZero();
    }

    @Test
    void onlyWhoMayDecidesAndEachActIsEntered() {
        Actor clerk = officer(Set.of(Permission.SCREENING_QUERY), Optional.of(Purpose.SECURITY_CHECK));
        refused(() -> confirmed(clerk, "Yasmine Tazerwalti", "wanted-yt"), AccessProblem.FORBIDDEN);
        refused(
                () -> dismissals.dismiss(
                        clerk, asked("Yasmine Tazerwalti"), "wanted-yt", Screened.Dismissed.Reason.BIRTH),
                AccessProblem.FORBIDDEN);
        Hit hit = confirmed(OFFICER, "Yasmine Tazerwalti", "wanted-yt");

        assertThat(node.sql.queryForObject(
                        "select count(*) from audit.entry a join screening.hit h on h.entry = a.id"
                                + " where h.id = ? and a.action = 'screening.confirm' and a.outcome = 'DONE'",
                        Integer.class,
                        hit.id().value()))
                .isEqualTo(1);
    }

    private static DistinctionService.Request innocent(boolean agreed, Duration lasts) {
        return new DistinctionService.Request(
                "wanted-yt",
                "Yasmina Tazerwaltine",
                "1970-05-03",
                List.of("bk 471-1007", "BK4711007"),
                agreed,
                "in writing, at the bureau",
                lasts);
    }

    @Test
    void s6WhoIsNotTheOneSoughtIsSeenFirstByTheNextPost() {
        Distinction record = distinctions.make(BUREAU, innocent(true, Duration.ofDays(90)));

        assertThat(record.documents()).containsExactly("BK4711007");
        Screened.Possible byNumber =
                node.ask("Yasmina Tazerwaltine BK4711007").possible().get(0);
        assertThat(byNumber.distinct()).isEqualTo(Screened.Distinct.THIS_PERSON);
        assertThat(byNumber.open()).isFalse();
        assertThat(distinctions.matching("wanted-yt", byNumber.asked().keys()))
                .extracting(Distinction::name)
                .containsExactly("Yasmina Tazerwaltine");
        // Without the number, or with another, the match stands, and says that somebody is not the one.
        for (String other : List.of("Yasmine Tazerwalti", "Yasmine Tazerwalti ZZ9900112"))
            assertThat(node.ask(other).possible().get(0).distinct()).as(other).isEqualTo(Screened.Distinct.SOMEBODY);
        assertThat(distinctions.byCode(OFFICER, record.code().toLowerCase(java.util.Locale.ROOT)))
                .contains(record);
        assertThat(distinctions.byCode(OFFICER, "NP-0000-0000-0000-0000")).isEmpty();
        for (String secret : List.of("Tazerwaltine", "BK4711007", record.code(), "in writing"))
            assertThat(node.rowsWith(secret)).as(secret).isZero();
    }

    @Test
    void s6ADistinguishingRecordNeedsConsentAndEnds() {
        refused(
                () -> distinctions.make(BUREAU, innocent(false, Duration.ofDays(90))),
                ScreeningProblem.DISTINCTION_INCOMPLETE);
        refused(
                () -> distinctions.make(BUREAU, innocent(true, Duration.ofDays(366))),
                ScreeningProblem.DISTINCTION_INCOMPLETE);
        refused(
                () -> distinctions.make(BUREAU, innocent(true, Duration.ZERO)),
                ScreeningProblem.DISTINCTION_INCOMPLETE);
        refused(() -> distinctions.make(OFFICER, innocent(true, Duration.ofDays(90))), AccessProblem.FORBIDDEN);
        Distinction record = distinctions.make(BUREAU, innocent(true, Duration.ofDays(90)));

        distinctions.end(BUREAU, record.id());
        assertThat(distinctions.byCode(OFFICER, record.code())).isEmpty();

        Distinction other = distinctions.make(BUREAU, innocent(true, Duration.ofDays(90)));
        node.sql.update("update screening.distinction set made_at = now() - interval '2 days',"
                + " ends_at = now() - interval '1 second'");
        assertThat(distinctions.byCode(OFFICER, other.code())).isEmpty();
        assertThat(node.ask("Yasmina Tazerwaltine BK4711007").possible().get(0).distinct())
                .isEqualTo(Screened.Distinct.NOBODY);
        node.node.service(ScreeningJob.class).round();
        assertThat(node.sql.queryForObject("select count(*) from screening.distinction", Integer.class))
                .isZero();
    }

    @Test
    void s20AHitEnds() {
        Hit hit = confirmed(OFFICER, "Yasmine Tazerwalti", "wanted-yt");
        node.sql.update(
                "update screening.hit set ends_at = now() - interval '1 second' where id = ?",
                hit.id().value());

        node.node.service(ScreeningJob.class).round();

        refused(() -> hits.view(BUREAU, hit.id()), ScreeningProblem.NOT_FOUND);
    }
}
