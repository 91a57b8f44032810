package org.sharaka.node.originator;

import org.sharaka.node.exchange.OnwardAccepted;
import org.sharaka.protocol.message.Header;
import org.springframework.context.event.EventListener;

/** Notes which originator's message is enclosed in what comes: its orders name that one. */
final class OnwardListener {
    private final SqlHoldings holdings;

    OnwardListener(SqlHoldings holdings) {
        this.holdings = holdings;
    }

    @EventListener
    void on(OnwardAccepted accepted) {
        Header header = accepted.message().message().header();
        holdings.enclosed(header.sender(), header.id(), Target.of(accepted.message()));
    }
}
