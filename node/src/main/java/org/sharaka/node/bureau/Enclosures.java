package org.sharaka.node.bureau;

import java.util.List;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.attachment.Attachment;
import org.sharaka.node.attachment.AttachmentService;
import org.sharaka.node.evidence.EvidenceExchange;
import org.sharaka.node.evidence.EvidenceProblem;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.evidence.Item;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.protocol.file.FileManifest;

/** Files under custody that messages enclose: chosen by officers, shown with the message, opened where files are. */
final class Enclosures {
    /** As evidence calls what was taken in here. */
    private static final String OWN = "own";

    private final EvidenceService evidence;
    private final EvidenceExchange exchange;
    private final AttachmentService attachments;

    Enclosures(EvidenceService evidence, EvidenceExchange exchange, AttachmentService attachments) {
        this.evidence = evidence;
        this.exchange = exchange;
        this.attachments = attachments;
    }

    /** What an officer may enclose without taking it in anew, the newest first; entered as a look at the list of files. */
    List<Item> choice(Actor actor) {
        if (!actor.may(Permission.EVIDENCE_READ)) return List.of();
        return evidence.latest(actor, Optional.empty()).items().stream()
                .filter(item -> item.state() == Item.State.HELD && !item.restricted())
                .filter(item -> item.originator().equals(OWN))
                .toList();
    }

    /** For a page whose own reading is on record. */
    List<Item> shown(Actor actor, List<String> ids) {
        return evidence.shown(
                actor, ids.stream().flatMap(id -> ItemId.parse(id).stream()).toList());
    }

    /**
     * What the message says of its files.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link BureauProblem#FILE_OF_ANOTHER}; what evidence refuses: not found, closed,
     *     destroyed, not all here
     */
    List<FileManifest> manifests(Actor actor, List<String> ids) {
        return ids.stream().map(id -> manifest(actor, id)).toList();
    }

    private FileManifest manifest(Actor actor, String text) {
        ItemId id = ItemId.parse(text).orElseThrow(() -> EvidenceProblem.NOT_FOUND.because("not an item's id"));
        FileManifest manifest = exchange.offer(actor, id);
        // Another's data travels inside the message by which it came, with its originator's terms, or not at all.
        boolean own = evidence.shown(actor, List.of(id)).stream()
                .allMatch(item -> item.originator().equals(OWN));
        if (!own) throw BureauProblem.FILE_OF_ANOTHER.because("evidence/" + id);
        return manifest;
    }

    List<Attachment> of(Actor actor, Entry entry) {
        return entry.name()
                .map(name -> entry.ours()
                        ? attachments.sent(actor, name)
                        : attachments.received(actor, entry.conversation().peer(), name))
                .orElse(List.of());
    }
}
