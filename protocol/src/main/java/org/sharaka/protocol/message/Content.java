package org.sharaka.protocol.message;

import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonObject;

/**
 * What a message says: a type, the version of that type's form, and a body in that form. Whoever does not know type and
 * format refuses with {@code format-unknown} and shows nothing.
 *
 * @param type small letters and digits joined by dots or dashes, for instance {@code order.recall}
 * @param format from 1
 */
public record Content(String type, int format, JsonObject body) {
    private static final int MAX_FORMAT = 999;

    public Content {
        if (!Fields.isSlug(type)) throw Refusal.FIELD_WRONG.because("content.type: not a code");
        if (format < 1 || format > MAX_FORMAT) throw Refusal.FIELD_WRONG.because("content.format: not 1 to 999");
    }

    static Content parse(Fields fields) {
        Content content =
                new Content(fields.slug("type"), (int) fields.number("format", 1, MAX_FORMAT), fields.object("body"));
        fields.end();
        return content;
    }

    JsonObject toJson() {
        return JsonBuilder.object()
                .with("type", type)
                .with("format", format)
                .with("body", body)
                .build();
    }

    /** The body's fields, if this is the type and format. */
    Fields bodyOf(String wantedType, int wantedFormat) {
        if (!type.equals(wantedType) || format != wantedFormat)
            throw Refusal.FORMAT_UNKNOWN.because("content is not " + wantedType + ", format " + wantedFormat);
        return Fields.of(body, type);
    }
}
