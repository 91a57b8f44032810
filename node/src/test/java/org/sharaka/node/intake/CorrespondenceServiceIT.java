package org.sharaka.node.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.platform.ProblemException;
import org.springframework.dao.DuplicateKeyException;

class CorrespondenceServiceIT {
    private static final Actor PORTAL = Actor.system("portal.collector");
    private static final Actor OFFICER =
            IntakeFixture.officer(Permission.REPORT_READ, Permission.REPORT_CORRESPOND, Permission.REPORT_TRIAGE);
    private static final Actor ANALYST = IntakeFixture.officer(Permission.REPORT_READ);

    private IntakeFixture intake;
    private Reference reference;

    @BeforeEach
    void setUp() {
        intake = new IntakeFixture();
        reference = Reference.random(new SecureRandom());
    }

    @AfterEach
    void tearDown() {
        intake.close();
    }

    private Receipt handIn(boolean setAside) {
        var circumstances = new Circumstances(
                true,
                false,
                true,
                Optional.of(IntakeFixture.NOON.minus(Duration.ofHours(2))),
                true,
                true,
                true,
                Map.of("money.bank", "Invented Bank", "money.note", "card 4111 1111 1111 1111"));
        return intake.service.submit(
                PORTAL,
                new Submission(
                        IntakeFixture.aReport("They asked for money."),
                        circumstances,
                        Channel.PORTAL,
                        Optional.of(reference),
                        setAside));
    }

    @Test
    void aSubmissionKeepsItsReferenceAndCircumstancesWithoutWholeCardNumbers() {
        Receipt receipt = handIn(false);

        assertThat(receipt.reference()).isEqualTo(reference);
        Circumstances kept =
                intake.service.circumstances(ANALYST, List.of(receipt.id())).get(receipt.id());
        assertThat(kept.danger()).isTrue();
        assertThat(kept.reporterMinor()).isTrue();
        assertThat(kept.moneySentAt()).contains(IntakeFixture.NOON.minus(Duration.ofHours(2)));
        assertThat(kept.particulars()).containsEntry("money.bank", "Invented Bank");
        assertThat(kept.particulars().get("money.note")).doesNotContain("1111 1111 1111");
        assertThat(intake.events)
                .contains(
                        new ReportTaken(receipt.id(), Channel.PORTAL, IntakeFixture.NOON),
                        new ReportsReceived(List.of(receipt.id()), IntakeFixture.NOON));
    }

    @Test
    void aReferenceIsStoredOnce() {
        handIn(false);

        assertThatThrownBy(() -> handIn(false)).isInstanceOf(DuplicateKeyException.class);
        assertThat(intake.count("report")).isEqualTo(1);
    }

    @Test
    void aReportSetAsideIsLinkedOnlyOnceAnOfficerTakesItUp() {
        Receipt receipt = handIn(true);

        assertThat(intake.events).hasOnlyElementsOfType(ReportTaken.class);
        assertThat(intake.service.view(OFFICER, reference).setAsideAt()).contains(IntakeFixture.NOON);

        intake.service.takeUp(OFFICER, reference);

        assertThat(intake.events).contains(new ReportsReceived(List.of(receipt.id()), IntakeFixture.NOON));
        assertThat(intake.service.view(OFFICER, reference).setAsideAt()).isEmpty();
        assertProblem(() -> intake.service.takeUp(OFFICER, reference), IntakeProblem.NOT_SET_ASIDE);
        assertProblem(() -> intake.service.takeUp(ANALYST, reference), AccessProblem.FORBIDDEN);
    }

    @Test
    void lettersAndAnswersLieSealedAndInOrder() {
        ReportId id = handIn(false).id();

        MessageId letter = intake.letters.write(OFFICER, reference, "Which bank was it?", Optional.of("en"));
        intake.clock.advance(Duration.ofMinutes(1));
        intake.letters.receive(
                PORTAL, id, MessageKind.ANSWER, "Invented Bank\u0000, 4111 1111 1111 1111", intake.clock.instant());

        assertThat(intake.sql.queryForList("select sealed from intake.message", byte[].class))
                .noneMatch(stored -> new String(stored, java.nio.charset.StandardCharsets.UTF_8).contains("bank"));
        assertThat(intake.letters.messages(OFFICER, reference))
                .extracting(Message::kind)
                .containsExactly(MessageKind.LETTER, MessageKind.ANSWER);
        assertThat(intake.letters.messages(OFFICER, reference).get(1).text())
                .startsWith("Invented Bank\uFFFD")
                .doesNotContain("4111 1111 1111 1111");
        assertThat(intake.letters.lettersFor(PORTAL, id))
                .extracting(Message::id)
                .containsExactly(letter);
        assertThat(intake.events).hasAtLeastOneElementOfType(OfficerWrote.class);
        assertThat(intake.letters.read(OFFICER, reference)).isEqualTo(1);
        assertThat(intake.letters.read(OFFICER, reference)).isZero();
    }

    @Test
    void whoMayReadOnlyMayNotWrite() {
        handIn(false);

        assertProblem(
                () -> intake.letters.write(ANALYST, reference, "Hello", Optional.empty()), AccessProblem.FORBIDDEN);
        assertProblem(
                () -> intake.letters.write(OFFICER, reference, "  ", Optional.empty()), IntakeProblem.FIELD_MISSING);
        assertProblem(
                () -> intake.letters.write(OFFICER, reference, "x".repeat(20_001), Optional.empty()),
                IntakeProblem.FIELD_TOO_LONG);
        assertProblem(
                () -> intake.letters.messages(OFFICER, Reference.random(new SecureRandom())), IntakeProblem.NOT_FOUND);
        assertProblem(() -> intake.letters.messages(IntakeFixture.officer(), reference), AccessProblem.FORBIDDEN);
    }

    @Test
    void aReporterWhoWithdrawsConsentTakesTheReportBack() {
        ReportId id = handIn(false).id();

        intake.letters.receive(PORTAL, id, MessageKind.CONSENT_WITHDRAWN, "", IntakeFixture.NOON);
        intake.letters.receive(PORTAL, id, MessageKind.CONSENT_WITHDRAWN, "again", IntakeFixture.NOON);

        ReportView view = intake.service.view(OFFICER, reference);
        assertThat(view.withdrawal()).isPresent();
        assertThat(view.status()).isEqualTo(ReportStatus.WITHDRAWN);
        assertThat(intake.events.stream().filter(ReportWithdrawn.class::isInstance))
                .hasSize(1);
    }

    @Test
    void theStatusIsSaidOnceAndByThoseWhoWorkTheQueue() {
        ReportId id = handIn(false).id();

        assertThat(intake.service.status(OFFICER, reference, ReportStatus.READ)).isTrue();
        assertThat(intake.service.status(OFFICER, reference, ReportStatus.READ)).isFalse();
        assertProblem(() -> intake.service.status(ANALYST, reference, ReportStatus.CLOSED), AccessProblem.FORBIDDEN);
        assertThat(intake.events).containsOnlyOnce(new ReportStatusChanged(id, ReportStatus.READ, IntakeFixture.NOON));
    }

    private static void assertProblem(Runnable act, org.sharaka.node.platform.ProblemType type) {
        assertThatThrownBy(act::run)
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.type())
                        .isEqualTo(type));
    }
}
