package org.sharaka.protocol.content;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.sharaka.protocol.Fuzzed;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.message.Content;

/** What members write to each other, after everything around it was believed. */
class ContentFuzzTest extends Fuzzed {
    private interface Reading {
        Content again(Content content);
    }

    @FuzzTest(maxDuration = "2m")
    void written(byte[] bytes) {
        same(bytes, content -> Written.parse(content).toContent());
    }

    @FuzzTest(maxDuration = "2m")
    void crossChecks(byte[] bytes) {
        same(bytes, content -> switch (content.type()) {
            case CrossCheckAnswer.TYPE -> CrossCheckAnswer.parse(content).toContent();
            case CrossCheckEnd.TYPE -> CrossCheckEnd.parse(content).toContent();
            default -> CrossCheck.parse(content).toContent();
        });
    }

    private static void same(byte[] bytes, Reading reading) {
        readsAsItself(bytes, () -> {
            JsonObject json = Json.parseCanonical(bytes, Limits.DOCUMENT_BYTES);
            Fields fields = Fields.of(json, "content");
            Content content = new Content(
                    fields.slug("type"), (int) fields.number("format", 1, Integer.MAX_VALUE), fields.object("body"));
            fields.end();
            Content again = reading.again(content);
            return JsonBuilder.object()
                    .with("type", again.type())
                    .with("format", again.format())
                    .with("body", again.body())
                    .build()
                    .canonical();
        });
    }
}
