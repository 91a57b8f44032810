package org.sharaka.node.attachment;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sharaka.node.evidence.EvidenceExchange;
import org.sharaka.node.evidence.Item;
import org.sharaka.node.exchange.FileLine;
import org.sharaka.node.exchange.LineBrokenException;
import org.sharaka.node.platform.BackgroundJob;

/**
 * Looks for files to fetch, to bring, to tell of and to end; the smallest first. Of several nodes on one database the one that leads the
 * exchange does.
 */
final class AttachmentJob extends BackgroundJob {
    private static final int TOLD_AT_ONCE = 50;

    private final SqlAttachments attachments;
    private final EvidenceExchange files;
    private final FileDesk desk;
    private final FileLine line;
    private final Fetching fetching;
    private final Bringing bringing;
    private final Endings endings;
    private final FileWorkers workers;
    private final MultiGauge paused;
    private final Clock clock;

    AttachmentJob(
            SqlAttachments attachments,
            EvidenceExchange files,
            FileDesk desk,
            FileLine line,
            Fetching fetching,
            Bringing bringing,
            Endings endings,
            FileWorkers workers,
            MeterRegistry metrics,
            Clock clock) {
        super("attachment", Rhythm.every(Duration.ofSeconds(1)));
        this.attachments = attachments;
        this.files = files;
        this.desk = desk;
        this.line = line;
        this.fetching = fetching;
        this.bringing = bringing;
        this.endings = endings;
        this.workers = workers;
        this.paused = MultiGauge.builder("sharaka.attachment.paused").register(metrics);
        this.clock = clock;
    }

    @Override
    protected boolean round() {
        if (!line.leads()) return false;
        Instant now = clock.instant();
        attempt("end", () -> {
            int unused = endings.run();
        });
        attempt("count", this::count);
        for (SqlAttachments.Received row : attachments.toFetch(now)) fetch(row);
        if (line.bringsItsFiles()) for (SqlAttachments.Sent row : attachments.toBring(now)) bring(row);
        attempt("tell", () -> tell(now));
        return false;
    }

    private void count() {
        paused.register(
                attachments.paused().stream()
                        .map(each -> MultiGauge.Row.of(Tags.of("reason", each.reason()), each.many()))
                        .toList(),
                true);
    }

    private void fetch(SqlAttachments.Received row) {
        if (line.hasAddress(row.sender()) && !line.allows(row.sender())) return;
        workers.begin(row.sender(), row.item(), () -> fetchOrSettle(row));
    }

    /** A node that was killed between the proof of a file and its note, or came back from a backup, takes the note up here. */
    private boolean fetchOrSettle(SqlAttachments.Received row) {
        Item.State state =
                files.progress(row.item()).map(EvidenceExchange.Progress::state).orElse(Item.State.DESTROYED);
        if (state == Item.State.EXPECTED) return fetching.run(row);
        if (state == Item.State.DESTROYED) {
            int unused = attachments.end(Optional.of(row.sender()), row.message(), clock.instant());
        }
        if (state == Item.State.HELD) fetching.settled(row, SqlAttachments.State.COMPLETE);
        if (state == Item.State.WRONG) fetching.settled(row, SqlAttachments.State.WRONG);
        return false;
    }

    private void bring(SqlAttachments.Sent row) {
        if (!line.hasAddress(row.recipient()) || !line.allows(row.recipient())) return;
        workers.begin(row.recipient(), row.item(), () -> bringing.run(row));
    }

    /** Senders hear how it ended; those whom we cannot call ask. */
    private void tell(Instant now) {
        for (SqlAttachments.Received row : attachments.toTell(now, TOLD_AT_ONCE)) {
            if (!line.hasAddress(row.sender())) {
                attachments.pause(row, Pauses.NO_ENDPOINT, now);
            } else if (line.allows(row.sender())) {
                try {
                    line.tell(row.sender(), row.file(), desk.reportOf(row));
                    attachments.toldSender(row, now);
                } catch (LineBrokenException e) {
                    attachments.pause(row, e.reason(), now);
                }
            }
        }
    }
}
