package org.sharaka.node.backup;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sharaka.node.Main;
import org.sharaka.node.OfflineCommandLine;
import org.sharaka.node.platform.Directories;
import org.sharaka.node.platform.JavaProcess;
import org.sharaka.node.platform.TestNode;

/** A directory for homes with databases of their own, and for backups from which they come back. */
public final class Homes implements AutoCloseable {
    private static final String PASSPHRASE = "a passphrase for tests only";

    final OfflineCommandLine offline = new OfflineCommandLine(Locale.ENGLISH);
    private final Path directory;
    private int homes;

    public Homes() {
        try {
            // The database's own account must be able to pass through.
            directory = Files.createTempDirectory(
                    "sharaka-test-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path directory() {
        return directory;
    }

    Path backups() {
        return directory.resolve("backups");
    }

    /** A new home beside the passphrase, as {@link TestNode#on} wants it. */
    public Path newPlace() {
        return newPlace(PASSPHRASE);
    }

    Path newPlace(String passphrase) {
        try {
            Path place = directory.resolve("home-" + ++homes);
            Files.createDirectory(
                    place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
            Files.writeString(place.resolve("passphrase"), passphrase);
            return place;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a node there, with an embedded database. */
    public static TestNode start(Path place, Collection<String> settings) {
        List<String> all = new ArrayList<>(settings);
        TestNode.embedded().forEach(setting -> all.add("sharaka." + setting));
        return TestNode.on(place, all.toArray(String[]::new));
    }

    /** Starts a node there in a process of its own, to be killed. */
    public static JavaProcess process(Path place, Collection<String> settings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "node",
                "--home=" + place.resolve("home"),
                "--set=console.port=0",
                "--set=management.port=0",
                "--set=vault.passphrase-file=" + place.resolve("passphrase")));
        TestNode.embedded().forEach(setting -> arguments.add("--set=" + setting));
        settings.forEach(setting -> arguments.add("--set=" + setting.substring("sharaka.".length())));
        return JavaProcess.start(
                place.resolve("node.log"), Map.of("LC_ALL", "C"), Main.class, arguments.toArray(String[]::new));
    }

    public void backup(TestNode node) {
        String unused = backup(node, backups());
    }

    /** Runs the command. @return what it printed */
    String backup(TestNode node, Path out, String... more) {
        StringWriter said = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of("--out=" + out));
        arguments.addAll(List.of(more));
        try {
            if (node.run(new BackupCommand(), said, arguments.toArray(String[]::new)) != 0)
                throw new AssertionError(said.toString());
            return said.toString();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A new place whose home is what the newest backup has, as after the loss of the machine. */
    public Path restored() {
        Path place = newPlace();
        int status = restore(TestNode.embedded(), backups(), place);
        if (status != 0) throw new AssertionError("status " + status);
        return place;
    }

    /** Restores into the place's home. @return the exit status */
    int restore(List<String> settings, Path from, Path place, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "restore",
                "--from=" + from,
                "--home=" + place.resolve("home"),
                "--set=vault.passphrase-file=" + place.resolve("passphrase")));
        settings.forEach(setting -> arguments.add("--set=" + setting));
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    int run(List<String> arguments) {
        return offline.run(arguments.toArray(String[]::new));
    }

    @Override
    public void close() {
        try {
            Directories.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
