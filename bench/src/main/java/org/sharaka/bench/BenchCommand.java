package org.sharaka.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A benchmark as a command: where it prints, and the file that its figures go into. */
abstract class BenchCommand implements Callable<Integer> {
    @Option(names = "--json", paramLabel = "FILE", description = "writes the figures")
    private @Nullable Path json;

    @Spec
    private @Nullable CommandSpec spec;

    final PrintWriter out() {
        return commandLine().getOut();
    }

    final Optional<Path> json() {
        return Optional.ofNullable(json);
    }

    /** Prints the figures, and writes them as {@link #write} does. */
    final void publish(Figures figures) throws IOException {
        PrintWriter out = out();
        figures.print(out);
        out.flush();
        write(figures);
    }

    /** If a file was named for them. */
    final void write(Figures figures) throws IOException {
        if (json != null) figures.writeTo(json);
    }

    /** What the user gave is wrong, not the program: the message is all that helps. @return the status to end with */
    final int refuse(BadTableException problem) {
        PrintWriter err = commandLine().getErr();
        err.println(problem.getMessage());
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private CommandLine commandLine() {
        if (spec == null) throw new IllegalStateException("picocli fills it");
        return spec.commandLine();
    }
}
