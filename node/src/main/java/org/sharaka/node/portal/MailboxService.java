package org.sharaka.node.portal;

import java.security.SecureRandom;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.intake.CorrespondenceService;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.Message;
import org.sharaka.node.intake.Reference;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.intake.ReportView;
import org.sharaka.node.platform.CheckedSymbols;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.PublicSeal;

/** Gives access codes by way of officers: to who told a report on the telephone, and to who lost the code. */
public class MailboxService {
    private final IntakeService reports;
    private final CorrespondenceService letters;
    private final Deliveries deliveries;
    private final PortalKey key;
    private final AuditTrail audit;
    private final SecureRandom random;

    MailboxService(
            IntakeService reports,
            CorrespondenceService letters,
            Deliveries deliveries,
            PortalKey key,
            AuditTrail audit,
            SecureRandom random) {
        this.reports = reports;
        this.letters = letters;
        this.deliveries = deliveries;
        this.key = key;
        this.audit = audit;
        this.random = random;
    }

    /**
     * Opens the mailbox of a report that was told on the telephone, for the officer who has just taken it.
     *
     * @return the code in groups, to be read aloud; it cannot be had again. Empty if the report has a mailbox: then the
     *     same form was sent before
     * @throws ProblemException without {@link Permission#REPORT_SUBMIT} or a purpose
     */
    public Optional<String> open(Actor actor, ReportId report, Reference reference) {
        return audit.act(actor, "portal.code-issue", "report/" + report, () -> {
            actor.require(Permission.REPORT_SUBMIT).requirePurpose();
            if (deliveries.lookupOf(report).isPresent()) return Optional.empty();
            AccessCode code = code();
            byte[] place = key.lookup(reference, code);
            byte[] nobody = new byte[PortalKey.MAC_BYTES];
            random.nextBytes(nobody);
            deliveries.open(report, place, PublicSeal.publicKeyOf(PortalKey.mailboxKey(reference, code)), nobody);
            return Optional.of(code.grouped());
        });
    }

    private AccessCode code() {
        byte[] bytes = new byte[CheckedSymbols.BYTES];
        random.nextBytes(bytes);
        return AccessCode.of(bytes);
    }

    /**
     * Makes a new access code and seals the correspondence to it anew; the lost code opens nothing any more. The officer
     * has made sure, by the contact data, that the reporter asks.
     *
     * @return the code in groups, for the reporter alone; it cannot be had again
     * @throws ProblemException {@link PortalProblem#NOT_NAMED}, {@link PortalProblem#NO_MAILBOX}, an unknown report;
     *     without {@link Permission#REPORT_CONTACT_READ}, {@link Permission#REPORT_CORRESPOND} or a purpose
     */
    public String reissue(Actor actor, Reference reference) {
        ReportView report = reports.view(actor, reference);
        return audit.act(actor, "portal.code-reissue", "report/" + report.id(), () -> {
            actor.require(Permission.REPORT_CONTACT_READ).require(Permission.REPORT_CORRESPOND);
            if (!report.contactKept()) throw PortalProblem.NOT_NAMED.because("the report is anonymous");
            byte[] old = deliveries
                    .lookupOf(report.id())
                    .orElseThrow(() -> PortalProblem.NO_MAILBOX.because("the report has no mailbox"));
            AccessCode code = code();
            byte[] place = key.lookup(reference, code);
            deliveries.move(report.id(), old, place, PublicSeal.publicKeyOf(PortalKey.mailboxKey(reference, code)));
            for (Message message : letters.messages(actor, reference))
                deliveries.put(place, message.kind().fromReporter(), message.text(), message.writtenAt());
            return code.grouped();
        });
    }
}
