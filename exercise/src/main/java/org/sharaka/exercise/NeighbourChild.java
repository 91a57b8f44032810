package org.sharaka.exercise;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The demo's second node, in a process with a database and keys of its own, as a neighbour in life. */
final class NeighbourChild implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;
    private final BufferedWriter told;

    private NeighbourChild(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.told = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Begins to start it and returns at once.
     *
     * @param port of its console; 0 for any
     * @param home empty for a temporary one
     */
    static NeighbourChild start(Path network, int port, Optional<Path> home) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                Neighbour.class.getName(),
                network.toString(),
                String.valueOf(port)));
        home.ifPresent(directory -> command.add(directory.toString()));
        return new NeighbourChild(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** A node that is up. */
    record Ready(Path home, String token, URI console) {}

    /** Waits until it listens and is a member. */
    Ready ready() {
        return new Ready(Path.of(answer("home ")), answer("token "), URI.create(answer("console ")));
    }

    /** Whether its record verifies. */
    boolean auditVerifies() {
        try {
            told.write("verify-audit\n");
            told.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answer("verified ").equals("0");
    }

    private String answer(String what) {
        String begin = Neighbour.TO_DEMO + what;
        try {
            for (String line = said.readLine(); line != null; line = said.readLine())
                if (line.startsWith(begin)) return line.substring(begin.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("the second node ended before it said " + what);
    }

    /** Ends its input, at which it stops by itself. */
    @Override
    public void close() {
        try {
            told.close();
        } catch (IOException e) {
            process.destroy();
        }
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
