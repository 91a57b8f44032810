package org.sharaka.node.screening.post;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.OfflineCommand;
import org.sharaka.node.platform.OperatorException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sharaka post --home DIR --extract FILE}: the front line's page without a network, until it is stopped. */
@Command(
        name = "post",
        subcommands = {PostCommand.Init.class, PostCommand.HandOver.class})
public final class PostCommand implements OfflineCommand {
    @Option(names = "--extract", paramLabel = "FILE")
    private @Nullable Path extract;

    @Override
    public int run(CommandContext context) throws InterruptedException {
        Path file = extract;
        if (file == null) throw new OperatorException("post.extract-missing");
        CommandContext.Flags flags = context.service(CommandContext.Flags.class);
        try (PostProcess post = PostProcess.start(flags.home(), file, flags.settings(), context.service(Clock.class))) {
            say(context, "post.ready", post.address(), post.endsAt());
            context.out().flush();
            Thread.currentThread().join();
            return 0;
        }
    }

    /** {@code post init --home DIR --name NAME --signer FINGERPRINT}: sets a post up and writes the key that its node must be given. */
    @Command(name = "init")
    public static final class Init implements OfflineCommand {
        @Option(names = "--name", paramLabel = "NAME", required = true)
        private String name = "";

        @Option(names = "--signer", paramLabel = "FINGERPRINT", required = true)
        private String signer = "";

        @Override
        public int run(CommandContext context) {
            CommandContext.Flags flags = context.service(CommandContext.Flags.class);
            PostHome home = PostHome.make(
                    flags.home(),
                    name,
                    signer,
                    flags.settings(),
                    context.service(SecureRandom.class),
                    context.service(Clock.class).instant());
            say(context, "post.made", home.name(), home.publicKey());
            return 0;
        }
    }

    /** {@code post log --home DIR --out DIR}: copies of the logs, to be carried home. The post stands still meanwhile. */
    @Command(name = "log")
    public static final class HandOver implements OfflineCommand {
        private static final Duration KEPT = Duration.ofDays(30);

        @Option(names = "--out", paramLabel = "DIR", required = true)
        private Path out = Path.of("");

        @Override
        public int run(CommandContext context) throws IOException {
            CommandContext.Flags flags = context.service(CommandContext.Flags.class);
            PostHome home = PostHome.open(flags.home(), flags.settings());
            FileLock lock = home.lock();
            try {
                Files.createDirectories(out);
                List<UUID> logs = home.logs();
                for (UUID each : logs) handOver(context, home, each);
                if (logs.isEmpty()) say(context, "post.no-log");
                return 0;
            } finally {
                lock.channel().close();
            }
        }

        private void handOver(CommandContext context, PostHome home, UUID extract) throws IOException {
            PostHome.LogKeys keys = home.logKeys(extract);
            PostHome.Mark mark = home.mark();
            PostTime time = new PostTime(context.service(Clock.class), System::nanoTime, mark.latest());
            Instant now = time.latest();
            // What was followed by another, or is over, is not opened again.
            boolean last = keys.number() < mark.number() || !keys.endsAt().isAfter(now);
            Path copy = out.resolve(extract + ".log");
            try (PostLog log = PostLog.open(home, time, extract)) {
                log.handOver(last, Actor.commandLine("post log"), now);
            }
            Files.copy(home.logFile(extract), copy, StandardCopyOption.REPLACE_EXISTING);
            say(context, last ? "post.log-last" : "post.log-open", copy);
            if (last && keys.endsAt().plus(KEPT).isBefore(now)) home.forget(extract);
        }
    }

    private static void say(CommandContext context, String key, Object... arguments) {
        context.out().println(context.messages().text(key, arguments));
    }
}
