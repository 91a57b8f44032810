package org.sharaka.node.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.file.FileOpener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clear content of an item, chunk after chunk: nothing of a chunk is given out before it was verified, and the stream ends
 * well only if the whole is what was taken in. Throws {@link EvidenceProblem#ALTERED} or {@link EvidenceProblem#FILE_MISSING}
 * otherwise; what was read by then is the beginning of the item, and must not pass for the whole.
 */
public final class ItemContent extends InputStream {
    private static final Logger LOG = LoggerFactory.getLogger(ItemContent.class);

    private final ItemId item;
    private final FileManifest manifest;
    private final FileOpener opener;
    private final SealedFile file;
    private final Gate gate;
    private final MessageDigest whole = Hash.sha256();

    private byte[] chunk = new byte[0];
    private int position;
    private int next;
    private boolean proved;

    ItemContent(ItemId item, FileManifest manifest, Profile1 profile, SealedFile file, Gate gate) {
        this.item = item;
        this.manifest = manifest;
        this.opener = new FileOpener(profile, manifest);
        this.file = file;
        this.gate = gate;
    }

    public String name() {
        return manifest.name();
    }

    public String mediaType() {
        return manifest.mediaType();
    }

    public long sizeBytes() {
        return manifest.sizeBytes();
    }

    /** Opens the first chunk, so that what is altered shows before an answer has begun. */
    ItemContent begun() throws IOException {
        try {
            fill();
            return this;
        } catch (RuntimeException | IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        return fill() ? chunk[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (!fill()) return -1;
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, into, offset, count);
        position += count;
        return count;
    }

    /** @return false at the proved end */
    private boolean fill() throws IOException {
        while (position == chunk.length) {
            if (next == manifest.chunks().size()) {
                prove();
                return false;
            }
            chunk = open(next);
            position = 0;
            next++;
            whole.update(chunk);
        }
        return true;
    }

    private byte[] open(int index) throws IOException {
        byte[] sealed = file.get(index).orElse(null);
        if (sealed == null) throw damaged("chunk " + index + " is not there");
        try {
            return gate.within(() -> opener.open(index, sealed));
        } catch (RefusedException e) {
            throw damaged(e.refusal().code());
        }
    }

    private void prove() {
        if (proved) return;
        if (!Hash.ofDigest(whole.digest()).equals(manifest.sha256())) throw damaged("the whole");
        proved = true;
    }

    private RuntimeException damaged(String where) {
        LOG.atError().addKeyValue("item", item).addKeyValue("where", where).log("a file under custody was altered");
        return EvidenceProblem.ALTERED.because("evidence/" + item + ": " + where);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
