package org.sharaka.node.attachment;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.evidence.EvidenceExchange;
import org.sharaka.node.evidence.Item;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.node.exchange.FileLine;
import org.sharaka.node.exchange.LineBrokenException;
import org.sharaka.protocol.MemberId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks for files to fetch, to bring, to tell of and to end; of one member one at a time, the smallest first. Of several nodes on one
 * database the one that leads the exchange does.
 */
final class AttachmentJob implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(AttachmentJob.class);
    private static final long TURN_MILLIS = 1_000;
    private static final int TOLD_AT_ONCE = 50;

    private final SqlAttachments attachments;
    private final EvidenceExchange files;
    private final FileDesk desk;
    private final FileLine line;
    private final Fetching fetching;
    private final Bringing bringing;
    private final Endings endings;
    private final UnderWay underWay;
    private final AttachmentSettings settings;
    private final MultiGauge paused;
    private final Clock clock;
    private final Set<MemberId> busy = ConcurrentHashMap.newKeySet();
    private final AtomicInteger running = new AtomicInteger();
    private @Nullable ExecutorService own;
    private @Nullable ExecutorService pool;
    private volatile boolean works;

    AttachmentJob(
            SqlAttachments attachments,
            EvidenceExchange files,
            FileDesk desk,
            FileLine line,
            Fetching fetching,
            Bringing bringing,
            Endings endings,
            UnderWay underWay,
            AttachmentSettings settings,
            MeterRegistry metrics,
            Clock clock) {
        this.attachments = attachments;
        this.files = files;
        this.desk = desk;
        this.line = line;
        this.fetching = fetching;
        this.bringing = bringing;
        this.endings = endings;
        this.underWay = underWay;
        this.settings = settings;
        this.paused = MultiGauge.builder("sharaka.attachment.paused").register(metrics);
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        if (works) return;
        works = true;
        pool = threads(settings.atOnce() + 1, "attachment-file");
        ExecutorService started = threads(1, "attachment");
        own = started;
        started.execute(this::work);
    }

    private static ExecutorService threads(int many, String name) {
        AtomicInteger count = new AtomicInteger();
        return Executors.newFixedThreadPool(many, task -> {
            Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private void work() {
        while (works) {
            try {
                underWay.await(TURN_MILLIS);
                if (works && line.leads()) turn();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("files were not looked after, next try soon", e);
                pause();
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(TURN_MILLIS);
        } catch (InterruptedException e) {
            works = false;
        }
    }

    private void turn() {
        Instant now = clock.instant();
        int unused = endings.run();
        paused.register(
                attachments.paused().stream()
                        .map(each -> MultiGauge.Row.of(Tags.of("reason", each.reason()), each.many()))
                        .toList(),
                true);
        for (SqlAttachments.Received row : attachments.toFetch(now)) fetch(row);
        if (line.bringsItsFiles()) for (SqlAttachments.Sent row : attachments.toBring(now)) bring(row);
        tell(now);
    }

    private void fetch(SqlAttachments.Received row) {
        if (line.hasAddress(row.sender()) && !line.allows(row.sender())) return;
        begin(row.sender(), row.item(), () -> fetchOrSettle(row));
    }

    private boolean fetchOrSettle(SqlAttachments.Received row) {
        Item.State state = files.progress(row.item())
                .map(EvidenceExchange.Progress::state)
                .orElse(Item.State.DESTROYED);
        if (state == Item.State.EXPECTED) return fetching.run(row);
        if (state == Item.State.HELD) fetching.settled(row, SqlAttachments.State.COMPLETE);
        if (state == Item.State.WRONG) fetching.settled(row, SqlAttachments.State.WRONG);
        return false;
    }

    private void bring(SqlAttachments.Sent row) {
        if (!line.hasAddress(row.recipient()) || !line.allows(row.recipient())) return;
        begin(row.recipient(), row.item(), () -> bringing.run(row));
    }

    /** @param work tells whether it may go on at once */
    private void begin(MemberId peer, ItemId item, BooleanSupplier work) {
        ExecutorService threads = pool;
        if (threads == null || running.get() >= settings.atOnce() || !busy.add(peer)) return;
        if (!underWay.begin(item)) {
            busy.remove(peer);
            return;
        }
        running.incrementAndGet();
        try {
            threads.execute(() -> {
                boolean more = false;
                try {
                    more = work.getAsBoolean();
                } catch (RuntimeException e) {
                    LOG.atWarn().addKeyValue("item", item).setCause(e).log("a file could not be worked on, next try soon");
                } finally {
                    ended(peer, item);
                }
                if (more) underWay.wake();
            });
        } catch (RejectedExecutionException e) { // The node stops.
            ended(peer, item);
        }
    }

    private void ended(MemberId peer, ItemId item) {
        running.decrementAndGet();
        underWay.end(item);
        busy.remove(peer);
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

    @Override
    public synchronized void stop() {
        works = false;
        underWay.wake();
        for (ExecutorService each : new ExecutorService[] {own, pool}) end(each);
    }

    private static void end(@Nullable ExecutorService threads) {
        if (threads == null) return;
        threads.shutdownNow();
        try {
            boolean unused = threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return works;
    }
}
