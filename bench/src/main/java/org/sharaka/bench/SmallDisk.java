package org.sharaka.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A file system of its own in memory (tmpfs), which can be made as small as what lies on it: whoever writes gets the operating system's
 * own "no space left on device". Mounting takes root, or a {@code sudo} that asks nothing, as on build machines.
 */
final class SmallDisk implements AutoCloseable {
    private static final String ROOMY = "3g";
    /** The operating system gives room by the page. */
    private static final long PAGE = 4096;

    private final Path place;
    private final List<String> asRoot;

    private SmallDisk(Path place, List<String> asRoot) {
        this.place = place;
        this.asRoot = asRoot;
    }

    /** @param place an empty directory; empty if this system does not let us mount there */
    static Optional<SmallDisk> mount(Path place) throws IOException, InterruptedException {
        List<String> asRoot =
                "root".equals(System.getProperty("user.name")) ? List.of() : List.of("sudo", "--non-interactive");
        SmallDisk disk = new SmallDisk(place, asRoot);
        Object owner = Files.getAttribute(place, "unix:uid");
        Object group = Files.getAttribute(place, "unix:gid");
        String options = "size=" + ROOMY + ",mode=711,uid=" + owner + ",gid=" + group;
        return disk.run("mount", "-t", "tmpfs", "-o", options, "sharaka-bench", place.toString())
                ? Optional.of(disk)
                : Optional.empty();
    }

    private boolean run(String... line) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(asRoot);
        command.addAll(List.of(line));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(20, TimeUnit.SECONDS)) return process.exitValue() == 0;
            process.destroyForcibly();
            return false;
        } catch (IOException e) { // No such program.
            return false;
        }
    }

    private boolean resize(String size) throws IOException, InterruptedException {
        return run("mount", "-o", "remount,size=" + size, place.toString());
    }

    /** Takes all room that is left. What is written meanwhile makes the first try too small, so it is tried again. */
    void fill() throws IOException, InterruptedException {
        for (int i = 0; i < 50; i++) {
            var store = Files.getFileStore(place);
            long used = store.getTotalSpace() - store.getUnallocatedSpace();
            if (resize(Long.toString(used + i * PAGE))) return;
        }
        throw new IOException("the disk could not be filled");
    }

    void free() throws IOException, InterruptedException {
        if (!resize(ROOMY)) throw new IOException("the disk could not be given its room back");
    }

    /** Also while something works there still: it is gone from the tree at once, and from memory with its last user. */
    @Override
    public void close() throws IOException {
        try {
            if (!run("umount", "-l", place.toString())) throw new IOException("still mounted: " + place);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
