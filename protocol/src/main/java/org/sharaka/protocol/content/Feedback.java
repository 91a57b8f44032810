package org.sharaka.protocol.content;

import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.MessageReference;

/** What came of information that was sent unasked. */
public record Feedback(MessageReference information, Outcome outcome, Optional<Words> words) implements Written {
    public static final String TYPE = "feedback";

    public enum Outcome {
        /** Somebody acted on it. */
        ACTED,
        /** It helped and nobody had to act. */
        USEFUL,
        /** It was known before. */
        KNOWN,
        NOT_USEFUL
    }

    static Feedback parse(Fields body) {
        return new Feedback(
                MessageReference.parse(body.fields("information")),
                body.constant("outcome", Outcome.class),
                body.fieldsIfAny("words").map(Words::parse));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Content toContent() {
        JsonBuilder body =
                JsonBuilder.object().with("information", information.toJson()).with("outcome", outcome);
        words.ifPresent(written -> body.with("words", written.toJson()));
        return new Content(TYPE, FORMAT, body.build());
    }

    @Override
    public Written quoting(Set<Quoted> more) {
        return new Feedback(information, outcome, words.map(own -> own.quoting(more)));
    }
}
