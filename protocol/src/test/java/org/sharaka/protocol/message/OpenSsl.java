package org.sharaka.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sharaka.protocol.cms.Certificate;

/** The stock command line, as a court's expert has it. */
public final class OpenSsl {
    private final Path directory;

    public OpenSsl(Path directory) {
        this.directory = directory;
        assumeTrue(installed(), "openssl 3 is not on this machine");
    }

    private static boolean installed() {
        try {
            Process process = new ProcessBuilder("openssl", "version")
                    .redirectErrorStream(true)
                    .start();
            String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(20, TimeUnit.SECONDS) && version.startsWith("OpenSSL 3");
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs a line as docs/protocol.md writes it: words separated by blanks. */
    public void run(String line) throws IOException, InterruptedException {
        Ended ended = end(line);
        assertThat(ended.status()).as(line + "\n" + ended.output()).isZero();
    }

    public record Ended(int status, String output) {}

    public Ended end(String line) throws IOException, InterruptedException {
        String documented = line.replaceAll("-secretkey [0-9a-f]+", "-secretkey KEY")
                .replaceAll("-secretkeyid [0-9a-f]+", "-secretkeyid ID");
        assertThat(org.sharaka.protocol.DocumentTest.text()).contains(documented);
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        Path output = Files.createTempFile(directory, "out", ".txt");
        Process process = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(line).isTrue();
        return new Ended(process.exitValue(), Files.readString(output));
    }

    public void certificate(String name, Certificate certificate) throws IOException {
        pem(name, "CERTIFICATE", certificate.der());
    }

    public void pem(String name, String label, byte[] der) throws IOException {
        Files.writeString(
                directory.resolve(name),
                "-----BEGIN " + label + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
                        + "-----\n");
    }

    public void write(String name, byte[] bytes) throws IOException {
        Files.write(directory.resolve(name), bytes);
    }

    public byte[] read(String name) throws IOException {
        return Files.readAllBytes(directory.resolve(name));
    }

    public boolean has(String name) {
        return Files.exists(directory.resolve(name));
    }
}
