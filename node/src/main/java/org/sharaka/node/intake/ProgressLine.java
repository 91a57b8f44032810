package org.sharaka.node.intake;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.sharaka.node.platform.PrintedMessages;

/** Shows how an import goes: one line that is written over at a terminal, else a plain line every few seconds. */
final class ProgressLine implements ImportProgress {
    private static final int BAR_LENGTH = 30;
    private static final Duration AT_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final PrintedMessages messages;
    private final boolean terminal;
    private final long began = System.nanoTime();
    private long shownAt;
    private boolean shown;
    private long rowsBefore = -1;
    private long bytesBefore;

    ProgressLine(PrintWriter out, PrintedMessages messages, boolean terminal) {
        this.out = out;
        this.messages = messages;
        this.terminal = terminal;
        this.shownAt = began;
    }

    /** Since JDK 22 there may be a console without a terminal; before, there was none then. */
    @SuppressWarnings("SystemConsoleNull") // It is null on 17.
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null) return false;
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    @Override
    public void advanced(long bytesDone, long bytesAll, ImportSummary soFar) {
        if (rowsBefore < 0) rowsBefore = soFar.rows();
        if (soFar.rows() == rowsBefore) bytesBefore = bytesDone;
        long now = System.nanoTime();
        boolean due = now - shownAt >= (terminal ? AT_TERMINAL : ELSEWHERE).toNanos();
        if (!due && !(shown && bytesDone == bytesAll)) return;
        shownAt = now;
        shown = true;
        String line = line(bytesDone, bytesAll, soFar.rows() - rowsBefore, soFar.rows());
        if (terminal) {
            out.print("\r\u001b[K" + bar(bytesDone, bytesAll) + " " + line);
        } else {
            out.println(line);
        }
        out.flush();
    }

    private String line(long bytesDone, long bytesAll, long rowsNow, long rowsAll) {
        double seconds = Math.max(0.001, elapsedNanos() / 1e9);
        double bytesEach = Math.max(1, bytesDone - bytesBefore) / seconds;
        long left = Math.round((bytesAll - bytesDone) / bytesEach);
        return messages.text(
                "intake.import.progress",
                bytesAll == 0 ? 100 : 100 * bytesDone / bytesAll,
                rowsAll,
                Math.round(rowsNow / seconds),
                clock(Duration.ofSeconds(left)));
    }

    private static String bar(long done, long all) {
        int full = all == 0 ? BAR_LENGTH : (int) (BAR_LENGTH * done / all);
        return "[" + "#".repeat(full) + ".".repeat(BAR_LENGTH - full) + "]";
    }

    /** Leaves the line that was written over. */
    void end() {
        if (terminal && shown) out.println();
        out.flush();
    }

    String elapsed() {
        return clock(Duration.ofNanos(elapsedNanos()));
    }

    private long elapsedNanos() {
        return System.nanoTime() - began;
    }

    private static String clock(Duration duration) {
        return String.format(
                Locale.ROOT, "%d:%02d:%02d", duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
    }
}
