package org.sharaka.protocol.content;

import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.MessageReference;

/** The answer to a request. */
public record Reply(MessageReference request, Outcome outcome, Words written) implements Written {
    public static final String TYPE = "answer";

    public enum Outcome {
        /** All that was asked. */
        GIVEN,
        /** A part; more follows, and the clock goes on. */
        PARTLY,
        /** Searched for and not there. */
        NOTHING_FOUND,
        /** Not answered; the words say why as far as the law lets them. */
        REFUSED;

        /** Whether nothing more follows. */
        public boolean last() {
            return this != PARTLY;
        }
    }

    static Reply parse(Fields body) {
        return new Reply(
                MessageReference.parse(body.fields("request")),
                body.constant("outcome", Outcome.class),
                Words.parse(body.fields("words")));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Content toContent() {
        return new Content(
                TYPE,
                FORMAT,
                JsonBuilder.object()
                        .with("request", request.toJson())
                        .with("outcome", outcome)
                        .with("words", written.toJson())
                        .build());
    }

    @Override
    public Optional<Words> words() {
        return Optional.of(written);
    }

    @Override
    public Written quoting(Set<Quoted> more) {
        return new Reply(request, outcome, written.quoting(more));
    }
}
