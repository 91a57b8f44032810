package org.sharaka.node.campaign;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
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
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Links waiting reports and keeps the campaigns in line. One at a time on a database, however many processes try: a lock
 * held to the end of the transaction orders them, so a node and an import can both link.
 */
final class Linking {
    /** Any fixed number that no other lock of this database uses: "link" in ASCII. */
    private static final long LOCK = 0x6C696E6BL;

    /** No report's. */
    private static final ReportId NOBODY = new ReportId(new UUID(0, 0));

    /**
     * Every statement of linking finds its few rows by an index, however many there are. So plans are made once and never by the look of the
     * tables, which are empty when a node is new and a million rows later.
     */
    private static final String ALONE = """
            SELECT set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true),
                set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),
                pg_advisory_xact_lock(?)
            """;

    private final Statements sql;
    private final TransactionTemplate transactions;
    private final WaitingReports waiting;
    private final IntakeService intake;
    private final KeyDeriver deriver;
    private final Linker linker;
    private final Campaigns campaigns;
    private final Clock clock;

    /** Eight parts: this is where they meet, and nowhere else. */
    Linking(
            Statements sql,
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
        return behindLock(() -> {
            sql.flush();
            return work.get();
        });
    }

    /** As {@link #alone}, but the lock is taken with the first of the work's {@link Statements}: nothing else may look before. */
    private <T> T behindLock(Supplier<T> work) {
        return requireNonNull(transactions.execute(status -> sql.together(() -> {
            sql.later(ALONE, LOCK);
            return work.get();
        })));
    }

    /**
     * Links the reports that wait longest, in one transaction.
     *
     * @return how many left the queue; 0 when nothing waits
     */
    int linkNext(int limit) {
        return behindLock(() -> {
            List<WaitingReports.Place> places = waiting.next(limit);
            if (places.isEmpty()) return 0;
            link(places.stream().map(WaitingReports.Place::report).distinct().toList());
            waiting.done(places);
            return places.size();
        });
    }

    private void link(List<ReportId> reports) {
        List<ReportEvidence> standing = intake.evidence(reports).stream()
                .filter(report -> !report.withdrawn())
                .toList();
        Set<ReportId> gone = new LinkedHashSet<>(reports);
        standing.forEach(report -> gone.remove(report.id()));
        takeOut(campaigns.numbersOf(gone));
        place(standing);
    }

    private void place(List<ReportEvidence> standing) {
        Map<ReportId, Campaigns.Numbered> numbers = campaigns.number(standing);
        List<LinkedReport> fresh = new ArrayList<>(standing.size());
        List<LinkedReport> revised = new ArrayList<>();
        for (ReportEvidence report : standing) {
            List<LinkKey> keys = deriver.derive(new Evidence(report.identifiers(), report.narrative()));
            Campaigns.Numbered numbered = requireNonNull(numbers.get(report.id()));
            (numbered.known() ? revised : fresh).add(new LinkedReport(numbered.number(), keys));
        }
        follow(linker.add(fresh));
        for (LinkedReport report : revised) follow(linker.revise(report));
        // What is counted of a revised report may differ although it stays where it is.
        campaigns.recount(revised.stream().map(LinkedReport::report).toList(), clock.instant());
    }

    /**
     * Links some of the latest reports as if others had said the same, and takes it back, so that neither plans nor compiled code are new to
     * the first report after a start. Nobody sees anything of it. Ends when a report waits.
     */
    void rehearse(int times, BooleanSupplier goesOn) {
        for (ReportId latest : campaigns.latest(times)) {
            if (!goesOn.getAsBoolean() || !waiting.next(1).isEmpty()) return;
            transactions.executeWithoutResult(status -> {
                status.setRollbackOnly();
                sql.together(() -> {
                    sql.later(ALONE, LOCK);
                    sql.flush();
                    place(intake.evidence(List.of(latest)).stream()
                            .map(report -> report.saidBy(NOBODY))
                            .toList());
                    return latest;
                });
            });
        }
    }

    /** Takes reports out that were withdrawn or purged. Within the caller's transaction. */
    void takeOut(Collection<Long> numbers) {
        if (numbers.isEmpty()) return;
        follow(linker.withdraw(numbers));
        campaigns.forget(numbers);
    }

    boolean knows(ReportId report) {
        return !campaigns.numbersOf(List.of(report)).isEmpty();
    }

    /** Ends what is kept of purged or closed reports, in the transaction that purges or closes them. */
    void purge(Collection<ReportId> reports) {
        alone(() -> {
            takeOut(campaigns.numbersOf(reports));
            return reports;
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
     * Judges keys and computes families anew that earlier links left unsettled, but for families of more reports than
     * {@code familySizeMax}.
     *
     * @return true if there may be more to do
     */
    boolean settle(int limit, int familySizeMax) {
        return behindLock(() -> {
            if (linker.settled(familySizeMax)) return false;
            follow(linker.settle(limit, familySizeMax));
            return true;
        });
    }

    /** Settles whatever a decision left open, so that the officer sees its effect at once. Within a transaction. */
    void settleAll() {
        while (!linker.settled()) follow(linker.settle(Integer.MAX_VALUE));
        sql.flush();
    }

    boolean settled() {
        return linker.settled();
    }

    /** Brings the campaigns in line with what the linker changed. Within the caller's transaction. */
    Set<Long> follow(Changes changes) {
        Set<Long> changed = campaigns.follow(changes.moved(), clock.instant());
        campaigns.raiseAlerts(changed, clock.instant());
        return changed;
    }
}
