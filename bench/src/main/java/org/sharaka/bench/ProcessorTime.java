package org.sharaka.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

    /** proc(5), stat: user and system time, and those of children that were waited for. */
    private static long ticks(long pid, boolean withEnded) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name of the command may hold anything; what follows its parenthesis begins with the third field.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            return withEnded ? ticks + Long.parseLong(fields[13]) + Long.parseLong(fields[14]) : ticks;
        } catch (IOException e) {
            return 0; // One that ended meanwhile; its parent has its time.
        }
    }
}
