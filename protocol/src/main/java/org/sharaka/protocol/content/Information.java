package org.sharaka.protocol.content;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.Content;

/**
 * Information that nobody asked for.
 *
 * @param feedbackBy when the sender would like to hear what came of it
 * @param reference the sender's own case reference
 */
public record Information(String line, Words written, Optional<Instant> feedbackBy, Optional<String> reference)
        implements Written {
    public static final String TYPE = "information";

    public Information {
        Written.requireLine(line, SUBJECT_LENGTH_MAX, "information.subject");
        feedbackBy = feedbackBy.map(Time::truncate);
        reference.ifPresent(own -> Written.requireLine(own, REFERENCE_LENGTH_MAX, "information.reference"));
    }

    static Information parse(Fields body) {
        return new Information(
                body.text("subject", SUBJECT_LENGTH_MAX),
                Words.parse(body.fields("words")),
                body.parsedIfAny("feedbackBy", 24, Time::parse),
                body.textIfAny("reference", REFERENCE_LENGTH_MAX));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Content toContent() {
        JsonBuilder body = JsonBuilder.object()
                .with("subject", line)
                .with("words", written.toJson())
                .withText("reference", reference);
        feedbackBy.ifPresent(time -> body.with("feedbackBy", time));
        return new Content(TYPE, FORMAT, body.build());
    }

    @Override
    public Optional<String> subject() {
        return Optional.of(line);
    }

    @Override
    public Optional<Words> words() {
        return Optional.of(written);
    }

    @Override
    public Written quoting(Set<Quoted> more) {
        return new Information(line, written.quoting(more), feedbackBy, reference);
    }
}
