package org.sharaka.protocol.content;

import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.MessageReference;

/**
 * The answer to a message of the sender's own is overdue. It has no words, so nobody's can travel by it.
 *
 * @param about the request, or the information that wants feedback
 */
public record Reminder(MessageReference about) implements Written {
    public static final String TYPE = "reminder";

    static Reminder parse(Fields body) {
        return new Reminder(MessageReference.parse(body.fields("about")));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Content toContent() {
        return new Content(
                TYPE, FORMAT, JsonBuilder.object().with("about", about.toJson()).build());
    }

    @Override
    public Optional<Words> words() {
        return Optional.empty();
    }

    @Override
    public Written quoting(Set<Quoted> more) {
        return this;
    }
}
