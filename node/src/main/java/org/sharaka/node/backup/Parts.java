package org.sharaka.node.backup;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The encrypted files of one directory of a backup: gzip, then Tink's streaming encryption (AES-256-GCM in segments of 1 MiB under
 * keys by HKDF-SHA-256), bound to the backup and the file's name. Segments cannot be left out, repeated or moved, and a file that was
 * cut off does not end.
 */
final class Parts {
    static final int KEY_BYTES = 32;
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path directory;
    private final BackupName backup;
    private final AesGcmHkdfStreaming cipher;

    /** @param key of this backup alone */
    Parts(Path directory, BackupName backup, byte[] key) {
        this.directory = directory;
        this.backup = backup;
        try {
            this.cipher = new AesGcmHkdfStreaming(key, "HmacSha256", KEY_BYTES, SEGMENT_BYTES, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no key of a backup", e);
        }
    }

    static byte[] newKey(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    /** Writes what a part holds. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Returns once the part is on the disk. */
    Manifest.Part write(String file, Content content) throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel channel = FileChannel.open(
                directory.resolve(file),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            try (OutputStream compressed =
                    new Gzip(encrypting(new Digesting(Channels.newOutputStream(channel), digest), file))) {
                content.writeTo(compressed);
            }
            channel.force(true);
            return new Manifest.Part(file, channel.size(), HexFormat.of().formatHex(digest.digest()));
        }
    }

    private OutputStream encrypting(OutputStream out, String file) throws IOException {
        try {
            return cipher.newEncryptingStream(out, context(file));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks AES-GCM", e);
        }
    }

    /** The cipher ends its last segment on closing; what is below stays open until it is on the disk. */
    private static final class Digesting extends FilterOutputStream {
        private final MessageDigest digest;

        Digesting(OutputStream out, MessageDigest digest) {
            super(out);
            this.digest = digest;
        }

        @Override
        public void write(int single) throws IOException {
            out.write(single);
            digest.update((byte) single);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            digest.update(ByteBuffer.wrap(bytes, offset, length));
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /** The fastest level: what is hard to press is encrypted already. */
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /** Reads what a part holds. */
    interface Reader<T> {
        T read(InputStream in) throws IOException;
    }

    /**
     * Gives the part's content to the reader; what the reader was given is right, and whole, only if this returns.
     *
     * @throws DamagedException if the part is missing, altered, cut off, or of another backup
     */
    <T> T read(Manifest.Part part, Reader<T> reader) throws DamagedException {
        Path path = directory.resolve(part.file());
        MessageDigest digest = sha256();
        try (InputStream file = new DigestInputStream(new BufferedInputStream(Files.newInputStream(path)), digest)) {
            InputStream content =
                    new GZIPInputStream(cipher.newDecryptingStream(file, context(part.file())), BUFFER_BYTES);
            T result = reader.read(content);
            if (content.read() >= 0) throw new DamagedException(path, null);
            file.transferTo(OutputStream.nullOutputStream());
            if (!HexFormat.of().formatHex(digest.digest()).equals(part.sha256())
                    || Files.size(path) != part.sizeBytes()) throw new DamagedException(path, null);
            return result;
        } catch (IOException | GeneralSecurityException e) {
            throw new DamagedException(path, e);
        }
    }

    private byte[] context(String file) {
        return (backup + "/" + file).getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
