package org.sharaka.protocol.file;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.cms.Profile1;

/**
 * Checks and opens chunks of a file that a signed message names. Chunks may come in any order and from anyone: check each
 * on arrival with {@link #check}, keep it sealed, open all in order at the end.
 */
public final class FileOpener {
    private final Profile1 profile;
    private final FileManifest manifest;

    public FileOpener(Profile1 profile, FileManifest manifest) {
        this.profile = profile;
        this.manifest = manifest;
    }

    /** Refuses a sealed chunk that is not the one that the message names for this place; opens nothing. */
    public void check(int index, byte[] sealed) {
        if (index < 0 || index >= manifest.chunks().size()) throw Refusal.CHUNK_WRONG.because("no chunk " + index);
        if (sealed.length > Limits.SEALED_CHUNK_BYTES) throw Refusal.TOO_LARGE.because("chunk " + index);
        if (!Hash.of(sealed).equals(manifest.chunks().get(index))) throw Refusal.CHUNK_WRONG.because("chunk " + index);
    }

    /** The clear bytes of one chunk. */
    public byte[] open(int index, byte[] sealed) {
        check(index, sealed);
        byte[] clear = profile.openUnder(sealed, manifest.key());
        if (clear.length != manifest.sizeOfChunk(index)) throw Refusal.CHUNK_WRONG.because("size of chunk " + index);
        return clear;
    }

    /** Gives sealed chunks by their place. */
    public interface Source {
        byte[] chunk(int index) throws IOException;
    }

    /**
     * Opens all chunks in order. What was written must be thrown away if this refuses: only the end proves the whole.
     */
    public void open(Source source, OutputStream clear) throws IOException {
        MessageDigest whole = Hash.sha256();
        for (int i = 0; i < manifest.chunks().size(); i++) {
            byte[] chunk = open(i, source.chunk(i));
            whole.update(chunk);
            clear.write(chunk);
        }
        if (!Hash.ofDigest(whole.digest()).equals(manifest.sha256()))
            throw Refusal.FILE_WRONG.because(manifest.toString());
    }
}
