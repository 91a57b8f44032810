package org.sharaka.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Processor time of processes, in seconds, as Linux counts it: what others do on the machine is not in it. */
final class ProcessorTime {
    /** {@code sysconf(_SC_CLK_TCK)} on Linux. */
    private static final double TICKS_PER_SECOND = 100;

    private ProcessorTime() {}

    /** Of one process alone. */
    static double of(long pid) {
        return ticks(pid, false) / TICKS_PER_SECOND;
    }

    /** Of a server and its processes, those that have ended among them. */
    static double ofServer(long pid) {
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        long ticks = ticks(pid, true);
        for (ProcessHandle child : server.descendants().toList()) ticks += ticks(child.pid(), false);
        return ticks / TICKS_PER_SECOND;
    }

    /** Of a process's threads that live, by their names. */
    static double ofThreads(long pid, Predicate<String> named) throws IOException {
        long ticks = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) ticks += ticks(thread, named);
        }
        return ticks / TICKS_PER_SECOND;
    }

    private static long ticks(Path thread, Predicate<String> named) {
        try {
            return named.test(Files.readString(thread.resolve("comm"))) ? ticks(thread.resolve("stat"), false) : 0;
        } catch (IOException e) {
            return 0; // It ended meanwhile.
        }
    }

    private static long ticks(long pid, boolean withEnded) {
        return ticks(Path.of("/proc/" + pid + "/stat"), withEnded);
    }

    /** proc(5), stat: user and system time, and those of children that were waited for. */
    private static long ticks(Path file, boolean withEnded) {
        try {
            String stat = Files.readString(file);
            // The name of the command may hold anything; what follows its parenthesis begins with the third field.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return withEnded ? ticks + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : ticks;
        } catch (IOException e) {
            return 0; // One that ended meanwhile; its parent has its time.
        }
    }
}
