package org.sharaka.node.crosscheck;

import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.assembly.TestNetwork;
import org.sharaka.node.bureau.BureauFixture;
import org.sharaka.node.campaign.CampaignId;
import org.sharaka.node.campaign.CampaignService;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Outgoing;
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
import org.sharaka.node.platform.Eventually;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.CrossCheck;
import org.sharaka.protocol.content.Trace;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageReference;

/** Two nodes with reports of one campaign in both, and the few moves that the tests make on them. All of it is invented. */
public final class CrossCheckFixture implements AutoCloseable {
    static final MemberId MA = TestNetwork.bureauOf("ma");
    static final MemberId ES = TestNetwork.bureauOf("es");
    static final MemberId XK = TestNetwork.bureauOf("xk");

    public static final String REMARKS = "Not before the first of December.";

    private static final Actor SUBMITTER = Actor.system("test");

    final BureauFixture nodes;

    public CrossCheckFixture(String... settings) {
        nodes = new BureauFixture(settings);
    }

    public TestNode morocco() {
        return nodes.morocco;
    }

    public TestNode spain() {
        return nodes.spain;
    }

    static Reading reading(TestNode node) {
        return node.service(Reading.class);
    }

    static Asking asking(TestNode node) {
        return node.service(Asking.class);
    }

    static Answering answering(TestNode node) {
        return node.service(Answering.class);
    }

    static Actor officer(String id, String unit, Permission... permissions) {
        return new Actor(
                Actor.Kind.OFFICER, id, id, Optional.of(unit), Set.of(permissions), Optional.of(Purpose.INVESTIGATION));
    }

    /** A report of today. */
    public static ReportId report(TestNode node, String narrative, Optional<String> euros, Optional<Contact> reporter) {
        Instant now = node.service(Clock.class).instant();
        IntakeService intake = node.service(IntakeService.class);
        ReportDraft draft = new ReportDraft(
                Category.PHISHING,
                narrative,
                Optional.of("en"),
                Optional.of(OccurredAt.exactly(now.minusSeconds(3600))),
                Optional.empty(),
                Optional.empty(),
                euros.map(amount -> List.of(new ReportedMoney(
                                new Money(new BigDecimal(amount), Currency.getInstance("EUR")),
                                MoneyKind.LOST,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())))
                        .orElse(List.of()),
                List.of(),
                List.of(),
                reporter,
                ReporterRole.VICTIM);
        return intake.idOf(intake.submit(SUBMITTER, draft).reference()).orElseThrow();
    }

    static ReportId report(TestNode node, String narrative) {
        return report(node, narrative, Optional.empty(), Optional.empty());
    }

    /** The campaign that an identifier is in, as soon as it has so many reports. */
    public static CampaignId campaign(TestNode node, String identifier, int reports) {
        CampaignService campaigns = node.service(CampaignService.class);
        Actor analyst = officer("finder", "Cybercrime", Permission.CAMPAIGN_READ);
        BooleanSupplier there = () -> campaigns.search(analyst, identifier).stream()
                .flatMap(found -> found.campaigns().stream())
                .anyMatch(campaign -> campaign.reports() >= reports);
        await("a campaign of " + reports + " about " + identifier, there);
        return campaigns.search(analyst, identifier).stream()
                .flatMap(found -> found.campaigns().stream())
                .findFirst()
                .orElseThrow()
                .id();
    }

    /** A parcel fraud with its own domain, told by so many people. */
    static CampaignId parcels(TestNode node, String domain, int reports) {
        for (int i = 0; i < reports; i++)
            report(node, "Paid at https://" + domain + " today", Optional.of("250.40"), Optional.empty());
        return campaign(node, domain, reports);
    }

    static Set<Long> all(List<Asking.Offered> offered) {
        return offered.stream().map(each -> each.shared().key()).collect(Collectors.toSet());
    }

    static Question question(Set<Long> keys) {
        return new Question(
                Purpose.INVESTIGATION,
                Optional.empty(),
                Set.of(),
                keys,
                true,
                true,
                Urgency.URGENT,
                Optional.of("It goes on today."),
                Optional.empty(),
                Optional.of("MA-2026-17"),
                30,
                Set.of());
    }

    /** Asks Spain about everything that may travel, and waits until Spain has it. */
    CheckKey ask(Actor actor, CampaignId campaign) {
        return ask(actor, campaign, BureauFixture.TREATY);
    }

    CheckKey ask(Actor actor, CampaignId campaign, String law) {
        Asking here = asking(nodes.morocco);
        CheckKey key = here.ask(actor, campaign, Map.of(ES, law), question(all(here.offered(actor, campaign))))
                .get(0);
        await("the question in Spain", () -> nodes.spain
                .service(SqlCrossChecks.class)
                .received(there(key))
                .isPresent());
        return key;
    }

    /** The same cross-check as Spain names it. */
    static CheckKey there(CheckKey here) {
        return new CheckKey(MA, here.conversation());
    }

    /** Sends as another node's console might. */
    static MessageReference send(
            TestNode from, MemberId to, ConversationId where, Lane lane, Content what, HandlingCode... codes) {
        boolean restricted = Set.of(codes).contains(HandlingCode.H3);
        return from.service(ExchangeService.class)
                .send(
                        SUBMITTER,
                        new Outgoing(
                                to,
                                where,
                                lane,
                                new Handling(
                                        to.equals(ES) ? MA : ES,
                                        Purpose.INVESTIGATION.code(),
                                        BureauFixture.TREATY,
                                        Optional.empty(),
                                        Set.of(codes),
                                        restricted ? Optional.of(REMARKS) : Optional.empty(),
                                        Set.of(),
                                        Instant.now().plus(Duration.ofDays(10))),
                                Optional.empty(),
                                what,
                                List.of(),
                                Optional.empty(),
                                Optional.empty()));
    }

    /** Morocco asks about a telephone and restricts the question by remarks. @return its path in Spain */
    public String restricted(String telephone) {
        CheckKey there = new CheckKey(MA, ConversationId.random(new SecureRandom()));
        Content content = new CrossCheck(
                        List.of(new Trace(Trace.Kind.PHONE, telephone)),
                        Optional.empty(),
                        Urgency.ROUTINE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                .toContent();
        MessageReference unused =
                send(nodes.morocco, ES, there.conversation(), Lane.ORDINARY, content, HandlingCode.H3);
        await(
                "the question in Spain",
                () -> nodes.spain.service(SqlCrossChecks.class).received(there).isPresent());
        return there.path();
    }

    public static void await(String what, BooleanSupplier condition) {
        Eventually.await(what, condition);
    }

    @Override
    public void close() {
        nodes.close();
    }
}
