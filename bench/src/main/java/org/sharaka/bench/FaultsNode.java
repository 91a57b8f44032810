package org.sharaka.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.sharaka.node.SharakaApplication;
import org.sharaka.node.access.Actor;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.MessageListener;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.PrintedMessages;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.Member;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A whole node of the fault harness, in a process of its own: sends to all others while it lives, keeps what it took in a table that counts
 * repetitions, and has a clock that jumps when it is told to.
 */
final class FaultsNode {
    /** What it took, in the transaction that accepted: a second time would be a second row. */
    private static final String TAKEN = """
            create table if not exists public.bench_taken (
                serial bigserial primary key, sender text not null, id text not null, conversation text not null, sequence bigint not null)
            """;

    private static final String TYPE = "bench.fault";
    private static final int CONVERSATIONS = 4;

    private final ConfigurableApplicationContext context;
    private final ExchangeService exchange;
    private final JdbcTemplate sql;
    private final MovedClock clock;
    private final MemberId us;
    private final PrintStream out;
    private final SecureRandom random = new SecureRandom();
    private volatile boolean sending;

    private FaultsNode(ConfigurableApplicationContext context, MemberId us, PrintStream out) {
        this.context = context;
        this.exchange = context.getBean(ExchangeService.class);
        this.sql = context.getBean(JdbcTemplate.class);
        this.clock = context.getBean(MovedClock.class);
        this.us = us;
        this.out = out;
    }

    /** The machine's clock and so much. */
    static final class MovedClock extends Clock {
        private volatile Duration moved;

        MovedClock(Duration moved) {
            this.moved = moved;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.offset(Clock.system(zone), moved);
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(moved);
        }
    }

    /** What the harness adds to a node. */
    @Configuration(proxyBeanMethods = false)
    static class Additions {
        @Bean
        @Primary
        MovedClock benchClock() {
            return new MovedClock(Duration.ofSeconds(Long.getLong("bench.clock", 0)));
        }

        @Bean
        MessageListener benchListener(JdbcTemplate sql) {
            return new MessageListener() {
                @Override
                public String contentType() {
                    return TYPE;
                }

                @Override
                public int contentFormat() {
                    return 1;
                }

                @Override
                public void take(SignedMessage message) {
                    Position place = message.message().header().position();
                    sql.update(
                            "insert into public.bench_taken (sender, id, conversation, sequence) values (?, ?, ?, ?)",
                            message.message().header().sender().value(),
                            message.reference().id().value(),
                            place.conversation().value(),
                            place.sequence());
                }
            };
        }
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err); // Whatever logs: standard output speaks to the harness.
        Path directory = Path.of(arguments[0]);
        MemberId member = new MemberId(arguments[1]);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(SharakaApplication.class, Additions.class)
                .run(
                        "--sharaka.home=" + arguments[2],
                        "--sharaka.command=false",
                        "--sharaka.console.port=0",
                        "--sharaka.management.port=0",
                        "--sharaka.vault.passphrase-file=" + arguments[3],
                        "--sharaka.exchange.port=" + arguments[4],
                        "--sharaka.exchange.longest-pause=1s",
                        "--sharaka.exchange.patience=3s",
                        "--sharaka.network.look=2s",
                        "--logging.level.root=error");
        try (context) {
            context.getBean(JdbcTemplate.class).execute(TAKEN);
            if (!context.getBean(Rosters.class).joined()) ExchangeNode.join(context, directory, member);
            out.println(ExchangeNode.READY);
            new FaultsNode(context, member, out).obey();
        }
    }

    private void obey() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "send" -> send(Integer.parseInt(words[1]));
                case "halt" -> sending = false;
                case "clock" -> clock.moved = Duration.ofSeconds(Long.parseLong(words[1]));
                case "waiting" -> out.println(waiting());
                case "report" -> report(Path.of(words[1]));
                default -> throw new IllegalArgumentException(line);
            }
            out.println(ExchangeNode.READY);
        }
    }

    /** To each of the others so many a second, until it is halted; what cannot be sent now is no message. */
    private void send(int perSecond) {
        sending = true;
        List<MemberId> others = context.getBean(Rosters.class).current().members().stream()
                .map(Member::id)
                .filter(id -> !id.equals(us))
                .toList();
        for (MemberId other : others) {
            List<ConversationId> conversations = new ArrayList<>();
            for (int i = 0; i < CONVERSATIONS; i++) conversations.add(ConversationId.random(random));
            Thread thread = new Thread(() -> sendTo(other, conversations, perSecond), "bench-send-" + other);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void sendTo(MemberId other, List<ConversationId> conversations, int perSecond) {
        for (int i = 0; sending; i++) {
            try {
                var unused = exchange.send(
                        Actor.system("bench"),
                        Outgoing.of(
                                other,
                                conversations.get(i % CONVERSATIONS),
                                handling(),
                                new Content(
                                        TYPE,
                                        1,
                                        JsonBuilder.object().with("number", i).build())));
                TimeUnit.MILLISECONDS.sleep(1_000 / perSecond);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) { // The database is away: whatever was rolled back was never sent.
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Handling handling() {
        return new Handling(
                us,
                "investigation",
                "coe.ets-185",
                Optional.of("fraud.online"),
                Set.of(HandlingCode.H0),
                Optional.empty(),
                Set.of(),
                clock.instant().plus(Duration.ofDays(120)));
    }

    /** What is not settled yet; -1 while the database is away. */
    private long waiting() {
        try {
            Long waiting = sql.queryForObject("""
                    select (select count(*) from exchange.sent where state in ('WAITING', 'DELIVERED'))
                         + (select count(*) from exchange.received where state = 'HELD')
                         + (select count(*) from exchange.given where given_at is null)
                    """, Long.class);
            return waiting == null ? -1 : waiting;
        } catch (RuntimeException e) {
            return -1;
        }
    }

    /** All that was committed here, for the harness to compare; and what this node can prove by itself. */
    private void report(Path file) throws IOException {
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(file))) {
            sql.query("select id, recipient, state from exchange.sent order by serial", row -> {
                lines.println("SENT\t" + row.getString(1) + "\t" + row.getString(2) + "\t" + row.getString(3) + "\t"
                        + (proved(new MessageId(row.getString(1))) ? "proved" : "unproved"));
            });
            sql.query("select id, sender, conversation, sequence from public.bench_taken order by serial", row -> {
                lines.println("TAKEN\t" + row.getString(1) + "\t" + row.getString(2) + "\t" + row.getString(3) + "\t"
                        + row.getLong(4));
            });
            PrintWriter nobody = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
            int audit =
                    new VerifyAuditCommand().run(new CommandContext(context, nobody, nobody, PrintedMessages.here()));
            lines.println("AUDIT\t" + (audit == 0 ? "sound" : "UNSOUND"));
            lines.println("FINDINGS\t" + sql.queryForObject("select count(*) from network.finding", Long.class));
            lines.println("COSIGNED\t" + sql.queryForObject("select count(*) from network.ours", Long.class));
        }
    }

    private boolean proved(MessageId id) {
        try {
            return !exchange.proved(id).isEmpty();
        } catch (RefusedException e) {
            return false;
        }
    }
}
