package org.sharaka.node.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.platform.CommandContext;
import org.sharaka.node.platform.NodeCommand;
import org.sharaka.node.platform.OfflineCommand;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.Vault;
import org.sharaka.node.platform.WrappedNodeKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./sharaka backup --out DIR}: exit status 0 if all of the node is in the backup, 1 if files of it are damaged. */
@Command(name = "backup", subcommands = BackupCommand.Verify.class)
public final class BackupCommand implements NodeCommand {
    @Option(names = "--out", paramLabel = "DIR")
    private @Nullable Path out;

    @Option(names = "--keys", paramLabel = "DIR")
    private @Nullable Path keys;

    @Override
    public int run(CommandContext context) {
        Path target = out;
        if (target == null) throw new OperatorException("backup.out-missing");
        Clock clock = context.service(Clock.class);
        Instant began = clock.instant();
        BackupService.Made made = context.service(BackupService.class)
                .make(Actor.commandLine("backup"), new BackupStore(target, Optional.ofNullable(keys)));
        say(context, "backup.made", made.name(), made.at());
        say(
                context,
                "backup.made.size",
                made.rows(),
                megabytes(made.sizeBytes()),
                made.evidenceItems(),
                made.copied(),
                Duration.between(began, clock.instant()).toSeconds());
        if (made.removed() > 0) say(context, "backup.made.removed", made.removed());
        for (String each : made.damaged()) say(context, "backup.damaged-here", each);
        return made.damaged().isEmpty() ? 0 : 1;
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
    }

    static void say(CommandContext context, String key, Object... arguments) {
        context.out().println(context.messages().text(key, arguments));
    }

    /** {@code backup verify --from DIR}: exit status 0 if a node can come back from it. Needs no node, but the passphrase. */
    @Command(name = "verify")
    public static final class Verify implements OfflineCommand {
        @Option(names = "--from", paramLabel = "DIR", required = true)
        private Path from = Path.of("");

        @Option(names = "--keys", paramLabel = "DIR")
        private @Nullable Path keys;

        @Option(names = "--backup", paramLabel = "NAME")
        private @Nullable String name;

        @Override
        public int run(CommandContext context) throws IOException {
            BackupStore store = new BackupStore(from, Optional.ofNullable(keys));
            CommandContext.Flags flags = context.service(CommandContext.Flags.class);
            try {
                StoredBackup backup = open(store, flags, Optional.ofNullable(name));
                backup.verifyParts();
                List<Path> damaged = backup.each((file, copy) -> backup.endedSince(copy) || file.isWhole(copy));
                for (Path each : damaged) say(context, "backup.damaged", each);
                if (!damaged.isEmpty()) return 1;
                Manifest manifest = backup.manifest();
                say(context, "backup.verified", backup.name(), manifest.at());
                say(context, "backup.verified.size", manifest.rows(), manifest.evidenceItems(), backup.keysName());
                return 0;
            } catch (DamagedException e) {
                throw new OperatorException("backup.damaged", e, e.what());
            }
        }
    }

    static StoredBackup open(BackupStore store, CommandContext.Flags flags, Optional<String> name)
            throws IOException, DamagedException {
        store.requireBackups();
        Vault vault = WrappedNodeKey.open(store.nodeKey(), flags.home(), flags.settings());
        return StoredBackup.open(store, vault, name);
    }
}
