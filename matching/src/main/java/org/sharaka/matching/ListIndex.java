package org.sharaka.matching;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A list in memory, searched by name, date and number. What is searched is an immutable snapshot: a search never waits and never sees half
 * a change. A changed entry goes into a small second segment at once; {@link #compact} folds it into the large one. Thread-safe.
 */
public final class ListIndex {
    /** Entries compared in full for one name asked. */
    public static final int CANDIDATES_MAX = 50;

    /** Names of one query that are looked at. */
    public static final int NAMES_MAX = 8;

    /** Changed entries from which on {@link #compact} is due. */
    public static final int CHANGES_MAX = 2_000;

    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private volatile Snapshot current;
    private final BlockingQueue<Scratch> spare =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

    /** What one search works with; more than a megabyte. Handed on, since a virtual thread lives for one search only. */
    private record Scratch(CandidateFinder finder, Assessor assessor) {}

    /**
     * What is searched at one time.
     *
     * @param changes entries that are newer than the large segment, by id
     * @param gone entities of the large segment that were removed or replaced
     * @param sum of the hashes of all entries, modulo 2^256
     */
    private record Snapshot(
            Segment large, Segment small, Map<String, Entry> changes, Set<Integer> gone, BigInteger sum, String hash) {
        @Nullable
        Entry find(String id) {
            Entry changed = changes.get(id);
            if (changed != null) return changed;
            int entity = large.find(id);
            return entity < 0 || gone.contains(entity) ? null : large.entry(entity);
        }
    }

    private ListIndex(Snapshot snapshot) {
        current = snapshot;
    }

    /** An index of these entries; of two with one id the later counts. */
    public static ListIndex of(Iterable<Entry> entries) {
        return new ListIndex(built(entries));
    }

    /** Replaces all entries at once; searches go on in the old ones until the new ones are ready. */
    public void replaceAll(Iterable<Entry> entries) {
        Snapshot fresh = built(entries);
        synchronized (this) {
            current = fresh;
        }
    }

    private static Snapshot built(Iterable<Entry> entries) {
        Segment.Builder builder = new Segment.Builder();
        BigInteger sum = BigInteger.ZERO;
        for (Entry entry : entries) {
            builder.add(entry);
            sum = sum.add(hash(entry));
        }
        Segment large = builder.build();
        Set<Integer> superseded = large.superseded();
        for (int entity : superseded) sum = sum.subtract(hash(large.entry(entity)));
        sum = sum.mod(MODULUS);
        return new Snapshot(large, empty(), Map.of(), superseded, sum, hex(sum));
    }

    private static Segment empty() {
        return new Segment.Builder().build();
    }

    /** Adds an entry or replaces the one of its id. Searches see it when this returns. */
    public synchronized void put(Entry entry) {
        current = with(current, List.of(entry), List.of());
    }

    /** Takes an entry out; nothing happens when there is none of that id. */
    public synchronized void remove(String id) {
        current = with(current, List.of(), List.of(id));
    }

    /**
     * Adds, replaces and takes out at once: a search sees all of it or nothing.
     *
     * @param put of two with one id the later counts
     * @param removed ids; those that are not there change nothing
     */
    public synchronized void apply(Collection<Entry> put, Collection<String> removed) {
        if (!put.isEmpty() || !removed.isEmpty()) current = with(current, put, removed);
    }

    private static Snapshot with(Snapshot before, Collection<Entry> put, Collection<String> removed) {
        Map<String, Entry> changes = new LinkedHashMap<>(before.changes);
        Set<Integer> gone = new HashSet<>(before.gone);
        BigInteger sum = before.sum;
        for (String id : removed) sum = sum.subtract(takenOut(before.large, changes, gone, id));
        for (Entry entry : put) {
            sum = sum.subtract(takenOut(before.large, changes, gone, entry.id()));
            changes.put(entry.id(), entry);
            sum = sum.add(hash(entry));
        }
        Segment.Builder small = new Segment.Builder();
        changes.values().forEach(small::add);
        sum = sum.mod(MODULUS);
        return new Snapshot(before.large, small.build(), Map.copyOf(changes), Set.copyOf(gone), sum, hex(sum));
    }

    /** @return the hash of what stood there, 0 for nothing */
    private static BigInteger takenOut(Segment large, Map<String, Entry> changes, Set<Integer> gone, String id) {
        Entry changed = changes.remove(id);
        int old = large.find(id);
        boolean held = old >= 0 && gone.add(old);
        if (changed != null) return hash(changed);
        return held ? hash(large.entry(old)) : BigInteger.ZERO;
    }

    /** How many changed entries wait to be folded in. */
    public int changes() {
        Snapshot snapshot = current;
        return snapshot.changes.size() + snapshot.gone.size();
    }

    /** Folds changed entries into the large segment; takes as long as loading the list. What changes meanwhile is kept and does not wait. */
    public void compact() {
        Snapshot before = current;
        List<Entry> all = new ArrayList<>();
        forEach(before, all::add);
        Snapshot fresh = built(all);
        synchronized (this) {
            Snapshot now = current;
            // Replaced as a whole meanwhile: nothing is left to fold.
            if (now.large != before.large) return;
            Set<String> changed = new HashSet<>(before.changes.keySet());
            changed.addAll(now.changes.keySet());
            for (int entity : now.gone) if (!before.gone.contains(entity)) changed.add(now.large.id(entity));
            List<Entry> put = new ArrayList<>();
            List<String> removed = new ArrayList<>();
            for (String id : changed) {
                Entry entry = now.changes.get(id);
                if (entry == null && before.find(id) != null) removed.add(id);
                else if (entry != null && !entry.equals(before.changes.get(id))) put.add(entry);
            }
            current = put.isEmpty() && removed.isEmpty() ? fresh : with(fresh, put, removed);
        }
    }

    private static void forEach(Snapshot snapshot, java.util.function.Consumer<Entry> each) {
        for (int entity = 0; entity < snapshot.large.entities(); entity++) {
            if (!snapshot.gone.contains(entity)) each.accept(snapshot.large.entry(entity));
        }
        snapshot.changes.values().forEach(each);
    }

    public int size() {
        Snapshot snapshot = current;
        return snapshot.large.entities() - snapshot.gone.size() + snapshot.changes.size();
    }

    public int names() {
        Snapshot snapshot = current;
        return snapshot.large.names() + snapshot.small.names();
    }

    /** Bytes that the arrays take. */
    public long sizeBytes() {
        Snapshot snapshot = current;
        return snapshot.large.sizeBytes() + snapshot.small.sizeBytes();
    }

    /** Hash of the entries in force, in hexadecimal. Tells versions apart; it is no seal against a forger. */
    public String hash() {
        return current.hash;
    }

    public Optional<Entry> find(String id) {
        return Optional.ofNullable(current.find(id));
    }

    /**
     * The entries that may be the one asked for.
     *
     * @param threshold least score, 0 to 1; {@link NameComparator#THRESHOLD} as shipped
     * @param limit most matches, 1 to {@link #CANDIDATES_MAX}
     */
    public Answer search(Particulars asked, double threshold, int limit) {
        return search(Question.of(asked), threshold, limit);
    }

    /** As {@link #search(Particulars, double, int)}. */
    public Answer search(Question question, double threshold, int limit) {
        if (limit < 1 || limit > CANDIDATES_MAX) throw new IllegalArgumentException("limit out of range");
        Snapshot snapshot = current;
        List<PossibleMatch> matches = new ArrayList<>();
        int compared = 0;
        Scratch handed = spare.poll();
        Scratch scratch = handed == null ? new Scratch(new CandidateFinder(), new Assessor()) : handed;
        compared += search(snapshot.large, snapshot.gone, question, threshold, matches, scratch);
        compared += search(snapshot.small, Set.of(), question, threshold, matches, scratch);
        // Not after a failure: what it left half done is not worth keeping.
        boolean unused = spare.offer(scratch);
        matches.sort(PossibleMatch.BEST_FIRST);
        List<PossibleMatch> best = matches.size() > limit ? matches.subList(0, limit) : matches;
        return new Answer(best, Assessor.ALGORITHM, snapshot.hash, question.problems, compared);
    }

    private int search(
            Segment segment,
            Set<Integer> gone,
            Question question,
            double threshold,
            List<PossibleMatch> matches,
            Scratch scratch) {
        if (segment.entities() == 0) return 0;
        Particulars asked = question.asked;
        List<PreparedName> names = question.names;
        Map<Integer, Set<Integer>> candidates = new LinkedHashMap<>();
        CandidateFinder finder = scratch.finder;
        for (PreparedName name : names) {
            finder.candidates(segment, name, CANDIDATES_MAX).forEach((entity, found) -> {
                if (!gone.contains(entity))
                    candidates.computeIfAbsent(entity, e -> new TreeSet<>()).addAll(found);
            });
        }
        for (ExactKey key : asked.keys()) {
            for (int entity : segment.withKey(key)) {
                if (!gone.contains(entity)) candidates.computeIfAbsent(entity, e -> new TreeSet<>());
            }
        }
        ToDoubleFunction<String> bits = word -> bits(segment, word);
        Assessor assessor = scratch.assessor;
        candidates.forEach((entity, found) -> {
            if (!segment.schema(entity).comparableWith(asked.schema())) return;
            List<PreparedName> listed = new ArrayList<>();
            // Found by a number alone: any of its names may be the nearest.
            Set<Integer> nearest = found.isEmpty() ? segment.namesOf(entity) : found;
            for (int name : nearest) listed.add(segment.prepared(name));
            PossibleMatch match =
                    assessor.assess(asked, names, new InSegment(segment, entity), listed, threshold, bits);
            if (match != null && match.score() >= threshold) matches.add(match);
        });
        return candidates.size();
    }

    private record InSegment(Segment segment, int entity) implements Assessor.Listed {
        @Override
        public String id() {
            return segment.id(entity);
        }

        @Override
        public Particulars facts() {
            return segment.facts(entity);
        }
    }

    /** How rare a word of this list is: one bit for every halving of the names that have it. */
    private static double bits(Segment segment, String word) {
        int frequency = segment.frequencyOf(word);
        return Math.log((1.0 + segment.names()) / Math.max(1, frequency)) / Math.log(2);
    }

    private static BigInteger hash(Entry entry) {
        return new BigInteger(1, entry.digest());
    }

    private static String hex(BigInteger sum) {
        return String.format(Locale.ROOT, "%064x", sum);
    }
}
