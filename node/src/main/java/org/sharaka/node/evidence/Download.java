package org.sharaka.node.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.file.FileOpener;

/**
 * A file on its way in, chunk after chunk. Each is checked by its hash before it is kept; after every few the disk is waited for
 * and the progress noted; a killed node goes on behind the last chunk that is right on its disk. Not for several threads.
 */
public final class Download implements AutoCloseable {
    /** Chunks between two waits for the disk: what may be fetched again after a loss of power. */
    private static final int STRIDE = 16;

    private final SqlItems items;
    private final SealedFiles files;
    private final Sealing sealing;
    private final Custody custody;
    private final AuditTrail audit;
    private final StoredItem item;
    private final FileManifest manifest;
    private final FileOpener opener;
    private final SealedFile file;
    private int next;
    private int safe;
    private boolean over;

    Download(SqlItems items, SealedFiles files, Sealing sealing, Custody custody, AuditTrail audit, StoredItem item) {
        this.items = items;
        this.files = files;
        this.sealing = sealing;
        this.custody = custody;
        this.audit = audit;
        this.item = item;
        this.manifest = custody.manifest(item);
        this.opener = sealing.opener(manifest);
        // A node that came back from a backup has the row and not the file.
        this.safe = files.has(item.address()) ? item.stored() : 0;
        this.next = safe;
        try {
            this.file = files.write(item.address());
        } catch (IOException e) {
            throw SealedFiles.failure(e);
        }
        while (next < item.chunks() && isThere(next)) next++;
    }

    /** What a killed node wrote and did not note counts, if it is right. */
    private boolean isThere(int index) {
        try {
            return file.get(index)
                    .filter(bytes -> Hash.of(bytes).equals(item.hashes().get(index)))
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    /** The chunk that is wanted next; empty once all are here. */
    public Optional<Integer> next() {
        return next < item.chunks() ? Optional.of(next) : Optional.empty();
    }

    /**
     * Keeps the chunk that was wanted.
     *
     * @throws RefusedException {@link Refusal#CHUNK_WRONG} if it is not the one that the message names
     * @throws ProblemException {@link EvidenceProblem#DISK_FULL}, what came before is kept; {@link EvidenceProblem#DESTROYED}
     */
    public void put(byte[] sealed) {
        opener.check(next, sealed);
        files.requireSpace(sealed.length);
        try {
            file.put(next, sealed);
            next++;
            if (next - safe >= STRIDE || next == item.chunks()) secure();
        } catch (IOException e) {
            throw SealedFiles.failure(e);
        }
        if (over) throw EvidenceProblem.DESTROYED.because(item.subject());
    }

    private void secure() throws IOException {
        file.force();
        if (safe == 0) files.settle(item.address());
        over = !items.stored(item.id(), next);
        safe = next;
    }

    /**
     * Opens the whole once, in constant memory, and takes it in if it is the file that the message names; otherwise it is kept as
     * wrong, unopened, until its end. @return whether it is
     */
    public boolean finish() {
        boolean right = isRight();
        CustodyAct act = right ? CustodyAct.RECEIVED : CustodyAct.WRONG;
        return audit.act(EvidenceExchange.NODE, act.action(), item.subject(), entry -> {
            custody.lock(EvidenceExchange.NODE, item.id());
            if (!items.settle(item.id(), right ? Item.State.HELD : Item.State.WRONG, custody.now()))
                throw EvidenceProblem.DESTROYED.because(item.subject());
            custody.enter(
                    item.id(), act, EvidenceExchange.NODE, item.sender(), Optional.empty(), item.belongsTo(), entry);
            return right;
        });
    }

    private boolean isRight() {
        try (ItemContent content = sealing.open(item, manifest)) {
            content.transferTo(OutputStream.nullOutputStream());
            return true;
        } catch (IOException e) {
            throw SealedFiles.failure(e);
        } catch (ProblemException e) {
            if (e.type() == EvidenceProblem.ALTERED) return false;
            throw e;
        }
    }

    /** Waits for the disk, so that what came is not fetched again. */
    @Override
    public void close() {
        try (file) {
            if (next > safe && !over) secure();
        } catch (IOException e) {
            throw SealedFiles.failure(e);
        }
    }
}
