package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.content.Inquiry;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.message.Evaluation;
import org.sharaka.protocol.message.HandlingCode;

class MessageFormTest {
    private static final Set<String> NOBODYS = Set.of("NOBODY");
    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");

    private static MessageForm form(
            @Nullable Set<String> quotes,
            String urgency,
            String urgencyReason,
            @Nullable String outcome,
            @Nullable Set<String> codes,
            String remarks,
            String source,
            String accuracy) {
        return new MessageForm(
                null,
                "REQUEST",
                null,
                null,
                " A matter ",
                "fr",
                "Ligne 1\r\nLigne 2\u0000",
                quotes,
                "facts",
                "grounds",
                urgency,
                urgencyReason,
                "",
                null,
                null,
                null,
                null,
                outcome,
                "test.treaty",
                codes,
                remarks,
                source,
                accuracy,
                null,
                null);
    }

    private static MessageForm plain() {
        return form(NOBODYS, "ROUTINE", "", null, null, "", "", "");
    }

    private static Composition read(MessageForm form, Composition.Kind kind) {
        return form.composition(kind, Purpose.INVESTIGATION, Optional.empty(), "en");
    }

    private static void wrong(ThrowingCallable act) {
        refused(act, BureauProblem.BAD_FIELD);
    }

    private static void refused(ThrowingCallable act, BureauProblem problem) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(problem));
    }

    @Test
    void whatABrowserSendsIsReadAsItWasMeant() {
        Composition read = read(plain(), Composition.Kind.REQUEST);

        assertThat(read.subject()).isEqualTo("A matter");
        assertThat(read.words().text()).isEqualTo("Ligne 1\nLigne 2");
        assertThat(read.words().language()).isEqualTo("fr");
        assertThat(read.needsSecondLook()).isFalse();
        assertThat(read.terms().evaluation()).isEmpty();
    }

    @Test
    void s11WhoseWordsItRepeatsIsKeptAlsoWhenItIsReworded() {
        Composition read =
                read(form(Set.of("VICTIM"), "ROUTINE", "", null, null, "", "", ""), Composition.Kind.REQUEST);

        assertThat(read.needsSecondLook()).isTrue();
        assertThat(read.reworded("Other words", "facts", "grounds").needsSecondLook())
                .isTrue();
        assertThat(read.reworded("Other words", "facts", "grounds").words().quotes())
                .containsExactly(Quoted.VICTIM);
    }

    @Test
    void s11WhoWritesSaysWhoseWordsItRepeatsNobodysIncluded() {
        for (Set<String> unsaid : List.of(Set.<String>of(), Set.of("NOBODY", "VICTIM")))
            refused(
                    () -> read(form(unsaid, "ROUTINE", "", null, null, "", "", ""), Composition.Kind.REQUEST),
                    BureauProblem.WHOSE_WORDS);
        refused(() -> new Whose(null).quoted(), BureauProblem.WHOSE_WORDS);
        assertThat(new Whose(NOBODYS).quoted()).isEmpty();
        assertThat(new Whose(Set.of("VICTIM", "REPORTER")).quoted())
                .containsExactlyInAnyOrder(Quoted.VICTIM, Quoted.REPORTER);
    }

    @Test
    void aMarkThatIsNotUnderstoodDoesNotFallAwayUnseen() {
        wrong(() -> read(form(Set.of("VICTIME"), "ROUTINE", "", null, null, "", "", ""), Composition.Kind.REQUEST));
        wrong(() -> read(form(NOBODYS, "ROUTINE", "", null, Set.of("H4"), "", "", ""), Composition.Kind.REQUEST));
    }

    @Test
    void whatIsUrgentSaysWhyAndH3ItsRestrictions() {
        wrong(() -> read(form(NOBODYS, "URGENT", "", null, null, "", "", ""), Composition.Kind.REQUEST)
                .written(Optional.empty(), NOON, Duration.ofHours(8)));
        Inquiry urgent =
                (Inquiry) read(form(NOBODYS, "URGENT", "Money", null, null, "", "", ""), Composition.Kind.REQUEST)
                        .written(Optional.empty(), NOON, Duration.ofHours(8));
        assertThat(urgent.urgency()).isEqualTo(Urgency.URGENT);
        // Its urgency says how soon, from when its recipient has it.
        assertThat(urgent.answerBy()).isEmpty();
        Composition h3 = read(form(NOBODYS, "ROUTINE", "", null, Set.of("H3"), "", "", ""), Composition.Kind.REQUEST);
        wrong(() -> Composition.checked(() -> h3.terms().handling(BureauFixture.MA, BureauFixture.ES, NOON)));
        Composition told = read(
                form(NOBODYS, "ROUTINE", "", null, Set.of("H3"), "Not to the press", "", ""), Composition.Kind.REQUEST);
        assertThat(told.terms()
                        .handling(BureauFixture.MA, BureauFixture.ES, NOON)
                        .codes())
                .containsExactly(HandlingCode.H0, HandlingCode.H3);
    }

    @Test
    void sourceAndInformationAreEvaluatedTogether() {
        wrong(() -> read(form(NOBODYS, "ROUTINE", "", null, null, "", "A", ""), Composition.Kind.REQUEST));
        assertThat(read(form(NOBODYS, "ROUTINE", "", null, null, "", "A", "ACCURATE"), Composition.Kind.REQUEST)
                        .terms()
                        .evaluation())
                .contains(new Evaluation(Evaluation.Source.A, Evaluation.Information.ACCURATE));
    }

    @Test
    void anAnswerHasAnOutcomeAndOnlyAPartLeavesTheClockRunning() {
        wrong(() -> read(plain(), Composition.Kind.ANSWER));
        assertThat(read(form(NOBODYS, "ROUTINE", "", "PARTLY", null, "", "", ""), Composition.Kind.ANSWER)
                        .settles())
                .isFalse();
        assertThat(read(form(NOBODYS, "ROUTINE", "", "REFUSED", null, "", "", ""), Composition.Kind.ANSWER)
                        .settles())
                .isTrue();
        assertThat(read(form(NOBODYS, "ROUTINE", "", "KNOWN", null, "", "", ""), Composition.Kind.FEEDBACK)
                        .settles())
                .isTrue();
        assertThat(read(plain(), Composition.Kind.TEXT).settles()).isFalse();
    }
}
