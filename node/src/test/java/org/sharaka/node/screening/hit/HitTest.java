package org.sharaka.node.screening.hit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.screening.Comparison;
import org.sharaka.node.screening.ScreeningProblem;
import org.sharaka.node.screening.Standing;
import org.sharaka.node.screening.hit.Concern.Answer;

/** What the bureau may decide about a hit (S2, S3). */
class HitTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Actor BUREAU = officer("bureau");

    private static Actor officer(String id) {
        return new Actor(
                Actor.Kind.OFFICER, id, id, Optional.empty(), Set.of(), Optional.of(Purpose.SEARCH_WANTED_PERSON));
    }

    private static Hit aHit() {
        Comparison.Side side = new Comparison.Side("Person", List.of("Invented Name"), List.of(), List.of(), List.of());
        Comparison comparison = new Comparison(
                "wanted-1",
                "wanted",
                NOON,
                Standing.RED,
                false,
                side,
                side,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                1,
                20,
                "test");
        return new Hit(
                new HitId(new UUID(1, 2)),
                "wanted-1",
                Standing.RED,
                new HitContent("Invented Name", comparison, "gate 4", List.of(Checked.BIRTH), ""),
                "front",
                Optional.of("border"),
                NOON,
                HitState.WAITING,
                Optional.empty());
    }

    private static Map<Concern, Answer> nothing() {
        Map<Concern, Answer> check = new EnumMap<>(Concern.class);
        for (Concern concern : Concern.values()) check.put(concern, Answer.NO);
        return check;
    }

    private static Map<Concern, Answer> but(Concern concern, Answer answer) {
        Map<Concern, Answer> check = nothing();
        check.put(concern, answer);
        return check;
    }

    private static boolean allowed(HitState decision, Map<Concern, Answer> check) {
        try {
            return aHit().decide(BUREAU, decision, check, "reason", NOON).state() == decision;
        } catch (ProblemException e) {
            assertThat(e.type()).isEqualTo(ScreeningProblem.CHECK_FORBIDS);
            return false;
        }
    }

    private static void refused(ThrowingCallable act, ScreeningProblem type) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    @ParameterizedTest
    @EnumSource(
            value = HitState.class,
            names = {"RELEASED", "RELEASED_WITHOUT_PLACE", "WITHHELD"})
    void whatNothingSpeaksAgainstMayBeDecidedEitherWay(HitState decision) {
        Hit decided = aHit().decide(BUREAU, decision, nothing(), " it is so ", NOON);

        assertThat(decided.state()).isEqualTo(decision);
        assertThat(decided.decision().orElseThrow().reason()).isEqualTo("it is so");
        assertThat(decided.decision().orElseThrow().at()).isEqualTo(NOON);
    }

    @Test
    void s2NobodyReleasesWhatTheyConfirmed() {
        refused(
                () -> aHit().decide(officer("front"), HitState.RELEASED, nothing(), "reason", NOON),
                ScreeningProblem.OWN_HIT);
    }

    @Test
    void s2EveryQuestionIsAnsweredBeforeADecision() {
        for (Concern concern : Concern.values()) {
            Map<Concern, Answer> check = nothing();
            check.remove(concern);
            for (HitState decision : List.of(HitState.RELEASED, HitState.WITHHELD))
                refused(
                        () -> aHit().decide(BUREAU, decision, check, "reason", NOON),
                        ScreeningProblem.CHECK_INCOMPLETE);
        }
    }

    @Test
    void s3WhoSeeksAsylumIsNeverToldAbroad() {
        assertThat(allowed(HitState.RELEASED, but(Concern.ASYLUM, Answer.YES))).isFalse();
        assertThat(allowed(HitState.RELEASED_WITHOUT_PLACE, but(Concern.ASYLUM, Answer.YES)))
                .isFalse();
        assertThat(allowed(HitState.WITHHELD, but(Concern.ASYLUM, Answer.YES))).isTrue();
        assertThat(allowed(HitState.RELEASED, but(Concern.ASYLUM, Answer.UNKNOWN)))
                .isFalse();
        assertThat(allowed(HitState.RELEASED_WITHOUT_PLACE, but(Concern.ASYLUM, Answer.UNKNOWN)))
                .isTrue();
    }

    @Test
    void s2WhereThePersonIsStaysHereForMinorsAndWhereIllTreatmentIsFeared() {
        for (Concern concern : List.of(Concern.MINOR, Concern.ILL_TREATMENT)) {
            assertThat(allowed(HitState.RELEASED, but(concern, Answer.YES))).isFalse();
            assertThat(allowed(HitState.RELEASED_WITHOUT_PLACE, but(concern, Answer.YES)))
                    .isTrue();
        }
        assertThat(allowed(HitState.RELEASED, but(Concern.OWN_NATIONAL, Answer.YES)))
                .isTrue();
    }

    @Test
    void whatIsSuspendedIsNotActedOn() {
        assertThat(allowed(HitState.RELEASED, but(Concern.NOTICE_SUSPENDED, Answer.YES)))
                .isFalse();
        assertThat(allowed(HitState.RELEASED_WITHOUT_PLACE, but(Concern.NOTICE_SUSPENDED, Answer.YES)))
                .isFalse();
        assertThat(allowed(HitState.WITHHELD, but(Concern.NOTICE_SUSPENDED, Answer.YES)))
                .isTrue();
    }

    @Test
    void aDecisionHasAReasonAndIsMadeOnce() {
        refused(() -> aHit().decide(BUREAU, HitState.WITHHELD, nothing(), "  ", NOON), ScreeningProblem.REASON_MISSING);
        refused(
                () -> aHit().decide(BUREAU, HitState.WITHHELD, nothing(), "x".repeat(1_001), NOON),
                ScreeningProblem.REASON_MISSING);
        Hit decided = aHit().decide(BUREAU, HitState.WITHHELD, nothing(), "reason", NOON);
        refused(
                () -> decided.decide(officer("another"), HitState.RELEASED, nothing(), "reason", NOON),
                ScreeningProblem.DECIDED_BEFORE);
    }
}
