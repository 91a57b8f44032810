package org.sharaka.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sharaka.protocol.DocumentTest;
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

    /** The commands of docs/protocol.md section 10, as they are written there. */
    public static List<String> documented() {
        String text = DocumentTest.text();
        String section = text.substring(text.indexOf("\n## 10."), text.indexOf("\n## 11."));
        return Pattern.compile("(?m)^ {4}(.+)$|`(sha256sum [^`]+)`")
                .matcher(section)
                .results()
                .map(found -> Optional.ofNullable(found.group(1)).orElseGet(() -> found.group(2)))
                .toList();
    }

    /** The only one of them in which a part stands. */
    public static String line(String part) {
        List<String> found =
                documented().stream().filter(line -> line.contains(part)).toList();
        assertThat(found).as(part).hasSize(1);
        return found.get(0);
    }

    /** A line without what is to be done if it fails. */
    public static String alone(String line) {
        return line.substring(0, line.indexOf(" || "));
    }

    /** Runs a line as it stands, in a shell; what it would delete after a failure must be there. @return what it printed */
    public String run(String line) throws IOException, InterruptedException {
        Ended ended = end(line);
        assertThat(ended.status()).as(line + "\n" + ended.output()).isZero();
        Matcher output = Pattern.compile(" \\|\\| rm -f (\\S+)$").matcher(line);
        if (output.find())
            assertThat(has(output.group(1))).as(line + "\n" + ended.output()).isTrue();
        return ended.output();
    }

    public record Ended(int status, String output) {}

    public Ended end(String line) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "out", ".txt");
        Process process = new ProcessBuilder("sh", "-c", line)
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
