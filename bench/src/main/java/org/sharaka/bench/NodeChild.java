package org.sharaka.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sharaka.exercise.DemoNode;
import org.sharaka.protocol.MemberId;

/** A node in a process of its own that does what it is told, one line at a time, and says {@link ExchangeNode#READY} behind each. */
final class NodeChild implements AutoCloseable {
    private final MemberId member;
    private final Path home;
    private final List<String> command;
    private final Process process;
    private final BufferedReader said;
    private final PrintWriter told;

    private NodeChild(MemberId member, Path home, List<String> command) throws IOException {
        this.member = member;
        this.home = home;
        this.command = command;
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        told = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /**
     * Starts it; {@link #awaitReady} returns when it is there.
     *
     * @param java as {@link NodeProcess#javaCommand} makes it
     * @param program its main class, which gets the directory, the member, the home, the passphrase's file and the port
     */
    static NodeChild start(List<String> java, Class<?> program, Path directory, MemberId member, int port)
            throws IOException {
        Path place = Files.createDirectories(directory.resolve(member.value()));
        TemporaryDirectory.letPass(place);
        Path home = place.resolve("home");
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(
                program.getName(),
                directory.toString(),
                member.value(),
                home.toString(),
                DemoNode.passphraseFile(home).toString(),
                Integer.toString(port)));
        return new NodeChild(member, home, command);
    }

    /** The same node once more, after {@link #kill}. */
    NodeChild again() throws IOException {
        return new NodeChild(member, home, command);
    }

    void awaitReady() throws IOException {
        var unused = awaitDone("start");
    }

    /** Returns when it is done. @return what it said of it */
    List<String> tell(String what) throws IOException {
        told.println(what);
        return awaitDone(what);
    }

    private List<String> awaitDone(String what) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.equals(ExchangeNode.READY)) return lines;
            lines.add(line);
        }
        throw new IOException("the node of " + member + " ended while it did: " + what);
    }

    double processorSeconds() {
        return ProcessorTime.of(process.pid());
    }

    double databaseSeconds() throws IOException {
        return ProcessorTime.ofServer(NodeProcess.databasePid(home));
    }

    /** The kernel's own high-water mark of what was resident, heap and all; zero on another system. */
    long peakResidentBytes() throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** It ends by itself when nothing more can be told. */
    @Override
    public void close() {
        told.close();
        NodeProcess.awaitEnd(process);
    }
}
