package org.sharaka.protocol.content;

import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.MessageReference;

/** Ends a cross-check before its time: whoever has it destroys what was sent and what was kept of it. */
public record CrossCheckEnd(MessageReference request) {
    public static final String TYPE = "crosscheck.end";
    public static final int FORMAT = 1;

    /** @throws org.sharaka.protocol.RefusedException for other contents, or what is wrong */
    public static CrossCheckEnd parse(Content content) {
        Fields body = CrossCheck.bodyOf(content, TYPE, FORMAT);
        CrossCheckEnd end = new CrossCheckEnd(MessageReference.parse(body.fields("request")));
        body.end();
        return end;
    }

    /** As it travels. */
    public Content toContent() {
        return new Content(
                TYPE,
                FORMAT,
                JsonBuilder.object().with("request", request.toJson()).build());
    }
}
