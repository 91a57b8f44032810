package org.sharaka.protocol.transport;

import java.util.List;
import java.util.Optional;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.message.MessageId;

/**
 * What a recipient says at once to messages that were handed in: its receipts, signed, and which messages it decided nothing
 * about, so that they come again.
 *
 * @param receipts a SignedData of {@link org.sharaka.protocol.message.ReceiptBatch}
 */
public record Answer(Optional<SignedBytes> receipts, List<Undecided> undecided) {
    public static final String TYPE = "sharaka.answer";
    private static final int FORMAT = 1;

    /**
     * A message that gets no receipt now.
     *
     * @param reason a code of docs/protocol.md section 15.4; not final
     */
    public record Undecided(MessageId id, String reason) {
        public Undecided {
            if (!Fields.isSlug(reason)) throw Refusal.FIELD_WRONG.because("undecided.reason");
        }

        static Undecided parse(Fields fields) {
            Undecided undecided = new Undecided(fields.parsed("id", 32, MessageId::new), fields.slug("reason"));
            fields.end();
            return undecided;
        }

        JsonObject toJson() {
            return JsonBuilder.object()
                    .withText("id", id)
                    .with("reason", reason)
                    .build();
        }
    }

    public Answer {
        undecided = List.copyOf(undecided);
        if (undecided.size() > TransportLimits.MESSAGES) throw Refusal.TOO_MANY.because("undecided");
    }

    public static Answer parse(byte[] bytes) {
        Fields fields = Fields.ofDocument(Json.parseCanonical(bytes, TransportLimits.ANSWER_BYTES), TYPE, FORMAT);
        Answer answer = new Answer(
                fields.bytesIfAny("receipts", Limits.DOCUMENT_BYTES / 2).map(SignedBytes::new),
                fields.list("undecided", TransportLimits.MESSAGES).stream()
                        .map(Undecided::parse)
                        .toList());
        fields.end();
        return answer;
    }

    public byte[] encoded() {
        JsonBuilder json = JsonBuilder.document(TYPE, FORMAT).withAll("undecided", undecided, Undecided::toJson);
        receipts.ifPresent(signed -> json.with("receipts", signed.der()));
        return json.build().canonical();
    }
}
