package org.sharaka.protocol.message;

import java.time.Instant;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;

/**
 * What stands in the clear beside a sealed message: what routing needs and no more. Believe it only after it was compared
 * with what was signed.
 *
 * @param sizeBytes of the sealed content
 * @param ciphertext hash of the sealed content
 */
public record ClearHeader(
        MessageId id, MemberId sender, MemberId recipient, Instant sent, int sizeBytes, Hash ciphertext) {
    public static final String TYPE = "sharaka.sealed";
    /** The version of the protocol, which includes the profile. */
    private static final int PROTOCOL = 1;

    public ClearHeader {
        sent = Time.truncate(sent);
        if (sizeBytes < 1 || sizeBytes > Limits.SEALED_BYTES) throw Refusal.TOO_LARGE.because("the sealed content");
    }

    static ClearHeader parse(byte[] canonical) {
        Fields fields = Fields.ofDocument(Json.parseCanonical(canonical, Limits.CLEAR_HEADER_BYTES), TYPE, PROTOCOL);
        ClearHeader header = new ClearHeader(
                fields.parsed("id", RandomText.LENGTH, MessageId::new),
                fields.parsed("sender", 32, MemberId::new),
                fields.parsed("recipient", 32, MemberId::new),
                fields.parsed("sent", 24, Time::parse),
                (int) fields.number("size", 1, Limits.SEALED_BYTES),
                fields.parsed("ciphertext", 64, Hash::parse));
        fields.end();
        return header;
    }

    byte[] canonical() {
        return JsonBuilder.document(TYPE, PROTOCOL)
                .withText("id", id)
                .withText("sender", sender)
                .withText("recipient", recipient)
                .with("sent", sent)
                .with("size", sizeBytes)
                .withText("ciphertext", ciphertext)
                .build()
                .canonical();
    }

    /** Refuses a clear header that was put before another's message (surreptitious forwarding). */
    void requireSameAs(Header signed) {
        if (!id.equals(signed.id())
                || !sender.equals(signed.sender())
                || !recipient.equals(signed.recipient())
                || !sent.equals(signed.sent())) throw Refusal.HEADER_MISMATCH.because("message " + id);
    }
}
