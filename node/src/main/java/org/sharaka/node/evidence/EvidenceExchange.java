package org.sharaka.node.evidence;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.file.FileManifest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files under custody on their way between nodes: what a message says of one, its sealed chunks as they lie here, and what comes
 * in from others. A chunk is never sealed anew, so what was fetched stays fetched.
 */
public final class EvidenceExchange {
    private static final Logger LOG = LoggerFactory.getLogger(EvidenceExchange.class);

    private final SqlItems items;
    private final SealedFiles files;
    private final Sealing sealing;
    private final Custody custody;
    private final Vault vault;
    private final AuditTrail audit;
    private final Ids ids;

    EvidenceExchange(
            SqlItems items,
            SealedFiles files,
            Sealing sealing,
            Custody custody,
            Vault vault,
            AuditTrail audit,
            Ids ids) {
        this.items = items;
        this.files = files;
        this.sealing = sealing;
        this.custody = custody;
        this.vault = vault;
        this.audit = audit;
        this.ids = ids;
    }

    // --- Out ---------------------------------------------------------------------------------------------------------

    /**
     * What a message must say of the item so that its recipient can fetch and open it. Whoever puts it into a message owes
     * {@link #sent}.
     *
     * @throws ProblemException without {@link Permission#EVIDENCE_READ}; {@link EvidenceProblem#NOT_FOUND},
     *     {@link EvidenceProblem#DESTROYED}, {@link EvidenceProblem#NOT_ALL_HERE}, {@link EvidenceProblem#RESTRICTED}
     */
    public FileManifest offer(Actor actor, ItemId id) {
        actor.require(Permission.EVIDENCE_READ);
        StoredItem item = custody.find(actor, id);
        custody.check(actor, item, ItemUse.SEND);
        if (!files.has(item.address())) throw EvidenceProblem.FILE_MISSING.because(item.subject());
        return custody.manifest(item);
    }

    /**
     * Enters that a message carries the item's key to a member; within the transaction that stores the message, so that the log
     * says "sent" if and only if it was.
     *
     * @param message a kind and an id
     * @return the item of which the manifest speaks
     * @throws ProblemException as {@link #offer}; {@link EvidenceProblem#NOT_FOUND} also if nothing here is this file
     */
    public ItemId sent(Actor actor, FileManifest manifest, MemberId to, String message) {
        ItemId id = items.ofFile(manifest.key().id()).stream()
                .filter(item -> item.hashes().equals(manifest.chunks()))
                .map(StoredItem::id)
                .findFirst()
                .orElseThrow(
                        () -> EvidenceProblem.NOT_FOUND.because(manifest.key().toString()));
        return audit.act(actor, CustodyAct.SENT.action(), StoredItem.subject(id), entry -> {
            actor.require(Permission.EVIDENCE_READ);
            custody.check(actor, custody.lock(actor, id), ItemUse.SEND);
            custody.enter(
                    id, CustodyAct.SENT, actor, Optional.of(to.value()), Optional.empty(), Optional.of(message), entry);
            return id;
        });
    }

    /**
     * As {@link #sent}, of an item of another's that goes on inside a share of the message by which it came: as it was sealed, under the key and
     * hashes that its originator signed. Whether that message may be shared with this member, the caller has asked; nothing else is asked of its files.
     *
     * @throws ProblemException as {@link #sent}
     */
    public void sentOn(Actor actor, ItemId id, FileManifest manifest, MemberId to, String message) {
        audit.act(actor, CustodyAct.SENT.action(), StoredItem.subject(id), entry -> {
            actor.require(Permission.EVIDENCE_READ);
            StoredItem item = custody.lock(actor, id);
            custody.requireWhole(actor, item, ItemUse.SEND);
            if (!custody.isOf(item, manifest) || !files.has(item.address()))
                throw EvidenceProblem.FILE_MISSING.because(item.subject());
            custody.enter(
                    id, CustodyAct.SENT, actor, Optional.of(to.value()), Optional.empty(), Optional.of(message), entry);
            return id;
        });
    }

    /**
     * A chunk as it lies here.
     *
     * @param last whether none comes after it
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record SealedChunk(byte[] bytes, boolean last) {}

    /**
     * A sealed chunk as it lies here. Whether the peer who asks may have it, the caller knows from the messages that it sent.
     * Empty if there is none to be had: the item was destroyed, has reached its end, is closed (SAFEGUARDS S12), altered or never was.
     */
    public Optional<SealedChunk> sealedChunk(ItemId id, int index) {
        Optional<SqlItems.Place> place = items.place(id, index, custody.now());
        if (place.isEmpty()) return Optional.empty();
        try (SealedFile file = files.read(place.get().address())) {
            Optional<byte[]> right = file.get(index)
                    .filter(bytes -> Hash.of(bytes).equals(place.get().hash()));
            if (right.isEmpty())
                LOG.atError()
                        .addKeyValue("item", id)
                        .addKeyValue("chunk", index)
                        .log("a file under custody was altered");
            return right.map(bytes -> new SealedChunk(bytes, place.get().last()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw SealedFiles.failure(e);
        }
    }

    /** Enters that a peer has fetched the whole item. */
    public void fetched(ItemId id, MemberId by, String message) {
        enter(id, CustodyAct.FETCHED, by, message);
    }

    /** Enters that a peer says that it has the whole item, opened, and that it is the one which was announced. */
    public void arrived(ItemId id, MemberId at, String message) {
        enter(id, CustodyAct.ARRIVED, at, message);
    }

    private void enter(ItemId id, CustodyAct act, MemberId peer, String message) {
        audit.act(NODE, act.action(), StoredItem.subject(id), entry -> {
            StoredItem item = custody.lock(NODE, id);
            custody.enter(id, act, NODE, Optional.of(peer.value()), Optional.empty(), Optional.of(message), entry);
            return item;
        });
    }

    // --- In ----------------------------------------------------------------------------------------------------------

    /**
     * What a message that names a file says of it besides.
     *
     * @param originator whose data it is
     * @param unit for whose officers alone it exists here
     * @param belongsTo the message: a kind and an id
     */
    public record Announced(
            MemberId sender,
            String originator,
            String purpose,
            Optional<String> unit,
            String belongsTo,
            Instant keepUntil) {}

    /**
     * Notes a file that a message named, within the transaction that takes the message in. A file that we have under this very
     * manifest, or await from the same member, is not awaited twice.
     *
     * @throws org.sharaka.protocol.RefusedException {@link Refusal#ID_REUSED} if the member named another file so: what we say of it would be
     *     said of both
     */
    public ItemId expect(FileManifest manifest, Announced announced) {
        List<StoredItem> named = items.ofFile(manifest.key().id());
        if (named.stream().anyMatch(item -> isFrom(announced.sender(), item) && !custody.isOf(item, manifest)))
            throw Refusal.ID_REUSED.because("file of " + announced.sender());
        Optional<ItemId> known = named.stream()
                .filter(item -> item.state() == Item.State.HELD || isFrom(announced.sender(), item))
                .filter(item -> item.unit().equals(announced.unit()) && custody.isOf(item, manifest))
                .map(StoredItem::id)
                .findFirst();
        if (known.isPresent()) return known.get();
        ItemId id = new ItemId(ids.timeOrdered());
        StoredItem item = new StoredItem(
                id,
                files.newAddress(),
                Item.State.EXPECTED,
                manifest.sizeBytes(),
                manifest.chunks().size(),
                0,
                manifest.chunks(),
                Optional.of(ItemSecret.of(manifest).seal(vault, id)),
                announced.originator(),
                Optional.of(announced.sender().value()),
                announced.purpose(),
                announced.unit(),
                Optional.of(announced.belongsTo()),
                custody.now(),
                announced.keepUntil(),
                Optional.empty(),
                Optional.empty());
        items.add(item, manifest.key().id(), custody.keyedHash(manifest));
        return id;
    }

    private static boolean isFrom(MemberId member, StoredItem item) {
        return item.sender().filter(member.value()::equals).isPresent();
    }

    /**
     * A file that is awaited.
     *
     * @param fileId its protocol name, 32 hexadecimal digits
     */
    public record Awaited(ItemId item, MemberId sender, String fileId, int stored, int chunks) {}

    /** What is awaited, the oldest first. */
    public List<Awaited> awaited() {
        return items.expected().stream()
                .map(item -> new Awaited(
                        item.id(),
                        new MemberId(item.sender().orElseThrow()),
                        HexFormat.of().formatHex(custody.secret(item).key().id()),
                        item.stored(),
                        item.chunks()))
                .toList();
    }

    /** Goes on with a file that is awaited, behind the last chunk that is safely on the disk; empty if it is not any more. */
    public Optional<Download> resume(ItemId id) {
        Optional<StoredItem> awaited = awaited(id);
        if (awaited.isEmpty()) return Optional.empty();
        Download download = new Download(items, files, sealing, custody, audit, awaited.get());
        if (awaited(id).isPresent()) return Optional.of(download);
        // Destroyed in this moment: its file must not be made anew.
        download.close();
        files.delete(awaited.get().address());
        return Optional.empty();
    }

    /**
     * For whose officers alone items exist that came, since the conversation that brought them was closed or opened.
     *
     * @param from the unit until now, folded; empty for all who may read evidence. An item of another stays as it is
     * @param to likewise
     */
    public void keepTo(List<ItemId> ids, String from, String to) {
        ids.forEach(id -> items.keepTo(id, from, to));
    }

    /** What a page or a peer may be told of items that came or are to come; an item that is unknown is left out. */
    public Optional<Progress> progress(ItemId id) {
        return items.find(NODE, id)
                .map(item -> new Progress(item.state(), item.stored(), item.chunks(), item.restricted()));
    }

    /** @param stored chunks that are noted as safe; a few more may be on the disk */
    public record Progress(Item.State state, int stored, int chunks, boolean restricted) {}

    /** Whether a file of this size finds room beside what is kept free for the database and the logs. */
    public boolean hasRoomFor(long bytes) {
        try {
            files.requireSpace(bytes);
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    /** Removes what came of a file that is not wanted any more; its message still names it. */
    public void drop(ItemId id) {
        awaited(id).ifPresent(item -> {
            boolean unused = items.stored(id, 0);
            files.delete(item.address());
        });
    }

    private Optional<StoredItem> awaited(ItemId id) {
        return items.find(NODE, id).filter(item -> item.state() == Item.State.EXPECTED);
    }

    /** The node itself, which serves and fetches. */
    static final Actor NODE = Actor.system("evidence.exchange");
}
