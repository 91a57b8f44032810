package org.sharaka.node.campaign;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.sharaka.linking.Changes;
import org.sharaka.linking.Evidence;
import org.sharaka.linking.KeyDeriver;
import org.sharaka.linking.LinkKey;
import org.sharaka.linking.LinkedReport;
import org.sharaka.linking.Linker;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.ReportEvidence;
import org.sharaka.node.intake.ReportId;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Links waiting reports and keeps the campaigns in line. One at a time on a database, however many processes try: a lock
 * held to the end of the transaction orders them, so a node and an import can both link.
 */
final class Linking {
    /** Any fixed number that no other lock of this database uses: "link" in ASCII. */
    private static final long LOCK = 0x6C696E6BL;

    private final JdbcTemplate sql;
    private final TransactionTemplate transactions;
    private final WaitingReports waiting;
    private final IntakeService intake;
    private final KeyDeriver deriver;
    private final Linker linker;
    private final Campaigns campaigns;
    private final Clock clock;

    /** Eight parts: this is where they meet, and nowhere else. */
    Linking(
            JdbcTemplate sql,
            TransactionTemplate transactions,
            WaitingReports waiting,
            IntakeService intake,
            KeyDeriver deriver,
            Linker linker,
            Campaigns campaigns,
            Clock clock) {
        this.sql = sql;
        this.transactions = transactions;
        this.waiting = waiting;
        this.intake = intake;
        this.deriver = deriver;
        this.linker = linker;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    /** Runs in a transaction, alone among all who link on this database. */
    <T> T alone(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(status -> {
            sql.query("SELECT pg_advisory_xact_lock(?)", row -> {}, LOCK);
            return work.get();
        }));
    }

    /**
     * Links the reports that wait longest, in one transaction.
     *
     * @return how many left the queue; 0 when nothing waits
     */
    int linkNext(int limit) {
        return alone(() -> {
            List<WaitingReports.Place> places = waiting.next(limit);
            if (places.isEmpty()) return 0;
            link(places.stream().map(WaitingReports.Place::report).distinct().toList());
            waiting.done(places);
            return places.size();
        });
    }

    private void link(List<ReportId> reports) {
        List<ReportEvidence> evidence = intake.evidence(reports);
        List<ReportEvidence> standing = evidence.stream().filter(e -> !e.withdrawn()).toList();
        Map<ReportId, Long> known = campaigns.numbersOf(reports);
        take(known, standing);
        Map<ReportId, Long> numbers = campaigns.number(standing);
        List<LinkedReport> linked = new ArrayList<>(standing.size());
        for (ReportEvidence report : standing) {
            List<LinkKey> keys = deriver.derive(new Evidence(report.identifiers(), report.narrative())).keys();
            linked.add(new LinkedReport(Objects.requireNonNull(numbers.get(report.id())), keys));
        }
        follow(linker.add(linked));
    }

    /** Takes out what is linked already: it was withdrawn, or changed and is linked anew. */
    private void take(Map<ReportId, Long> known, List<ReportEvidence> standing) {
        if (known.isEmpty()) return;
        follow(linker.withdraw(known.values().stream().mapToLong(Long::longValue).toArray()));
        Set<ReportId> stay = new java.util.HashSet<>();
        standing.forEach(report -> stay.add(report.id()));
        known.forEach((report, number) -> {
            if (!stay.contains(report)) campaigns.forget(number);
        });
    }

    /** Sets a report aside that cannot be linked; it waits for an operator and holds nobody up. */
    void setAside(WaitingReports.Place place, RuntimeException failure) {
        alone(() -> {
            // The class alone: a message may quote what was reported.
            waiting.failed(place, failure.getClass().getName());
            return place;
        });
    }

    /**
     * Judges keys and computes families anew that earlier links left unsettled.
     *
     * @return true if there may be more to do
     */
    boolean settle(int limit) {
        return alone(() -> {
            Linker.Settled settled = linker.settle(limit);
            follow(settled.changes());
            return settled.more();
        });
    }

    /** Brings the campaigns in line with what the linker changed. Within the caller's transaction. */
    Set<Long> follow(Changes changes) {
        Set<Long> changed = campaigns.follow(changes.moved(), clock.instant());
        campaigns.raiseAlerts(changed, clock.instant());
        return changed;
    }
}
