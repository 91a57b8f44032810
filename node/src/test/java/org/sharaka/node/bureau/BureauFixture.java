package org.sharaka.node.bureau;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.sharaka.node.FreePort;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.TestAgreements;
import org.sharaka.node.assembly.TestNetwork;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.evidence.ItemContent;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.node.evidence.NewItem;
import org.sharaka.node.platform.Eventually;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.Order;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whole nodes of Morocco and Spain with an invented treaty between them, and a third member that is bound by none. */
public final class BureauFixture implements AutoCloseable {
    public static final String TREATY = "test.treaty";
    static final MemberId MA = TestNetwork.bureauOf("ma");
    static final MemberId ES = TestNetwork.bureauOf("es");
    static final MemberId XK = TestNetwork.bureauOf("xk");

    public final TestNetwork network;
    public final TestNode morocco;
    public final TestNode spain;

    public BureauFixture(String... settings) {
        Map<String, Integer> ports = new TreeMap<>();
        Map<String, Optional<URI>> endpoints = new TreeMap<>();
        for (String country : List.of("ma", "es")) {
            ports.put(country, FreePort.find());
            endpoints.put(country, Optional.of(URI.create("https://127.0.0.1:" + ports.get(country))));
        }
        endpoints.put("xk", Optional.empty());
        network = TestNetwork.of(endpoints);
        morocco = start(network, "ma", ports.get("ma"), settings);
        spain = start(network, "es", ports.get("es"), settings);
    }

    private static TestNode start(TestNetwork network, String country, int port, String... settings) {
        String[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                "sharaka.exchange.port=" + port, "sharaka.exchange.longest-pause=1s"),
                        java.util.stream.Stream.of(settings))
                .toArray(String[]::new);
        TestNode node = TestNode.start(all);
        network.join(node, country);
        TestAgreements.add(node, TREATY, "MA", "ES");
        return node;
    }

    static BureauService bureau(TestNode node) {
        return node.service(BureauService.class);
    }

    static Reading reading(TestNode node) {
        return node.service(Reading.class);
    }

    static Correspondents correspondents(TestNode node) {
        return node.service(Correspondents.class);
    }

    static SecondLook look(TestNode node) {
        return node.service(SecondLook.class);
    }

    static Ending ending(TestNode node) {
        return node.service(Ending.class);
    }

    static JdbcTemplate sql(TestNode node) {
        return node.service(JdbcTemplate.class);
    }

    /** The same conversation on Spain's side. */
    static ConversationKey there(ConversationKey here) {
        return new ConversationKey(MA, here.id());
    }

    static List<Reading.Said> said(TestNode node, Actor actor, ConversationKey key) {
        return reading(node).view(actor, key).said();
    }

    static Reading.Said first(TestNode node, Actor actor, ConversationKey key) {
        return said(node, actor, key).get(0);
    }

    static Reading.Said last(TestNode node, Actor actor, ConversationKey key) {
        List<Reading.Said> said = said(node, actor, key);
        return said.get(said.size() - 1);
    }

    static List<ConversationKey> list(TestNode node, Actor actor, SqlLists.View view) {
        return reading(node).list(actor, view, Optional.empty()).stream()
                .map(line -> line.conversation().key())
                .toList();
    }

    /** Begins a conversation of Morocco's with Spain. */
    ConversationKey open(Actor actor, Writing writing) {
        return open(actor, writing, false);
    }

    ConversationKey open(Actor actor, Writing writing, boolean ownUnit) {
        return bureau(morocco)
                .open(actor, Map.of(ES, TREATY), writing.composition(), ownUnit, "")
                .get(0);
    }

    void awaitThere(ConversationKey key, int messages) {
        Eventually.await(
                messages + " messages in Spain",
                () -> sql(spain)
                                .queryForObject(
                                        "select count(*) from bureau.message where conversation = ?",
                                        Integer.class,
                                        key.id().value())
                        == messages);
    }

    /** Of the last message, as Morocco sees it. */
    void awaitDelivery(Actor actor, ConversationKey key, Delivery delivery) {
        Eventually.await("" + delivery, () -> last(morocco, actor, key)
                .delivery()
                .filter(delivery::equals)
                .isPresent());
    }

    static Actor officer(String id, String unit, Permission... permissions) {
        return new Actor(
                Actor.Kind.OFFICER, id, id, Optional.of(unit), Set.of(permissions), Optional.of(Purpose.INVESTIGATION));
    }

    /** Rings now for whatever stayed unread, the bureau's and others'. */
    public static void ring(TestNode node) {
        int unused = node.service(DutyAlarms.class).ring();
    }

    public static List<UnreadAlarm> ringing(TestNode node, Actor actor) {
        return node.service(DutyAlarms.class).ringing(actor);
    }

    public static String takeOn(TestNode node, Actor actor, UUID alarm) {
        return node.service(DutyAlarms.class).acknowledge(actor, alarm);
    }

    /** The conversations of other modules' matters on the sheet of this moment. */
    public static List<String> others(TestNode node, Actor actor) {
        return node.service(Handovers.class).sheet(actor, Duration.ofHours(8)).sections().stream()
                .filter(section -> section.part() == Handover.Part.OTHER)
                .flatMap(section -> section.lines().stream())
                .map(Handover.Line::conversation)
                .toList();
    }

    /** A file under custody. @return its id */
    static String take(TestNode node, Actor actor, String name, String content) {
        return node.service(EvidenceService.class)
                .take(
                        actor,
                        new NewItem(name, "application/pdf", false),
                        new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)))
                .id()
                .toString();
    }

    static String read(TestNode node, Actor actor, ItemId item) throws IOException {
        try (ItemContent content = node.service(EvidenceService.class).view(actor, item)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static ForeignData.OrderForm form(Order.Kind kind, String reason) {
        return new ForeignData.OrderForm(kind, reason, "", "", "", Set.of());
    }

    @Override
    public void close() {
        morocco.close();
        spain.close();
    }
}
