package org.sharaka.protocol.transport;

import java.util.Optional;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;

/**
 * Which declaration of an epoch a member knows as another's newest.
 *
 * @param opening as it was signed; empty if it knows none
 */
public record KnownOpening(Optional<SignedBytes> opening) {
    public static final String TYPE = "sharaka.opening";
    /** With the declaration as Base64. */
    public static final int MAX_BYTES = 2 * TransportLimits.OPENING_BYTES;

    private static final int FORMAT = 1;

    public static KnownOpening parse(byte[] canonical) {
        Fields fields = Fields.ofDocument(Json.parseCanonical(canonical, MAX_BYTES), TYPE, FORMAT);
        KnownOpening known = new KnownOpening(
                fields.bytesIfAny("opening", TransportLimits.OPENING_BYTES).map(SignedBytes::new));
        fields.end();
        return known;
    }

    public byte[] encoded() {
        JsonBuilder json = JsonBuilder.document(TYPE, FORMAT);
        opening.ifPresent(signed -> json.with("opening", signed.der()));
        return json.build().canonical();
    }
}
