package org.sharaka.node.screening.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ListIndex;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.platform.BackgroundJob;
import org.sharaka.node.screening.ListChanges;
import org.sharaka.node.screening.QuerySearch;
import org.sharaka.node.screening.ScreeningService;
import org.sharaka.node.screening.SearchLimits;
import org.sharaka.node.screening.desk.DeskService;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks once a second whether imports changed entries, and compares the running watches with those entries alone. What was looked at
 * stands in the row of each watch, in the transaction of its alerts: nothing is passed over or told twice, whatever ends the process. Of
 * all instances on one database one works at a time.
 */
final class WatchRunner extends BackgroundJob {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final SqlWatches watches;
    private final ListChanges changes;
    private final DeskService desk;
    private final AuditTrail audit;
    private final TransactionTemplate transactions;
    private final Clock clock;

    WatchRunner(
            SqlWatches watches,
            ListChanges changes,
            DeskService desk,
            AuditTrail audit,
            TransactionTemplate transactions,
            Clock clock) {
        super("screening-watches", Rhythm.every(LOOK));
        this.watches = watches;
        this.changes = changes;
        this.desk = desk;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Looks at what the watches know least of. @return whether there was anything to look at */
    @Override
    protected boolean round() {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            if (!watches.tryLock()) return false;
            long newest = changes.newest();
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Optional<Long> behind = watches.behind(newest, now);
            if (behind.isEmpty()) return false;
            List<Watch> due = watches.knowing(behind.get(), now);
            enter(due, found(due, behind.get(), newest), newest, now);
            watches.screened(due, newest);
            return true;
        }));
    }

    private record Raised(Watch watch, String entity, Watch.AlertKind kind) {}

    private Set<Raised> found(List<Watch> due, long after, long newest) {
        Set<Raised> raised = new LinkedHashSet<>();
        Map<Watch, ScreeningService.Query> questions = new HashMap<>();
        Map<String, List<Watch>> entries = due.stream()
                .filter(watch -> watch.entity().isPresent())
                .collect(Collectors.groupingBy(watch -> watch.entity().orElseThrow()));
        for (Watch watch : due) if (watch.entity().isEmpty()) questions.put(watch, desk.query(watch.what()));
        changes.changed(after, newest, part -> {
            ListIndex index = ListIndex.of(part);
            for (Watch watch : due) {
                ScreeningService.Query question = questions.get(watch);
                if (question == null) continue;
                QuerySearch search = new QuerySearch(SearchLimits.STANDARD.least());
                var unused = search.in(index, question);
                for (QuerySearch.Fit fit : search.found())
                    raised.add(new Raised(watch, fit.match().id(), Watch.AlertKind.FOUND));
            }
            for (Entry entry : part)
                for (Watch watch : entries.getOrDefault(entry.id(), List.of()))
                    raised.add(new Raised(watch, entry.id(), Watch.AlertKind.CHANGED));
        });
        for (String gone : changes.gone(after, newest, entries.keySet()))
            for (Watch watch : entries.getOrDefault(gone, List.of()))
                raised.add(new Raised(watch, gone, Watch.AlertKind.GONE));
        return raised;
    }

    /** Every watch that was looked at is a query and stands in the audit; so does each alert. */
    private void enter(List<Watch> due, Set<Raised> raised, long newest, Instant now) {
        List<AuditTrail.Deed> deeds = new ArrayList<>();
        for (Watch watch : due)
            deeds.add(AuditTrail.Deed.done("screening.watch-look", WatchService.subject(watch.id())));
        for (Raised each : raised)
            deeds.add(AuditTrail.Deed.done(
                    "screening.watch-alert", WatchService.subject(each.watch().id())));
        List<EntryId> entries = audit.enterAll(Actor.system("screening-watches"), deeds);
        int next = due.size();
        for (Raised each : raised)
            watches.alert(each.watch().id(), each.entity(), each.kind(), newest, now, entries.get(next++));
    }
}
