package org.sharaka.node.originator;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.sharaka.node.exchange.MessageAccepted;
import org.sharaka.node.exchange.OnwardAccepted;
import org.sharaka.protocol.message.Header;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Has orders looked at that came before their data, and notes which originator's message is enclosed in what comes: its orders name that one. In the
 * transaction that takes the data in; one statement for all that comes in it.
 */
final class LateData {
    private final SqlHoldings holdings;
    private final SqlTaken orders;
    private final Runnable wake;
    private final Clock clock;

    /** @param wake told once something is to be looked at */
    LateData(SqlHoldings holdings, SqlTaken orders, Runnable wake, Clock clock) {
        this.holdings = holdings;
        this.orders = orders;
        this.wake = wake;
        this.clock = clock;
    }

    @EventListener
    void on(MessageAccepted accepted) {
        came(new SqlTaken.Data(accepted.sender(), accepted.id()));
    }

    @EventListener
    void on(OnwardAccepted accepted) {
        Header header = accepted.message().message().header();
        Target target = Target.of(accepted.message());
        holdings.enclosed(header.sender(), header.id(), target);
        came(new SqlTaken.Data(target.originator(), target.message().id()));
    }

    private void came(SqlTaken.Data data) {
        if (TransactionSynchronizationManager.getResource(this) instanceof Coming coming) {
            coming.data.add(data);
            return;
        }
        Coming coming = new Coming();
        coming.data.add(data);
        TransactionSynchronizationManager.bindResource(this, coming);
        TransactionSynchronizationManager.registerSynchronization(coming);
    }

    /** What comes in one transaction. */
    private final class Coming implements TransactionSynchronization {
        private final List<SqlTaken.Data> data = new ArrayList<>();
        private boolean found;

        @Override
        public void beforeCommit(boolean readOnly) {
            found = orders.came(data, clock.instant()) > 0;
        }

        @Override
        public void afterCommit() {
            if (found) wake.run();
        }

        @Override
        public void afterCompletion(int status) {
            Object unused = TransactionSynchronizationManager.unbindResource(LateData.this);
        }
    }
}
