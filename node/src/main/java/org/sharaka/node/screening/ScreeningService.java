package org.sharaka.node.screening;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.sharaka.matching.Answer;
import org.sharaka.matching.Assessor;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ExactKey;
import org.sharaka.matching.ListIndex;
import org.sharaka.matching.NameProblem;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.PossibleMatch;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.platform.Vault;

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

    private static final int HASH_BYTES = 16;

    private final ListsInForce lists;
    private final SqlLists sql;
    private final AuditTrail audit;
    private final Vault vault;

    ScreeningService(ListsInForce lists, SqlLists sql, AuditTrail audit, Vault vault) {
        this.lists = lists;
        this.sql = sql;
        this.audit = audit;
        this.vault = vault;
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
        List<String> subjects = queries.stream().map(this::subject).toList();
        return readAll(actor, "screening.match", subjects, () -> {
            List<ListsInForce.Held> searched = lists.named(list);
            List<Found> found = new ArrayList<>();
            for (Query query : queries) found.add(search(searched, query, limits));
            return named(searched, found, limits);
        });
    }

    /** What a query found, before the database is asked about it. */
    private record Found(List<PossibleMatch> matches, Map<String, String> hashes, Map<String, NameProblem> problems) {}

    private static Found search(List<ListsInForce.Held> searched, Query query, SearchLimits limits) {
        Map<String, PossibleMatch> best = new HashMap<>();
        Map<String, String> hashes = new LinkedHashMap<>();
        Map<String, NameProblem> problems = new LinkedHashMap<>();
        for (ListsInForce.Held held : searched) {
            for (Particulars asked : query.readings()) {
                for (Particulars part : parts(asked)) {
                    Answer answer = held.index().search(part, limits.least(), ListIndex.CANDIDATES_MAX);
                    hashes.put(held.list().name(), answer.listHash());
                    problems.putAll(answer.problems());
                    for (PossibleMatch match : answer.matches())
                        best.merge(match.id(), match, (a, b) -> PossibleMatch.BEST_FIRST.compare(a, b) <= 0 ? a : b);
                }
            }
            if (query.readings().isEmpty())
                hashes.put(held.list().name(), held.index().hash());
        }
        List<PossibleMatch> matches = new ArrayList<>(best.values());
        matches.removeIf(match -> limits.excluded().contains(match.id()));
        matches.sort(PossibleMatch.BEST_FIRST);
        return new Found(matches, hashes, problems);
    }

    /** The index looks at so many names of one description; more are asked in turns, so that none goes unseen. */
    private static List<Particulars> parts(Particulars asked) {
        List<String> names = asked.names();
        if (names.size() <= ListIndex.NAMES_MAX) return List.of(asked);
        List<Particulars> parts = new ArrayList<>();
        for (int from = 0; from < names.size(); from += ListIndex.NAMES_MAX) {
            List<String> some = names.subList(from, Math.min(names.size(), from + ListIndex.NAMES_MAX));
            parts.add(new Particulars(asked.schema(), some, asked.births(), asked.countries(), asked.keys()));
        }
        return parts;
    }

    /** Asks the database what it knows of all that was found, once; what left its list a moment ago is not named any more. */
    private List<Screened> named(List<ListsInForce.Held> searched, List<Found> found, SearchLimits limits) {
        Set<String> ids = new LinkedHashSet<>();
        for (Found each : found) for (PossibleMatch match : each.matches()) ids.add(match.id());
        Map<String, ListedEntity> entities = entities(searched, ids);
        List<Screened> answers = new ArrayList<>();
        for (Found each : found) {
            List<Screened.Possible> possible = new ArrayList<>();
            for (PossibleMatch match : each.matches()) {
                ListedEntity entity = entities.get(match.id());
                if (entity == null || possible.size() == limits.limit()) continue;
                boolean wanted = !limits.excludedSchemas()
                                .contains(entity.entry().particulars().schema())
                        && limits.changedSince()
                                .map(since -> !entity.changedAt().isBefore(since))
                                .orElse(true);
                if (wanted) possible.add(new Screened.Possible(match, entity));
            }
            answers.add(new Screened(possible, each.hashes(), Assessor.ALGORITHM, each.problems()));
        }
        return answers;
    }

    private Map<String, ListedEntity> entities(List<ListsInForce.Held> searched, Set<String> ids) {
        if (ids.isEmpty()) return Map.of();
        Map<String, ListsInForce.Held> byName = new HashMap<>();
        for (ListsInForce.Held held : searched) byName.put(held.list().name(), held);
        Map<String, ListedEntity> entities = new HashMap<>();
        for (SqlLists.Known known : sql.records(ids)) {
            ListsInForce.Held held = byName.get(known.list());
            Optional<Entry> entry =
                    held == null ? Optional.empty() : held.index().find(known.id());
            if (held != null && entry.isPresent())
                entities.put(
                        known.id(),
                        new ListedEntity(
                                entry.get(), held.list(), known.firstSeen(), known.lastSeen(), known.changedAt()));
        }
        return entities;
    }

    /**
     * One entry as its list has it.
     *
     * @throws org.sharaka.node.platform.ProblemException {@link ScreeningProblem#NOT_FOUND}
     */
    public ListedEntity entity(Actor actor, String id) {
        return readAll(actor, "screening.entity", List.of("entity/" + id), () -> lists.entry(id)
                .map(entry ->
                        entities(lists.named(ScreeningList.ALL), Set.of(id)).get(id))
                .orElseThrow(() -> ScreeningProblem.NOT_FOUND.because("no entry of that id")));
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

    /** A query by its keyed hash: the same query is known again, and what was asked is not. */
    private String subject(Query query) {
        StringBuilder text = new StringBuilder();
        for (Particulars asked : query.readings()) {
            text.append('\u0000').append(asked.schema());
            for (String name : asked.names())
                text.append("\u0000n")
                        .append(Normalizer.normalize(name, Normalizer.Form.NFKC)
                                .toLowerCase(Locale.ROOT)
                                .strip()
                                .replaceAll("\\s+", " "));
            for (PartialDate birth : asked.births()) text.append("\u0000b").append(birth);
            for (String country : new TreeSet<>(asked.countries()))
                text.append("\u0000c").append(country);
            Set<String> keys = new TreeSet<>();
            for (ExactKey key : asked.keys()) keys.add(key.kind() + ":" + key.country() + ":" + key.value());
            for (String key : keys) text.append("\u0000k").append(key);
        }
        byte[] mac = vault.mac("screening.query", text.toString().getBytes(StandardCharsets.UTF_8));
        return "query/" + HexFormat.of().formatHex(mac, 0, HASH_BYTES);
    }

    private <T> T readAll(Actor actor, String action, List<String> subjects, Supplier<T> read) {
        return audit.readAll(actor, action, subjects, () -> {
            actor.require(Permission.SCREENING_QUERY);
            actor.requirePurpose();
            return read.get();
        });
    }
}
