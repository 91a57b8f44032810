package org.sharaka.node.originator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.Eventually;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.OrderAnswer;
import org.springframework.transaction.support.TransactionTemplate;

/** Morocco takes back what it sent to Spain, and what Spain shared with a third: three whole nodes, invented cases. */
final class OrdersFixture extends ThreeBureaux {
    static final Actor AMINA = officer("amina", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND);
    static final Actor LUCIA =
            officer("lucia", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND, Permission.EXCHANGE_APPROVE);
    static final String SECRET = "The account is held by the brother.";

    OrdersFixture(MemberId... running) {
        super(List.of(running), "sharaka.originator.answer-within=1s", "sharaka.network.look=1h");
    }

    MessageReference sent(HandlingCode... codes) {
        return send(MA, ES, handling(MA, codes), text(SECRET), Optional.empty());
    }

    UUID order(MessageReference message, Order.Kind kind) {
        return orders(MA)
                .give(
                        AMINA,
                        message.id(),
                        new Orders.NewOrder(
                                kind,
                                "It was another person.",
                                kind == Order.Kind.CORRECTION
                                        ? Optional.of(text("It is the cousin."))
                                        : Optional.empty()),
                        "");
    }

    Orders orders(MemberId member) {
        return node(member).service(Orders.class);
    }

    Control control(MemberId member) {
        return node(member).service(Control.class);
    }

    SqlGiven given() {
        return node(MA).service(SqlGiven.class);
    }

    Orders.Line line(UUID order) {
        return orders(MA).line(AMINA, order);
    }

    void awaitState(UUID order, MemberId holder, Orders.State state) {
        Eventually.await(holder + " " + state, () -> line(order).holders().stream()
                .anyMatch(each -> each.member().equals(holder) && each.state() == state));
    }

    /** Of a message that Spain has. */
    UUID obeyed(MessageReference message, Order.Kind kind) {
        UUID order = order(message, kind);
        awaitState(order, ES, Orders.State.OBEYED);
        return order;
    }

    OrderAnswer answerOf(UUID order, MemberId holder) {
        return given().answers(order).stream()
                .filter(answer -> answer.holder().equals(holder))
                .map(answer ->
                        exchange(MA).received(answer.peer(), answer.name()).orElseThrow())
                .map(message -> OrderAnswer.parse(message.message().content()))
                .findFirst()
                .orElseThrow();
    }

    /** Spain shares with the third, as the bureau does. */
    MessageReference shared(MessageReference message) {
        SignedData original =
                exchange(ES).received(MA, message.id()).orElseThrow().signed();
        MessageReference onward = send(
                ES,
                XK,
                exchange(ES).received(MA, message.id()).orElseThrow().message().handling(),
                text("Morocco writes:"),
                Optional.of(original));
        node(ES).service(TransactionTemplate.class).executeWithoutResult(status -> control(ES)
                .shared(
                        new Share(
                                onward.id(),
                                XK,
                                ConversationId.random(RANDOM),
                                TREATY,
                                new Target(MA, message),
                                Instant.now()),
                        new EntryId(UUID.randomUUID())));
        return onward;
    }

    /** The time of what a holder has is over there. */
    void ends(MemberId at, MemberId from, MessageId message) {
        int found = sql(at).update(
                        "update exchange.received set keep_until = now() - interval '1 second' where sender = ? and id = ?",
                        from.value(),
                        message.value());
        if (found != 1) throw new AssertionError("rows: " + found);
        Eventually.await(
                "the end at " + at, () -> exchange(at).received(from, message).isEmpty());
    }
}
