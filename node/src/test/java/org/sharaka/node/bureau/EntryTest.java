package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        return new Entry(
                new UUID(0, 1),
                ConversationKey.parse("es-ncb", "0".repeat(32)),
                state,
                "text",
                Optional.empty(),
                state == Entry.State.RECEIVED ? Optional.empty() : Optional.of("author"),
                NOON,
                awaited,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
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
        Entry.Awaited open = new Entry.Awaited(Urgency.URGENT, NOON, Optional.empty());

        assertThat(open.overdue(NOON)).isFalse();
        assertThat(open.overdue(NOON.plusSeconds(1))).isTrue();
        assertThat(new Entry.Awaited(Urgency.URGENT, NOON, Optional.of(NOON)).overdue(NOON.plusSeconds(1)))
                .isFalse();
        assertThat(entry(Entry.State.SENT, Optional.of(open)).open()).isTrue();
        assertThat(entry(Entry.State.LOOK, Optional.of(open)).open()).isFalse();
    }
}
