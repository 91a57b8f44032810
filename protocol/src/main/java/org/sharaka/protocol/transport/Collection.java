package org.sharaka.protocol.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.message.SealedMessage;

/**
 * What waited for the one who asked: a batch of receipts, then sealed messages. On the wire: one byte (0 no receipts, 1 signed,
 * 2 signed and sealed), and unless it is 0 the length in four bytes and the receipts; then the messages one after another.
 *
 * @param sealed whether the receipts are sealed, because they carry text
 */
public record Collection(Optional<SignedBytes> receipts, boolean sealed, List<SealedMessage> messages) {
    public Collection {
        messages = List.copyOf(messages);
        if (messages.size() > TransportLimits.MESSAGES) throw Refusal.TOO_MANY.because("messages");
        if (receipts.isEmpty() && sealed) throw Refusal.FIELD_WRONG.because("nothing is sealed");
    }

    public boolean isEmpty() {
        return receipts.isEmpty() && messages.isEmpty();
    }

    public static Collection parse(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (!buffer.hasRemaining()) throw Refusal.FIELD_MISSING.because("the kind of receipts");
        byte kind = buffer.get();
        if (kind < 0 || kind > 2) throw Refusal.FIELD_WRONG.because("the kind of receipts");
        Optional<SignedBytes> receipts = kind == 0 ? Optional.empty() : Optional.of(readReceipts(buffer));
        return new Collection(receipts, kind == 2, readMessages(buffer));
    }

    private static SignedBytes readReceipts(ByteBuffer buffer) {
        if (buffer.remaining() < Integer.BYTES) throw Refusal.FIELD_MISSING.because("the receipts' length");
        int length = buffer.getInt();
        if (length < 1 || length > Limits.SEALED_BYTES) throw Refusal.TOO_LARGE.because("receipts");
        if (length > buffer.remaining()) throw Refusal.FIELD_MISSING.because("the receipts are cut off");
        byte[] der = new byte[length];
        buffer.get(der);
        return new SignedBytes(der);
    }

    /** Messages one after another, to the end. */
    public static List<SealedMessage> readMessages(ByteBuffer buffer) {
        List<SealedMessage> messages = new ArrayList<>();
        while (buffer.hasRemaining()) {
            if (messages.size() == TransportLimits.MESSAGES) throw Refusal.TOO_MANY.because("messages");
            messages.add(SealedMessage.read(buffer));
        }
        return messages;
    }

    /** Messages one after another. */
    public static byte[] encoded(List<SealedMessage> messages) {
        List<byte[]> parts = messages.stream().map(SealedMessage::encoded).toList();
        ByteBuffer buffer =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(buffer::put);
        return buffer.array();
    }

    public byte[] encoded() {
        byte[] after = encoded(messages);
        if (receipts.isEmpty())
            return ByteBuffer.allocate(1 + after.length)
                    .put((byte) 0)
                    .put(after)
                    .array();
        byte[] der = receipts.get().der();
        return ByteBuffer.allocate(1 + Integer.BYTES + der.length + after.length)
                .put((byte) (sealed ? 2 : 1))
                .putInt(der.length)
                .put(der)
                .put(after)
                .array();
    }
}
