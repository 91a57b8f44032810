package org.sharaka.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.SharakaApplication;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.backup.BackupCommand;
import org.sharaka.node.exchange.MessageListener;
import org.sharaka.node.exchange.MessagesAnswered;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.PrintedMessages;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.message.SignedMessage;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import picocli.CommandLine;

/**
 * A whole node of the fault harness, in a process of its own: sends to all others while it lives, keeps what it took in a table that counts
 * repetitions, and has a clock that jumps when it is told to.
 */
final class FaultsNode {
    static final String TYPE = "bench.fault";
    static final String SHARED_MEGABYTES = "64";
    static final String OK = "ok";

    /** What it took, in the transaction that accepted: a second time would be a second row. Of no module, so in no backup. */
    private static final String TAKEN = """
            create table public.bench_taken (serial bigserial primary key, sender text not null, id text not null,
                conversation text not null, epoch bigint not null, sequence bigint not null)
            """;

    private static final String TAKE =
            "insert into public.bench_taken (sender, id, conversation, epoch, sequence) values (?, ?, ?, ?, ?)";

    private final ConfigurableApplicationContext context;
    private final JdbcTemplate sql;
    private final MovedClock clock;
    private final FaultsSender sender;
    private final PrintStream out;
    private @Nullable Thread backup;
    private volatile String backed = "nothing was asked";

    private FaultsNode(ConfigurableApplicationContext context, Path directory, MemberId us, PrintStream out)
            throws IOException {
        this.context = context;
        this.sql = context.getBean(JdbcTemplate.class);
        this.clock = context.getBean(MovedClock.class);
        this.sender = new FaultsSender(context, directory, us);
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
        FaultsJournal benchJournal() throws IOException {
            return new FaultsJournal(Path.of(System.getProperty("bench.journal")));
        }

        @Bean
        Answers benchAnswers(FaultsJournal journal) {
            return new Answers(journal);
        }

        @Bean
        MessageListener benchListener(JdbcTemplate sql, FaultsJournal journal) {
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
                            TAKE,
                            message.message().header().sender().value(),
                            message.reference().id().value(),
                            place.conversation().value(),
                            place.epoch(),
                            place.sequence());
                    journal.note(
                            FaultsJournal.Deed.TAKEN,
                            message.reference().id(),
                            message.message().header().sender());
                }
            };
        }
    }

    /** Writes down what had reached its recipient, and what that refused. */
    static final class Answers {
        private final FaultsJournal journal;

        Answers(FaultsJournal journal) {
            this.journal = journal;
        }

        private static FaultsJournal.Deed deed(Receipt.State state) {
            return state == Receipt.State.REFUSED ? FaultsJournal.Deed.REFUSED : FaultsJournal.Deed.ANSWERED;
        }

        @EventListener
        void answered(MessagesAnswered answered) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    answered.answers().forEach(answer -> journal.note(deed(answer.state()), answer.id(), answer.by()));
                }
            });
        }
    }

    /** @param arguments the harness's directory, the member, its home, file of its passphrase, port, the database's programs */
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
                        "--sharaka.database.binaries=" + arguments[5],
                        "--sharaka.database.shared-buffers-megabytes=" + SHARED_MEGABYTES,
                        "--sharaka.exchange.longest-pause=1s",
                        "--sharaka.exchange.patience=3s",
                        "--sharaka.network.look=2s",
                        "--logging.level.root=error");
        try (context) {
            prepareTaken(context.getBean(JdbcTemplate.class), takenAtBackup(directory, member));
            if (!context.getBean(Rosters.class).joined()) ExchangeNode.join(context, directory, member);
            FaultsNode node = new FaultsNode(context, directory, member, out);
            out.println(ExchangeNode.READY);
            node.obey();
        }
    }

    /** Where the rows lie that belong to the backup from which the node comes back. */
    static Path takenAtBackup(Path directory, MemberId member) {
        return directory.resolve("taken-" + member);
    }

    /**
     * Makes the table of what was taken. After a return it gets the rows that it had at the backup: those of messages that the node, as it
     * came back, holds for accepted. One that it holds for accepted and that has no row was never taken: the report tells.
     */
    private static void prepareTaken(JdbcTemplate sql, Path rows) throws IOException {
        if (sql.queryForObject("select to_regclass('public.bench_taken')", String.class) != null) return;
        List<Object[]> known = new java.util.ArrayList<>();
        if (Files.exists(rows))
            for (String line : Files.readAllLines(rows)) {
                String[] words = line.split("\t", -1);
                known.add(new Object[] {
                    words[0], words[1], words[2], Long.valueOf(words[3]), Long.valueOf(words[4]), words[0], words[1]
                });
            }
        sql.execute(TAKEN);
        int[] unused = sql.batchUpdate("""
                insert into public.bench_taken (sender, id, conversation, epoch, sequence) select ?, ?, ?, ?, ?
                where exists (select from exchange.received where sender = ? and id = ? and state = 'ACCEPTED')
                """, known);
    }

    private void obey() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 3);
            switch (words[0]) {
                case "send" -> sender.send(Integer.parseInt(words[1]));
                case "halt" -> sender.halt();
                case "last" -> out.println(sender.last());
                case "probe" -> out.println(sender.probe());
                case "duplicate" -> out.println(sender.duplicate());
                case "reorder" -> out.println(sender.reorder());
                case "refused" -> out.println(sender.refusedForWantOfRoom());
                case "log" -> newLogs();
                case "clock" -> clock.moved = Duration.ofSeconds(Long.parseLong(words[1]));
                case "waiting" -> out.println(waiting());
                case "looking" -> out.println(count("select count(*) from originator.taken where look_at is not null"));
                case "backup" -> beginBackup(Path.of(words[1]), Path.of(words[2]));
                case "backed" -> out.println(endBackup());
                case "report" -> new FaultsReport(context).write(Path.of(words[1]));
                default -> throw new IllegalArgumentException(line);
            }
            out.println(ExchangeNode.READY);
        }
    }

    /** Lets the database begin new files of its log until it finds no room for one, and ends itself. */
    private void newLogs() {
        try {
            for (int i = 0; i < 100; i++)
                sql.execute("select pg_logical_emit_message(true, 'bench', 'x'), pg_switch_wal()");
        } catch (RuntimeException e) {
            // That is what was asked for.
        }
    }

    /**
     * {@code ./sharaka backup}, meanwhile.
     *
     * @param taken where to write what was taken until then, and a little longer
     */
    private void beginBackup(Path to, Path taken) {
        backed = "it has not ended";
        Thread thread = new Thread(() -> backed = backUp(to, taken), "bench-backup");
        thread.setDaemon(true);
        backup = thread;
        thread.start();
    }

    private String backUp(Path to, Path taken) {
        try {
            BackupCommand command = new BackupCommand();
            new CommandLine(command).parseArgs("--out", to.toString());
            PrintWriter nobody = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
            int status = command.run(new CommandContext(context, nobody, nobody, PrintedMessages.here()));
            if (status != 0) return "status " + status;
            List<String> rows = sql.query(
                    "select * from public.bench_taken order by serial",
                    (row, i) -> row.getString("sender") + "\t" + row.getString("id") + "\t"
                            + row.getString("conversation") + "\t" + row.getLong("epoch") + "\t"
                            + row.getLong("sequence"));
            Files.write(taken, rows);
            return OK;
        } catch (RuntimeException | IOException e) {
            return e.toString().replaceAll("\\s+", " ");
        }
    }

    private String endBackup() {
        Thread thread = backup;
        try {
            if (thread != null) thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return backed;
    }

    /** What is not settled yet; -1 while the database is away. */
    private long waiting() {
        return count("""
                select (select count(*) from exchange.sent where state in ('WAITING', 'DELIVERED'))
                     + (select count(*) from exchange.waiting)
                     + (select count(*) from exchange.received where state = 'HELD')
                     + (select count(*) from exchange.given where given_at is null)
                     + (select count(*) from originator.given g where not exists (
                        select from originator.given_answer a where a.given = g.id and a.holder = g.recipient))
                """);
    }

    private long count(String query) {
        try {
            Long rows = sql.queryForObject(query, Long.class);
            return rows == null ? -1 : rows;
        } catch (RuntimeException e) {
            return -1;
        }
    }
}
