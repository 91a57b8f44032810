package org.sharaka.node.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.campaign.CampaignFixture.ANALYST;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.springframework.jdbc.core.JdbcTemplate;

/** What analysts see and decide, on a whole node with a real database. */
class CampaignIT {
    /** Published examples of check digits; no such accounts exist. */
    private static final String ACCOUNT = "GB29 NWBK 6016 1331 9268 19";

    private static final String OTHER_ACCOUNT = "DE89370400440532013000";

    private static CampaignFixture node;

    @BeforeAll
    static void start() {
        node = new CampaignFixture();
    }

    @AfterAll
    static void close() {
        node.close();
    }

    @BeforeEach
    void empty() {
        node.empty();
    }

    @Test
    void reportsThatNameOneAccountAreOneCampaign() {
        ReportId first = node.report("I paid to " + ACCOUNT + " for a phone that never came", 30);
        ReportId second = node.report("They asked me to send the deposit on GB29NWBK60161331926819", 20);
        node.report("Somebody shouted at me in a chat", 10);
        node.settled();

        assertThat(node.partition()).containsExactly(Set.of(first, second));
    }

    @Test
    void everyMembershipHasItsReason() {
        node.report("I paid to " + ACCOUNT + " for a phone that never came", 30);
        node.report("They asked me to send the deposit on GB29NWBK60161331926819", 20);
        node.settled();

        assertThat(node.campaigns
                        .members(ANALYST, node.only(), Optional.empty())
                        .items())
                .hasSize(2)
                .allSatisfy(member -> assertThat(member.reasons()).anySatisfy(reason -> {
                    assertThat(reason.kind()).isEqualTo("IBAN");
                    assertThat(reason.inCampaign()).isEqualTo(2);
                    assertThat(reason.strength()).isBetween(0.5, 1.0);
                }));
    }

    @Test
    void aPageAddsUpWhatItsReportsSay() {
        node.report(
                "paid to " + ACCOUNT, 30, Category.ONLINE_FRAUD, CampaignFixture.dirhams("100.50"), Optional.empty());
        node.report("paid to " + ACCOUNT, 20, Category.PHISHING, CampaignFixture.dirhams("200"), Optional.empty());
        node.report("asked to pay to " + ACCOUNT, 200, Category.PHISHING, Optional.empty(), Optional.empty());
        node.settled();

        CampaignView view = node.campaigns.view(ANALYST, node.only());

        assertThat(view.summary().reports()).isEqualTo(3);
        assertThat(view.summary().losses()).singleElement().satisfies(loss -> assertThat(loss.amount())
                .isEqualByComparingTo("300.50"));
        assertThat(view.categories().get(0)).isEqualTo(new CampaignView.Count<>(Category.PHISHING, 2));
        assertThat(view.timeline().values().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(3);
        assertThat(view.summary().countries()).containsExactly("MA");
        assertThat(view.summary().anonymousOnly()).isTrue();
    }

    @Test
    void twoCampaignsBecomeOneWhenAReportTiesThem() {
        for (int i = 0; i < 3; i++) node.report("case " + i + " paid to " + ACCOUNT, 50 + i);
        for (int i = 0; i < 2; i++) node.report("matter " + i + " paid to " + OTHER_ACCOUNT, 40 + i);
        node.settled();
        assertThat(node.list()).hasSize(2);
        CampaignId larger = node.campaigns.list(ANALYST, CampaignFilter.all(), Optional.empty()).items().stream()
                .filter(campaign -> campaign.reports() == 3)
                .findFirst()
                .orElseThrow()
                .id();
        CampaignId smaller = new CampaignId(node.list().stream()
                .mapToLong(c -> c.id().number())
                .filter(n -> n != larger.number())
                .findFirst()
                .orElseThrow());

        node.report("first half to " + ACCOUNT + ", second half to " + OTHER_ACCOUNT, 5);
        node.settled();

        assertThat(node.only()).isEqualTo(larger);
        assertThat(node.members(larger)).hasSize(6);
        refused(() -> node.campaigns.view(ANALYST, smaller), CampaignProblem.JOINED_TO_ANOTHER);
    }

    private void withdraw(ReportId report) {
        node.intake.withdraw(ANALYST, node.intake.referencesOf(List.of(report)).get(report), "it was a mistake");
    }

    /** Whatever the order and the batches in which reports came, campaigns grew, took each other in and lost reports. */
    @Test
    void whatCampaignsAddUpToIsWhatCountingTheirReportsGives() {
        Random random = new Random(11);
        List<ReportId> all = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            int site = random.nextInt(25);
            // Late reports tie what stood apart until then, one with many or two large ones.
            String more = i < 50 ? "" : " and https://gift" + random.nextInt(25) + ".example/pay";
            all.add(node.report(
                    "paid on https://gift" + site + ".example/pay" + more,
                    random.nextInt(900),
                    random.nextBoolean() ? Category.PHISHING : Category.ONLINE_FRAUD,
                    random.nextBoolean() ? CampaignFixture.dirhams("10." + i % 10) : Optional.empty(),
                    Optional.empty()));
            if (random.nextInt(4) == 0) node.linking.linkNext(1 + random.nextInt(6));
            if (random.nextInt(9) == 0) withdraw(all.remove(random.nextInt(all.size())));
        }
        node.settled();

        JdbcTemplate sql = node.node.service(JdbcTemplate.class);
        String counted = """
                SELECT c.number, t.dimension, t.value, count(*) AS reports, coalesce(sum(t.amount), 0)::numeric(24, 4) AS amount
                FROM campaign.campaign c JOIN campaign.placement p ON p.group_number = c.group_number
                JOIN campaign.report r ON r.number = p.report
                CROSS JOIN LATERAL (VALUES
                    ('DAY', to_char(r.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD'), 0),
                    ('COUNTRY', r.country, 0), ('CATEGORY', r.category, 0), ('LOSS', r.loss_currency, r.loss_amount)
                ) AS t (dimension, value, amount)
                WHERE t.value IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
                """;
        assertThat(sql.queryForList("""
                        SELECT campaign AS number, dimension, value, reports::bigint, amount::numeric(24, 4) FROM campaign.tally
                        WHERE dimension <> 'TIE' AND reports > 0 ORDER BY 1, 2, 3
                        """)).isEqualTo(sql.queryForList(counted));
        assertThat(sql.queryForList("""
                        SELECT number, reports, named_reports, first_seen, last_seen, loss FROM campaign.campaign
                        WHERE group_number IS NOT NULL ORDER BY number
                        """)).isEqualTo(sql.queryForList("""
                        SELECT c.number, count(*)::integer AS reports, count(*) FILTER (WHERE NOT r.anonymous)::integer AS named_reports,
                            min(r.occurred_at) AS first_seen, max(r.occurred_at) AS last_seen,
                            coalesce(sum(r.loss_amount), 0)::numeric(20, 4) AS loss
                        FROM campaign.campaign c JOIN campaign.placement p ON p.group_number = c.group_number
                        JOIN campaign.report r ON r.number = p.report GROUP BY c.number ORDER BY c.number
                        """));
        assertThat(sql.queryForObject(
                        "SELECT count(*) FROM campaign.campaign WHERE joined_to IS NOT NULL", Integer.class))
                .as("campaigns that were taken in")
                .isGreaterThan(5);
    }

    @Test
    void aRehearsalLeavesNothing() {
        for (int i = 0; i < 4; i++) node.report("case " + i + " paid to " + ACCOUNT, 5 + i);
        node.settled();
        JdbcTemplate sql = node.node.service(JdbcTemplate.class);
        String everything = """
                SELECT (SELECT json_agg(c ORDER BY number) FROM campaign.campaign c)::text
                    || (SELECT json_agg(t ORDER BY campaign, dimension, value) FROM campaign.tally t)
                    || (SELECT json_agg(k ORDER BY hash) FROM campaign.link_key k)
                    || (SELECT json_agg(p ORDER BY report) FROM campaign.placement p)
                    || (SELECT json_agg(f ORDER BY number) FROM campaign.family f)
                    || (SELECT json_agg(r ORDER BY number) FROM campaign.report r)
                    || (SELECT count(*) FROM campaign.edge) || (SELECT count(*) FROM campaign.alert)
                """;
        String before = sql.queryForObject(everything, String.class);

        node.linking.rehearse(10, () -> true);

        assertThat(before).isNotBlank();
        assertThat(sql.queryForObject(everything, String.class)).isEqualTo(before);
    }

    @Test
    void aSplitStaysSplitWhenALaterReportCarriesBothSides() {
        ReportId one = node.report("paid to " + ACCOUNT + " after mail from a1@parcel-care.example", 50);
        ReportId two = node.report("paid to " + ACCOUNT + " after mail from a1@parcel-care.example", 49);
        ReportId three = node.report("paid to " + ACCOUNT + " and " + OTHER_ACCOUNT, 48);
        ReportId four = node.report("paid to " + OTHER_ACCOUNT, 47);
        node.settled();
        CampaignId whole = node.only();

        node.decisions.split(ANALYST, whole, Set.of(three, four), "other handwriting");

        assertThat(node.partition()).containsExactlyInAnyOrder(Set.of(one, two), Set.of(three, four));
        node.report("I sent money to " + ACCOUNT + " and to " + OTHER_ACCOUNT, 1);
        node.settled();
        assertThat(node.partition())
                .noneSatisfy(campaign -> assertThat(campaign).contains(one).containsAnyOf(three, four));
    }

    @Test
    void anUndoneSplitIsWholeAgain() {
        node.report("paid to " + ACCOUNT, 50);
        ReportId two = node.report("also paid to " + ACCOUNT, 49);
        node.report("paid as well to " + ACCOUNT, 48);
        node.settled();
        CampaignId whole = node.only();
        node.decisions.split(ANALYST, whole, Set.of(two), "not the same");
        assertThat(node.members(node.only())).hasSize(2);
        long decision =
                node.campaigns.view(ANALYST, node.only()).decisions().get(0).id();

        node.decisions.undo(ANALYST, decision, "it was the same after all");

        assertThat(node.members(node.only())).hasSize(3);
        refused(() -> node.decisions.undo(ANALYST, decision, "again"), CampaignProblem.ALREADY_UNDONE);
    }

    @Test
    void aJoinBringsTwoCampaignsTogetherAndSupersedesTheSplitBetweenThem() {
        node.report("paid to " + ACCOUNT, 50);
        node.report("also paid to " + ACCOUNT, 49);
        ReportId three = node.report("paid as well to " + ACCOUNT + " and wrote to a2@parcel-care.example", 48);
        ReportId four = node.report("they wrote from a2@parcel-care.example, account " + ACCOUNT, 47);
        node.settled();
        CampaignId whole = node.only();
        CampaignId other = node.decisions
                .split(ANALYST, whole, Set.of(three, four), "not the same")
                .orElseThrow();

        CampaignId joined = node.decisions.join(ANALYST, whole, other, "the same after all");

        assertThat(node.members(joined)).hasSize(4);
        assertThat(node.campaigns.view(ANALYST, joined).decisions()).anySatisfy(decision -> {
            assertThat(decision.kind()).isEqualTo(CampaignDecision.Kind.SPLIT);
            assertThat(decision.undone()).isPresent();
        });
    }

    @Test
    void aKeyThatAnAnalystCallsSharedLinksNothing() {
        node.report("the shop is https://parcel-care.example", 50);
        node.report("I was sent to https://parcel-care.example", 49);
        node.settled();
        CampaignId campaign = node.only();
        long key = node.campaigns.view(ANALYST, campaign).ties().get(0).key();

        node.decisions.markKey(ANALYST, campaign, key, true, "the parcel service's own site");

        assertThat(node.list()).isEmpty();
    }

    @Test
    void aWithdrawnReportLeavesItsCampaign() {
        node.report("paid to " + ACCOUNT, 50);
        node.report("also paid to " + ACCOUNT, 49);
        ReportId third = node.report("paid too, to " + ACCOUNT, 48);
        node.settled();

        withdraw(third);
        node.settled();

        assertThat(node.members(node.only())).hasSize(2).doesNotContain(third);
        assertThat(node.campaigns.view(ANALYST, node.only()).summary().reports())
                .isEqualTo(2);
    }

    @Test
    void aShortenerAndAPopularSiteJoinNothing() {
        for (int i = 0; i < 12; i++) {
            node.report(
                    "click https://bit.ly/x" + i + "q" + (i * 7919) + " or see https://www.facebook.com/ for case " + i,
                    40 + i);
        }
        node.settled();

        assertThat(node.list()).isEmpty();
    }

    @Test
    void anIdentifierIsFoundHoweverItIsWritten() {
        node.report("paid to " + ACCOUNT, 50);
        node.report("also paid to " + ACCOUNT, 49);
        node.settled();

        for (String typed : List.of(ACCOUNT, "gb29nwbk60161331926819", "GB29-NWBK-6016-1331-9268-19")) {
            assertThat(node.campaigns.search(ANALYST, typed)).singleElement().satisfies(found -> {
                assertThat(found.reports()).isEqualTo(2);
                assertThat(found.campaigns()).hasSize(1);
            });
        }
        refused(() -> node.campaigns.search(ANALYST, "nothing to find here"), CampaignProblem.NO_IDENTIFIER);
    }

    @Test
    void s10TheAuditKeepsAHashOfASearchAndNotItsText() {
        node.report("paid to " + ACCOUNT, 50);
        node.settled();

        node.campaigns.search(ANALYST, ACCOUNT);

        List<String> entries =
                node.node.service(JdbcTemplate.class).queryForList("SELECT e::text FROM audit.entry e", String.class);
        assertThat(entries).anyMatch(entry -> entry.contains("campaign.search") && entry.contains("identifier/IBAN/"));
        assertThat(entries).noneMatch(entry -> entry.contains("60161331926819"));
    }

    @Test
    void s16TwoHundredFalseReportsAgainstOneAccountNameNobodyAndStopNothing() {
        for (int i = 0; i < 200; i++) node.report("holder of " + ACCOUNT + " cheated me, number " + i, 1 + i % 100);
        node.settled();

        List<Alert> alerts =
                node.campaigns.alerts(ANALYST, true, Optional.empty()).items();

        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.anonymousOnly()).isTrue();
            assertThat(alert.toString()).doesNotContain("NWBK").doesNotContain("60161331926819");
        });
        assertThat(node.campaigns.view(ANALYST, node.only()).summary().anonymousOnly())
                .isTrue();
        // Nothing in this node acts on an account: a report changes campaigns, alerts and its own place in the
        // officers' queue; the portal carries reports and letters; screening holds lists of others; agreements,
        // members, files under custody, backups and the exchange name no account; what bureaux write to each other
        // is sealed; cross-checks keep what others ask about; of messages' files and members' records ids are kept; no
        // other table
        // exists.
        assertThat(node.node
                        .service(JdbcTemplate.class)
                        .queryForList(
                                "SELECT DISTINCT table_schema FROM information_schema.tables WHERE table_schema NOT IN "
                                        + "('pg_catalog', 'information_schema', 'public')",
                                String.class))
                .containsOnly(
                        "platform",
                        "access",
                        "audit",
                        "assembly",
                        "agreement",
                        "evidence",
                        "backup",
                        "exchange",
                        "attachment",
                        "originator",
                        "bureau",
                        "network",
                        "screening",
                        "intake",
                        "portal",
                        "campaign",
                        "triage",
                        "crosscheck");
    }

    @Test
    void growthIsNewsOnceAndAgainWhenItHasDoubled() {
        for (int i = 0; i < 6; i++) node.report("paid to " + ACCOUNT + " case " + i, 3 + i);
        node.settled();
        assertThat(node.campaigns.alerts(ANALYST, true, Optional.empty()).items())
                .hasSize(1);
        node.report("one more to " + ACCOUNT, 2);
        node.settled();
        assertThat(node.campaigns.alerts(ANALYST, true, Optional.empty()).items())
                .hasSize(1);
        for (int i = 0; i < 8; i++) node.report("again to " + ACCOUNT + " matter " + i, 1);
        node.settled();
        assertThat(node.campaigns.alerts(ANALYST, true, Optional.empty()).items())
                .hasSize(2);

        long alert = node.campaigns
                .alerts(ANALYST, true, Optional.empty())
                .items()
                .get(0)
                .id();
        node.decisions.acknowledge(ANALYST, alert);

        assertThat(node.campaigns.alerts(ANALYST, true, Optional.empty()).items())
                .hasSize(1);
        refused(() -> node.decisions.acknowledge(ANALYST, 999_999), CampaignProblem.NOT_FOUND);
    }

    @Test
    void whoMayNotOrDoesNotSayWhyIsRefused() {
        node.report("paid to " + ACCOUNT, 50);
        ReportId two = node.report("also paid to " + ACCOUNT, 49);
        node.settled();
        CampaignId id = node.only();
        Actor reader = new Actor(
                ANALYST.kind(),
                "reader",
                "reader",
                ANALYST.unit(),
                EnumSet.of(Permission.CAMPAIGN_READ),
                ANALYST.purpose());
        Actor purposeless =
                new Actor(ANALYST.kind(), "hasty", "hasty", ANALYST.unit(), ANALYST.permissions(), Optional.empty());
        Actor stranger = new Actor(
                ANALYST.kind(),
                "other",
                "other",
                ANALYST.unit(),
                EnumSet.of(Permission.REPORT_SUBMIT),
                ANALYST.purpose());

        refused(() -> node.decisions.split(reader, id, Set.of(two), "a reason"), AccessProblem.FORBIDDEN);
        refused(() -> node.campaigns.view(purposeless, id), AccessProblem.PURPOSE_MISSING);
        refused(() -> node.campaigns.list(stranger, CampaignFilter.all(), Optional.empty()), AccessProblem.FORBIDDEN);
        refused(() -> node.campaigns.view(ANALYST, new CampaignId(4711)), CampaignProblem.NOT_FOUND);
        refused(() -> node.decisions.split(ANALYST, id, Set.of(two), " x "), CampaignProblem.REASON_MISSING);
        refused(() -> node.decisions.split(ANALYST, id, Set.of(), "a reason"), CampaignProblem.SPLIT_NEEDS_TWO_SIDES);
        refused(
                () -> node.decisions.split(ANALYST, id, node.members(id), "all"),
                CampaignProblem.SPLIT_NEEDS_TWO_SIDES);
        refused(() -> node.decisions.join(ANALYST, id, id, "a reason"), CampaignProblem.SAME_CAMPAIGN);
        refused(() -> node.decisions.markKey(ANALYST, id, 42, true, "a reason"), CampaignProblem.NOT_FOUND);
    }

    @Test
    void pagesOfTheListFollowEachOtherWithoutGapOrRepeat() {
        for (int campaign = 0; campaign < 30; campaign++) {
            for (int i = 0; i < 2 + campaign % 3; i++) {
                node.report("see https://lottery-%02d.example".formatted(campaign), 10 + campaign);
            }
        }
        node.settled();

        for (CampaignFilter.Sort sort : CampaignFilter.Sort.values()) {
            CampaignFilter filter = new CampaignFilter(
                    Optional.of(Category.ONLINE_FRAUD),
                    Optional.of("MA"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    2,
                    sort);
            var first = node.campaigns.list(ANALYST, filter, Optional.empty());
            var second = node.campaigns.list(ANALYST, filter, first.next());

            assertThat(first.items()).hasSize(25);
            assertThat(second.items()).hasSize(5);
            assertThat(second.next()).isEmpty();
            assertThat(first.items()).doesNotContainAnyElementsOf(second.items());
        }
    }

    private static void refused(ThrowingCallable act, ProblemType type) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }
}
