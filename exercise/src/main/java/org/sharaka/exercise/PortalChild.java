package org.sharaka.exercise;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The public portal of a node on this machine, in a process of its own as in life. */
public final class PortalChild implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 300;

    private final Process process;
    private final URI address;

    private PortalChild(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it and returns when it listens.
     *
     * @param home of a running node
     * @param port 0 for any free one
     */
    public static PortalChild start(Path home, int port) throws IOException, InterruptedException {
        Path listener = home.resolve("portal").resolve("listener.properties");
        Path output = home.resolve("portal").resolve("portal.out");
        Files.deleteIfExists(listener);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.sharaka.node.Main",
                        "portal",
                        "--home",
                        home.toString(),
                        "--set",
                        "portal.port=" + port))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(listener)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException("the portal did not start: " + Files.readString(output, StandardCharsets.UTF_8));
            }
            Thread.sleep(50);
        }
        return new PortalChild(process, address(listener));
    }

    private static URI address(Path listener) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(listener, StandardCharsets.UTF_8)) {
            properties.load(in);
        }
        return URI.create(properties.getProperty("portal"));
    }

    /** For instance {@code http://127.0.0.1:8480}. */
    public URI address() {
        return address;
    }

    /** SIGKILL: nothing of it runs any more. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, as a service manager stops it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
