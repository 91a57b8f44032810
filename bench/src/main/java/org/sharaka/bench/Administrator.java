package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sharaka.exercise.DemoNode;

/** Runs {@code ./sharaka COMMAND} in processes of their own, as an administrator does beside the node. */
final class Administrator {
    private final Path home;
    private final Path directory;
    private final PrintWriter out;

    /**
     * @param home whose passphrase opens the vault
     * @param directory for the files that commands print into
     * @param out shows what a command printed that failed
     */
    Administrator(Path home, Path directory, PrintWriter out) {
        this.home = home;
        this.directory = directory;
        this.out = out;
    }

    /** How a command ended, how long it took with its start, and what it printed. */
    record Run(int status, double seconds, String printed) {}

    Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(NodeProcess.javaCommand());
        command.add("org.sharaka.node.Main");
        command.addAll(List.of(arguments));
        command.addAll(List.of("--set", "vault.passphrase-file=" + DemoNode.passphraseFile(home)));
        Path printed = directory.resolve(arguments[0] + ".out");
        long begun = System.nanoTime();
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start()
                .waitFor();
        return new Run(status, (System.nanoTime() - begun) / 1e9, Files.readString(printed));
    }

    /**
     * @return how many seconds it took
     * @throws IOException if it failed
     */
    double succeed(String... arguments) throws IOException, InterruptedException {
        Run run = run(arguments);
        if (run.status() != 0) {
            out.println(run.printed());
            throw new IOException(arguments[0] + " ended with " + run.status());
        }
        return run.seconds();
    }

    /** As {@link #succeed}. */
    double importFile(String kind, Path file, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("import", "--home", home.toString(), kind, file.toString()));
        arguments.addAll(List.of(options));
        return succeed(arguments.toArray(String[]::new));
    }
}
