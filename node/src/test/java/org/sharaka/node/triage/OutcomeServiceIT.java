package org.sharaka.node.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.triage.TriageServiceIT.refused;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.campaign.CampaignFilter;
import org.sharaka.node.campaign.CampaignId;
import org.sharaka.node.campaign.CampaignProblem;
import org.sharaka.node.campaign.CampaignService;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Circumstances;
import org.sharaka.node.intake.Message;
import org.sharaka.node.intake.MessageKind;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.platform.Ids;
import org.springframework.jdbc.core.JdbcTemplate;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutcomeServiceIT {
    /** A published example of check digits; no such account exists. */
    private static final String ACCOUNT = "GB29 NWBK 6016 1331 9268 19";

    private static final Circumstances CURIOUS =
            new Circumstances(false, false, false, Optional.empty(), false, false, true, Map.of());

    private TriageFixture node;
    private OutcomeService outcomes;
    private CampaignService campaigns;

    @BeforeAll
    void start() {
        node = new TriageFixture();
        campaigns = node.node.service(CampaignService.class);
        outcomes = new OutcomeService(
                node.node.service(JdbcTemplate.class),
                campaigns,
                node.intake,
                node.correspondence,
                node.node.service(AuditTrail.class),
                TriageMessages.all(),
                node.node.service(Ids.class),
                node.node.service(Clock.class));
    }

    @AfterAll
    void stop() {
        if (node != null) node.close();
    }

    @Test
    void s16EachReporterWhoWishedItHearsOneNeutralLineOnce() throws InterruptedException {
        Reference one = paid(CURIOUS);
        Reference two = paid(CURIOUS);
        Reference silent = paid(Circumstances.none());
        Reference gone = paid(CURIOUS);
        CampaignId campaign = campaignOf(4);

        Outcome arrest = outcomes.record(node.chief, campaign, Outcome.Kind.ARREST, "Two arrests in the port.");
        node.correspondence.receive(
                TriageFixture.PORTAL,
                node.id(gone),
                MessageKind.CONSENT_WITHDRAWN,
                "",
                node.node.service(Clock.class).instant());
        while (outcomes.thankNext() > 0) {}
        Outcome held = outcomes.record(node.chief, campaign, Outcome.Kind.MONEY_HELD, "The bank holds it.");
        while (outcomes.thankNext() > 0) {}

        assertThat(arrest.told()).isEqualTo(3);
        assertThat(held.told()).isZero();
        for (Reference reference : List.of(one, two)) {
            assertThat(lines(reference)).hasSize(1).allSatisfy(line -> assertThat(line)
                    .isEqualTo("Votre signalement a aidé la police dans son travail. Merci de nous avoir prévenus.")
                    .doesNotContain("arrest", "port", campaign.toString()));
        }
        assertThat(lines(silent)).isEmpty();
        assertThat(lines(gone)).isEmpty();
        assertThat(outcomes.latest(node.chief, Optional.of(campaign)))
                .extracting(Outcome::kind)
                .containsExactly(Outcome.Kind.MONEY_HELD, Outcome.Kind.ARREST);
    }

    @Test
    void whoMayNotRecordOutcomesRecordsNone() {
        var campaign = new CampaignId(1);

        refused(() -> outcomes.record(node.karim, campaign, Outcome.Kind.ARREST, "an arrest"), AccessProblem.FORBIDDEN);
        refused(() -> outcomes.latest(node.karim, Optional.empty()), AccessProblem.FORBIDDEN);
        refused(() -> outcomes.record(node.chief, campaign, Outcome.Kind.ARREST, "x"), TriageProblem.BAD_FIELD);
        refused(
                () -> outcomes.record(node.chief, new CampaignId(987_654), Outcome.Kind.ARREST, "an arrest"),
                CampaignProblem.NOT_FOUND);
    }

    private Reference paid(Circumstances told) {
        return node.report(Category.ONLINE_FRAUD, "I paid the fee to " + ACCOUNT, told, false);
    }

    private List<String> lines(Reference reference) {
        return node.correspondence.messages(node.karim, reference).stream()
                .filter(message -> message.kind() == MessageKind.LETTER)
                .map(Message::text)
                .toList();
    }

    private CampaignId campaignOf(int reports) throws InterruptedException {
        Instant end = node.node.service(Clock.class).instant().plus(Duration.ofMinutes(1));
        while (true) {
            var found = campaigns
                    .list(node.chief, CampaignFilter.all(), Optional.empty())
                    .items();
            if (found.size() == 1 && found.get(0).reports() == reports)
                return found.get(0).id();
            if (node.node.service(Clock.class).instant().isAfter(end))
                throw new AssertionError("no campaign: " + found);
            Thread.sleep(50);
        }
    }
}
