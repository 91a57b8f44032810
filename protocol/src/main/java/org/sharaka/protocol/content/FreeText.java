package org.sharaka.protocol.content;

import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.Content;

/** What fits no form: most of what bureaux write to each other. */
public record FreeText(Optional<String> subject, Words written) implements Written {
    public static final String TYPE = "text";

    public FreeText {
        subject.ifPresent(line -> Written.requireLine(line, SUBJECT_LENGTH_MAX, "text.subject"));
    }

    static FreeText parse(Fields body) {
        return new FreeText(body.textIfAny("subject", SUBJECT_LENGTH_MAX), Words.parse(body.fields("words")));
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
                        .withText("subject", subject)
                        .with("words", written.toJson())
                        .build());
    }

    @Override
    public Optional<Words> words() {
        return Optional.of(written);
    }

    @Override
    public Written quoting(Set<Quoted> more) {
        return new FreeText(subject, written.quoting(more));
    }
}
