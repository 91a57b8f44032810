package org.sharaka.node.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.sharaka.node.triage.TriageServiceIT.refused;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sharaka.node.access.Actor;
import org.sharaka.node.campaign.CampaignFilter;
import org.sharaka.node.campaign.CampaignProblem;
import org.sharaka.node.campaign.CampaignService;
import org.sharaka.node.campaign.IdentifierSearch;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Circumstances;
import org.sharaka.node.intake.IntakeProblem;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportFilter;
import org.sharaka.node.intake.ReportStatus;
import org.sharaka.node.intake.ReportSummary;
import org.sharaka.node.platform.ProblemException;

/** S19, S21: a report closed to one unit leaves no trace for officers of another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompartmentsIT {
    /** A published example of check digits; no such account exists. */
    private static final String ACCOUNT = "GB29 NWBK 6016 1331 9268 19";

    private static final String OTHER_ACCOUNT = "DE89 3704 0044 0532 0130 00";

    private TriageFixture node;
    private CampaignService campaigns;

    @BeforeAll
    void start() {
        node = new TriageFixture();
        campaigns = node.node.service(CampaignService.class);
        node.node
                .service(RuleService.class)
                .add(
                        node.chief,
                        new RuleService.NewRule(
                                1,
                                Optional.of(Category.SEXTORTION),
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                TriageFixture.FAMILY,
                                true));
    }

    @AfterAll
    void stop() {
        if (node != null) node.close();
    }

    @Test
    void s19AClosedReportIsAnsweredAsIfItDidNotExist() {
        Reference closed = node.report(Category.SEXTORTION, Circumstances.none());
        Reference unknown = node.intake.newReference();

        assertThat(node.intake.view(node.salma, closed).reference()).isEqualTo(closed);
        assertThat(node.triage.item(node.salma, closed).closed()).isTrue();
        for (Reference reference : List.of(closed, unknown)) {
            for (ThrowingCallable each : reads(node.karim, reference)) refused(each, IntakeProblem.NOT_FOUND);
        }
        refused(() -> node.intake.view(node.karim, node.id(closed)), IntakeProblem.NOT_FOUND);
    }

    @Test
    void s21TheAnswersForClosedAndUnknownAreTheSameToTheLetter() {
        Reference closed = node.report(Category.SEXTORTION, Circumstances.none());
        Reference unknown = node.intake.newReference();

        List<String> ofClosed =
                reads(node.karim, closed).stream().map(CompartmentsIT::told).toList();
        List<String> ofUnknown =
                reads(node.karim, unknown).stream().map(CompartmentsIT::told).toList();

        assertThat(ofClosed).isEqualTo(ofUnknown);
    }

    private static String told(ThrowingCallable call) {
        ProblemException e = catchThrowableOfType(ProblemException.class, call);
        return e.type() + ": " + e.getMessage();
    }

    private List<ThrowingCallable> reads(Actor actor, Reference reference) {
        return List.of(
                () -> node.intake.view(actor, reference),
                () -> node.intake.contact(actor, reference),
                () -> node.intake.withdraw(actor, reference, "no reason"),
                () -> node.intake.withdrawIdentifier(actor, reference, 0),
                () -> node.intake.status(actor, reference, ReportStatus.READ),
                () -> node.intake.takeUp(actor, reference),
                () -> node.correspondence.messages(actor, reference),
                () -> node.correspondence.read(actor, reference),
                () -> node.correspondence.write(actor, reference, "text", Optional.empty()),
                () -> node.triage.item(actor, reference),
                () -> node.triage.open(actor, reference),
                () -> node.triage.take(actor, reference, false),
                () -> node.triage.assign(actor, reference, "x", Optional.empty(), false),
                () -> node.triage.finish(actor, reference),
                () -> node.triage.reopen(actor, reference),
                () -> node.triage.takeUp(actor, reference),
                () -> node.triage.write(actor, reference, "text", Optional.empty(), false),
                () -> node.triage.close(actor, reference, "x"),
                () -> node.triage.openToAll(actor, reference));
    }

    @Test
    void aClosedReportIsInNoListAndNoCountOfAnotherUnit() {
        int before = node.triage.count(node.karim, QueueFilter.of(QueueFilter.View.OPEN));
        int ofUnit = node.triage.count(node.salma, QueueFilter.of(QueueFilter.View.OPEN));
        String mark = node.triage.news(node.karim).mark();
        Reference closed = node.report(Category.SEXTORTION, TriageFixture.told(true, true, Optional.empty()));

        assertThat(node.queue(node.salma)).contains(closed);
        assertThat(node.queue(node.karim)).doesNotContain(closed);
        assertThat(node.triage.count(node.karim, QueueFilter.of(QueueFilter.View.OPEN)))
                .isEqualTo(before);
        assertThat(node.triage.count(node.salma, QueueFilter.of(QueueFilter.View.OPEN)))
                .isEqualTo(ofUnit + 1);
        assertThat(node.triage.news(node.karim).mark()).isEqualTo(mark);
        assertThat(references(node.karim)).doesNotContain(closed);
        assertThat(references(node.salma)).contains(closed);
        assertThat(node.intake.summaries(node.karim, List.of(node.id(closed)))).isEmpty();
        assertThat(node.intake.circumstances(node.karim, List.of(node.id(closed))))
                .isEmpty();
        assertThat(node.intake.circumstances(node.salma, List.of(node.id(closed))))
                .hasSize(1);
        refused(
                () -> node.intake.latest(node.karim, ReportFilter.all(), Optional.of(closed.grouped())),
                IntakeProblem.BAD_CURSOR);
        refused(
                () -> node.triage.queue(
                        node.karim, QueueFilter.of(QueueFilter.View.OPEN), Optional.of("1~0~" + closed.symbols())),
                TriageProblem.BAD_CURSOR);
        refused(
                () -> node.triage.merge(node.karim, node.report(Category.OTHER, Circumstances.none()), closed),
                IntakeProblem.NOT_FOUND);
    }

    private List<Reference> references(Actor actor) {
        return node.intake.latest(actor, ReportFilter.all(), Optional.empty()).items().stream()
                .map(ReportSummary::reference)
                .toList();
    }

    @Test
    void aReportThatIsClosedLeavesItsCampaignAtOnceAndStillShowsItsUnitWhatItResembles() {
        Reference one = paidTo(ACCOUNT, 1);
        Reference two = paidTo(ACCOUNT, 2);
        Reference three = paidTo(ACCOUNT, 3);
        awaitLinked();
        assertThat(beside(node.karim, three)).isEqualTo(3);

        node.triage.close(node.karim, three, " women and CHILDREN ");

        // Without waiting for the linker: the commit itself leaves no trace.
        assertThat(beside(node.karim, one)).isEqualTo(2);
        refused(() -> node.intake.view(node.karim, three), IntakeProblem.NOT_FOUND);
        assertThat(latest(ACCOUNT)).isEqualTo(2);
        awaitLinked();
        assertThat(beside(node.karim, two)).isEqualTo(2);
        var others = campaigns.beside(node.salma, node.id(three), identifiers(node.salma, three));
        assertThat(others.campaign()).isEmpty();
        assertThat(others.others()).hasSize(1);

        node.triage.openToAll(node.salma, three);
        awaitLinked();
        assertThat(beside(node.karim, three)).isEqualTo(3);
    }

    @Test
    void aReportThatARuleClosesNeverEntersACampaign() {
        paidTo(OTHER_ACCOUNT, 1);
        Reference closed =
                node.report(Category.SEXTORTION, "They want money on " + OTHER_ACCOUNT, Circumstances.none(), false);
        awaitLinked();

        assertThat(campaigns
                        .list(node.karim, CampaignFilter.all(), Optional.empty())
                        .items())
                .noneMatch(each -> each.categories().contains(Category.SEXTORTION));
        assertThat(latest(OTHER_ACCOUNT)).isEqualTo(1);
        assertThat(node.intake.evidence(List.of(node.id(closed))).get(0).withdrawn())
                .isTrue();
    }

    @Test
    void onlyTheUnitsOwnOfficersAreGivenItsReports() {
        Reference closed = node.report(Category.SEXTORTION, Circumstances.none());

        refused(
                () -> node.triage.assign(node.salma, closed, TriageFixture.FAMILY, Optional.of("karim"), false),
                TriageProblem.NO_SUCH_OFFICER);
        assertThat(node.triage
                        .assign(node.salma, closed, TriageFixture.FAMILY, Optional.of("salma"), false)
                        .officer())
                .contains(node.salma.id());
    }

    private Reference paidTo(String account, int number) {
        return node.report(
                Category.ONLINE_FRAUD,
                "I paid for the parcel " + number + " to the account " + account,
                Circumstances.none(),
                false);
    }

    private int beside(Actor actor, Reference reference) {
        return campaigns
                .beside(actor, node.id(reference), identifiers(actor, reference))
                .campaign()
                .orElseThrow()
                .reports();
    }

    private List<org.sharaka.identifiers.Identifier> identifiers(Actor actor, Reference reference) {
        return node.intake.view(actor, reference).identifiers().stream()
                .map(org.sharaka.node.intake.ReportedIdentifier::identifier)
                .toList();
    }

    private int latest(String account) {
        try {
            return campaigns.search(node.karim, account).stream()
                    .mapToInt((IdentifierSearch found) -> found.latest().size())
                    .sum();
        } catch (ProblemException e) {
            if (e.type() == CampaignProblem.NO_IDENTIFIER) return 0;
            throw e;
        }
    }

    private void awaitLinked() {
        java.time.Instant end = node.node.service(Clock.class).instant().plusSeconds(60);
        while (campaigns.progress(node.karim).waiting() > 0
                || !campaigns.progress(node.karim).settled()) {
            if (node.node.service(Clock.class).instant().isAfter(end))
                throw new AssertionError("linking does not settle");
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
