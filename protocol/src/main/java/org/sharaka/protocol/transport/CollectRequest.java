package org.sharaka.protocol.transport;

import java.util.Optional;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;

/**
 * Asks for what waits for the asker.
 *
 * @param acknowledge the hash of the batch of receipts that came last and is safely stored
 */
public record CollectRequest(Optional<Hash> acknowledge) {
    public static final String TYPE = "sharaka.collect";
    private static final int FORMAT = 1;

    public static CollectRequest parse(byte[] bytes) {
        Fields fields = Fields.ofDocument(Json.parseCanonical(bytes, TransportLimits.COLLECT_BYTES), TYPE, FORMAT);
        CollectRequest request = new CollectRequest(fields.parsedIfAny("acknowledge", 64, Hash::parse));
        fields.end();
        return request;
    }

    public byte[] encoded() {
        return JsonBuilder.document(TYPE, FORMAT)
                .withText("acknowledge", acknowledge)
                .build()
                .canonical();
    }
}
