package org.sharaka.node.crosscheck;

import java.util.List;
import org.sharaka.node.exchange.MessageGivenUp;
import org.sharaka.node.exchange.MessagesAnswered;
import org.springframework.context.event.EventListener;

/** Makes pages show how far a message came, as soon as its recipient says so. */
final class ReceiptListener {
    private final SqlCrossChecks checks;

    ReceiptListener(SqlCrossChecks checks) {
        this.checks = checks;
    }

    @EventListener
    void on(MessagesAnswered answered) {
        checks.changed(answered.by(), answered.ids());
    }

    @EventListener
    void on(MessageGivenUp given) {
        checks.changed(given.recipient(), List.of(given.id()));
    }
}
