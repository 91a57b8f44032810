package org.sharaka.node.attachment;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.evidence.EvidenceExchange;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.evidence.Item;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.FileReport;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.transport.SignedBytes;

/** The files of messages, for officers. */
public final class AttachmentService {
    private final SqlAttachments attachments;
    private final EvidenceExchange files;
    private final EvidenceService evidence;
    private final UnderWay underWay;
    private final AuditTrail audit;
    private final Clock clock;

    AttachmentService(
            SqlAttachments attachments,
            EvidenceExchange files,
            EvidenceService evidence,
            UnderWay underWay,
            AuditTrail audit,
            Clock clock) {
        this.attachments = attachments;
        this.files = files;
        this.evidence = evidence;
        this.underWay = underWay;
        this.audit = audit;
        this.clock = clock;
    }

    /** Files that came with a message, in its order; for a page whose own reading is on record. */
    public List<Attachment> received(Actor actor, MemberId sender, MessageId message) {
        return attachments.received(sender, message).stream()
                .map(row -> shown(actor, row))
                .toList();
    }

    private Attachment shown(Actor actor, SqlAttachments.Received row) {
        Optional<EvidenceExchange.Progress> progress = files.progress(row.item());
        boolean gone = row.ended()
                || progress.filter(each -> each.state() != Item.State.DESTROYED).isEmpty();
        Attachment.State state =
                switch (row.state()) {
                    case ASKED -> Attachment.State.ASKED;
                    case WANTED -> Attachment.State.ARRIVING;
                    case COMPLETE -> Attachment.State.COMPLETE;
                    case WRONG -> Attachment.State.WRONG;
                    case REFUSED -> Attachment.State.REFUSED;
                };
        boolean waits = row.state() == SqlAttachments.State.WANTED;
        return new Attachment(
                row.file(),
                row.item(),
                item(actor, row.item()),
                gone ? Attachment.State.OVER : state,
                row.sizeBytes(),
                progress.map(EvidenceExchange.Progress::stored).orElse(0),
                row.chunks(),
                Optional.of(row.paused()).filter(reason -> waits && !reason.isEmpty()));
    }

    /** Files that a message of ours carries, in its order; likewise. */
    public List<Attachment> sent(Actor actor, MessageId message) {
        return attachments.sent(message).stream().map(row -> shown(actor, row)).toList();
    }

    /**
     * That the files of a message of ours arrived, or why not, as their recipient signed it: SignedData in DER, in the order of the files.
     * Nothing of those that are under way still.
     */
    public List<byte[]> signedReports(MessageId message) {
        return attachments.reports(message).stream().map(SignedBytes::der).toList();
    }

    private Attachment shown(Actor actor, SqlAttachments.Sent row) {
        Attachment.State state = row.told()
                .map(told -> switch (told) {
                    case WAITING -> Attachment.State.ASKED;
                    case ARRIVING -> Attachment.State.ARRIVING;
                    case COMPLETE -> Attachment.State.COMPLETE;
                    case WRONG -> Attachment.State.WRONG;
                    case REFUSED -> Attachment.State.REFUSED;
                })
                .orElse(Attachment.State.OFFERED);
        boolean under = row.told().filter(FileReport.State::last).isEmpty();
        return new Attachment(
                row.file(),
                row.item(),
                item(actor, row.item()),
                row.ended() ? Attachment.State.OVER : state,
                row.sizeBytes(),
                row.have(),
                row.chunks(),
                Optional.of(row.paused()).filter(reason -> under && !reason.isEmpty()));
    }

    private Optional<Item> item(Actor actor, ItemId id) {
        return evidence.shown(actor, List.of(id)).stream().findFirst();
    }

    /**
     * Lets a file come that is too large to be fetched unasked.
     *
     * @throws org.sharaka.node.platform.ProblemException without {@link Permission#EXCHANGE_READ}, {@link Permission#EVIDENCE_ADD} or
     *     purpose; {@link AttachmentProblem}
     */
    public void accept(Actor actor, MemberId sender, MessageId message, String file) {
        decide(actor, "attachment.accept", sender, message, file, SqlAttachments.State.WANTED);
    }

    /** Refuses a file for good, as far as it has not come; likewise. What came of it is removed. */
    public void refuse(Actor actor, MemberId sender, MessageId message, String file) {
        files.drop(decide(actor, "attachment.refuse", sender, message, file, SqlAttachments.State.REFUSED));
    }

    /**
     * Files that came with messages exist for whom their conversation exists from now on; those of another unit stay as they are.
     *
     * @param from the unit for whose officers alone they existed, folded; empty for all who may read evidence
     * @param to likewise
     */
    public void keepTo(MemberId sender, List<MessageId> messages, String from, String to) {
        files.keepTo(
                messages.stream()
                        .flatMap(message -> attachments.received(sender, message).stream())
                        .map(SqlAttachments.Received::item)
                        .distinct()
                        .toList(),
                from,
                to);
    }

    private ItemId decide(
            Actor actor, String action, MemberId sender, MessageId message, String file, SqlAttachments.State to) {
        ItemId item = audit.act(actor, action, "message/" + message + " from " + sender, () -> {
            actor.require(Permission.EXCHANGE_READ).requirePurpose();
            actor.require(Permission.EVIDENCE_ADD);
            SqlAttachments.Received row = attachments.received(sender, message).stream()
                    .filter(each -> each.file().equals(file) && !each.ended())
                    .findFirst()
                    .flatMap(attachments::lock)
                    .orElseThrow(() -> AttachmentProblem.NOT_FOUND.because("no such file"));
            boolean open = row.state() == SqlAttachments.State.ASKED
                    || (row.state() == SqlAttachments.State.WANTED && to == SqlAttachments.State.REFUSED);
            if (!open) throw AttachmentProblem.DECIDED_BEFORE.because("evidence " + row.item());
            attachments.decide(row, to, actor.id(), clock.instant().truncatedTo(ChronoUnit.MICROS));
            return row.item();
        });
        underWay.wake();
        return item;
    }
}
