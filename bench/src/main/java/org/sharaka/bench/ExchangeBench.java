package org.sharaka.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.MemberKeys;
import org.sharaka.protocol.roster.Role;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.SignedRoster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** `./sharaka bench exchange`: two nodes in processes of their own, each with a database of its own, and TLS between them. */
@Command(
        name = "exchange",
        mixinStandardHelpOptions = true,
        description = "Measures messages of 4 kB from the outbox of one node to the verified receipt of another.")
public final class ExchangeBench extends BenchCommand {
    static final String KEY_PASSPHRASE = "a passphrase for the bench only";
    private static final MemberId SENDER = new MemberId("ma-ncb");
    private static final MemberId RECEIVER = new MemberId("es-ncb");
    private static final int LETTERS_PER_SECOND = 10;

    @Option(names = "--seconds", defaultValue = "60", description = "of load (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(names = "--senders", defaultValue = "16", description = "threads that send (default: ${DEFAULT-VALUE})")
    private int senders;

    @Option(names = "--pace", defaultValue = "100", description = "messages a second while times are taken")
    private int pace;

    @Option(names = "--letters", defaultValue = "600", description = "until each is shown on the other's page")
    private int letters;

    private final Figures figures = new Figures("exchange");
    private final Map<String, Double> measured = new HashMap<>();
    private final Map<Integer, Long> committed = new HashMap<>();
    private final Map<Integer, Long> seen = new HashMap<>();
    private final SecureRandom random = new SecureRandom();

    @Override
    public Integer call() throws Exception {
        try (TemporaryDirectory place = TemporaryDirectory.create()) {
            measure(place.path());
            publish(figures);
            return 0;
        }
    }

    private void measure(Path directory) throws Exception {
        int senderPort = FreePort.find();
        int receiverPort = FreePort.find();
        found(directory, Map.of(SENDER, senderPort, RECEIVER, receiverPort), random);
        List<String> java = NodeProcess.javaCommand();
        try (NodeChild receiver = NodeChild.start(java, ExchangeNode.class, directory, RECEIVER, receiverPort);
                NodeChild sender = NodeChild.start(java, ExchangeNode.class, directory, SENDER, senderPort)) {
            receiver.awaitReady();
            sender.awaitReady();
            tell(sender, "warm 20 " + senders);
            tell(sender, "bare 10 " + senders);
            Map<String, Double> before = processorSeconds(sender, receiver);
            tell(sender, "load " + seconds + " " + senders);
            Map<String, Double> after = processorSeconds(sender, receiver);
            double sent = measured.getOrDefault("sent", 1.0);
            after.forEach((name, used) -> figures.put(
                    "processor_" + name, (used - before.getOrDefault(name, 0.0)) * 1_000 / sent, "ms/message"));
            tell(sender, "paced " + seconds + " " + pace);
            shown(sender, receiver);
        }
        figures.put(
                "delivered_of_bare_commits",
                measured.getOrDefault("delivered_per_second", 0.0)
                        / measured.getOrDefault("bare_commits_per_second", 1.0),
                "ratio");
    }

    /** From the commit of a letter at one node to the page of the other, left open as an officer leaves it. */
    private void shown(NodeChild sender, NodeChild receiver) throws Exception {
        FutureTask<Void> watching = new FutureTask<>(() -> {
            tell(receiver, "watch " + (letters / LETTERS_PER_SECOND + 60) + " " + letters);
            return null;
        });
        new Thread(watching, "watch").start();
        tell(sender, "letters " + letters / LETTERS_PER_SECOND + " " + LETTERS_PER_SECOND);
        watching.get();
        Latencies latencies = new Latencies();
        committed.forEach((letter, time) -> {
            Long shown = seen.get(letter);
            if (shown != null) latencies.add(Math.max(0, shown - time));
        });
        figures.put("letters", committed.size(), "letters");
        figures.put("letters_not_shown", committed.size() - latencies.count(), "letters");
        latencies.putInto(figures, "shown");
        figures.put("shown_max", latencies.millis(1), "ms");
    }

    /** Notes figures, which come as {@code FIGURE name value unit}, and the times of letters. */
    private void tell(NodeChild node, String what) throws IOException {
        for (String line : node.tell(what)) {
            String[] words = line.split(" ", 4);
            switch (words[0]) {
                case ExchangeNode.COMMITTED -> committed.put(Integer.parseInt(words[1]), Long.parseLong(words[2]));
                case ExchangeNode.SEEN -> seen.put(Integer.parseInt(words[1]), Long.parseLong(words[2]));
                case ExchangeNode.FIGURE -> {
                    measured.put(words[1], Double.parseDouble(words[2]));
                    figures.put(words[1], Double.parseDouble(words[2]), words[3]);
                }
                default -> {} // Java itself warns on standard output.
            }
        }
    }

    /** Of the four processes, in the order in which a message meets them. */
    private static Map<String, Double> processorSeconds(NodeChild sender, NodeChild receiver) throws IOException {
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("sender", sender.processorSeconds());
        seconds.put("sender_database", sender.databaseSeconds());
        seconds.put("receiver", receiver.processorSeconds());
        seconds.put("receiver_database", receiver.databaseSeconds());
        return seconds;
    }

    /** Founds a network of these and lays out what each node joins with. */
    static void found(Path directory, Map<MemberId, Integer> ports, SecureRandom random) throws IOException {
        Instant now = Instant.now().minusSeconds(60);
        List<Member> members = new ArrayList<>();
        List<MemberKeys> keys = new ArrayList<>();
        for (MemberId id : ports.keySet().stream()
                .sorted(Comparator.comparing(MemberId::value))
                .toList()) {
            MemberKeys made =
                    MemberKeys.generate(id, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(300)), random);
            Files.write(directory.resolve(id + ".p12"), made.nodeKeyStore(KEY_PASSPHRASE.toCharArray()));
            keys.add(made);
            String name = "Bureau " + id;
            members.add(made.entry(
                    id,
                    Optional.of(id.value().substring(0, 2).toUpperCase(java.util.Locale.ROOT)),
                    Map.of("ar", name, "en", name, "es", name, "fr", name),
                    Role.BUREAU,
                    List.of(URI.create("https://127.0.0.1:" + ports.get(id)))));
        }
        Roster roster =
                new Roster(1, Optional.empty(), now, now.plus(Duration.ofDays(300)), 30, members.size(), members);
        SignedRoster signed = SignedRoster.unsigned(roster);
        for (int i = 0; i < members.size(); i++)
            signed = signed.sign(members.get(i).id(), keys.get(i).key(KeyUse.ROSTER), new Profile1(random));
        Files.write(directory.resolve("roster.json"), signed.encoded());
        Files.writeString(directory.resolve("pin"), roster.hash().toString());
        Files.writeString(directory.resolve("key-passphrase"), KEY_PASSPHRASE);
    }
}
