package org.sharaka.node.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Circumstances;

class PriorityPolicyTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final PriorityPolicy policy = new PriorityPolicy(settings());

    static TriageSettings settings() {
        return new TriageSettings(
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                Duration.ofMinutes(10),
                Duration.ofHours(2),
                Duration.ofDays(1),
                Duration.ofHours(2),
                Duration.ofDays(3),
                Duration.ofMinutes(5),
                new TriageSettings.Webhook("", "", List.of()));
    }

    @Test
    void dangerComesBeforeAChildAndAChildBeforeMoney() {
        assertThat(List.of(
                        at(Category.OTHER, told(true, true, false, Optional.of(NOON)), NOON)
                                .level(),
                        at(Category.OTHER, told(false, true, false, Optional.of(NOON)), NOON)
                                .level(),
                        at(Category.OTHER, told(false, false, true, Optional.of(NOON)), NOON)
                                .level(),
                        at(Category.OTHER, told(false, false, false, Optional.of(NOON)), NOON)
                                .level(),
                        at(Category.THREATS, Circumstances.none(), NOON).level(),
                        at(Category.OTHER, Circumstances.none(), NOON).level()))
                .containsExactly(Level.IMMEDIATE, Level.CHILD, Level.CHILD, Level.MONEY, Level.SERIOUS, Level.ORDINARY);
    }

    @Test
    void everyConcernIsNamedEvenIfAnotherDecides() {
        Priority priority = at(Category.SEXTORTION, told(true, true, true, Optional.of(NOON)), NOON);

        assertThat(priority.concerns())
                .containsExactlyInAnyOrder(
                        Concern.DANGER, Concern.CHILD, Concern.MINOR, Concern.MONEY_FRESH, Concern.THREAT);
    }

    @Test
    void theCategoryOfChildExploitationIsAboutAChildWhateverWasTicked() {
        assertThat(at(Category.CHILD_EXPLOITATION, Circumstances.none(), NOON).level())
                .isEqualTo(Level.CHILD);
    }

    @Test
    void moneyIsDueBeforeItCanNoLongerBeHeld() {
        Priority fresh = at(Category.OTHER, sent(NOON), NOON);
        Priority late = at(Category.OTHER, sent(NOON.minus(Duration.ofMinutes(115))), NOON);

        assertThat(fresh.dueAt()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
        assertThat(late.dueAt()).isEqualTo(NOON.plus(Duration.ofMinutes(5)));
        assertThat(late.moneyUntil()).contains(NOON.plus(Duration.ofMinutes(5)));
    }

    @Test
    void timeAloneMovesMoneyDown() {
        Circumstances sent = sent(NOON);

        Priority fresh = at(Category.OTHER, sent, NOON);
        Instant first = fresh.changesAt().orElseThrow();
        Priority recallable = at(Category.OTHER, sent, first);
        Instant second = recallable.changesAt().orElseThrow();
        Priority gone = at(Category.OTHER, sent, second);

        assertThat(first).isEqualTo(NOON.plus(Duration.ofHours(2)));
        assertThat(recallable.level()).isEqualTo(Level.SERIOUS);
        assertThat(second).isEqualTo(NOON.plus(Duration.ofDays(3)));
        assertThat(gone.level()).isEqualTo(Level.ORDINARY);
        assertThat(gone.changesAt()).isEmpty();
        assertThat(gone.moneyUntil()).isEmpty();
    }

    @Test
    void aClockThatRunsAheadWinsNothing() {
        Priority ahead = at(Category.OTHER, sent(NOON.plus(Duration.ofDays(300))), NOON);

        assertThat(ahead.moneyUntil()).contains(NOON.plus(Duration.ofHours(2)));
    }

    @Test
    void whatAFloodBroughtWaitsAsideAndKeepsItsReasons() {
        Priority aside = policy.at(
                new PriorityPolicy.Facts(Category.OTHER, told(true, false, false, Optional.empty()), true, NOON), NOON);

        assertThat(aside.level()).isEqualTo(Level.ASIDE);
        assertThat(aside.concerns()).containsExactlyInAnyOrder(Concern.DANGER, Concern.SET_ASIDE);
    }

    @Test
    void anInstitutionsIncidentIsSerious() {
        Circumstances incident = new Circumstances(
                false, false, false, Optional.empty(), false, false, false, Map.of("incident.sector", "hospital"));

        assertThat(at(Category.INTRUSION, incident, NOON).concerns()).containsExactly(Concern.INCIDENT);
        assertThat(at(Category.INTRUSION, Circumstances.none(), NOON).concerns())
                .isEmpty();
    }

    @Test
    void s13WhoseDeviceOthersCanLookAtIsReadSoon() {
        Circumstances watched = new Circumstances(false, false, false, Optional.empty(), true, false, false, Map.of());

        assertThat(at(Category.HARASSMENT, watched, NOON).concerns()).containsExactly(Concern.SHARED_PHONE);
        assertThat(at(Category.HARASSMENT, watched, NOON).level()).isEqualTo(Level.SERIOUS);
    }

    private Priority at(Category category, Circumstances told, Instant now) {
        return policy.at(new PriorityPolicy.Facts(category, told, false, NOON), now);
    }

    private static Circumstances sent(Instant at) {
        return told(false, false, false, Optional.of(at));
    }

    private static Circumstances told(boolean danger, boolean child, boolean minor, Optional<Instant> sent) {
        return new Circumstances(danger, child, minor, sent, false, false, false, Map.of());
    }
}
