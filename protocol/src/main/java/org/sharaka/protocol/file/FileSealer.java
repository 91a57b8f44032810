package org.sharaka.protocol.file;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.cms.FileKey;
import org.sharaka.protocol.cms.Profile1;

/**
 * Seals a file chunk by chunk before it leaves. Holds one chunk at a time, whatever the file's size; the sealed chunks are
 * kept by the sink and sent as they are, for sealing again would give other hashes than the signed ones.
 */
public final class FileSealer {
    private final Profile1 profile;

    public FileSealer(Profile1 profile) {
        this.profile = profile;
    }

    /** Takes sealed chunks as they are made, in order. */
    public interface Sink {
        void chunk(int index, byte[] sealed) throws IOException;
    }

    /** Reads the stream to its end. */
    public FileManifest seal(InputStream clear, FileKey key, String name, String mediaType, Sink sink)
            throws IOException {
        MessageDigest whole = Hash.sha256();
        List<Hash> hashes = new ArrayList<>();
        long size = 0;
        byte[] chunk = clear.readNBytes(Limits.CHUNK_BYTES);
        do {
            if (hashes.size() == FileManifest.MAX_CHUNKS) throw Refusal.TOO_LARGE.because("send the file in parts");
            whole.update(chunk);
            byte[] sealed = profile.sealUnder(chunk, key);
            sink.chunk(hashes.size(), sealed);
            hashes.add(Hash.of(sealed));
            size += chunk.length;
            chunk = chunk.length < Limits.CHUNK_BYTES ? new byte[0] : clear.readNBytes(Limits.CHUNK_BYTES);
        } while (chunk.length > 0);
        return new FileManifest(key, name, mediaType, size, Hash.ofDigest(whole.digest()), hashes);
    }
}
