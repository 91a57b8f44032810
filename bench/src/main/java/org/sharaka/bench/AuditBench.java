package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.sharaka.exercise.DemoNode;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.AuditProofs;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.protocol.tree.TreeHead;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `./sharaka bench audit`: the record of a node, filled, proved to others and verified. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        description = "Measures the record: entries a second, proofs, verify-audit of a million entries.")
public final class AuditBench extends BenchCommand {
    private static final int AT_ONCE = 100;
    private static final int FILLED_AT_ONCE = 5_000;
    private static final Actor ACTOR = Actor.system("bench");

    @Option(names = "--entries", defaultValue = "1000000", description = "on record (default: ${DEFAULT-VALUE})")
    private int entries;

    @Option(
            names = "--transactions",
            defaultValue = "400",
            description = "of a hundred entries each (default: ${DEFAULT-VALUE})")
    private int transactions;

    @Option(names = "--proofs", defaultValue = "500", description = "of each kind (default: ${DEFAULT-VALUE})")
    private int proofs;

    @Option(names = "--seed", defaultValue = "1", description = "of what is proved (default: ${DEFAULT-VALUE})")
    private long seed;

    private final Figures figures = new Figures("audit");

    @Override
    public Integer call() throws Exception {
        PrintWriter out = out();
        try (TemporaryDirectory place = TemporaryDirectory.create()) {
            Path directory = place.path();
            Path home = directory.resolve("home");
            try (DemoNode node = DemoNode.start(Optional.of(home), 0, "logging.level.root=warn")) {
                enter(node);
                prove(node);
            }
            boolean sound = verify(home, directory, out);
            publish(figures);
            return sound ? 0 : 1;
        }
    }

    /** Each transaction waits for its own fsync, as an act does. */
    private void enter(DemoNode node) {
        AuditTrail audit = node.service(AuditTrail.class);
        var transaction = new TransactionTemplate(node.service(PlatformTransactionManager.class));
        List<AuditTrail.Deed> hundred = deeds(AT_ONCE);
        figures.put(
                "entered_by_the_hundred",
                rate(() -> transaction.executeWithoutResult(status -> audit.enterAll(ACTOR, hundred))),
                "entries/s");
        figures.put(
                "entered_one_by_one",
                rate(() -> transaction.executeWithoutResult(
                        status -> hundred.forEach(deed -> audit.enterAll(ACTOR, List.of(deed))))),
                "entries/s");
    }

    /** The first transaction is not counted. */
    private double rate(Runnable hundred) {
        hundred.run();
        long begun = System.nanoTime();
        for (int i = 0; i < transactions; i++) hundred.run();
        return transactions * AT_ONCE / ((System.nanoTime() - begun) / 1e9);
    }

    private void prove(DemoNode node) {
        AuditTrail audit = node.service(AuditTrail.class);
        AuditProofs proved = node.service(AuditProofs.class);
        var transaction = new TransactionTemplate(node.service(PlatformTransactionManager.class));
        List<EntryId> entered = new ArrayList<>();
        List<AuditTrail.Deed> many = deeds(FILLED_AT_ONCE);
        while (entered.size() < entries)
            entered.addAll(Optional.ofNullable(transaction.execute(status -> audit.enterAll(ACTOR, many)))
                    .orElseThrow());
        TreeHead head = inPlace(proved, entered.get(entered.size() - 1));
        var random = new Random(seed);
        var inclusion = new Latencies();
        for (int i = 0; i < proofs; i++) {
            EntryId one = entered.get(random.nextInt(entries));
            long begun = System.nanoTime();
            if (proved.entry(one, head).isEmpty()) throw new IllegalStateException("no proof of " + one);
            inclusion.add(System.nanoTime() - begun);
        }
        inclusion.putInto(figures, "inclusion_proof");
        var consistency = new Latencies();
        for (int i = 0; i < proofs; i++) {
            long begun = System.nanoTime();
            var unused = proved.consistency(1 + random.nextInt(entries), head.size());
            consistency.add(System.nanoTime() - begun);
        }
        consistency.putInto(figures, "consistency_proof");
    }

    /** The sequencer gives entries their places behind our back. */
    private static TreeHead inPlace(AuditProofs proofs, EntryId last) {
        while (true) {
            TreeHead head = proofs.head();
            if (proofs.entry(last, head).isPresent()) return head;
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    private boolean verify(Path home, Path directory, PrintWriter out) throws IOException, InterruptedException {
        var verified = new Administrator(home, directory, out).run("verify-audit", "--home", home.toString());
        figures.put("verify_audit", verified.seconds(), "s");
        out.print(verified.printed());
        return verified.status() == 0;
    }

    private static List<AuditTrail.Deed> deeds(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> AuditTrail.Deed.done("bench.act", "message/" + UUID.randomUUID()))
                .toList();
    }
}
