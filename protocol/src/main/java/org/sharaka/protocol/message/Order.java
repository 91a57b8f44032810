package org.sharaka.protocol.message;

import java.util.Optional;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.json.Fields;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue;

/**
 * What an originator orders about data of its own at every holder, over each hand that it went through. Travels as a
 * message in the control lane; the holder answers with an {@link OrderAnswer}.
 *
 * @param target the originator's message that it is about
 * @param corrected what stands instead, for {@code CORRECTION} only
 */
public record Order(Kind kind, MessageReference target, String reason, Optional<Content> corrected) {
    private static final int FORMAT = 1;
    private static final int MAX_REASON = 4_000;

    public enum Kind {
        /** Stop using it; keep it sealed until the originator says more. */
        RECALL,
        /** Use this instead. */
        CORRECTION,
        /** Destroy it. Its id, keyed hash and receipts stay, no content. */
        PURGE;

        /** The content type of its message. */
        public String type() {
            return "order." + Fields.nameOf(this);
        }
    }

    public Order {
        if (reason.isBlank() || reason.length() > MAX_REASON) throw Refusal.FIELD_WRONG.because("order.reason");
        if ((kind == Kind.CORRECTION) != corrected.isPresent())
            throw Refusal.FIELD_WRONG.because("order: a correction and only a correction says what stands instead");
    }

    /** Whether a content is an order, and which. */
    public static Optional<Order> in(Content content) {
        for (Kind kind : Kind.values())
            if (kind.type().equals(content.type())) return Optional.of(parse(kind, content));
        return Optional.empty();
    }

    private static Order parse(Kind kind, Content content) {
        Fields fields = content.bodyOf(kind.type(), FORMAT);
        Order order = new Order(
                kind,
                MessageReference.parse(fields.fields("target")),
                fields.text("reason", MAX_REASON),
                fields.fieldsIfAny("corrected").map(Content::parse));
        fields.end();
        return order;
    }

    public Content toContent() {
        JsonBuilder body = JsonBuilder.object().with("target", target.toJson()).with("reason", reason);
        corrected.ifPresent(content -> body.with("corrected", (JsonValue) content.toJson()));
        return new Content(kind.type(), FORMAT, body.build());
    }

    /**
     * Refuses an order that is not its target's originator's. An order that was passed on encloses the originator's own.
     *
     * @param message the order's message, verified
     * @param heldFrom the originator of the data that the target names, as its holder knows it
     */
    public static void requireOriginator(SignedMessage message, MemberId heldFrom) {
        java.util.List<SignedMessage> chain = Reader.chain(message);
        Message first = chain.get(chain.size() - 1).message();
        if (!first.header().sender().equals(heldFrom)
                || !first.handling().originator().equals(heldFrom))
            throw Refusal.NOT_THE_ORIGINATOR.because(
                    "of " + message.message().header().id());
        if (!first.content().equals(message.message().content()))
            throw Refusal.NOT_THE_ORIGINATOR.because("the order was changed on its way");
    }
}
