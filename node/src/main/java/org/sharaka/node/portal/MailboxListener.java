package org.sharaka.node.portal;

import org.sharaka.node.access.Actor;
import org.sharaka.node.intake.CorrespondenceService;
import org.sharaka.node.intake.OfficerWrote;
import org.sharaka.node.intake.ReportStatusChanged;
import org.sharaka.node.intake.ReportsPurged;
import org.springframework.context.event.EventListener;

/** Puts into the reporters' mailboxes what they are to hear, inside the transaction that says it. */
class MailboxListener {
    private static final Actor CARRIER = Actor.system("portal.carrier");

    private final Deliveries deliveries;
    private final CorrespondenceService letters;

    MailboxListener(Deliveries deliveries, CorrespondenceService letters) {
        this.deliveries = deliveries;
        this.letters = letters;
    }

    @EventListener
    void on(OfficerWrote wrote) {
        deliveries.lookupOf(wrote.report()).ifPresent(lookup -> letters.lettersFor(CARRIER, wrote.report()).stream()
                .filter(letter -> letter.id().equals(wrote.message()))
                .forEach(letter -> deliveries.put(lookup, false, letter.text(), letter.writtenAt())));
    }

    @EventListener
    void on(ReportStatusChanged changed) {
        deliveries
                .lookupOf(changed.id())
                .ifPresent(lookup -> deliveries.status(lookup, changed.status(), changed.at()));
    }

    @EventListener
    void on(ReportsPurged purged) {
        deliveries.purge(purged.reports());
    }
}
