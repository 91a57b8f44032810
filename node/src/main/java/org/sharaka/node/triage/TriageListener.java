package org.sharaka.node.triage;

import java.util.List;
import java.util.Optional;
import org.sharaka.node.access.Actor;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.MessageKind;
import org.sharaka.node.intake.ReportFacts;
import org.sharaka.node.intake.ReportTaken;
import org.sharaka.node.intake.ReportWithdrawn;
import org.sharaka.node.intake.ReporterWrote;
import org.sharaka.node.intake.ReportsPurged;
import org.springframework.context.event.EventListener;

/** Puts each report into the queue in the transaction that stores it, so that none is forgotten. */
class TriageListener {
    private static final Actor TRIAGE = Actor.system("triage");

    private final SqlItems items;
    private final SqlRules rules;
    private final PriorityPolicy policy;
    private final IntakeService intake;

    TriageListener(SqlItems items, SqlRules rules, PriorityPolicy policy, IntakeService intake) {
        this.items = items;
        this.rules = rules;
        this.policy = policy;
        this.intake = intake;
    }

    @EventListener
    void on(ReportTaken taken) {
        ReportFacts report = intake.facts(List.of(taken.id())).get(0);
        Optional<AssignmentRule> rule =
                rules.inOrder().stream().filter(each -> each.fits(report)).findFirst();
        Optional<String> closedTo = rule.filter(AssignmentRule::closes).map(AssignmentRule::unit);
        closedTo.ifPresent(unit -> intake.close(TRIAGE, report.id(), Optional.of(unit)));
        items.add(new Item(
                report.id(),
                report.receivedAt(),
                report.category(),
                report.country(),
                report.channel(),
                policy.at(factsOf(report), taken.at()),
                ItemState.NEW,
                closedTo.map(SqlItems::folded).orElse(""),
                rule.map(AssignmentRule::unit),
                Optional.empty(),
                report.circumstances().femaleOfficer(),
                false,
                report.circumstances().wantsNews(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    static PriorityPolicy.Facts factsOf(ReportFacts report) {
        return new PriorityPolicy.Facts(
                report.category(), report.circumstances(), report.setAside(), report.receivedAt());
    }

    @EventListener
    void on(ReporterWrote wrote) {
        // Who takes the report back asks for nothing more to be done.
        if (wrote.kind() == MessageKind.CONSENT_WITHDRAWN) return;
        boolean unused = items.heard(wrote.report(), wrote.at());
    }

    @EventListener
    void on(ReportWithdrawn withdrawn) {
        // Closing to a unit changes what counts, too; only what the reporter took back is over.
        if (intake.facts(List.of(withdrawn.report())).stream().anyMatch(ReportFacts::withdrawn))
            items.withdrawn(withdrawn.report(), withdrawn.at());
    }

    @EventListener
    void on(ReportsPurged purged) {
        items.forget(purged.reports());
    }
}
