package org.sharaka.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs a fuzz target over changed kept inputs in the ordinary build: {@code -Dfuzz.mutants=} of them. A failure names its seed,
 * {@code -Dseed=} repeats it. Real fuzzing is told in CONTRIBUTING.md.
 */
public final class FuzzInputs {
    private static final String[] PIECES = {
        "/",
        "?",
        "=",
        ",",
        "0",
        "99999999999999999999",
        "-",
        "\u0000",
        "%2e%2e",
        "\r\n",
        "/chunks/",
        "é",
        " ",
        "bytes=",
        "\u202e"
    };

    private FuzzInputs() {}

    /** @param target its name, as the folder of its kept inputs is called */
    public static void changed(Class<?> test, String target, Consumer<byte[]> run) {
        List<byte[]> kept = kept(test, target);
        if (kept.isEmpty()) throw new AssertionError("no kept input of " + target);
        Long given = Long.getLong("seed");
        long first = given == null ? 1 : given;
        long last = given == null ? Integer.getInteger("fuzz.mutants", 2_000) : given;
        for (long seed = first; seed <= last; seed++) {
            Random random = new Random(seed);
            byte[] bytes = kept.get(random.nextInt(kept.size())).clone();
            for (int i = random.nextInt(4); i >= 0; i--) bytes = change(bytes, random);
            try {
                run.accept(bytes);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError(
                        "repeat with -Dseed=" + seed + ": "
                                + java.util.Base64.getEncoder().encodeToString(bytes),
                        e);
            }
        }
    }

    private static byte[] change(byte[] bytes, Random random) {
        if (bytes.length == 0) return new byte[] {(byte) random.nextInt()};
        int at = random.nextInt(bytes.length);
        byte[] changed = bytes.clone();
        switch (random.nextInt(5)) {
            case 0 -> changed[at] = (byte) random.nextInt();
            case 1 -> changed = Arrays.copyOf(bytes, at);
            case 2 -> changed = joined(bytes, at, bytes.length, random);
            case 3 -> changed = joined(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)), random);
            default -> changed[at] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    /** A piece stands where these bytes stood. */
    private static byte[] joined(byte[] bytes, int from, int to, Random random) {
        byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] after = Arrays.copyOfRange(bytes, random.nextBoolean() ? from : to, bytes.length);
        byte[] joined = Arrays.copyOf(bytes, from + piece.length + after.length);
        System.arraycopy(piece, 0, joined, from, piece.length);
        System.arraycopy(after, 0, joined, from + piece.length, after.length);
        return joined;
    }

    private static List<byte[]> kept(Class<?> test, String target) {
        Path folder = Path.of(
                "src/test/resources", test.getPackageName().replace('.', '/'), test.getSimpleName() + "Inputs", target);
        try (Stream<Path> files = Files.list(folder)) {
            List<byte[]> kept = new ArrayList<>();
            for (Path file : files.sorted().toList()) kept.add(Files.readAllBytes(file));
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
