package org.sharaka.protocol.content;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.Content;

/**
 * A request for information. Its parts are those of Directive (EU) 2023/977, article 4; purpose, offence, legal basis and
 * restrictions stand in the message's handling.
 *
 * @param asked in detail what is asked
 * @param facts what happened, and how the asked-for serves the purpose
 * @param grounds why the addressee should have it
 * @param urgencyReason why it cannot wait; needed unless routine
 * @param answerBy when the sender needs it, if its urgency alone does not say
 * @param reference the sender's own case reference
 */
public record Inquiry(
        String line,
        Words asked,
        String facts,
        String grounds,
        Urgency urgency,
        Optional<String> urgencyReason,
        Optional<Instant> answerBy,
        Optional<String> reference)
        implements Written {
    public static final String TYPE = "request";
    public static final int FACTS_LENGTH_MAX = 20_000;
    public static final int GROUNDS_LENGTH_MAX = 4_000;
    public static final int REASON_LENGTH_MAX = 1_000;

    public Inquiry {
        Written.requireLine(line, SUBJECT_LENGTH_MAX, "request.subject");
        require(facts, FACTS_LENGTH_MAX, "request.facts");
        require(grounds, GROUNDS_LENGTH_MAX, "request.grounds");
        urgencyReason.ifPresent(reason -> require(reason, REASON_LENGTH_MAX, "request.urgencyReason"));
        if (urgency != Urgency.ROUTINE && urgencyReason.isEmpty())
            throw Refusal.FIELD_WRONG.because("request: what is urgent says why");
        answerBy = answerBy.map(Time::truncate);
        reference.ifPresent(own -> Written.requireLine(own, REFERENCE_LENGTH_MAX, "request.reference"));
    }

    private static void require(String text, int longest, String where) {
        if (text.isBlank() || text.length() > longest)
            throw Refusal.FIELD_WRONG.because(where + ": 1 to " + longest + " characters");
    }

    static Inquiry parse(Fields body) {
        return new Inquiry(
                body.text("subject", SUBJECT_LENGTH_MAX),
                Words.parse(body.fields("asked")),
                body.text("facts", FACTS_LENGTH_MAX),
                body.text("grounds", GROUNDS_LENGTH_MAX),
                body.constant("urgency", Urgency.class),
                body.textIfAny("urgencyReason", REASON_LENGTH_MAX),
                body.parsedIfAny("answerBy", 24, Time::parse),
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
                .with("asked", asked.toJson())
                .with("facts", facts)
                .with("grounds", grounds)
                .with("urgency", urgency)
                .withText("urgencyReason", urgencyReason)
                .withText("reference", reference);
        answerBy.ifPresent(time -> body.with("answerBy", time));
        return new Content(TYPE, FORMAT, body.build());
    }

    @Override
    public Optional<String> subject() {
        return Optional.of(line);
    }

    @Override
    public Optional<Words> words() {
        return Optional.of(asked);
    }

    @Override
    public Written quoting(Set<Quoted> more) {
        return new Inquiry(line, asked.quoting(more), facts, grounds, urgency, urgencyReason, answerBy, reference);
    }
}
