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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sharaka.exercise.DemoNode;
import org.sharaka.exercise.OfficerBrowser;
import org.sharaka.node.SharakaApplication;
import org.sharaka.node.access.Actor;
import org.sharaka.node.assembly.MemberCommand;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.MessageAnswered;
import org.sharaka.node.exchange.MessageListener;
import org.sharaka.node.exchange.MessagesAnswered;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.PrintedMessages;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.message.SignedMessage;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import picocli.CommandLine;

/** A whole node of the exchange bench, in a process of its own: joins, then does what it is told on standard input. */
final class ExchangeNode {
    static final String READY = "READY";
    static final String FIGURE = "FIGURE";
    /** Followed by a letter's number and a time: when it was committed here, or seen on the page here. Both clocks are this machine's. */
    static final String COMMITTED = "COMMITTED";

    static final String SEEN = "SEEN";
    private static final String TYPE = "bench.note";
    private static final int CONTENT_BYTES = 4_000;
    private static final int CONVERSATIONS = 64;
    private static final int OUTSTANDING = 2_000;

    private static final Pattern LETTER = Pattern.compile(">letter ([0-9]+)<");
    /** As often as the page's script looks, see templates/bureau/list.html. */
    private static final int LOOK_MILLIS = 700;

    private final ConfigurableApplicationContext context;
    private final ExchangeService exchange;
    private final JdbcTemplate sql;
    private final SecureRandom random = new SecureRandom();
    private final Answers answers;
    private final MemberId us;
    private final MemberId peer;
    private final PrintStream out;
    private final List<ConversationId> conversations = new ArrayList<>();

    private ExchangeNode(ConfigurableApplicationContext context, MemberId us, PrintStream out) {
        this.context = context;
        this.exchange = context.getBean(ExchangeService.class);
        this.sql = context.getBean(JdbcTemplate.class);
        this.answers = context.getBean(Answers.class);
        this.us = us;
        this.peer = new MemberId(us.value().equals("ma-ncb") ? "es-ncb" : "ma-ncb");
        this.out = out;
        for (int i = 0; i < CONVERSATIONS; i++) conversations.add(ConversationId.random(random));
    }

    /** What the bench adds to a node: a module that takes its messages, and one that counts receipts. */
    @Configuration(proxyBeanMethods = false)
    static class Additions {
        @Bean
        MessageListener benchListener() {
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
                public void take(SignedMessage message) {}
            };
        }

        @Bean
        Answers benchAnswers() {
            return new Answers();
        }
    }

    /** Verified receipts, counted once they are committed. */
    static final class Answers {
        private final Map<MessageId, Long> delivered = new ConcurrentHashMap<>();
        private final Map<MessageId, Long> accepted = new ConcurrentHashMap<>();
        private final AtomicLong deliveries = new AtomicLong();
        private final AtomicLong acceptances = new AtomicLong();
        private final Semaphore room = new Semaphore(OUTSTANDING);

        @EventListener
        void answered(MessagesAnswered answered) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    long now = System.nanoTime();
                    for (MessageAnswered answer : answered.answers()) count(answer, now);
                }
            });
        }

        private void count(MessageAnswered answer, long now) {
            if (answer.state() == Receipt.State.DELIVERED) {
                delivered.put(answer.id(), now);
                deliveries.incrementAndGet();
                room.release();
            }
            if (answer.state() == Receipt.State.ACCEPTED) {
                accepted.put(answer.id(), now);
                acceptances.incrementAndGet();
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err); // Whatever logs: standard output speaks to the bench.
        Path directory = Path.of(arguments[0]);
        MemberId member = new MemberId(arguments[1]);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(SharakaApplication.class, Additions.class)
                .run(
                        "--sharaka.home=" + arguments[2],
                        "--sharaka.command=false",
                        "--sharaka.demo=true",
                        "--sharaka.console.port=0",
                        "--sharaka.management.port=0",
                        "--sharaka.vault.passphrase-file=" + arguments[3],
                        "--sharaka.exchange.port=" + arguments[4],
                        "--sharaka.exchange.messages-per-day=1000000000",
                        "--logging.level.root=warn");
        try (context) {
            join(context, directory, member);
            out.println(READY);
            new ExchangeNode(context, member, out).obey();
        }
    }

    static void join(ConfigurableApplicationContext context, Path directory, MemberId member) throws IOException {
        MemberCommand.Join join = new MemberCommand.Join();
        new CommandLine(join)
                .parseArgs(
                        "--keys",
                        directory.resolve(member + ".p12").toString(),
                        "--passphrase-file",
                        directory.resolve("key-passphrase").toString(),
                        "--roster",
                        directory.resolve("roster.json").toString(),
                        "--pin",
                        Files.readString(directory.resolve("pin")));
        PrintWriter nobody = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int status = join.run(new CommandContext(context, nobody, nobody, PrintedMessages.here()));
        if (status != 0) throw new IllegalStateException("the node did not join");
    }

    private void obey() throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            int seconds = Integer.parseInt(words[1]);
            int number = Integer.parseInt(words[2]);
            switch (words[0]) {
                case "warm" -> load(seconds, number, "warm_");
                case "bare" -> bareCommits(seconds, number);
                case "load" -> load(seconds, number, "");
                case "paced" -> paced(seconds, number);
                case "letters" -> letters(seconds, number);
                case "watch" -> watch(seconds, number);
                default -> throw new IllegalArgumentException(line);
            }
            out.println(READY);
        }
    }

    private void figure(String name, double value, String unit) {
        out.println(FIGURE + " " + name + " " + value + " " + unit);
    }

    static Handling handling(MemberId us) {
        return new Handling(
                us,
                "investigation",
                "coe.ets-185",
                Optional.of("fraud.online"),
                Set.of(HandlingCode.H0),
                Optional.empty(),
                Set.of(),
                Instant.now().plus(Duration.ofDays(60)));
    }

    private Outgoing message(int number) {
        String text = String.format("%08d", number) + "x".repeat(CONTENT_BYTES - 8);
        return Outgoing.of(
                peer,
                conversations.get(number % CONVERSATIONS),
                handling(us),
                new Content(TYPE, 1, JsonBuilder.object().with("text", text).build()));
    }

    /** As fast as receipts come back, with so many under way at most. */
    private void load(int seconds, int threads, String prefix) throws InterruptedException {
        AtomicInteger sent = new AtomicInteger();
        long before = answers.deliveries.get();
        long acceptedBefore = answers.acceptances.get();
        long begun = System.nanoTime();
        long end = begun + TimeUnit.SECONDS.toNanos(seconds);
        run(threads, () -> {
            while (System.nanoTime() - end < 0) {
                answers.room.acquireUninterruptibly();
                exchange.send(Actor.system("bench"), message(sent.incrementAndGet()));
            }
        });
        long delivered = answers.deliveries.get() - before;
        double loaded = (System.nanoTime() - begun) / 1e9;
        while (answers.acceptances.get() - acceptedBefore < sent.get()) Thread.sleep(5);
        double whole = (System.nanoTime() - begun) / 1e9;
        figure(prefix + "sent", sent.get(), "messages");
        figure(prefix + "delivered_per_second", delivered / loaded, "messages/s");
        figure(prefix + "accepted_per_second", sent.get() / whole, "messages/s");
    }

    /** One row of 4 kB a transaction, nothing else: what this disk and database let anybody do. */
    private void bareCommits(int seconds, int threads) throws InterruptedException {
        sql.execute("create table if not exists public.bench_commit (id bigserial primary key, body bytea not null)");
        byte[] body = new byte[CONTENT_BYTES];
        new SecureRandom().nextBytes(body);
        AtomicLong commits = new AtomicLong();
        long begun = System.nanoTime();
        long end = begun + TimeUnit.SECONDS.toNanos(seconds);
        run(threads, () -> {
            while (System.nanoTime() - end < 0) {
                sql.update("insert into public.bench_commit (body) values (?)", (Object) body);
                commits.incrementAndGet();
            }
        });
        figure("bare_commits_per_second", commits.get() / ((System.nanoTime() - begun) / 1e9), "commits/s");
        sql.execute("drop table public.bench_commit");
    }

    private static void run(int threads, Runnable work) throws InterruptedException {
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(work, "bench-" + i);
            // What one thread did not send the others would wait for without end: no figure is better than a wrong one.
            thread.setUncaughtExceptionHandler((failed, why) -> {
                why.printStackTrace(System.err);
                Runtime.getRuntime().halt(1);
            });
            running.add(thread);
            thread.start();
        }
        for (Thread thread : running) thread.join();
    }

    /** At a pace, whether or not the last one has come back; times are from the commit of the outbox on. */
    private void paced(int seconds, int perSecond) throws InterruptedException {
        Map<MessageId, Long> committed = new ConcurrentHashMap<>();
        int many = seconds * perSecond;
        long begun = System.nanoTime();
        AtomicInteger next = new AtomicInteger();
        run(4, () -> {
            for (int i = next.getAndIncrement(); i < many; i = next.getAndIncrement()) {
                long due = begun + i * 1_000_000_000L / perSecond;
                for (long now = System.nanoTime(); now - due < 0; now = System.nanoTime())
                    LockSupport.parkNanos(due - now);
                MessageId id = exchange.send(Actor.system("bench"), message(i)).id();
                committed.put(id, System.nanoTime());
            }
        });
        while (!answers.accepted.keySet().containsAll(committed.keySet())) Thread.sleep(20);
        answers.room.drainPermits();
        answers.room.release(OUTSTANDING);
        tell(committed, answers.delivered, "paced_delivered");
        tell(committed, answers.accepted, "paced_accepted");
    }

    /** Letters that begin a conversation each, at a pace; tells when each was committed. */
    private void letters(int seconds, int perSecond) {
        long begun = System.nanoTime();
        for (int i = 0; i < seconds * perSecond; i++) {
            // Not in step with whoever looks.
            LockSupport.parkNanos(begun
                    + i * 1_000_000_000L / perSecond
                    + random.nextInt(1_000_000_000 / perSecond)
                    - System.nanoTime());
            Content letter = new FreeText(Optional.of("letter " + i), Words.of("en", "For the bench.")).toContent();
            MessageId unused = exchange.send(
                            Actor.system("bench"),
                            Outgoing.of(peer, ConversationId.random(random), handling(us), letter))
                    .id();
            out.println(COMMITTED + " " + i + " " + System.nanoTime());
        }
    }

    /** What the script of an officer's page does that is left open, until so many letters were seen. */
    private void watch(int seconds, int letters) throws InterruptedException {
        OfficerBrowser officer = DemoNode.dutyOfficer(context);
        Set<String> seen = new HashSet<>();
        String mark = "";
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (seen.size() < letters && System.nanoTime() - end < 0) {
            String news = officer.page("/bureau/news").body();
            if (!news.equals(mark)) {
                String page = officer.page("/bureau?view=ALL").body();
                long now = System.nanoTime();
                Matcher letter = LETTER.matcher(page);
                while (letter.find())
                    if (seen.add(letter.group(1))) out.println(SEEN + " " + letter.group(1) + " " + now);
                mark = news;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void tell(Map<MessageId, Long> from, Map<MessageId, Long> to, String name) {
        Latencies latencies = new Latencies();
        from.forEach((id, begun) -> latencies.add(Math.max(0, to.getOrDefault(id, begun) - begun)));
        for (double part : List.of(0.5, 0.95, 0.99))
            figure(name + "_p" + Math.round(part * 100), latencies.millis(part), "ms");
    }
}
