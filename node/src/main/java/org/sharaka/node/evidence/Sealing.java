package org.sharaka.node.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.cms.FileKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.file.FileOpener;
import org.sharaka.protocol.file.FileSealer;

/** Between clear streams and sealed files; holds one chunk of a stream at a time. */
final class Sealing {
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}");
    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private final SealedFiles files;
    private final Profile1 profile;
    private final Gate gate;
    private final SecureRandom random;

    Sealing(SealedFiles files, Profile1 profile, Gate gate, SecureRandom random) {
        this.files = files;
        this.profile = profile;
        this.gate = gate;
        this.random = random;
    }

    /** Returns once all is on the disk. What a failure leaves at the address is the caller's to remove. */
    FileManifest seal(String address, NewItem what, InputStream clear) {
        if (!FileManifest.isName(what.name()))
            throw EvidenceProblem.BAD_NAME.because("no path, no control characters, 1 to 255 long");
        FileKey key = FileKey.random(random);
        try (SealedFile file = files.write(address)) {
            FileManifest manifest = gate.within(() -> seal(file, key, what, gate.outsideWhileReading(clear)));
            file.force();
            files.settle(address);
            return manifest;
        } catch (IOException e) {
            throw SealedFiles.failure(e);
        }
    }

    private FileManifest seal(SealedFile file, FileKey key, NewItem what, InputStream clear) {
        String type = MEDIA_TYPE.matcher(what.mediaType()).matches() ? what.mediaType() : UNKNOWN_TYPE;
        try {
            return new FileSealer(profile).seal(clear, key, what.name(), type, (index, chunk) -> {
                files.requireSpace(chunk.length);
                try {
                    file.put(index, chunk);
                } catch (IOException e) {
                    throw SealedFiles.failure(e);
                }
            });
        } catch (IOException e) {
            throw EvidenceProblem.BROKE_OFF.because(e.getClass().getSimpleName());
        } catch (RefusedException e) {
            if (e.refusal() == Refusal.TOO_LARGE)
                throw EvidenceProblem.TOO_LARGE.because("at most 70000 chunks of 4 MiB");
            throw e;
        }
    }

    FileOpener opener(FileManifest manifest) {
        return new FileOpener(profile, manifest);
    }

    /** The clear content, of which the first chunk is verified already. */
    ItemContent open(StoredItem item, FileManifest manifest) {
        try {
            return new ItemContent(item.id(), manifest, profile, files.read(item.address()), gate).begun();
        } catch (NoSuchFileException e) {
            throw EvidenceProblem.FILE_MISSING.because(item.subject());
        } catch (IOException e) {
            throw SealedFiles.failure(e);
        }
    }
}
