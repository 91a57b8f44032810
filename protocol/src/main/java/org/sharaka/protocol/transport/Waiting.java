package org.sharaka.protocol.transport;

import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonNumber;

/**
 * What waits at one member for another, which came back from a backup and asks whether it has all that was ordered since.
 *
 * @param control messages of the control lane that are to be delivered
 * @param epoch the newest of the other's epochs that is known; 1 if it declared none
 */
public record Waiting(long control, long epoch) {
    public static final String TYPE = "sharaka.waiting";
    private static final int FORMAT = 1;

    public static Waiting parse(byte[] bytes) {
        Fields fields = Fields.ofDocument(Json.parseCanonical(bytes, TransportLimits.COLLECT_BYTES), TYPE, FORMAT);
        Waiting waiting =
                new Waiting(fields.number("control", 0, JsonNumber.MAX), fields.number("epoch", 1, JsonNumber.MAX));
        fields.end();
        return waiting;
    }

    public byte[] encoded() {
        return JsonBuilder.document(TYPE, FORMAT)
                .with("control", control)
                .with("epoch", epoch)
                .build()
                .canonical();
    }
}
