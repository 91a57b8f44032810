package org.sharaka.node.originator;

import java.time.Clock;
import java.util.Optional;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.MessageListener;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.OrderAnswer;
import org.sharaka.protocol.message.SignedMessage;

/** Takes holders' answers in: to orders of ours, or to those that we passed on, whose originator gets the answer from us. */
final class AnswerListener implements MessageListener {
    private static final int FORMAT = 1;

    private final Orders orders;
    private final SqlTaken taken;
    private final SqlPassing passing;
    private final ExchangeService exchange;
    private final Runnable wake;
    private final Clock clock;

    /** @param wake told once something waits to be handed on */
    AnswerListener(
            Orders orders, SqlTaken taken, SqlPassing passing, ExchangeService exchange, Runnable wake, Clock clock) {
        this.orders = orders;
        this.taken = taken;
        this.passing = passing;
        this.exchange = exchange;
        this.wake = wake;
        this.clock = clock;
    }

    @Override
    public String contentType() {
        return OrderAnswer.TYPE;
    }

    @Override
    public int contentFormat() {
        return FORMAT;
    }

    @Override
    public void take(SignedMessage message) {
        OrderAnswer answer = OrderAnswer.parse(message.message().content());
        SignedMessage own = Orders.holdersOwn(message);
        if (!own.message().content().equals(message.message().content()))
            throw Refusal.FIELD_WRONG.because("order.answer: changed on its way");
        if (orders.answered(message, answer)) return;
        MemberId from = message.message().header().sender();
        Optional<Taken> order = taken.passed(answer.order().id(), from);
        if (order.isEmpty()) {
            if (exchange.answersLost(message, answer.order().id())) return;
            throw Refusal.FIELD_WRONG.because("order.answer.order: none that we gave or passed on");
        }
        answer.requireOf(order.get().target().message(), own.message().header().sender());
        passing.add(
                new Passing(
                        from,
                        message.message().header().id(),
                        order.get().peer(),
                        order.get().conversation(),
                        Lane.CONTROL,
                        order.get().legalBasis(),
                        0),
                clock.instant());
        OrderListener.afterCommit(wake);
    }
}
