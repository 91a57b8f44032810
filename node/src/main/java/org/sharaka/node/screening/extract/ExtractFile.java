package org.sharaka.node.screening.extract;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.PublicSeal;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.cms.SignedData;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An extract as a file: a line that says what it is, the length of the manifest, the manifest as CMS SignedData of the node, then the
 * content, pressed and sealed by Tink's streaming encryption (AES-256-GCM in segments of 1 MiB under keys by HKDF-SHA-256) under a key of its
 * own, which stands in the manifest sealed to the post (HPKE). Who it is from is known before a byte of the content is looked at.
 */
public final class ExtractFile {
    private static final byte[] MAGIC = "SHARAKA EXTRACT 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final int KEY_BYTES = 32;
    private static final int MANIFEST_BYTES_MAX = 1 << 16;

    private final Path file;
    private final Manifest manifest;
    private final long contentAt;

    private ExtractFile(Path file, Manifest manifest, long contentAt) {
        this.file = file;
        this.manifest = manifest;
        this.contentAt = contentAt;
    }

    /** Writes what an extract holds. */
    interface Content {
        void writeTo(ContentWriter out);
    }

    /** Seals the content into a file of its own. @return SHA-256 of the sealed content */
    static byte[] seal(Path part, byte[] key, String context, Content content) throws IOException {
        MessageDigest digest = Hash.sha256();
        try (FileChannel channel = create(part)) {
            OutputStream digesting = new DigestOutputStream(Channels.newOutputStream(channel), digest);
            try (OutputStream pressed =
                    new GZIPOutputStream(cipher(key).newEncryptingStream(digesting, bytes(context)), 1 << 16)) {
                ContentWriter writer = new ContentWriter(pressed);
                content.writeTo(writer);
                writer.end();
            }
            return digest.digest();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java lacks AES-GCM", e);
        }
    }

    /** Puts manifest and content together; on the disk when this returns. */
    static void assemble(Path part, byte[] signed, Path whole) throws IOException {
        try (FileChannel channel = create(whole)) {
            DataOutputStream out = new DataOutputStream(Channels.newOutputStream(channel));
            out.write(MAGIC);
            out.writeInt(signed.length);
            out.write(signed);
            out.flush();
            Files.copy(part, out);
            out.flush();
            channel.force(true);
        }
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /**
     * Reads whom a file is from; nothing of its content is looked at.
     *
     * @param signer fingerprint of the node's certificate, as the post was told when it was set up
     * @throws OperatorException if it is no extract, altered, cut off, or not of that node
     */
    public static ExtractFile read(Path file, Hash signer) {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) throw new OperatorException("extract.none", file);
            int length = in.available() < 4 ? -1 : in.readInt();
            if (length < 1 || length > MANIFEST_BYTES_MAX) throw new OperatorException("extract.damaged", file);
            byte[] der = in.readNBytes(length);
            return new ExtractFile(file, manifest(file, der, signer), MAGIC.length + 4L + length);
        } catch (IOException e) {
            throw new OperatorException("extract.unreadable", e, file, OperatorException.reason(e));
        }
    }

    private static Manifest manifest(Path file, byte[] der, Hash signer) {
        try {
            SignedData signed = SignedData.parse(der);
            if (!signed.certificate().fingerprint().equals(signer))
                throw new OperatorException("extract.other-signer", file);
            signed.verify();
            Manifest manifest = JsonMapper.builder().build().readValue(signed.content(), Manifest.class);
            if (manifest.version() != Manifest.VERSION)
                throw new OperatorException("extract.other-version", file, manifest.version());
            return manifest;
        } catch (RefusedException | JacksonException e) {
            throw new OperatorException("extract.damaged", e, file);
        }
    }

    public Manifest manifest() {
        return manifest;
    }

    /**
     * Opens it into memory.
     *
     * @param privateKey of the post
     * @throws OperatorException if it was made for another post, altered or cut off
     */
    public Opened open(byte[] privateKey) {
        byte[] key;
        try {
            key = PublicSeal.open(
                    privateKey,
                    Manifest.context(manifest.id()),
                    Base64.getDecoder().decode(manifest.key()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new OperatorException("extract.other-post", e, file, manifest.post());
        }
        try {
            requireWhole();
            try (InputStream in = Files.newInputStream(file)) {
                in.skipNBytes(contentAt);
                InputStream content = new GZIPInputStream(
                        cipher(key)
                                .newDecryptingStream(
                                        new BufferedInputStream(in), bytes(Manifest.context(manifest.id()))),
                        1 << 16);
                return new ContentReader(content).read(manifest);
            }
        } catch (IOException | GeneralSecurityException | UncheckedIOException | JacksonException e) {
            throw new OperatorException("extract.damaged", e, file);
        }
    }

    /** Before anything is decrypted: the content is what was signed. */
    private void requireWhole() throws IOException {
        MessageDigest digest = Hash.sha256();
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(contentAt);
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(manifest.sha256()))
            throw new OperatorException("extract.damaged", file);
    }

    private static AesGcmHkdfStreaming cipher(byte[] key) throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(key, "HmacSha256", KEY_BYTES, SEGMENT_BYTES, 0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
