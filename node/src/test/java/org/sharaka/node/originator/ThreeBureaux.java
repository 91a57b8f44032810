package org.sharaka.node.originator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.sharaka.node.FreePort;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.TestAgreements;
import org.sharaka.node.assembly.TestNetwork;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.platform.Eventually;
import org.sharaka.node.platform.Restores;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageReference;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whole nodes of three countries, bound by one invented treaty: what goes from the first to the second may go on to the third. */
public class ThreeBureaux implements AutoCloseable {
    public static final String TREATY = "test.treaty";
    public static final MemberId MA = TestNetwork.bureauOf("ma");
    public static final MemberId ES = TestNetwork.bureauOf("es");
    public static final MemberId XK = TestNetwork.bureauOf("xk");
    /** A member without a node: it never collects. */
    public static final MemberId AWAY = TestNetwork.bureauOf("xz");

    static final SecureRandom RANDOM = new SecureRandom();

    public final TestNetwork network;
    private final Map<String, TestNode> nodes = new TreeMap<>();
    private final Map<String, Integer> ports = new TreeMap<>();

    public ThreeBureaux(String... settings) {
        this(List.of(MA, ES, XK), settings);
    }

    /** @param running whose nodes run; the others of the three are there and answer nothing */
    ThreeBureaux(List<MemberId> running, String... settings) {
        Map<String, Optional<URI>> endpoints = new TreeMap<>();
        for (String country : List.of("ma", "es", "xk")) {
            ports.put(country, FreePort.find());
            endpoints.put(country, Optional.of(URI.create("https://127.0.0.1:" + ports.get(country))));
        }
        endpoints.put("xz", Optional.empty());
        network = TestNetwork.of(endpoints);
        for (MemberId member : running)
            join(
                    member,
                    TestNode.start(Stream.concat(Stream.of(settings(member)), Stream.of(settings))
                            .toArray(String[]::new)));
    }

    private static String country(MemberId member) {
        return member.value().substring(0, 2);
    }

    /** By which a member's node listens where the roster says. */
    public final String[] settings(MemberId member) {
        return new String[] {"sharaka.exchange.port=" + ports.get(country(member)), "sharaka.exchange.longest-pause=1s"
        };
    }

    /** A node that is new. */
    public final void join(MemberId member, TestNode node) {
        hold(member, node);
        network.join(node, country(member));
        TestAgreements.add(node, TREATY, "MA", "ES", "XK", "XZ");
    }

    /** A node that joined before. */
    public final void hold(MemberId member, TestNode node) {
        nodes.put(country(member), node);
    }

    /** Instead of a member's node a new one that came back from a backup, and never takes in all that Morocco ordered since. */
    public TestNode returned(MemberId member, String... more) {
        stop(member);
        TestNode node = TestNode.start(
                Stream.concat(Stream.of(settings(member)), Stream.of(more)).toArray(String[]::new));
        node.service(Restores.class).note("a backup", Instant.now(), Instant.now());
        int unused = node.service(JdbcTemplate.class)
                .update(
                        "insert into exchange.held (sender, conversation, lane, epoch, sequence, id) values (?, ?, 'CONTROL', 1, 2, ?)",
                        MA.value(),
                        "0".repeat(32),
                        "0".repeat(32));
        join(member, node);
        return node;
    }

    public void stop(MemberId member) {
        Optional.ofNullable(nodes.remove(country(member))).orElseThrow().close();
    }

    public TestNode node(MemberId member) {
        return Optional.ofNullable(nodes.get(country(member))).orElseThrow();
    }

    public ExchangeService exchange(MemberId member) {
        return node(member).service(ExchangeService.class);
    }

    public JdbcTemplate sql(MemberId member) {
        return node(member).service(JdbcTemplate.class);
    }

    /** The files that are handed to a judge. */
    public byte[] proofOf(MemberId member, Actor actor, UUID order) {
        return node(member).service(Proofs.class).ofOrder(actor, order, commands -> String.join("\n", commands));
    }

    public static Actor officer(String id, Permission... permissions) {
        return new Actor(
                Actor.Kind.OFFICER,
                id,
                id,
                Optional.of("Bureau"),
                Set.of(permissions),
                Optional.of(Purpose.INVESTIGATION));
    }

    public static Content text(String text) {
        return new FreeText(Optional.empty(), Words.of("en", text)).toContent();
    }

    public static Handling handling(MemberId originator, HandlingCode... codes) {
        return new Handling(
                originator,
                Purpose.INVESTIGATION.code(),
                TREATY,
                Optional.empty(),
                Set.of(codes),
                Set.of(codes).contains(HandlingCode.H3) ? Optional.of("Not before the trial.") : Optional.empty(),
                Set.of(),
                Instant.now().plus(Duration.ofDays(200)));
    }

    /** Sends and waits until it was taken in. */
    public MessageReference send(
            MemberId from, MemberId to, Handling handling, Content content, Optional<SignedData> onward) {
        return send(from, to, handling, content, onward, Lane.ORDINARY);
    }

    public MessageReference send(
            MemberId from, MemberId to, Handling handling, Content content, Optional<SignedData> onward, Lane lane) {
        MessageReference sent = exchange(from)
                .send(
                        Actor.system("test"),
                        new Outgoing(
                                to,
                                ConversationId.random(RANDOM),
                                lane,
                                handling,
                                Optional.empty(),
                                content,
                                List.of(),
                                onward,
                                Optional.empty()));
        Eventually.await("an answer to " + sent.id(), () -> Set.of(Sent.State.ACCEPTED, Sent.State.REFUSED)
                .contains(exchange(from).sent(sent.id()).orElseThrow().state()));
        return sent;
    }

    public void everyActIsEntered(MemberId... members) throws Exception {
        for (MemberId member : members) {
            StringWriter told = new StringWriter();
            assertThat(node(member).run(new VerifyAuditCommand(), told))
                    .as(told.toString())
                    .isZero();
        }
    }

    @Override
    public void close() {
        nodes.values().forEach(TestNode::close);
    }
}
