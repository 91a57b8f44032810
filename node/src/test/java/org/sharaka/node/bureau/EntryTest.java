package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.sharaka.protocol.content.Urgency;

class EntryTest {
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final Actor AUTHOR = BureauFixture.officer("author", "Bureau");
    private static final Actor COLLEAGUE = BureauFixture.officer("colleague", "Bureau");

    private static Entry entry(Entry.State state, Optional<Entry.Awaited> awaited) {
        return Entry.fresh(
                new UUID(0, 1),
                ConversationKey.parse("es-ncb", "0".repeat(32)),
                state,
                "text",
                Optional.empty(),
                state == Entry.State.RECEIVED ? Optional.empty() : Optional.of("author"),
                NOON,
                awaited);
    }

    private static void refused(ThrowingCallable act, ProblemType type) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    @Test
    void s11NobodyGivesTheSecondLookToTheirOwnWords() {
        Entry waiting = entry(Entry.State.LOOK, Optional.empty());

        assertThatCode(() -> waiting.requireLookOf(COLLEAGUE)).doesNotThrowAnyException();
        refused(() -> waiting.requireLookOf(AUTHOR), BureauProblem.OWN_WORDS);
    }

    @Test
    void whatDoesNotWaitIsNotLookedAt() {
        for (Entry.State state : new Entry.State[] {Entry.State.RETURNED, Entry.State.SENT, Entry.State.RECEIVED})
            refused(() -> entry(state, Optional.empty()).requireLookOf(COLLEAGUE), BureauProblem.LOOKED_BEFORE);
    }

    @Test
    void onlyItsAuthorRewordsWhatCameBack() {
        Entry back = entry(Entry.State.RETURNED, Optional.empty());

        assertThatCode(() -> back.requireRewordingBy(AUTHOR)).doesNotThrowAnyException();
        refused(() -> back.requireRewordingBy(COLLEAGUE), BureauProblem.NOT_THE_AUTHOR);
        refused(
                () -> entry(Entry.State.LOOK, Optional.empty()).requireRewordingBy(AUTHOR),
                BureauProblem.LOOKED_BEFORE);
    }

    @Test
    void anAnswerIsOverdueOnlyWhileItIsAwaited() {
        Entry.Awaited open = Entry.Awaited.until(Urgency.URGENT, NOON.minus(Duration.ofHours(8)), NOON);

        assertThat(open.overdue(NOON)).isFalse();
        assertThat(open.overdue(NOON.plusSeconds(1))).isTrue();
        assertThat(answered().overdue(NOON.plusSeconds(1))).isFalse();
        assertThat(entry(Entry.State.SENT, Optional.of(open)).open()).isTrue();
        assertThat(entry(Entry.State.LOOK, Optional.of(open)).open()).isFalse();
    }

    private static Entry.Awaited answered() {
        return new Entry.Awaited(
                Urgency.URGENT,
                NOON.minus(Duration.ofHours(8)),
                Optional.of(NOON),
                Optional.empty(),
                Optional.of(NOON),
                Optional.empty());
    }

    @Test
    void itsLastQuarterIsSoon() {
        Entry.Awaited open = Entry.Awaited.until(Urgency.URGENT, NOON.minus(Duration.ofHours(8)), NOON);

        assertThat(open.soon(NOON.minus(Duration.ofHours(2)).minusSeconds(1))).isFalse();
        assertThat(open.soon(NOON.minus(Duration.ofHours(2)))).isTrue();
        assertThat(open.soon(NOON)).isTrue();
        assertThat(open.soon(NOON.plusSeconds(1))).isFalse();
        assertThat(answered().soon(NOON.minusSeconds(1))).isFalse();
        // A deadline that lay in the past when it came is overdue and never soon.
        assertThat(Entry.Awaited.until(Urgency.URGENT, NOON, NOON.minusSeconds(1))
                        .soon(NOON))
                .isFalse();
    }

    @Test
    void whatItsRecipientHasNotAcceptedIsAwaitedAndNeverLate() {
        Entry.Awaited away = Entry.Awaited.onceThere(Urgency.URGENT, NOON, Duration.ofHours(8));
        Instant later = NOON.plus(Duration.ofDays(3));

        assertThat(away.open()).isTrue();
        assertThat(away.overdue(later) || away.soon(later) || away.remindable(later))
                .isFalse();
    }

    @Test
    void itIsRemindedOfAfterItsDeadlineOnceInADay() {
        Instant since = NOON.minus(Duration.ofHours(8));
        Entry.Awaited never = Entry.Awaited.until(Urgency.URGENT, since, NOON);
        Instant reminded = NOON.plusSeconds(60);
        Entry.Awaited once = new Entry.Awaited(
                Urgency.URGENT, since, Optional.of(NOON), Optional.empty(), Optional.empty(), Optional.of(reminded));

        assertThat(never.remindable(NOON)).isFalse();
        assertThat(never.remindable(NOON.plusSeconds(1))).isTrue();
        assertThat(once.remindable(reminded.plus(Duration.ofHours(24)).minusSeconds(1)))
                .isFalse();
        assertThat(once.remindable(reminded.plus(Duration.ofHours(24)))).isTrue();
        assertThat(answered().remindable(NOON.plusSeconds(1))).isFalse();
    }
}
