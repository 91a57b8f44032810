package org.sharaka.node.evidence;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.file.FileManifest;

/** The rules that every act on an item keeps: who meets it, what may be done with it, and that it is logged. */
final class Custody {
    private final SqlItems items;
    private final Vault vault;
    private final EvidenceSettings settings;
    private final Supplier<Stream<ItemGuard>> guards;
    private final Clock clock;

    Custody(SqlItems items, Vault vault, EvidenceSettings settings, Supplier<Stream<ItemGuard>> guards, Clock clock) {
        this.items = items;
        this.vault = vault;
        this.settings = settings;
        this.guards = guards;
        this.clock = clock;
    }

    /** As the database keeps it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** What does not exist for the actor is not found, whether or not it exists for others. */
    StoredItem find(Actor actor, ItemId id) {
        return items.find(actor, id).orElseThrow(() -> notFound(id));
    }

    StoredItem lock(Actor actor, ItemId id) {
        return items.lock(actor, id).orElseThrow(() -> notFound(id));
    }

    private static RuntimeException notFound(ItemId id) {
        return EvidenceProblem.NOT_FOUND.because(StoredItem.subject(id));
    }

    /** Whether it is closed to this actor as one that may show the abuse of a child. */
    boolean closedTo(Actor actor, StoredItem item) {
        return item.restricted() && !settings.isChildProtection(actor.unit());
    }

    /** Throws unless the use is allowed to this actor, of this item, now. */
    void check(Actor actor, StoredItem item, ItemUse use) {
        requireWhole(actor, item, use);
        guards.get().forEach(guard -> guard.check(actor, item.id(), use));
    }

    /** As {@link #check}, where the caller has asked for the message that the item came with, which says what the guards would. */
    void requireWhole(Actor actor, StoredItem item, ItemUse use) {
        requireContent(item);
        if (ended(item)) throw EvidenceProblem.DESTROYED.because(item.subject());
        if (item.state() != Item.State.HELD) throw EvidenceProblem.NOT_ALL_HERE.because(item.subject());
        if (item.restricted() && (use != ItemUse.VIEW || closedTo(actor, item)))
            throw EvidenceProblem.RESTRICTED.because(item.subject());
    }

    /** What has ended is not shown before it is destroyed: a node that was away comes late to that. */
    private boolean ended(StoredItem item) {
        return !item.restricted() && !item.keepUntil().isAfter(now());
    }

    static void requireContent(StoredItem item) {
        if (item.state() == Item.State.DESTROYED) throw EvidenceProblem.DESTROYED.because(item.subject());
    }

    ItemSecret secret(StoredItem item) {
        return ItemSecret.open(
                vault, item.id(), item.sealed().orElseThrow(() -> EvidenceProblem.DESTROYED.because(item.subject())));
    }

    FileManifest manifest(StoredItem item) {
        return secret(item).manifest(item.id(), item.hashes());
    }

    /** Whether the item is the very file, under the very key and name, that a message names. */
    boolean isOf(StoredItem item, FileManifest manifest) {
        ItemSecret secret = secret(item);
        return item.hashes().equals(manifest.chunks())
                && MessageDigest.isEqual(secret.key().bytes(), manifest.key().bytes())
                && secret.name().equals(manifest.name())
                && secret.mediaType().equals(manifest.mediaType())
                && secret.sizeBytes() == manifest.sizeBytes()
                && secret.sha256().equals(manifest.sha256());
    }

    /** What this actor is shown: without name and hash if it was destroyed, has ended, waits or is closed to them. */
    Item shown(Actor actor, StoredItem item) {
        boolean hidden = item.sealed().isEmpty()
                || closedTo(actor, item)
                || ended(item)
                || guards.get().anyMatch(guard -> guard.waits(item.id()));
        return item.shown(hidden ? Optional.empty() : Optional.of(secret(item)));
    }

    byte[] keyedHash(FileManifest manifest) {
        return vault.mac("evidence.content", manifest.sha256().bytes());
    }

    /** Adds to the log of an item that the caller has locked or made. */
    void enter(ItemId id, CustodyAct act, Actor actor, EntryId entry) {
        enter(id, act, actor, Optional.empty(), Optional.empty(), Optional.empty(), entry);
    }

    void enter(
            ItemId id,
            CustodyAct act,
            Actor actor,
            Optional<String> counterpart,
            Optional<String> reason,
            Optional<String> reference,
            EntryId entry) {
        items.enter(id, now(), act, actor, counterpart, reason, reference, entry);
    }
}
