package org.sharaka.protocol.content;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.Content;

/**
 * Asks whether the recipient's own reports know a campaign of the sender's. It runs until its handling's {@code keepUntil} or until a
 * {@link CrossCheckEnd}. Nobody's words stand in it.
 *
 * @param traces in their order, each once
 * @param figures what the sender tells of its own part
 * @param urgencyReason why it cannot wait; needed unless routine
 * @param answerBy when the sender needs it, if its urgency alone does not say
 * @param reference the sender's own case reference
 */
public record CrossCheck(
        List<Trace> traces,
        Optional<Figures> figures,
        Urgency urgency,
        Optional<String> urgencyReason,
        Optional<Instant> answerBy,
        Optional<String> reference) {
    public static final String TYPE = "crosscheck.request";
    public static final int FORMAT = 1;
    /** More is no campaign but a list to fish with. */
    public static final int TRACES_MAX = 1_000;

    public static final int REASON_LENGTH_MAX = 1_000;

    public CrossCheck {
        traces = List.copyOf(new TreeSet<>(traces));
        if (traces.isEmpty()) throw Refusal.FIELD_MISSING.because("crosscheck.request.traces");
        if (traces.size() > TRACES_MAX) throw Refusal.TOO_MANY.because("crosscheck.request.traces: over " + TRACES_MAX);
        if (urgency != Urgency.ROUTINE && urgencyReason.isEmpty())
            throw Refusal.FIELD_WRONG.because("crosscheck.request: what is urgent says why");
        urgencyReason.ifPresent(why -> Written.requireLine(why, REASON_LENGTH_MAX, "crosscheck.request.urgencyReason"));
        answerBy = answerBy.map(Time::truncate);
        reference.ifPresent(
                own -> Written.requireLine(own, Written.REFERENCE_LENGTH_MAX, "crosscheck.request.reference"));
    }

    /** @throws org.sharaka.protocol.RefusedException {@link Refusal#FORMAT_UNKNOWN} for other contents, or what is wrong */
    public static CrossCheck parse(Content content) {
        Fields body = bodyOf(content, TYPE, FORMAT);
        CrossCheck check = new CrossCheck(
                Trace.parse(body, "traces", TRACES_MAX),
                body.fieldsIfAny("figures").map(Figures::parse),
                body.constant("urgency", Urgency.class),
                body.textIfAny("urgencyReason", REASON_LENGTH_MAX),
                body.parsedIfAny("answerBy", 24, Time::parse),
                body.textIfAny("reference", Written.REFERENCE_LENGTH_MAX));
        body.end();
        return check;
    }

    static Fields bodyOf(Content content, String type, int format) {
        if (!content.type().equals(type) || content.format() != format)
            throw Refusal.FORMAT_UNKNOWN.because(content.type() + ", format " + content.format());
        return Fields.of(content.body(), type);
    }

    /** As it travels. */
    public Content toContent() {
        JsonBuilder body = JsonBuilder.object()
                .withAll("traces", traces, Trace::toJson)
                .with("urgency", urgency)
                .withText("urgencyReason", urgencyReason)
                .withText("reference", reference);
        figures.ifPresent(told -> body.with("figures", told.toJson()));
        answerBy.ifPresent(time -> body.with("answerBy", time));
        return new Content(TYPE, FORMAT, body.build());
    }
}
