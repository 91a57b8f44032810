package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Has the files of a proof and OpenSSL, and nothing of ours. */
final class CourtExpert {
    private final Path files;

    private CourtExpert(Path files) {
        this.files = files;
    }

    /** Unpacks a proof and finds that all of it holds. */
    static CourtExpert verified(byte[] zip, Path directory) throws Exception {
        CourtExpert expert = new CourtExpert(Files.createTempDirectory(directory, "files"));
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry())
                Files.write(expert.files.resolve(entry.getName()), in.readAllBytes());
        }
        assertThat(expert.files.resolve("README.txt")).exists();
        assertThat(expert.run()).isZero();
        return expert;
    }

    Path files() {
        return files;
    }

    boolean holds() throws Exception {
        return run() == 0;
    }

    /** Finds out that the last byte of a file is another. */
    void findsOutWhoAlters(String name) throws Exception {
        Path file = files.resolve(name);
        byte[] good = Files.readAllBytes(file);
        byte[] bad = good.clone();
        bad[bad.length - 1] ^= 1;
        Files.write(file, bad);
        assertThat(run()).as(name).isNotZero();
        Files.write(file, good);
        assertThat(run()).isZero();
    }

    private int run() throws Exception {
        Process process = new ProcessBuilder("sh", "verify.sh")
                .directory(files.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        files.resolveSibling(files.getFileName() + ".log").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
