package org.sharaka.node.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.Page;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.file.FileManifest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Files under custody, for officers. What is taken in is sealed in the stream under a key of its own; every act is in the item's
 * custody log and in the audit record, in one transaction with what it did.
 */
public final class EvidenceService {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceService.class);

    /** Whose data it is: this service's own. */
    private static final String OWN = "own";

    /** A file that nobody wrote to for so long is nobody's any more. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    /** Items on a page. */
    private static final int PAGE = 50;

    private final SqlItems items;
    private final SealedFiles files;
    private final Sealing sealing;
    private final Custody custody;
    private final Vault vault;
    private final EvidenceSettings settings;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Ids ids;

    EvidenceService(
            SqlItems items,
            SealedFiles files,
            Sealing sealing,
            Custody custody,
            Vault vault,
            EvidenceSettings settings,
            AuditTrail audit,
            ApplicationEventPublisher events,
            Ids ids) {
        this.items = items;
        this.files = files;
        this.sealing = sealing;
        this.custody = custody;
        this.vault = vault;
        this.settings = settings;
        this.audit = audit;
        this.events = events;
        this.ids = ids;
    }

    /**
     * Takes a file in: reads the stream to its end, seals and hashes it on the way, and returns once all is on the disk. Memory
     * does not grow with the file. A stream that breaks off, a full disk or a killed node leaves nothing behind.
     *
     * @throws ProblemException without {@link Permission#EVIDENCE_ADD} or purpose; {@link EvidenceProblem#BAD_NAME},
     *     {@link EvidenceProblem#TOO_LARGE}, {@link EvidenceProblem#BROKE_OFF}, {@link EvidenceProblem#DISK_FULL}
     */
    public Item take(Actor actor, NewItem what, InputStream clear) {
        ItemId id = new ItemId(ids.timeOrdered());
        String address = files.newAddress();
        Purpose purpose;
        FileManifest manifest;
        try {
            purpose = actor.require(Permission.EVIDENCE_ADD).requirePurpose();
            manifest = seal(address, what, clear);
        } catch (RuntimeException e) {
            return audit.act(actor, CustodyAct.RECEIVED.action(), StoredItem.subject(id), () -> {
                throw e; // Enters the refusal; nothing of the file is left by now.
            });
        }
        return audit.act(
                actor,
                CustodyAct.RECEIVED.action(),
                StoredItem.subject(id),
                entry -> keep(actor, id, address, what, manifest, purpose, entry));
    }

    /** No transaction is open while the stream lasts: the note is what tells a killed node's successor to sweep the file. */
    private FileManifest seal(String address, NewItem what, InputStream clear) {
        items.begin(address, custody.now());
        try {
            return sealing.seal(address, what, clear);
        } catch (RuntimeException | Error e) {
            discard(address);
            throw e;
        }
    }

    private void discard(String address) {
        files.delete(address);
        items.finish(address);
    }

    private Item keep(
            Actor actor,
            ItemId id,
            String address,
            NewItem what,
            FileManifest manifest,
            Purpose purpose,
            EntryId entry) {
        if (!items.finish(address)) throw EvidenceProblem.BROKE_OFF.because("it took too long");
        Instant now = custody.now();
        int chunks = manifest.chunks().size();
        StoredItem item = new StoredItem(
                id,
                address,
                Item.State.HELD,
                manifest.sizeBytes(),
                chunks,
                chunks,
                manifest.chunks(),
                Optional.of(ItemSecret.of(manifest).seal(vault, id)),
                OWN,
                Optional.empty(),
                purpose.name(),
                what.ownUnitOnly() ? actor.unit() : Optional.empty(),
                Optional.empty(),
                now,
                now.plus(settings.unattached()),
                Optional.empty(),
                Optional.empty());
        items.add(item, manifest.key().id(), custody.keyedHash(manifest));
        custody.enter(id, CustodyAct.RECEIVED, actor, entry);
        return custody.shown(actor, item);
    }

    /** @throws ProblemException without {@link Permission#EVIDENCE_READ} or purpose; {@link EvidenceProblem#NOT_FOUND} */
    public Item item(Actor actor, ItemId id) {
        return audit.read(actor, "evidence.read", StoredItem.subject(id), () -> {
            actor.require(Permission.EVIDENCE_READ).requirePurpose();
            return custody.shown(actor, custody.find(actor, id));
        });
    }

    /** What the actor may meet, the newest first. */
    public Page<Item> latest(Actor actor, Optional<String> cursor) {
        return audit.read(actor, "evidence.list", "evidence/latest", () -> {
            actor.require(Permission.EVIDENCE_READ).requirePurpose();
            List<StoredItem> found = items.latest(actor, cursor.flatMap(ItemId::parse), PAGE + 1);
            List<Item> shown = found.stream()
                    .limit(PAGE)
                    .map(item -> custody.shown(actor, item))
                    .toList();
            return new Page<>(
                    shown,
                    found.size() > PAGE
                            ? Optional.of(shown.get(shown.size() - 1).id().toString())
                            : Optional.empty());
        });
    }

    /** By which pages tell what is late. */
    Instant now() {
        return custody.now();
    }

    /** For a page whose own reading is on record already; what does not exist for the actor is left out. */
    public List<Item> shown(Actor actor, Collection<ItemId> wanted) {
        return wanted.stream()
                .flatMap(id -> items.find(actor, id).stream())
                .map(item -> custody.shown(actor, item))
                .toList();
    }

    /**
     * Who received, viewed, exported, sent and destroyed it, in order; outlives the item.
     *
     * @throws ProblemException as {@link #item}
     */
    public List<CustodyEntry> custody(Actor actor, ItemId id) {
        return audit.read(actor, "evidence.custody", StoredItem.subject(id), () -> {
            actor.require(Permission.EVIDENCE_READ).requirePurpose();
            return items.custody(custody.find(actor, id).id());
        });
    }

    /**
     * The content, to be shown inside the node; the caller closes it.
     *
     * @throws ProblemException without {@link Permission#EVIDENCE_READ} or purpose; {@link EvidenceProblem#NOT_FOUND},
     *     {@link EvidenceProblem#DESTROYED}, {@link EvidenceProblem#NOT_ALL_HERE}, {@link EvidenceProblem#RESTRICTED},
     *     {@link EvidenceProblem#FILE_MISSING}, {@link EvidenceProblem#ALTERED}, {@link EvidenceProblem#KEY_REFUSED}
     */
    public ItemContent view(Actor actor, ItemId id) {
        return open(actor, id, ItemUse.VIEW, Permission.EVIDENCE_READ);
    }

    /** As {@link #view}, to leave the node in the clear; without {@link Permission#EVIDENCE_EXPORT} refused. */
    public ItemContent export(Actor actor, ItemId id) {
        return open(actor, id, ItemUse.EXPORT, Permission.EVIDENCE_EXPORT);
    }

    /** As {@link #export}, to be given to a court: what came from police elsewhere becomes evidence only as its originator lets it (SAFEGUARDS S18). */
    public ItemContent exportForCourt(Actor actor, ItemId id) {
        return open(actor, id, ItemUse.COURT, Permission.EVIDENCE_EXPORT);
    }

    private ItemContent open(Actor actor, ItemId id, ItemUse use, Permission permission) {
        AtomicReference<ItemContent> opened = new AtomicReference<>();
        try {
            return audit.act(actor, use.action(), StoredItem.subject(id), entry -> {
                actor.require(permission).requirePurpose();
                StoredItem item = custody.lock(actor, id);
                custody.check(actor, item, use);
                ItemContent content = sealing.open(item, custody.manifest(item));
                opened.set(content);
                custody.enter(id, use.act(), actor, Optional.empty(), use.reason(), Optional.empty(), entry);
                return content;
            });
        } catch (RuntimeException e) {
            closeQuietly(opened.get());
            throw e;
        }
    }

    private static void closeQuietly(@Nullable ItemContent content) {
        if (content == null) return;
        try {
            content.close();
        } catch (IOException e) {
            LOG.debug("a file that was read could not be closed", e);
        }
    }

    /**
     * Makes the item part of something, which decides from then on how long it is kept.
     *
     * @param belongsTo a kind and an id
     */
    public void attach(Actor actor, ItemId id, String belongsTo, Instant keepUntil) {
        audit.act(actor, CustodyAct.ATTACHED.action(), StoredItem.subject(id), entry -> {
            actor.require(Permission.EVIDENCE_ADD);
            StoredItem item = custody.lock(actor, id);
            Custody.requireContent(item);
            items.attach(id, belongsTo, keepUntil);
            custody.enter(
                    id, CustodyAct.ATTACHED, actor, Optional.empty(), Optional.empty(), Optional.of(belongsTo), entry);
            return item;
        });
    }

    /**
     * Closes an item of which the actor believes that it shows the abuse of a child (S12): from now on one unit alone sees it,
     * nobody takes it out, and its clock runs. Whoever may read the item may say so; nothing changes if somebody did.
     */
    public void restrict(Actor actor, ItemId id) {
        audit.act(actor, CustodyAct.RESTRICTED.action(), StoredItem.subject(id), entry -> {
            actor.require(Permission.EVIDENCE_READ);
            StoredItem item = custody.lock(actor, id);
            Custody.requireContent(item);
            if (!item.restricted())
                items.restrict(id, custody.now(), custody.now().plus(settings.review()));
            custody.enter(id, CustodyAct.RESTRICTED, actor, entry);
            return item;
        });
    }

    /** The unit looked and found otherwise. */
    public void release(Actor actor, ItemId id) {
        audit.act(actor, CustodyAct.RELEASED.action(), StoredItem.subject(id), entry -> {
            actor.require(Permission.EVIDENCE_READ).requirePurpose();
            StoredItem item = custody.lock(actor, id);
            if (!settings.isChildProtection(actor.unit())) throw EvidenceProblem.RESTRICTED.because(item.subject());
            items.restrict(id, null, null);
            custody.enter(id, CustodyAct.RELEASED, actor, entry);
            return item;
        });
    }

    /** What the unit must look at, the most urgent first; refused to everybody else. */
    public List<Item> restricted(Actor actor) {
        return audit.read(actor, "evidence.restricted-list", "evidence/restricted", () -> {
            actor.require(Permission.EVIDENCE_READ).requirePurpose();
            if (!settings.isChildProtection(actor.unit())) throw EvidenceProblem.RESTRICTED.because("another unit's");
            return items.restricted().stream()
                    .map(item -> custody.shown(actor, item))
                    .toList();
        });
    }

    /** Whether this officer is of the unit that looks at what may show the abuse of a child. */
    public boolean looksAtRestricted(Actor actor) {
        return actor.may(Permission.EVIDENCE_READ) && settings.isChildProtection(actor.unit());
    }

    /**
     * Destroys the item's key, and then its file: nobody can open it any more, here or from a backup whose keys have run out.
     * What stays carries no personal data: sizes, times, a keyed hash, the custody log.
     *
     * @throws ProblemException without {@link Permission#EVIDENCE_DESTROY}; {@link EvidenceProblem#RESTRICTED} for what one unit
     *     alone decides on
     */
    public void destroy(Actor actor, ItemId id, DestructionReason reason) {
        StoredItem destroyed = audit.act(actor, CustodyAct.DESTROYED.action(), StoredItem.subject(id), entry -> {
            actor.require(Permission.EVIDENCE_DESTROY);
            StoredItem item = custody.lock(actor, id);
            Custody.requireContent(item);
            if (custody.closedTo(actor, item)) throw EvidenceProblem.RESTRICTED.because(item.subject());
            items.destroy(item, custody.now());
            custody.enter(
                    id,
                    CustodyAct.DESTROYED,
                    actor,
                    Optional.empty(),
                    Optional.of(reason.name()),
                    Optional.empty(),
                    entry);
            events.publishEvent(new ItemDestroyed(id));
            return item;
        });
        discard(destroyed.address());
    }

    /** Destroys what has reached its end (S20), but nothing that a unit must still look at. */
    int destroyExpired() {
        Actor retention = Actor.system("evidence.retention");
        List<ItemId> ended = items.toEnd(custody.now());
        ended.forEach(id -> destroy(retention, id, DestructionReason.RETENTION));
        return ended.size();
    }

    /** Removes what killed nodes began and did not finish, and files of destroyed items. @return how many */
    int sweep() {
        Instant abandoned = custody.now().minus(ABANDONED);
        int swept = 0;
        for (String address : items.unfinishedSince(abandoned)) {
            // Somebody may be writing to it still: a large file takes longer than an hour.
            if (files.touched(address).filter(abandoned::isBefore).isPresent()) continue;
            discard(address);
            swept++;
        }
        return swept;
    }
}
