package org.sharaka.node.originator;

import org.sharaka.node.exchange.MessageListener;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.SignedMessage;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Takes orders of one kind in. */
final class OrderListener implements MessageListener {
    private static final int FORMAT = 1;

    private final Order.Kind kind;
    private final Obedience obedience;
    private final Runnable wake;

    /** @param wake told once an order waits to be answered */
    OrderListener(Order.Kind kind, Obedience obedience, Runnable wake) {
        this.kind = kind;
        this.obedience = obedience;
        this.wake = wake;
    }

    @Override
    public String contentType() {
        return kind.type();
    }

    @Override
    public int contentFormat() {
        return FORMAT;
    }

    @Override
    public void take(SignedMessage message) {
        Order order =
                Order.in(message.message().content()).orElseThrow(() -> Refusal.FORMAT_UNKNOWN.because(contentType()));
        obedience.obey(message, order);
        afterCommit(wake);
    }

    static void afterCommit(Runnable then) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                then.run();
            }
        });
    }
}
