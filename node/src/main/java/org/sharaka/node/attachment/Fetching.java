package org.sharaka.node.attachment;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.evidence.Download;
import org.sharaka.node.evidence.EvidenceExchange;
import org.sharaka.node.evidence.EvidenceProblem;
import org.sharaka.node.exchange.FileLine;
import org.sharaka.node.exchange.LineBrokenException;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on one file for a while: fetches its chunks one after another, or proves the whole once they are there. Whatever stops it, what
 * is on the disk stays and the next time goes on behind it.
 */
final class Fetching {
    private static final Logger LOG = LoggerFactory.getLogger(Fetching.class);
    /** After so long a smaller file of the same member comes first. */
    private static final Duration SLICE = Duration.ofSeconds(10);

    private final SqlAttachments attachments;
    private final EvidenceExchange files;
    private final FileDesk desk;
    private final FileLine line;
    private final AttachmentSettings settings;
    private final SecurityEvents security;
    private final Clock clock;
    /** The beginning of a chunk whose line broke, by the file's row. */
    private final Map<String, Broken> broken = new ConcurrentHashMap<>();

    private record Broken(int index, ByteBuffer begun) {}

    Fetching(
            SqlAttachments attachments,
            EvidenceExchange files,
            FileDesk desk,
            FileLine line,
            AttachmentSettings settings,
            SecurityEvents security,
            Clock clock) {
        this.attachments = attachments;
        this.files = files;
        this.desk = desk;
        this.line = line;
        this.settings = settings;
        this.security = security;
        this.clock = clock;
    }

    /** @return whether it may go on at once */
    boolean run(SqlAttachments.Received row) {
        Optional<String> reason = Pauses.reason(row, attachments, files, settings);
        if (reason.isPresent()) {
            pause(row, reason.get());
            return false;
        }
        Optional<Download> resumed = files.resume(row.item());
        if (resumed.isEmpty()) return false;
        try (Download download = resumed.get()) {
            attachments.begun(row);
            if (download.next().isPresent() && !line.hasAddress(row.sender())) {
                pause(row, Pauses.NO_ENDPOINT);
                return false;
            }
            if (attachments.goesOn(row, now())) desk.changed(row);
            if (!fetch(row, download)) return attachments.isWanted(row);
            finish(row, download);
            return false;
        } catch (LineBrokenException e) {
            pause(row, e.reason());
        } catch (RefusedException e) {
            security.report(
                    SecurityEvent.Kind.FILE_REFUSED,
                    Optional.of(row.sender()),
                    e.refusal().code(),
                    "evidence " + row.item());
            pause(row, e.refusal().code());
        } catch (ProblemException e) {
            if (e.type() == EvidenceProblem.DISK_FULL) pause(row, Pauses.DISK_FULL);
            else if (e.type() != EvidenceProblem.DESTROYED && e.type() != EvidenceProblem.NOT_FOUND) throw e;
        }
        return false;
    }

    /** @return whether all chunks are here */
    private boolean fetch(SqlAttachments.Received row, Download download) throws LineBrokenException {
        long end = System.nanoTime() + SLICE.toNanos();
        ByteBuffer buffer = ByteBuffer.allocate(Limits.SEALED_CHUNK_BYTES);
        for (Optional<Integer> next = download.next(); next.isPresent(); next = download.next()) {
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted() || !attachments.isWanted(row))
                return false;
            download.put(chunk(row, next.get(), buffer));
        }
        return true;
    }

    private byte[] chunk(SqlAttachments.Received row, int index, ByteBuffer spare) throws LineBrokenException {
        String key = row.sender() + "/" + row.file();
        Broken before = broken.remove(key);
        ByteBuffer into = before != null && before.index() == index ? before.begun() : spare.clear();
        try {
            line.chunk(row.sender(), row.file(), index, into);
        } catch (LineBrokenException e) {
            if (into.position() > 0 && broken.size() < settings.atOnce()) broken.put(key, new Broken(index, into));
            throw e;
        }
        byte[] sealed = new byte[into.flip().remaining()];
        into.get(sealed);
        return sealed;
    }

    private void finish(SqlAttachments.Received row, Download download) {
        boolean right = download.finish();
        if (!right)
            security.report(
                    SecurityEvent.Kind.FILE_REFUSED, Optional.of(row.sender()), "file-wrong", "evidence " + row.item());
        settled(row, right ? SqlAttachments.State.COMPLETE : SqlAttachments.State.WRONG);
    }

    /** A node that was killed after it had proved the whole notes it later. */
    void settled(SqlAttachments.Received row, SqlAttachments.State state) {
        List<SqlAttachments.Received> changed = attachments.settle(row.item(), state, now());
        changed.forEach(desk::changed);
    }

    private void pause(SqlAttachments.Received row, String reason) {
        attachments.pause(row, reason, now());
        if (row.paused().equals(reason)) return;
        LOG.atInfo()
                .addKeyValue("item", row.item())
                .addKeyValue("peer", row.sender())
                .addKeyValue("reason", reason)
                .log("a file pauses");
        desk.changed(row);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
