package org.sharaka.node.network;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.sharaka.node.assembly.Learned;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.assembly.TestNetwork;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.Roster;
import org.springframework.jdbc.core.JdbcTemplate;

/** One node among members whom nobody reaches; one of them brought a record that does not add up, and signed two rosters of one number. Their list ends soon. */
public final class NetworkFixture implements AutoCloseable {
    public static final MemberId LIAR = TestNetwork.bureauOf("xk");

    public final TestNode node;
    public final TestNetwork network;

    public NetworkFixture(String... settings) {
        Map<String, Optional<URI>> endpoints = new TreeMap<>();
        // Port 9 (discard): nobody listens there.
        endpoints.put("es", Optional.of(URI.create("https://127.0.0.1:9")));
        for (String country : new String[] {"ma", "xk"}) endpoints.put(country, Optional.empty());
        network = TestNetwork.of(endpoints, Duration.ofDays(20));
        node = TestNode.start(settings);
        network.join(node, "ma");
        Member liar = network.current().roster().member(LIAR).orElseThrow();
        HeadWatch watch = node.service(HeadWatch.class);
        SeenLog unused =
                watch.brought(liar, new PlayedLog("abcde", network.keys(LIAR).log()).shown());
        try {
            SeenLog never =
                    watch.brought(liar, new PlayedLog("abc", network.keys(LIAR).log()).shown());
            throw new AssertionError(never);
        } catch (RefusedException e) {
            // It is a finding now.
        }
        Roster next = network.next(UnaryOperator.identity());
        Roster other = new Roster(
                next.version(),
                next.previous(),
                next.issued(),
                next.expires(),
                next.graceDays() + 1,
                next.threshold(),
                next.members());
        Rosters rosters = node.service(Rosters.class);
        Learned first = rosters.learn(
                network.signedBy(next, TestNetwork.bureauOf("ma"), LIAR).encoded(), Optional.of(LIAR));
        Learned second = rosters.learn(
                network.signedBy(other, TestNetwork.bureauOf("es"), LIAR).encoded(), Optional.of(LIAR));
        if (!first.isNew() || second.isNew()) throw new AssertionError(second);
    }

    /**
     * As if a message of the liar's waited for one that it never sent.
     *
     * @param digit one of its own for each
     * @param ago since when, for PostgreSQL
     */
    public void behindAGap(String digit, String ago) {
        JdbcTemplate sql = node.service(JdbcTemplate.class);
        String id = digit.repeat(32);
        int unused = sql.update("""
                insert into exchange.received (sender, id, hash, keyed_hash, conversation, lane, epoch, sequence, received_at, state)
                values (?, ?, decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'), ?, 'ORDINARY', 1, 2,
                    now() - ?::interval, 'HELD')
                """, LIAR.value(), id, id, ago);
        unused = sql.update("""
                insert into exchange.held (sender, conversation, lane, epoch, sequence, id) values (?, ?, 'ORDINARY', 1, 2, ?)
                """, LIAR.value(), id, id);
    }

    @Override
    public void close() {
        node.close();
    }
}
