package org.sharaka.protocol.message;

import java.time.Instant;
import java.util.Optional;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonObject;

/**
 * What became of one message, said by the member that it became it at: the recipient, or for {@code SKIPPED} the sender.
 * A message has one receipt of each state at most, the same for ever.
 *
 * @param refusal the code, for {@code REFUSED} only; receivers keep codes that they do not know
 * @param sentence what a person wrote, for {@code ACTED} and {@code REFUSED} only
 * @param skipped the place that stays empty, for {@code SKIPPED} only
 */
public record Receipt(
        MessageReference message,
        State state,
        Instant at,
        Optional<String> refusal,
        Optional<String> sentence,
        Optional<Position> skipped) {
    private static final int MAX_SENTENCE = 4_000;

    public enum State {
        /** Committed on the recipient's disk, not looked at. */
        DELIVERED,
        /** Opened, verified, taken in. */
        ACCEPTED,
        /** Not taken in; final, the code says why. */
        REFUSED,
        /** A person did something about it, and may say what. */
        ACTED,
        /** The sender gave up on it: nothing will come in this place, wait no longer. */
        SKIPPED
    }

    public Receipt {
        at = Time.truncate(at);
        boolean sound = (state == State.REFUSED) == refusal.isPresent()
                && (state == State.SKIPPED) == skipped.isPresent()
                && (sentence.isEmpty() || state == State.ACTED || state == State.REFUSED)
                && sentence.map(text -> !text.isEmpty() && text.length() <= MAX_SENTENCE)
                        .orElse(true);
        if (!sound) throw Refusal.FIELD_WRONG.because("receipt: fields that do not belong to its state");
        if (refusal.isPresent() && !Fields.isSlug(refusal.get())) throw Refusal.FIELD_WRONG.because("receipt.refusal");
    }

    public static Receipt delivered(MessageReference message, Instant at) {
        return new Receipt(message, State.DELIVERED, at, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Receipt accepted(MessageReference message, Instant at) {
        return new Receipt(message, State.ACCEPTED, at, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Receipt refused(MessageReference message, Refusal refusal, Instant at) {
        return new Receipt(message, State.REFUSED, at, Optional.of(refusal.code()), Optional.empty(), Optional.empty());
    }

    public static Receipt acted(MessageReference message, Optional<String> sentence, Instant at) {
        return new Receipt(message, State.ACTED, at, Optional.empty(), sentence, Optional.empty());
    }

    public static Receipt skipped(MessageReference message, Position place, Instant at) {
        return new Receipt(message, State.SKIPPED, at, Optional.empty(), Optional.empty(), Optional.of(place));
    }

    static Receipt parse(Fields fields) {
        Receipt receipt = new Receipt(
                MessageReference.parse(fields.fields("message")),
                fields.constant("state", State.class),
                fields.parsed("at", 24, Time::parse),
                fields.slugIfAny("refusal"),
                fields.textIfAny("sentence", MAX_SENTENCE),
                fields.fieldsIfAny("skipped").map(place -> {
                    Position position = Position.parse(place);
                    place.end();
                    return position;
                }));
        fields.end();
        return receipt;
    }

    JsonObject toJson() {
        JsonBuilder json = JsonBuilder.object()
                .with("message", message.toJson())
                .with("state", state)
                .with("at", at)
                .withText("refusal", refusal)
                .withText("sentence", sentence);
        skipped.ifPresent(
                place -> json.with("skipped", place.addTo(JsonBuilder.object()).build()));
        return json.build();
    }
}
