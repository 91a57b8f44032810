package org.sharaka.node.campaign;

import java.util.List;
import org.sharaka.node.intake.ReportClosed;
import org.sharaka.node.intake.ReportRecounted;
import org.sharaka.node.intake.ReportWithdrawn;
import org.sharaka.node.intake.ReportsPurged;
import org.sharaka.node.intake.ReportsReceived;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** Hears of reports inside the transaction that changes them, so that none is forgotten; links them after it. */
class CampaignListener {
    private final WaitingReports waiting;
    private final Linking linking;
    private final LinkingWorker worker;

    CampaignListener(WaitingReports waiting, Linking linking, LinkingWorker worker) {
        this.waiting = waiting;
        this.linking = linking;
        this.worker = worker;
    }

    @EventListener
    void on(ReportsReceived received) {
        waiting.add(received.reports(), received.at());
    }

    @EventListener
    void on(ReportWithdrawn withdrawn) {
        waiting.add(List.of(withdrawn.report()), withdrawn.at());
    }

    @EventListener
    void on(ReportRecounted recounted) {
        waiting.add(List.of(recounted.report()), recounted.at());
    }

    /** At once, so that the commit leaves no trace for others; and again later, should it be linked at this moment. */
    @EventListener
    void on(ReportClosed closed) {
        if (linking.knows(closed.report())) linking.purge(List.of(closed.report()));
        waiting.add(List.of(closed.report()), closed.at());
    }

    @EventListener
    void on(ReportsPurged purged) {
        linking.purge(purged.reports());
    }

    @TransactionalEventListener(
            phase = TransactionPhase.AFTER_COMMIT,
            classes = {ReportsReceived.class, ReportWithdrawn.class, ReportClosed.class, ReportRecounted.class})
    void committed() {
        worker.wake();
    }
}
