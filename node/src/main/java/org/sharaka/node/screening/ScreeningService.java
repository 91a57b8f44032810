package org.sharaka.node.screening;

import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.sharaka.matching.Assessor;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ExactKey;
import org.sharaka.matching.NameProblem;
import org.sharaka.matching.Particulars;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;

/**
 * Asks the lists. Every method needs {@link Permission#SCREENING_QUERY} and a purpose, and every query is entered in the audit before its
 * answer. Of a query nothing is kept but a keyed hash, there (S10).
 */
public final class ScreeningService {
    /** Queries of one request. */
    public static final int BATCH_MAX = 100;

    /** Names and dates of one description. */
    static final int NAMES_MAX = 24;

    /** Numbers of one description. */
    static final int NUMBERS_MAX = 64;

    private final ListsInForce lists;
    private final ListRecords records;
    private final AuditTrail audit;
    private final AskedHash hash;
    private final Clock clock;

    ScreeningService(ListsInForce lists, ListRecords records, AuditTrail audit, AskedHash hash, Clock clock) {
        this.lists = lists;
        this.records = records;
        this.audit = audit;
        this.hash = hash;
        this.clock = clock;
    }

    /**
     * What one thing asked for may be: one description, or several readings of one text.
     *
     * @param readings compared one by one; an entry counts with its best
     */
    public record Query(List<Particulars> readings) {
        /** @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#QUERY_TOO_LARGE} */
        public Query {
            readings = List.copyOf(readings);
            for (Particulars each : readings) {
                boolean tooLarge = each.names().size() > NAMES_MAX
                        || each.births().size() > NAMES_MAX
                        || each.keys().size() > NUMBERS_MAX;
                if (tooLarge)
                    throw ScreeningProblem.QUERY_TOO_LARGE.because(
                            "at most " + NAMES_MAX + " names and dates, and " + NUMBERS_MAX + " numbers");
            }
        }

        public static Query of(Particulars asked) {
            return new Query(List.of(asked));
        }
    }

    /**
     * The entries that may be those asked for, in the order of the queries.
     *
     * @param list a list's name, or {@link ScreeningList#ALL}
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NO_QUERIES},
     *     {@link ScreeningProblem#TOO_MANY_QUERIES}, {@link ScreeningProblem#NOT_FOUND} for an unknown list,
     *     {@link ScreeningProblem#LISTS_LOADING}
     */
    public List<Screened> match(Actor actor, String list, List<Query> queries, SearchLimits limits) {
        if (queries.isEmpty()) throw ScreeningProblem.NO_QUERIES.because("1 to " + BATCH_MAX + " queries");
        if (queries.size() > BATCH_MAX)
            throw ScreeningProblem.TOO_MANY_QUERIES.because("1 to " + BATCH_MAX + " queries");
        List<String> subjects = queries.stream().map(hash::subject).toList();
        return readAll(actor, "screening.match", subjects, () -> {
            List<ListsInForce.Held> searched = lists.named(list);
            List<Found> found = new ArrayList<>();
            for (Query query : queries) found.add(search(searched, query, limits));
            return named(searched, found, limits);
        });
    }

    /** What a query found, before the database is asked about it. */
    private record Found(List<QuerySearch.Fit> fits, Map<String, String> hashes, Map<String, NameProblem> problems) {}

    private static Found search(List<ListsInForce.Held> searched, Query query, SearchLimits limits) {
        Map<String, String> hashes = new LinkedHashMap<>();
        QuerySearch search = new QuerySearch(limits.least());
        for (ListsInForce.Held held : searched) hashes.put(held.list().name(), search.in(held.index(), query));
        List<QuerySearch.Fit> fits = search.found();
        if (!limits.excluded().isEmpty())
            fits.removeIf(fit -> limits.excluded().contains(fit.match().id()));
        return new Found(fits, hashes, search.problems());
    }

    /** Asks the database what it knows of all that was found, once; what left its list a moment ago is not named any more. */
    private List<Screened> named(List<ListsInForce.Held> searched, List<Found> found, SearchLimits limits) {
        Set<String> ids = new LinkedHashSet<>();
        for (Found each : found)
            for (QuerySearch.Fit fit : each.fits()) ids.add(fit.match().id());
        Map<String, Known> known = known(searched, ids);
        List<Screened> answers = new ArrayList<>();
        for (Found each : found) {
            List<Screened.Possible> possible = new ArrayList<>();
            for (QuerySearch.Fit fit : each.fits()) {
                Known entry = known.get(fit.match().id());
                if (entry == null || possible.size() == limits.limit()) continue;
                ListedEntity entity = entry.entity();
                boolean wanted = !limits.excludedSchemas()
                                .contains(entity.entry().particulars().schema())
                        && limits.changedSince()
                                .map(since -> !entity.changedAt().isBefore(since))
                                .orElse(true);
                if (wanted) possible.add(possible(fit, entry));
            }
            answers.add(new Screened(possible, each.hashes(), Assessor.ALGORITHM, each.problems()));
        }
        return answers;
    }

    /** What the database knows of an entry, who dismissed it when asked what, and who is not this entry. */
    private record Known(ListedEntity entity, List<ListRecords.Dismissal> dismissals, List<byte[]> distinct) {}

    private Screened.Possible possible(QuerySearch.Fit fit, Known known) {
        Optional<Screened.Dismissed> dismissed = Optional.empty();
        // A keyed hash costs more than the rest, and hardly an entry was ever dismissed.
        if (!known.dismissals().isEmpty()) {
            byte[] asked = hash.of(fit.asked());
            dismissed = known.dismissals().stream()
                    .filter(each -> MessageDigest.isEqual(each.asked(), asked))
                    .map(each -> new Screened.Dismissed(each.reason(), each.at()))
                    .findFirst();
        }
        return new Screened.Possible(
                fit.match(), known.entity(), fit.asked(), dismissed, distinct(fit.asked(), known.distinct()));
    }

    private Screened.Distinct distinct(Particulars asked, List<byte[]> numbers) {
        if (numbers.isEmpty()) return Screened.Distinct.NOBODY;
        for (ExactKey key : asked.keys()) {
            if (key.kind() != ExactKey.Kind.DOCUMENT) continue;
            byte[] number = hash.ofNumber(key);
            if (numbers.stream().anyMatch(each -> MessageDigest.isEqual(each, number)))
                return Screened.Distinct.THIS_PERSON;
        }
        return Screened.Distinct.SOMEBODY;
    }

    private Map<String, Known> known(List<ListsInForce.Held> searched, Set<String> ids) {
        if (ids.isEmpty()) return Map.of();
        Map<String, ListsInForce.Held> byName = new HashMap<>();
        for (ListsInForce.Held held : searched) byName.put(held.list().name(), held);
        Map<String, Known> entities = new HashMap<>();
        for (ListRecords.Known known : records.records(ids, clock.instant())) {
            ListsInForce.Held held = byName.get(known.list());
            Optional<Entry> entry =
                    held == null ? Optional.empty() : held.index().find(known.id());
            if (held == null || entry.isEmpty()) continue;
            ListedEntity entity =
                    new ListedEntity(entry.get(), held.list(), known.firstSeen(), known.lastSeen(), known.changedAt());
            entities.put(known.id(), new Known(entity, known.dismissals(), known.distinct()));
        }
        return entities;
    }

    /**
     * What was asked beside one entry, in full, however little they have in common.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NOT_FOUND} for an entry that is not in force,
     *     {@link ScreeningProblem#NO_QUERIES}
     */
    public Screened.Possible compare(Actor actor, Query query, String entity) {
        List<String> subjects = List.of(hash.subject(query), "entity/" + entity);
        return readAll(actor, "screening.compare", subjects, () -> compared(query, entity));
    }

    /** As {@link #compare}, for an act that enters itself. */
    public Screened.Possible compared(Query query, String id) {
        if (query.readings().isEmpty()) throw ScreeningProblem.NO_QUERIES.because("nothing to compare");
        Known known = known(lists.named(ScreeningList.ALL), Set.of(id)).get(id);
        if (known == null) throw ScreeningProblem.NOT_FOUND.because("no entry of that id");
        Entry entry = known.entity().entry();
        Assessor assessor = new Assessor();
        QuerySearch.Fit best = query.readings().stream()
                .filter(asked ->
                        asked.schema().comparableWith(entry.particulars().schema()))
                .map(asked -> new QuerySearch.Fit(assessor.assess(asked, entry), asked))
                .reduce(QuerySearch.Fit::better)
                .orElseThrow(() -> ScreeningProblem.NOT_FOUND.because("another kind of thing was asked for"));
        return possible(best, known);
    }

    /**
     * One entry as its list has it.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NOT_FOUND}
     */
    public ListedEntity entity(Actor actor, String id) {
        return readAll(actor, "screening.entity", List.of("entity/" + id), () -> {
            Known known = known(lists.named(ScreeningList.ALL), Set.of(id)).get(id);
            if (known == null) throw ScreeningProblem.NOT_FOUND.because("no entry of that id");
            return known.entity();
        });
    }

    /**
     * A list in force.
     *
     * @param hash of its entries as they are searched
     */
    public record InForce(ScreeningList list, String hash, int entries, int names) {}

    /** The lists in force, by name. Tells nothing about anybody, so it is not entered. */
    public List<InForce> catalog(Actor actor) {
        actor.require(Permission.SCREENING_QUERY);
        return lists.all().values().stream()
                .map(held -> new InForce(
                        held.list(),
                        held.index().hash(),
                        held.index().size(),
                        held.index().names()))
                .toList();
    }

    /** Whether queries are answered yet. */
    public boolean ready() {
        return lists.loaded();
    }

    private <T> T readAll(Actor actor, String action, List<String> subjects, Supplier<T> read) {
        return audit.readAll(actor, action, subjects, () -> {
            actor.require(Permission.SCREENING_QUERY);
            actor.requirePurpose();
            return read.get();
        });
    }
}
