package org.sharaka.node.exchange;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.sharaka.node.FreePort;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.AgreementCode;
import org.sharaka.node.agreement.PartyCode;
import org.sharaka.node.agreement.TestAgreements;
import org.sharaka.node.assembly.TestNetwork;
import org.sharaka.node.platform.Eventually;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.roster.Member;
import org.springframework.jdbc.core.JdbcTemplate;

/** A network of invented countries with whole nodes for some of them, and an invented treaty among all. */
final class Peers implements AutoCloseable {
    static final SecureRandom RANDOM = new SecureRandom();
    static final AgreementCode TREATY = new AgreementCode("test.treaty");
    static final Actor OFFICER = Actor.system("test");
    /** Has every permission. */
    static final Actor AMINA = new Actor(
            Actor.Kind.OFFICER,
            "amina",
            "amina",
            Optional.of("cyber"),
            Set.of(Permission.values()),
            Optional.of(Purpose.INVESTIGATION));

    final TestNetwork network;
    private final Map<String, Integer> ports;
    private final Map<String, TestNode> nodes = new TreeMap<>();

    private Peers(TestNetwork network, Map<String, Integer> ports) {
        this.network = network;
        this.ports = ports;
    }

    /** @param collecting countries whose nodes nobody can call */
    static Peers of(List<String> countries, List<String> collecting) {
        Map<String, Integer> ports = new TreeMap<>();
        Map<String, Optional<URI>> endpoints = new TreeMap<>();
        for (String country : countries) {
            ports.put(country, FreePort.find());
            endpoints.put(country, Optional.of(URI.create("https://127.0.0.1:" + ports.get(country))));
        }
        for (String country : collecting) {
            ports.put(country, FreePort.find());
            endpoints.put(country, Optional.empty());
        }
        return new Peers(TestNetwork.of(endpoints), ports);
    }

    static Peers of(String... countries) {
        return of(List.of(countries), List.of());
    }

    static MemberId bureau(String country) {
        return TestNetwork.bureauOf(country);
    }

    /** As the members' list has it. */
    Member member(String country) {
        return network.current().roster().member(bureau(country)).orElseThrow();
    }

    URI endpoint(String country) {
        return URI.create("https://127.0.0.1:" + ports.get(country));
    }

    List<String> settings(String country, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "sharaka.exchange.port=" + ports.get(country),
                "sharaka.exchange.longest-pause=1s",
                "sharaka.exchange.poll=300ms"));
        settings.addAll(List.of(more));
        return settings;
    }

    /** Starts a country's node and waits until it listens. */
    TestNode start(String country, String... more) {
        return ready(country, TestNode.start(settings(country, more).toArray(String[]::new)));
    }

    TestNode ready(String country, TestNode node) {
        nodes.put(country, node);
        network.join(node, country);
        agree(node);
        await("listening", () -> operation(country).listening());
        return node;
    }

    /** A node that joined before. */
    void hold(String country, TestNode node) {
        nodes.put(country, node);
    }

    private void agree(TestNode node) {
        TestAgreements.add(
                node,
                TREATY.value(),
                network.current().roster().members().stream()
                        .map(member -> PartyCode.of(member).value())
                        .toArray(String[]::new));
    }

    TestNode node(String country) {
        return Optional.ofNullable(nodes.get(country)).orElseThrow();
    }

    /** Stops a country's node and its database. */
    void stop(String country) {
        Optional.ofNullable(nodes.remove(country)).orElseThrow().close();
    }

    ExchangeService exchange(String country) {
        return node(country).service(ExchangeService.class);
    }

    Operation operation(String country) {
        return node(country).service(Operation.class);
    }

    /** What the listener of notes took, in its order. */
    List<String> notes(String country) {
        return node(country).service(NoteListener.class).texts();
    }

    JdbcTemplate sql(String country) {
        return node(country).service(JdbcTemplate.class);
    }

    static Handling handling(MemberId originator) {
        return new Handling(
                originator,
                Purpose.INVESTIGATION.code(),
                TREATY.value(),
                Optional.empty(),
                Set.of(HandlingCode.H0),
                Optional.empty(),
                Set.of(),
                Instant.now().plus(Duration.ofDays(200)));
    }

    static Content note(String text) {
        return new Content(
                NoteListener.TYPE, 1, JsonBuilder.object().with("text", text).build());
    }

    static ConversationId conversation() {
        return ConversationId.random(RANDOM);
    }

    static Outgoing outgoing(String from, String to, ConversationId conversation, String text) {
        return Outgoing.of(bureau(to), conversation, handling(bureau(from)), note(text));
    }

    MessageReference send(String from, String to, ConversationId conversation, String text) {
        return exchange(from).send(OFFICER, outgoing(from, to, conversation, text));
    }

    Sent sent(String from, MessageReference message) {
        return exchange(from).sent(message.id()).orElseThrow();
    }

    void awaitState(String from, MessageReference message, Sent.State state) {
        await(message.id() + " " + state, () -> sent(from, message).state() == state);
    }

    /** Waits for what happens by itself; only a node that is stuck takes long. */
    static void await(String what, BooleanSupplier condition) {
        Eventually.await(what, 30, condition);
    }

    static void await(String what, long seconds, BooleanSupplier condition) {
        Eventually.await(what, seconds, condition);
    }

    @Override
    public void close() {
        nodes.values().forEach(TestNode::close);
    }
}
