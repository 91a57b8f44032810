package org.sharaka.node.campaign;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.intake.Category;
import org.sharaka.node.intake.Contact;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Money;
import org.sharaka.node.intake.MoneyKind;
import org.sharaka.node.intake.OccurredAt;
import org.sharaka.node.intake.ReportDraft;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.intake.ReportedMoney;
import org.sharaka.node.intake.ReporterRole;
import org.sharaka.node.platform.TestNode;
import org.springframework.jdbc.core.JdbcTemplate;

/** A whole node without its web, and the few moves that the tests of this module make on it. */
final class CampaignFixture implements AutoCloseable {
    static final Actor ANALYST = new Actor(
            Actor.Kind.OFFICER,
            "analyst-1",
            "analyst",
            Optional.of("cybercrime"),
            EnumSet.allOf(Permission.class),
            Optional.of(Purpose.INVESTIGATION));

    final TestNode node = TestNode.withoutWeb();
    final CampaignService campaigns = node.service(CampaignService.class);
    final CampaignDecisions decisions = node.service(CampaignDecisions.class);
    final IntakeService intake = node.service(IntakeService.class);
    final Linking linking = node.service(Linking.class);
    private final Instant now = node.service(java.time.Clock.class).instant();

    /** As if nobody had reported yet, without a new node: to start one takes longer than a test. */
    CampaignFixture empty() {
        JdbcTemplate sql = node.service(JdbcTemplate.class);
        return linking.alone(() -> {
            List<String> tables = sql.queryForList("""
                    SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
                    WHERE schemaname IN ('campaign', 'intake') AND tablename <> 'schema_history'
                    """, String.class);
            sql.execute("TRUNCATE " + String.join(", ", tables));
            return this;
        });
    }

    /** An anonymous report that happened so many hours ago. */
    ReportId report(String narrative, int hoursAgo) {
        return report(narrative, hoursAgo, Category.ONLINE_FRAUD, Optional.empty(), Optional.empty());
    }

    ReportId report(
            String narrative, int hoursAgo, Category category, Optional<Money> loss, Optional<Contact> reporter) {
        ReportDraft draft = new ReportDraft(
                category,
                narrative,
                Optional.of("en"),
                Optional.of(OccurredAt.exactly(now.minusSeconds(3600L * hoursAgo))),
                Optional.of("MA"),
                Optional.empty(),
                loss.map(money -> List.of(new ReportedMoney(
                                money, MoneyKind.LOST, Optional.empty(), Optional.empty(), Optional.empty())))
                        .orElse(List.of()),
                List.of(),
                List.of(),
                reporter,
                ReporterRole.VICTIM);
        return intake.idOf(intake.submit(ANALYST, draft).reference()).orElseThrow();
    }

    static Optional<Money> dirhams(String amount) {
        return Optional.of(new Money(new BigDecimal(amount), Currency.getInstance("MAD")));
    }

    /** Links everything that waits and settles it. */
    CampaignFixture settled() {
        while (linking.linkNext(LinkingWorker.BATCH) > 0) {}
        while (linking.settle(64, Integer.MAX_VALUE)) {}
        return this;
    }

    List<CampaignSummary> list() {
        return campaigns.list(ANALYST, CampaignFilter.all(), Optional.empty()).items();
    }

    CampaignId only() {
        List<CampaignSummary> all = list();
        if (all.size() != 1) throw new AssertionError("campaigns: " + all);
        return all.get(0).id();
    }

    Set<ReportId> members(CampaignId id) {
        Set<ReportId> members = new HashSet<>();
        Optional<String> cursor = Optional.empty();
        do {
            var page = campaigns.members(ANALYST, id, cursor);
            page.items().forEach(member -> members.add(member.report()));
            cursor = page.next();
        } while (cursor.isPresent());
        return members;
    }

    /** The campaigns as sets of reports. */
    List<Set<ReportId>> partition() {
        List<Set<ReportId>> sets = new ArrayList<>();
        list().forEach(campaign -> sets.add(members(campaign.id())));
        return sets;
    }

    @Override
    public void close() {
        node.close();
    }
}
