package org.sharaka.node.platform;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the passphrase of the node key comes from, in this order: the service manager's credentials
 * ({@code $CREDENTIALS_DIRECTORY/sharaka-passphrase}), the file that the settings name, the environment variable
 * {@code SHARAKA_PASSPHRASE}, the terminal.
 */
final class Passphrase {
    private static final String CREDENTIAL = "sharaka-passphrase";
    static final String VARIABLE = "SHARAKA_PASSPHRASE";

    private final Home home;
    private final VaultSettings settings;
    private final Map<String, String> environment;

    Passphrase(Home home, VaultSettings settings, Map<String, String> environment) {
        this.home = home;
        this.settings = settings;
        this.environment = environment;
    }

    /** @throws OperatorException if there is none, or it lies in a file inside the home, beside the data */
    Secret<String> find() {
        String directory = environment.get("CREDENTIALS_DIRECTORY");
        if (directory != null && Files.exists(Path.of(directory, CREDENTIAL)))
            return read(Path.of(directory, CREDENTIAL));
        if (!settings.passphraseFile().isBlank()) return readOutsideHome(Path.of(settings.passphraseFile()));
        String variable = environment.get(VARIABLE);
        if (variable != null && !variable.isBlank()) return new Secret<>(variable);
        return ask().orElseThrow(() -> new OperatorException("platform.passphrase-missing"));
    }

    private Secret<String> readOutsideHome(Path file) {
        try {
            // A home that is still to be made holds nothing.
            if (Files.exists(home.directory())
                    && file.toRealPath().startsWith(home.directory().toRealPath()))
                throw new OperatorException("platform.passphrase-beside-data", file, home.directory());
        } catch (IOException e) {
            throw new OperatorException("platform.passphrase-unreadable", e, file, OperatorException.reason(e));
        }
        return read(file);
    }

    private static Secret<String> read(Path file) {
        try {
            return new Secret<>(Files.readString(file).strip());
        } catch (IOException e) {
            throw new OperatorException("platform.passphrase-unreadable", e, file, OperatorException.reason(e));
        }
    }

    @SuppressWarnings("SystemConsoleNull") // On 17 it is null without a terminal; later Java makes one without.
    private static Optional<Secret<String>> ask() {
        Console console = System.console();
        if (console == null || !isTerminal()) return Optional.empty();
        char[] typed = console.readPassword("%s ", PrintedMessages.here().text("platform.passphrase-prompt"));
        return typed == null || typed.length == 0 ? Optional.empty() : Optional.of(new Secret<>(new String(typed)));
    }

    private static boolean isTerminal() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/0")).startsWith("/dev/pts")
                    || Files.readSymbolicLink(Path.of("/proc/self/fd/0")).startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }
}
