package org.sharaka.protocol.message;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.Profile1;

/**
 * A message on its way: the clear header and the AuthEnvelopedData. On the wire: the header's length in four bytes, most
 * significant first; the header as canonical JSON; as many bytes of content as it says. Several may follow one another.
 */
public final class SealedMessage {
    private static final int LENGTH_BYTES = 4;

    private final ClearHeader header;
    private final byte[] content;

    private SealedMessage(ClearHeader header, byte[] content) {
        this.header = header;
        this.content = content;
    }

    /** Seals to one recipient. A retry seals anew; the message inside stays the same to the bit. */
    public static SealedMessage seal(SignedMessage signed, Certificate recipient, Profile1 profile) {
        Header header = signed.message().header();
        return sealKept(
                header.id(),
                header.sender(),
                header.recipient(),
                header.sent(),
                signed.signed().der(),
                recipient,
                profile);
    }

    /**
     * Seals what we signed and kept, without reading it again.
     *
     * @param id as in the signed header, like {@code sender}, {@code to} and {@code sent}
     * @param signedData the message's SignedData
     */
    public static SealedMessage sealKept(
            MessageId id,
            MemberId sender,
            MemberId to,
            Instant sent,
            byte[] signedData,
            Certificate recipient,
            Profile1 profile) {
        byte[] content = profile.seal(signedData, recipient);
        return new SealedMessage(new ClearHeader(id, sender, to, sent, content.length, Hash.of(content)), content);
    }

    /** Reads exactly one. */
    public static SealedMessage parse(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        SealedMessage sealed = read(buffer);
        if (buffer.hasRemaining()) throw Refusal.TOO_LARGE.because("something follows the message");
        return sealed;
    }

    /** Reads the next one and leaves the buffer behind it. */
    public static SealedMessage read(ByteBuffer buffer) {
        if (buffer.remaining() < LENGTH_BYTES) throw Refusal.FIELD_MISSING.because("the header's length");
        int length = buffer.getInt();
        if (length < 0 || length > Limits.CLEAR_HEADER_BYTES) throw Refusal.TOO_LARGE.because("the clear header");
        if (length > buffer.remaining()) throw Refusal.FIELD_MISSING.because("the clear header is cut off");
        byte[] clear = new byte[length];
        buffer.get(clear);
        ClearHeader header = ClearHeader.parse(clear);
        if (header.sizeBytes() > buffer.remaining()) throw Refusal.FIELD_MISSING.because("the content is cut off");
        byte[] content = new byte[header.sizeBytes()];
        buffer.get(content);
        if (!Hash.of(content).equals(header.ciphertext()))
            throw Refusal.HEADER_MISMATCH.because("the hash of the content of " + header.id());
        return new SealedMessage(header, content);
    }

    public byte[] encoded() {
        byte[] clear = header.canonical();
        return ByteBuffer.allocate(LENGTH_BYTES + clear.length + content.length)
                .putInt(clear.length)
                .put(clear)
                .put(content)
                .array();
    }

    public ClearHeader header() {
        return header;
    }

    /** The AuthEnvelopedData in DER: what {@code openssl cms -decrypt} opens. */
    public byte[] content() {
        return Arrays.copyOf(content, content.length);
    }
}
