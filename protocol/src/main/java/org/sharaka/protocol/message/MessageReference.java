package org.sharaka.protocol.message;

import org.sharaka.protocol.Hash;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonObject;

/** Names one message and its exact content. */
public record MessageReference(MessageId id, Hash hash) {
    public static MessageReference parse(Fields fields) {
        MessageReference reference = new MessageReference(
                fields.parsed("id", RandomText.LENGTH, MessageId::new), fields.parsed("hash", 64, Hash::parse));
        fields.end();
        return reference;
    }

    public JsonObject toJson() {
        return JsonBuilder.object().withText("id", id).withText("hash", hash).build();
    }
}
