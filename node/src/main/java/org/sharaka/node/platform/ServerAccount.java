package org.sharaka.node.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The operating-system account that the database server runs under. PostgreSQL refuses to run as root: when root starts
 * the node, the server gets an account without rights; otherwise it runs as whoever started the node.
 */
final class ServerAccount {
    private final int uid;
    private final int gid;
    private final boolean switching;

    private ServerAccount(int uid, int gid, boolean switching) {
        this.uid = uid;
        this.gid = gid;
        this.switching = switching;
    }

    /**
     * The account that owns the data already, else the wanted one, else {@code nobody}.
     *
     * @param wanted an account's name; blank for none; ignored unless root starts the node
     */
    static ServerAccount choose(Path data, String wanted) {
        try {
            int self = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            if (self != 0)
                return new ServerAccount(self, (int) Files.getAttribute(Path.of("/proc/self"), "unix:gid"), false);
            if (Files.exists(data)) {
                int owner = (int) Files.getAttribute(data, "unix:uid");
                if (owner != 0) return new ServerAccount(owner, (int) Files.getAttribute(data, "unix:gid"), true);
            }
            String name = wanted.isBlank() ? "nobody" : wanted;
            return new ServerAccount(id("-u", name), id("-g", name), true);
        } catch (IOException e) {
            throw new OperatorException("platform.account-unknown", e, wanted, OperatorException.reason(e));
        }
    }

    private static int id(String what, String name) throws IOException {
        Output output = Output.of(List.of("id", what, name));
        if (output.exit() != 0) throw new OperatorException("platform.account-unknown", name, output.text());
        return Integer.parseInt(output.text());
    }

    /** The command as this account runs it. */
    List<String> command(List<String> command) {
        List<String> line = new ArrayList<>();
        if (switching) {
            line.add("setpriv");
            line.addAll(identity());
            line.add("--");
        }
        line.addAll(command);
        return line;
    }

    /**
     * The command of a server that must not outlive us. It gets SIGINT (to PostgreSQL: disconnect all, checkpoint, stop)
     * when the thread that starts it ends, and a session of its own, or Ctrl-C would reach it before the node has
     * finished what it was doing.
     */
    List<String> serverCommand(List<String> command) {
        List<String> line = new ArrayList<>();
        if (switching || onPath("setpriv")) {
            if (onPath("setsid")) line.add("setsid");
            line.add("setpriv");
            if (switching) line.addAll(identity());
            line.addAll(List.of("--pdeathsig=INT", "--"));
        }
        line.addAll(command);
        return line;
    }

    private List<String> identity() {
        return List.of("--reuid=" + uid, "--regid=" + gid, "--clear-groups");
    }

    private static boolean onPath(String program) {
        for (String directory :
                System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":"))
            if (Files.isExecutable(Path.of(directory, program))) return true;
        return false;
    }

    /** @throws OperatorException if root starts the node and the program that changes the account is missing */
    void requireTools() {
        if (switching && !onPath("setpriv")) throw new OperatorException("platform.setpriv-missing");
    }

    /** Creates a directory that only this account can enter. */
    void createPrivate(Path directory) throws IOException {
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        give(directory);
    }

    /** Hands a file or directory over to this account. */
    void give(Path path) throws IOException {
        if (!switching) return;
        Files.setAttribute(path, "unix:uid", uid);
        Files.setAttribute(path, "unix:gid", gid);
    }

    /** The first directory on the way that this account cannot pass through. */
    Optional<Path> obstacle(Path directory) throws IOException {
        if (!switching || canEnter(directory)) return Optional.empty();
        Path way = directory.getRoot();
        for (Path step : directory) {
            way = way.resolve(step);
            if (!canEnter(way)) return Optional.of(way);
        }
        return Optional.of(directory);
    }

    private boolean canEnter(Path directory) throws IOException {
        return Output.of(command(List.of("sh", "-c", "cd \"$1\"", "sh", directory.toString())))
                        .exit()
                == 0;
    }

    /** Whether this account owns the path. */
    boolean owns(Path path) throws IOException {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class) != null
                && (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS) == uid;
    }

    /** What a short-lived program printed and how it ended. */
    record Output(int exit, String text) {
        static Output of(List<String> command) throws IOException {
            Process process = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            try {
                return new Output(process.waitFor(), text);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while running " + command.get(0), e);
            }
        }
    }
}
