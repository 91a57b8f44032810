package org.sharaka.node.bureau;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.sharaka.node.FreePort;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.TestAgreements;
import org.sharaka.node.assembly.TestNetwork;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.MemberId;
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

    /** Waits for what happens by itself; only a node that is stuck takes long. */
    public static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) throw new AssertionError("did not happen: " + what);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        morocco.close();
        spain.close();
    }
}
