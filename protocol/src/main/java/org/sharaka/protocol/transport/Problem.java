package org.sharaka.protocol.transport;

import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;

/**
 * Why a whole request was not carried out.
 *
 * @param code of docs/protocol.md section 15.2 or 12
 */
public record Problem(String code) {
    public static final String TYPE = "sharaka.problem";
    private static final int FORMAT = 1;

    public static Problem parse(byte[] bytes) {
        Fields fields = Fields.ofDocument(Json.parseCanonical(bytes, TransportLimits.COLLECT_BYTES), TYPE, FORMAT);
        Problem problem = new Problem(fields.slug("code"));
        fields.end();
        return problem;
    }

    public byte[] encoded() {
        return JsonBuilder.document(TYPE, FORMAT).with("code", code).build().canonical();
    }
}
