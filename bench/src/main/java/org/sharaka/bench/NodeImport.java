package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sharaka.exercise.DemoNode;

/** {@code ./sharaka import} in a process of its own, as an administrator runs it beside the node. */
final class NodeImport {
    private final Path home;
    private final Path directory;

    /** @param directory for what it prints */
    NodeImport(Path home, Path directory) {
        this.home = home;
        this.directory = directory;
    }

    /** @return how many seconds it took, its start among them */
    double run(String kind, Path file, PrintWriter out, String... options) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        List<String> command = new ArrayList<>(NodeProcess.javaCommand());
        command.addAll(List.of(
                "org.sharaka.node.Main",
                "import",
                "--home",
                home.toString(),
                "--set",
                "vault.passphrase-file=" + DemoNode.passphraseFile(home),
                kind,
                file.toString()));
        command.addAll(List.of(options));
        Path printed = directory.resolve("import.out");
        Process importing = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        if (importing.waitFor() != 0) {
            out.println(Files.readString(printed));
            throw new IOException("the import failed");
        }
        return (System.nanoTime() - begun) / 1e9;
    }
}
