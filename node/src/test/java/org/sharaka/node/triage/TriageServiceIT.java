package org.sharaka.node.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Role;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Circumstances;
import org.sharaka.node.intake.IntakeProblem;
import org.sharaka.node.intake.MessageKind;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportStatus;
import org.sharaka.node.platform.Page;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TriageServiceIT {
    private TriageFixture node;
    private TriageService triage;
    private Instant now;

    @BeforeAll
    void start() {
        node = new TriageFixture();
        triage = node.triage;
        now = node.node.service(Clock.class).instant();
    }

    @AfterAll
    void stop() {
        if (node != null) node.close();
    }

    @Test
    void dangerComesFirstThenAChildThenMoneyThatCanStillBeStopped() {
        Reference ordinary = node.report(Category.PHISHING, Circumstances.none());
        Reference money = node.report(Category.ONLINE_FRAUD, TriageFixture.told(false, false, Optional.of(now)));
        Reference almostGone = node.report(
                Category.ONLINE_FRAUD,
                TriageFixture.told(false, false, Optional.of(now.minus(Duration.ofMinutes(118)))));
        Reference child = node.report(Category.OTHER, TriageFixture.told(false, true, Optional.empty()));
        Reference danger = node.report(Category.OTHER, TriageFixture.told(true, false, Optional.empty()));

        List<Reference> queue = node.queue(node.karim);

        assertThat(queue.stream().filter(Set.of(ordinary, money, almostGone, child, danger)::contains))
                .containsExactly(danger, child, almostGone, money, ordinary);
    }

    @Test
    void pagesFollowEachOtherWithoutGapAndWithoutDouble() {
        for (int i = 0; i < TriageService.PAGE_LENGTH + 5; i++) node.report(Category.HARASSMENT, Circumstances.none());
        var filter = new QueueFilter(
                QueueFilter.View.OPEN,
                Optional.empty(),
                Optional.of(Category.HARASSMENT),
                Optional.empty(),
                Optional.empty(),
                false);

        List<Reference> seen = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<QueueLine> page = triage.queue(node.karim, filter, cursor);
            page.items().forEach(line -> seen.add(line.report().reference()));
            cursor = page.next();
        } while (cursor.isPresent());

        assertThat(seen)
                .hasSizeGreaterThanOrEqualTo(TriageService.PAGE_LENGTH + 5)
                .doesNotHaveDuplicates();
        assertThat(triage.count(node.karim, filter)).isEqualTo(seen.size());
        refused(() -> triage.queue(node.karim, filter, Optional.of("5~12~nothing")), TriageProblem.BAD_CURSOR);
    }

    @Test
    void whoOpensAReportFirstHasReadItAndItsReporterIsTold() {
        Reference report = node.report(Category.PHISHING, Circumstances.none());
        assertThat(status(report)).isEqualTo(ReportStatus.RECEIVED);

        Item first = triage.open(node.karim, report);
        Item again = triage.open(node.chief, report);

        assertThat(first.state()).isEqualTo(ItemState.OPEN);
        assertThat(again.readAt()).isEqualTo(first.readAt());
        assertThat(status(report)).isEqualTo(ReportStatus.READ);
    }

    @Test
    void workIsTakenAssignedFinishedAndComesBackWhenTheReporterWrites() {
        Reference report = node.report(Category.INTRUSION, Circumstances.none());

        triage.take(node.karim, report, false);
        assertThat(node.queue(node.karim, QueueFilter.of(QueueFilter.View.MINE)))
                .contains(report);
        triage.assign(node.karim, report, TriageFixture.CYBER, Optional.of("chief"), false);
        assertThat(node.queue(node.chief, QueueFilter.of(QueueFilter.View.MINE)))
                .contains(report);
        assertThat(status(report)).isEqualTo(ReportStatus.WITH_UNIT);
        triage.finish(node.chief, report);
        assertThat(status(report)).isEqualTo(ReportStatus.CLOSED);
        assertThat(node.queue(node.karim)).doesNotContain(report);
        assertThat(node.queue(node.karim, QueueFilter.of(QueueFilter.View.DONE)))
                .contains(report);
        refused(() -> triage.take(node.karim, report, false), TriageProblem.ENDED);

        node.correspondence.receive(
                TriageFixture.PORTAL, node.id(report), MessageKind.ADDITION, "One thing more.", now);

        Item back = triage.item(node.karim, report);
        assertThat(back.state()).isEqualTo(ItemState.OPEN);
        assertThat(back.heardAt()).isPresent();
        triage.open(node.karim, report);
        assertThat(triage.item(node.karim, report).heardAt()).isEmpty();
        refused(
                () -> triage.assign(node.karim, report, TriageFixture.CYBER, Optional.of("nobody"), false),
                TriageProblem.NO_SUCH_OFFICER);
        refused(() -> triage.assign(node.karim, report, " ", Optional.empty(), false), TriageProblem.UNIT_MISSING);
    }

    @Test
    void aQuestionWaitsForItsAnswer() {
        Reference report = node.report(Category.ROMANCE_FRAUD, Circumstances.none());

        triage.write(node.karim, report, "Quel est le numéro de l’opération ?", Optional.of("fr"), true);

        assertThat(status(report)).isEqualTo(ReportStatus.ANSWER_WANTED);
        assertThat(node.queue(node.karim)).doesNotContain(report);
        assertThat(node.queue(node.karim, QueueFilter.of(QueueFilter.View.WAITING)))
                .contains(report);
        node.correspondence.receive(TriageFixture.PORTAL, node.id(report), MessageKind.ANSWER, "4711", now);
        assertThat(node.queue(node.karim)).contains(report);
        assertThat(node.correspondence.messages(node.karim, report)).hasSize(2);
        refused(() -> triage.write(node.karim, report, "  ", Optional.empty(), false), TriageProblem.LETTER_MISSING);
    }

    @Test
    void aWishForAFemaleOfficerIsConfirmedByWhoTakesTheReport() {
        var wish = new Circumstances(false, false, false, Optional.empty(), false, true, false, Map.of());
        Reference report = node.report(Category.SEXTORTION, wish);

        refused(() -> triage.take(node.karim, report, false), TriageProblem.FEMALE_OFFICER_WANTED);
        refused(
                () -> triage.assign(node.karim, report, TriageFixture.CYBER, Optional.of("chief"), false),
                TriageProblem.FEMALE_OFFICER_WANTED);
        assertThat(triage.item(node.karim, report).femaleUnconfirmed()).isTrue();

        assertThat(triage.take(node.chief, report, true).femaleUnconfirmed()).isFalse();
    }

    @Test
    void whatAFloodBroughtWaitsAsideUntilItIsTakenUp() {
        Reference report =
                node.report(Category.PHISHING, "Flood", TriageFixture.told(true, false, Optional.empty()), true);
        assertThat(node.queue(node.karim)).doesNotContain(report);
        assertThat(node.queue(node.karim, QueueFilter.of(QueueFilter.View.ASIDE)))
                .contains(report);

        Item taken = triage.takeUp(node.karim, report);

        assertThat(taken.priority().level()).isEqualTo(Level.IMMEDIATE);
        assertThat(node.queue(node.karim)).contains(report);
        refused(() -> triage.takeUp(node.karim, report), IntakeProblem.NOT_SET_ASIDE);
    }

    @Test
    void twoReportsOfOnePersonAreWorkedOnAsOneAndCountOnce() {
        Reference first = node.report(Category.CARD_FRAUD, Circumstances.none());
        Reference second = node.report(Category.CARD_FRAUD, Circumstances.none());

        triage.merge(node.karim, second, first);

        assertThat(node.intake.evidence(List.of(node.id(second))).get(0).withdrawn())
                .isTrue();
        assertThat(node.intake.evidence(List.of(node.id(first))).get(0).withdrawn())
                .isFalse();
        assertThat(node.queue(node.karim)).contains(first).doesNotContain(second);
        refused(() -> triage.merge(node.karim, first, first), TriageProblem.CANNOT_MERGE);
        refused(() -> triage.merge(node.karim, first, second), TriageProblem.CANNOT_MERGE);
        triage.finish(node.karim, first);
        assertThat(status(second)).isEqualTo(ReportStatus.CLOSED);

        triage.unmerge(node.karim, second);
        assertThat(node.intake.evidence(List.of(node.id(second))).get(0).withdrawn())
                .isFalse();
        refused(() -> triage.unmerge(node.karim, second), TriageProblem.NOT_MERGED);
    }

    @Test
    void aReporterWhoTakesTheReportBackEndsTheWork() {
        Reference report = node.report(Category.THREATS, Circumstances.none());

        node.correspondence.receive(TriageFixture.PORTAL, node.id(report), MessageKind.CONSENT_WITHDRAWN, "", now);

        assertThat(triage.item(node.karim, report).state()).isEqualTo(ItemState.DONE);
        assertThat(status(report)).isEqualTo(ReportStatus.WITHDRAWN);
    }

    @Test
    void whoMayNotWorkTheQueueSeesNothingOfIt() {
        Reference report = node.report(Category.OTHER, Circumstances.none());
        Actor analyst = node.officer("analyst", TriageFixture.CYBER, Role.ANALYST);
        Actor aimless =
                new Actor(Actor.Kind.OFFICER, "x", "x", Optional.empty(), node.karim.permissions(), Optional.empty());

        for (ThrowingCallable each : List.<ThrowingCallable>of(
                () -> triage.queue(analyst, QueueFilter.of(QueueFilter.View.OPEN), Optional.empty()),
                () -> triage.news(analyst),
                () -> triage.count(analyst, QueueFilter.of(QueueFilter.View.OPEN)),
                () -> triage.item(analyst, report),
                () -> triage.open(analyst, report),
                () -> triage.take(analyst, report, false),
                () -> triage.close(analyst, report, TriageFixture.FAMILY))) refused(each, AccessProblem.FORBIDDEN);
        refused(
                () -> triage.queue(aimless, QueueFilter.of(QueueFilter.View.OPEN), Optional.empty()),
                AccessProblem.PURPOSE_MISSING);
        refused(() -> triage.take(aimless, report, false), AccessProblem.PURPOSE_MISSING);
    }

    @Test
    void newsChangeWithTheQueue() {
        String before = triage.news(node.karim).mark();
        assertThat(triage.news(node.karim).mark()).isEqualTo(before);

        node.report(Category.OTHER, TriageFixture.told(true, true, Optional.of(now)));

        assertThat(triage.news(node.karim).mark()).isNotEqualTo(before);
    }

    private ReportStatus status(Reference reference) {
        return node.intake.view(node.karim, reference).status();
    }

    static void refused(ThrowingCallable call, ProblemType expected) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(expected));
    }
}
