package org.sharaka.node.attachment;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.evidence.Download;
import org.sharaka.node.evidence.EvidenceExchange;
import org.sharaka.node.evidence.EvidenceProblem;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.evidence.Item;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.MessageFiles;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.message.FileReport;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.transport.SignedBytes;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

/** Notes which message carries which file, and answers members about them. */
final class FileDesk implements MessageFiles {
    private final SqlAttachments attachments;
    private final EvidenceExchange files;
    private final EvidenceService evidence;
    private final Supplier<ExchangeService> exchange;
    private final Supplier<Stream<AttachmentPlaces>> places;
    private final Predicate<MessageId> withdrawn;
    private final AttachmentSettings settings;
    private final UnderWay underWay;
    private final SecurityEvents security;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    /** @param withdrawn whether what a message of ours says was taken back, by us or by its originator: its files are given to nobody any more */
    FileDesk(
            SqlAttachments attachments,
            EvidenceExchange files,
            EvidenceService evidence,
            Supplier<ExchangeService> exchange,
            Supplier<Stream<AttachmentPlaces>> places,
            Predicate<MessageId> withdrawn,
            AttachmentSettings settings,
            UnderWay underWay,
            SecurityEvents security,
            TransactionTemplate transactions,
            ApplicationEventPublisher events,
            Clock clock) {
        this.attachments = attachments;
        this.files = files;
        this.evidence = evidence;
        this.exchange = exchange;
        this.places = places;
        this.withdrawn = withdrawn;
        this.settings = settings;
        this.underWay = underWay;
        this.security = security;
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
    }

    static String name(FileManifest manifest) {
        return HexFormat.of().formatHex(manifest.key().id());
    }

    // --- Out ---------------------------------------------------------------------------------------------------------

    @Override
    public void sent(Actor actor, SignedMessage signed) {
        Message message = signed.message();
        Instant now = now();
        String subject =
                new SqlAttachments.Carrier(Optional.empty(), message.header().id()).subject();
        List<FileManifest> manifests = message.files();
        for (int place = 0; place < manifests.size(); place++) {
            FileManifest manifest = manifests.get(place);
            ItemId item = message.onward().isPresent()
                    ? sentOn(actor, message, manifest, subject)
                    : files.sent(actor, manifest, message.header().recipient(), subject);
            keepAsLong(item, subject, message.handling().keepUntil());
            attachments.add(
                    new SqlAttachments.Sent(
                            message.header().id(),
                            name(manifest),
                            message.header().recipient(),
                            item,
                            manifest.sizeBytes(),
                            manifest.chunks().size(),
                            Optional.empty(),
                            0,
                            false,
                            "",
                            false),
                    place,
                    message.handling().keepUntil(),
                    now);
        }
    }

    /**
     * What is shared onward takes along files that came with it, and no others. It is sealed as it came, so that its new holder checks it by what the
     * originator signed.
     */
    private ItemId sentOn(Actor actor, Message message, FileManifest manifest, String subject) {
        Message came =
                SignedMessage.ofKept(message.onward().orElseThrow().der()).message();
        ItemId item = attachments.received(came.header().sender(), came.header().id()).stream()
                .filter(row -> row.file().equals(name(manifest)) && !row.ended())
                .filter(row -> row.state() == SqlAttachments.State.COMPLETE)
                .map(SqlAttachments.Received::item)
                .findFirst()
                .orElseThrow(() -> AttachmentProblem.NOT_HERE.because("file " + name(manifest)));
        files.sentOn(actor, item, manifest, message.header().recipient(), subject);
        return item;
    }

    /** A file that was taken in to be sent belongs to the first message that carries it, and is kept as long. */
    private void keepAsLong(ItemId item, String subject, Instant until) {
        boolean free = evidence.shown(NODE, List.of(item)).stream()
                .anyMatch(each -> each.belongsTo().isEmpty());
        if (free) evidence.attach(NODE, item, subject, until);
    }

    @Override
    public Optional<byte[]> chunk(MemberId peer, String file, int index) {
        return attachments.sentTo(peer, file, now()).stream()
                .filter(this::isWithItsRecipient)
                .filter(row -> !withdrawn.test(row.message()))
                .findFirst()
                .flatMap(row -> files.sealedChunk(row.item(), index))
                .map(EvidenceExchange.SealedChunk::bytes);
    }

    /** Its recipient said that it has the message: by then it was neither refused nor given up. */
    private boolean isWithItsRecipient(SqlAttachments.Sent row) {
        return exchange.get()
                .sent(row.message())
                .filter(sent -> switch (sent.state()) {
                    case DELIVERED, ACCEPTED -> true;
                    case WAITING, SKIPPED, REFUSED -> false;
                })
                .isPresent();
    }

    @Override
    public void given(MemberId peer, String file, int index) {
        for (SqlAttachments.Sent row : attachments.sentTo(peer, file, now())) {
            if (index != row.chunks() - 1 || row.fetched()) continue;
            transactions.executeWithoutResult(status -> {
                if (attachments.fetched(row, now())) files.fetched(row.item(), peer, subject(row));
            });
        }
    }

    private static String subject(SqlAttachments.Sent row) {
        return new SqlAttachments.Carrier(Optional.empty(), row.message()).subject();
    }

    @Override
    public boolean reported(MemberId peer, String file, FileReport.Progress progress, SignedBytes signed) {
        List<SqlAttachments.Sent> rows = attachments.sentTo(peer, file, now()).stream()
                .filter(this::isWithItsRecipient)
                .toList();
        rows.forEach(row -> note(row, progress, signed));
        return !rows.isEmpty();
    }

    /** What the recipient of a file of ours says of it; its last word is kept as it signed it. */
    void note(SqlAttachments.Sent row, FileReport.Progress progress, SignedBytes signed) {
        transactions.executeWithoutResult(status -> {
            if (!attachments.told(row, progress, signed, now())) return;
            if (progress.state() == FileReport.State.COMPLETE) files.arrived(row.item(), row.recipient(), subject(row));
            if (progress.state() == FileReport.State.WRONG)
                security.report(
                        SecurityEvent.Kind.FILE_REFUSED,
                        Optional.of(row.recipient()),
                        "file-wrong",
                        "evidence " + row.item() + ", says its recipient");
            events.publishEvent(new AttachmentChanged(Optional.empty(), row.message()));
        });
    }

    // --- In ----------------------------------------------------------------------------------------------------------

    @Override
    public void accepted(SignedMessage signed) {
        Message message = signed.message();
        Instant now = now();
        MemberId sender = message.header().sender();
        SqlAttachments.Carrier carrier =
                new SqlAttachments.Carrier(Optional.of(sender), message.header().id());
        AttachmentPlaces.Place place = places.get()
                .flatMap(each -> each.of(signed).stream())
                .findFirst()
                .orElseGet(() -> new AttachmentPlaces.Place(
                        Optional.empty(), message.handling().keepUntil()));
        List<FileManifest> manifests = message.files();
        for (int i = 0; i < manifests.size(); i++) {
            FileManifest manifest = manifests.get(i);
            ItemId item = files.expect(
                    manifest,
                    new EvidenceExchange.Announced(
                            sender,
                            message.handling().originator().value(),
                            message.handling().purpose(),
                            place.unit(),
                            carrier.subject(),
                            place.keepUntil()));
            boolean here = files.progress(item)
                    .filter(progress -> progress.state() == Item.State.HELD)
                    .isPresent();
            SqlAttachments.State state = here
                    ? SqlAttachments.State.COMPLETE
                    : settings.asksFor(manifest.sizeBytes()) ? SqlAttachments.State.ASKED : SqlAttachments.State.WANTED;
            attachments.add(
                    new SqlAttachments.Received(
                            sender,
                            message.header().id(),
                            name(manifest),
                            item,
                            manifest.sizeBytes(),
                            manifest.chunks().size(),
                            state,
                            "",
                            false),
                    i,
                    place.keepUntil(),
                    now);
        }
        underWay.wake();
    }

    @Override
    public Optional<FileReport.Progress> report(MemberId peer, String file) {
        List<SqlAttachments.Received> rows = attachments.receivedFrom(peer, file);
        rows.stream().filter(row -> isLast(row.state())).forEach(row -> attachments.toldSender(row, now()));
        return rows.stream().findFirst().map(this::reportOf);
    }

    private static boolean isLast(SqlAttachments.State state) {
        return state != SqlAttachments.State.ASKED && state != SqlAttachments.State.WANTED;
    }

    FileReport.Progress reportOf(SqlAttachments.Received row) {
        int have = row.state() == SqlAttachments.State.COMPLETE
                ? row.chunks()
                : files.progress(row.item())
                        .map(EvidenceExchange.Progress::stored)
                        .orElse(0);
        return new FileReport.Progress(
                switch (row.state()) {
                    case ASKED -> FileReport.State.WAITING;
                    case WANTED ->
                        Pauses.atOurSide(row.paused()) ? FileReport.State.WAITING : FileReport.State.ARRIVING;
                    case COMPLETE -> FileReport.State.COMPLETE;
                    case WRONG -> FileReport.State.WRONG;
                    case REFUSED -> FileReport.State.REFUSED;
                },
                have,
                row.chunks());
    }

    @Override
    public Brought bring(MemberId peer, String file, int index, byte[] sealed) {
        Optional<SqlAttachments.Received> found =
                attachments.receivedFrom(peer, file).stream().findFirst();
        if (found.isEmpty() || index >= found.get().chunks()) return Brought.UNKNOWN;
        SqlAttachments.Received row = found.get();
        if (row.state() == SqlAttachments.State.COMPLETE) return Brought.KEPT;
        if (row.state() != SqlAttachments.State.WANTED
                || Pauses.reason(row, attachments, files, settings).isPresent()) return Brought.NOT_NOW;
        if (!underWay.begin(row.item())) return Brought.NOT_NOW;
        try {
            return keep(row, index, sealed);
        } finally {
            underWay.end(row.item());
        }
    }

    private Brought keep(SqlAttachments.Received row, int index, byte[] sealed) {
        Optional<Download> resumed = files.resume(row.item());
        if (resumed.isEmpty()) return Brought.UNKNOWN;
        try (Download download = resumed.get()) {
            int next = download.next().orElse(row.chunks());
            if (index < next) return Brought.KEPT;
            if (index > next) return Brought.NOT_NOW;
            attachments.begun(row);
            download.put(sealed);
            if (attachments.goesOn(row, now())) changed(row);
            if (download.next().isEmpty()) underWay.wake();
            return Brought.KEPT;
        } catch (RefusedException e) {
            security.report(
                    SecurityEvent.Kind.FILE_REFUSED,
                    Optional.of(row.sender()),
                    e.refusal().code(),
                    "chunk " + index + " of evidence " + row.item());
            throw e;
        } catch (ProblemException e) {
            if (e.type() == EvidenceProblem.DESTROYED) return Brought.UNKNOWN;
            if (e.type() != EvidenceProblem.DISK_FULL) throw e;
            attachments.pause(row, Pauses.DISK_FULL, now());
            changed(row);
            return Brought.NOT_NOW;
        }
    }

    void changed(SqlAttachments.Received row) {
        transactions.executeWithoutResult(
                status -> events.publishEvent(new AttachmentChanged(Optional.of(row.sender()), row.message())));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** The node itself. */
    static final Actor NODE = Actor.system("attachment");
}
