package org.sharaka.protocol;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every parser that meets the network: whatever comes is read as itself or refused with a code, in memory that its size bounds. The
 * ordinary build runs the kept inputs, which lie as files under {@code src/test/resources}, and so many changed ones of each target as
 * {@code -Dfuzz.mutants=} says. {@code JAZZER_FUZZ=1 mvn test -Dtest=DocumentFuzzTest#receipts} searches for new ones; what it
 * finds is kept beside the others. Told in CONTRIBUTING.md.
 */
public abstract class Fuzzed {
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long ALWAYS_BYTES = 32L << 20;
    private static final long PER_BYTE = 2_000;

    /** Reads and writes again. */
    protected interface Parser {
        byte[] read();
    }

    protected static void readsAsItself(byte[] bytes, Parser parser) {
        refusedOrNot(() -> {
            if (!Arrays.equals(parser.read(), bytes)) throw new AssertionError("read as something else");
        });
    }

    protected static void refusedOrNot(Runnable reading) {
        try {
            reading.run();
        } catch (RefusedException e) {
            if (e.refusal().sentence().isEmpty()) throw new AssertionError("a refusal without a reason", e);
        }
    }

    @TestFactory
    Stream<DynamicTest> changedInputsAreReadAsThemselvesOrRefused() {
        return Arrays.stream(getClass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> dynamicTest(method.getName(), () -> mutants(method)));
    }

    private void mutants(Method target) {
        List<byte[]> seeds = seeds(target);
        if (seeds.isEmpty()) throw new AssertionError("no kept input of " + target.getName());
        seeds.forEach(seed -> call(target, seed)); // What is loaded and prepared once is not measured.
        Seeds.forEach(Integer.getInteger("fuzz.mutants", 400), random -> {
            byte[] bytes = new Mutants(seeds, random).next();
            long before = THREAD.getCurrentThreadAllocatedBytes();
            call(target, bytes);
            long taken = THREAD.getCurrentThreadAllocatedBytes() - before;
            if (taken > ALWAYS_BYTES + PER_BYTE * bytes.length)
                throw new AssertionError(bytes.length + " bytes took " + taken + " of memory");
        });
    }

    private void call(Method target, byte[] bytes) {
        try {
            target.setAccessible(true);
            target.invoke(this, (Object) bytes);
        } catch (InvocationTargetException e) {
            throw new AssertionError(
                    target.getName() + " of " + java.util.Base64.getEncoder().encodeToString(bytes), e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<byte[]> seeds(Method target) {
        Class<?> test = target.getDeclaringClass();
        Path kept = Path.of(
                "src/test/resources",
                test.getPackageName().replace('.', '/'),
                test.getSimpleName() + "Inputs",
                target.getName());
        if (!Files.isDirectory(kept)) return List.of();
        try (Stream<Path> files = Files.list(kept)) {
            List<byte[]> seeds = new ArrayList<>();
            for (Path file : files.sorted().toList()) seeds.add(Files.readAllBytes(file));
            return seeds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
