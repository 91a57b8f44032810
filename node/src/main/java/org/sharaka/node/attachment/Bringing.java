package org.sharaka.node.attachment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.sharaka.node.exchange.FileLine;
import org.sharaka.node.exchange.LineBrokenException;
import org.sharaka.protocol.message.FileReport;

/** Brings files to their recipients, for a node that nobody can call. */
final class Bringing {
    private static final Duration SLICE = Duration.ofSeconds(10);

    private final SqlAttachments attachments;
    private final FileDesk desk;
    private final FileLine line;
    private final Clock clock;

    Bringing(SqlAttachments attachments, FileDesk desk, FileLine line, Clock clock) {
        this.attachments = attachments;
        this.desk = desk;
        this.line = line;
        this.clock = clock;
    }

    /** Works on one file for a while. @return whether it may go on at once */
    boolean run(SqlAttachments.Sent row) {
        long end = System.nanoTime() + SLICE.toNanos();
        try {
            FileLine.Told told = line.ask(row.recipient(), row.file());
            FileReport.Progress report = told.progress();
            desk.note(row, report, told.signed());
            if (report.chunks() != row.chunks() || report.state() != FileReport.State.ARRIVING) {
                if (!report.state().last()) attachments.pause(row, "waiting", now());
                return false;
            }
            for (int index = report.have(); index < row.chunks(); index++) {
                if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) return true;
                Optional<byte[]> chunk = desk.chunk(row.recipient(), row.file(), index);
                if (chunk.isEmpty()) {
                    attachments.pause(row, "not-there", now());
                    return false;
                }
                line.bring(row.recipient(), row.file(), index, chunk.get());
            }
            desk.given(row.recipient(), row.file(), row.chunks() - 1);
            // The recipient proves the whole now, which it tells when it is asked.
            attachments.pause(row, "", now());
        } catch (LineBrokenException e) {
            attachments.pause(row, e.reason(), now());
        }
        return false;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
