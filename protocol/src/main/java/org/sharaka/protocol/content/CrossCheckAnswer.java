package org.sharaka.protocol.content;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.MessageReference;

/**
 * What an officer released about a cross-check; a later one takes the place of an earlier one. Nothing known and nothing told
 * are one answer, byte for byte (SAFEGUARDS S21).
 *
 * @param traces those of the request that the answering member knows too, as far as it says so
 */
public record CrossCheckAnswer(
        MessageReference request,
        Outcome outcome,
        Optional<Figures> figures,
        List<Trace> traces,
        Optional<Words> words) {
    public static final String TYPE = "crosscheck.answer";
    public static final int FORMAT = 1;

    public enum Outcome {
        /** Whether anything is known stays open. */
        NOTHING_TO_SHARE,
        KNOWN
    }

    public CrossCheckAnswer {
        traces = List.copyOf(new TreeSet<>(traces));
        if (traces.size() > CrossCheck.TRACES_MAX) throw Refusal.TOO_MANY.because("crosscheck.answer.traces");
        if (outcome == Outcome.NOTHING_TO_SHARE && (figures.isPresent() || !traces.isEmpty() || words.isPresent()))
            throw Refusal.FIELD_WRONG.because("crosscheck.answer: nothing to share comes with nothing else");
    }

    /** Nothing known, or nothing told. */
    public static CrossCheckAnswer nothing(MessageReference request) {
        return new CrossCheckAnswer(request, Outcome.NOTHING_TO_SHARE, Optional.empty(), List.of(), Optional.empty());
    }

    /** @throws org.sharaka.protocol.RefusedException {@link Refusal#FORMAT_UNKNOWN} for other contents, or what is wrong */
    public static CrossCheckAnswer parse(Content content) {
        Fields body = CrossCheck.bodyOf(content, TYPE, FORMAT);
        CrossCheckAnswer answer = new CrossCheckAnswer(
                MessageReference.parse(body.fields("request")),
                body.constant("outcome", Outcome.class),
                body.fieldsIfAny("figures").map(Figures::parse),
                Trace.parse(body, "traces", CrossCheck.TRACES_MAX),
                body.fieldsIfAny("words").map(Words::parse));
        body.end();
        return answer;
    }

    /** As it travels. */
    public Content toContent() {
        JsonBuilder body = JsonBuilder.object()
                .with("request", request.toJson())
                .with("outcome", outcome)
                .withAll("traces", traces, Trace::toJson);
        figures.ifPresent(told -> body.with("figures", told.toJson()));
        words.ifPresent(written -> body.with("words", written.toJson()));
        return new Content(TYPE, FORMAT, body.build());
    }
}
