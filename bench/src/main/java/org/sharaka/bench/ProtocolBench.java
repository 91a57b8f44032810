package org.sharaka.bench;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.FileKey;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.file.FileSealer;
import org.sharaka.protocol.json.JsonValue;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.RosterReference;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.MemberKeys;
import org.sharaka.protocol.roster.Role;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.roster.SignedRoster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * `./sharaka bench protocol`: what messages and chunks cost. Rates are per second of one thread's processor time, since the
 * machine is shared; the best of five rounds behind two seconds of warm-up.
 */
@Command(
        name = "protocol",
        mixinStandardHelpOptions = true,
        description = "Measures signing, sealing and opening of messages, and file chunks.")
public final class ProtocolBench extends BenchCommand {
    private static final MemberId SENDER = new MemberId("xs-ncb");
    private static final MemberId RECIPIENT = new MemberId("xb-ncb");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long WARM_UP_NANOS = 2_000_000_000L;
    private static final long ROUND_NANOS = 1_000_000_000L;
    private static final int ROUNDS = 5;

    @Option(
            names = "--text",
            defaultValue = "4096",
            description = "characters of a message (default: ${DEFAULT-VALUE})")
    private int text = 4_096;

    @Option(names = "--file-mb", defaultValue = "1024", description = "size of the file (default: ${DEFAULT-VALUE})")
    private int fileMegabytes = 1_024;

    private final SecureRandom random = new SecureRandom();
    private final Profile1 profile = new Profile1(random);
    private final Instant now = Instant.now();
    private final MemberKeys sender = keys(SENDER);
    private final MemberKeys recipient = keys(RECIPIENT);

    @Override
    public Integer call() throws IOException {
        Figures figures = new Figures("protocol");
        messages(figures);
        file(figures);
        publish(figures);
        return 0;
    }

    private MemberKeys keys(MemberId id) {
        return MemberKeys.generate(id, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(300)), random);
    }

    private void messages(Figures figures) {
        RosterHistory rosters = rosters();
        Message message = message(rosters.current());
        OwnKey signing = sender.key(KeyUse.SIGNING);
        Certificate sealing = recipient.key(KeyUse.SEALING).certificate();
        List<OwnKey> ours = List.of(recipient.key(KeyUse.SEALING));
        SignedMessage signed = SignedMessage.sign(message, signing, profile);
        SealedMessage sealed = SealedMessage.seal(signed, sealing, profile);
        byte[] wire = sealed.encoded();
        Reader reader = new Reader(profile, rosters);
        figures.put("wire_bytes", wire.length, "bytes");
        figures.put("sign", rate(() -> SignedMessage.sign(message, signing, profile)), "per_cpu_s");
        figures.put("verify", rate(() -> reader.verifyKept(signed.signed().der())), "per_cpu_s");
        figures.put("seal", rate(() -> SealedMessage.seal(signed, sealing, profile)), "per_cpu_s");
        figures.put(
                "sign_and_seal",
                rate(() -> SealedMessage.seal(SignedMessage.sign(message, signing, profile), sealing, profile)),
                "per_cpu_s");
        figures.put(
                "open_and_verify",
                rate(() -> reader.open(SealedMessage.parse(wire), RECIPIENT, ours, now)),
                "per_cpu_s");
    }

    private RosterHistory rosters() {
        Map<String, String> names = Map.of("ar", "مكتب", "en", "Bureau", "es", "Oficina", "fr", "Bureau");
        Roster roster = new Roster(
                1,
                Optional.empty(),
                now.minus(Duration.ofHours(1)),
                now.plus(Duration.ofDays(200)),
                30,
                2,
                List.of(
                        recipient.entry(
                                RECIPIENT,
                                Optional.of("XB"),
                                names,
                                Role.BUREAU,
                                List.of(URI.create("https://xb.example/"))),
                        sender.entry(
                                SENDER,
                                Optional.of("XS"),
                                names,
                                Role.BUREAU,
                                List.of(URI.create("https://xs.example/")))));
        SignedRoster signed = SignedRoster.unsigned(roster)
                .sign(SENDER, sender.key(KeyUse.ROSTER), profile)
                .sign(RECIPIENT, recipient.key(KeyUse.ROSTER), profile);
        return RosterHistory.found(signed, roster.hash(), now);
    }

    private Message message(Roster roster) {
        Header header = new Header(
                MessageId.random(random),
                SENDER,
                RECIPIENT,
                now,
                now.plus(Duration.ofDays(30)),
                new Position(ConversationId.random(random), Lane.ORDINARY, 1, 1),
                RosterReference.to(roster));
        Handling handling = new Handling(
                SENDER,
                "investigation",
                "budapest-2001",
                Optional.of("fraud"),
                Set.of(),
                Optional.empty(),
                Set.of(),
                now.plus(Duration.ofDays(365)));
        return Message.of(
                header,
                handling,
                new Content("text", 1, JsonObject.of(Map.of("text", JsonValue.of("a".repeat(text))))));
    }

    private void file(Figures figures) throws IOException {
        FileKey key = FileKey.random(random);
        long size = (long) fileMegabytes << 20;
        long[] opening = {0};
        // One chunk's worth first, so that the compiler has seen the code.
        new FileSealer(profile)
                .seal(
                        new Pattern(64L << 20),
                        key,
                        "warm.bin",
                        "application/octet-stream",
                        (place, chunk) -> profile.openUnder(chunk, key));
        Memory.reset();
        long begun = cpuNanos();
        FileManifest manifest = new FileSealer(profile)
                .seal(new Pattern(size), key, "disk.img", "application/octet-stream", (place, chunk) -> {
                    long from = cpuNanos();
                    if (profile.openUnder(chunk, key).length == 0) throw new IllegalStateException("an empty chunk");
                    opening[0] += cpuNanos() - from;
                });
        long sealing = cpuNanos() - begun - opening[0];
        figures.put("file_chunks", manifest.chunks().size(), "chunks");
        figures.put("chunk_seal", fileMegabytes / (sealing / 1e9), "MB_per_cpu_s");
        figures.put("chunk_open", fileMegabytes / (opening[0] / 1e9), "MB_per_cpu_s");
        figures.put("heap_peak", Memory.peakHeapBytes() / (double) (1 << 20), "MB");
        figures.put("heap_limit", Runtime.getRuntime().maxMemory() / (double) (1 << 20), "MB");
    }

    private static double rate(Callable<?> work) {
        long warm = cpuNanos();
        while (cpuNanos() - warm < WARM_UP_NANOS) run(work);
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long count = 0;
            long from = cpuNanos();
            while (cpuNanos() - from < ROUND_NANOS) {
                run(work);
                count++;
            }
            best = Math.max(best, count * 1e9 / (cpuNanos() - from));
        }
        return best;
    }

    private static void run(Callable<?> work) {
        try {
            if (work.call() == null) throw new IllegalStateException("nothing came out");
        } catch (Exception e) {
            throw new IllegalStateException("the work failed", e);
        }
    }

    private static long cpuNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** So many bytes that no one holds. */
    private static final class Pattern extends InputStream {
        private long left;

        Pattern(long size) {
            this.left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 7 : -1;
        }

        @Override
        public int read(byte[] buffer, int from, int count) {
            if (left <= 0) return -1;
            int given = (int) Math.min(count, left);
            java.util.Arrays.fill(buffer, from, from + given, (byte) left);
            left -= given;
            return given;
        }
    }
}
