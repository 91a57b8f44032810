package org.sharaka.matching;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    private final ThreadLocal<CandidateFinder> finders = ThreadLocal.withInitial(CandidateFinder::new);
    private final ThreadLocal<Assessor> assessors = ThreadLocal.withInitial(Assessor::new);

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
        Set<Long> seen = new HashSet<>();
        Map<String, Entry> twice = new LinkedHashMap<>();
        BigInteger sum = BigInteger.ZERO;
        for (Entry entry : entries) {
            if (!seen.add(Hashes.of(entry.id()))) {
                twice.put(entry.id(), entry);
                continue;
            }
            builder.add(entry);
            sum = sum.add(hash(entry));
        }
        Segment large = builder.build();
        sum = sum.mod(MODULUS);
        Snapshot snapshot = new Snapshot(large, empty(), Map.of(), Set.of(), sum, hex(sum));
        for (Entry entry : twice.values()) snapshot = with(snapshot, entry.id(), entry);
        return snapshot;
    }

    private static Segment empty() {
        return new Segment.Builder().build();
    }

    /** Adds an entry or replaces the one of its id. Searches see it when this returns. */
    public synchronized void put(Entry entry) {
        current = with(current, entry.id(), entry);
    }

    /** Takes an entry out; nothing happens when there is none of that id. */
    public synchronized void remove(String id) {
        current = with(current, id, null);
    }

    private static Snapshot with(Snapshot before, String id, @Nullable Entry entry) {
        Map<String, Entry> changes = new LinkedHashMap<>(before.changes);
        Set<Integer> gone = new HashSet<>(before.gone);
        BigInteger sum = before.sum;
        Entry changed = changes.remove(id);
        int old = before.large.find(id);
        if (changed != null) sum = sum.subtract(hash(changed));
        else if (old >= 0 && !gone.contains(old)) sum = sum.subtract(hash(before.large.entry(old)));
        if (old >= 0) gone.add(old);
        if (entry != null) {
            changes.put(id, entry);
            sum = sum.add(hash(entry));
        }
        Segment.Builder small = new Segment.Builder();
        changes.values().forEach(small::add);
        sum = sum.mod(MODULUS);
        return new Snapshot(before.large, small.build(), Map.copyOf(changes), Set.copyOf(gone), sum, hex(sum));
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
            for (String id : changed) {
                Entry entry = now.changes.get(id);
                if (!Objects.equals(entry, before.changes.get(id)) || (entry == null && before.find(id) != null)) {
                    fresh = with(fresh, id, entry);
                }
            }
            current = fresh;
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
        if (limit < 1 || limit > CANDIDATES_MAX) throw new IllegalArgumentException("limit out of range");
        Snapshot snapshot = current;
        List<PreparedName> names = new ArrayList<>();
        Map<String, NameProblem> problems = new LinkedHashMap<>();
        for (String raw : asked.names()) {
            if (names.size() == NAMES_MAX) break;
            PreparedName name = PreparedName.of(asked.schema(), raw);
            name.problem().ifPresent(problem -> problems.put(shortened(raw), problem));
            names.add(name);
        }
        List<PossibleMatch> matches = new ArrayList<>();
        int compared = 0;
        compared += search(snapshot.large, snapshot.gone, asked, names, threshold, matches);
        compared += search(snapshot.small, Set.of(), asked, names, threshold, matches);
        matches.sort(Comparator.comparingDouble((PossibleMatch match) -> Math.rint(match.score() * 1000))
                .thenComparingDouble(PossibleMatch::evidence)
                .reversed()
                .thenComparing(PossibleMatch::id));
        List<PossibleMatch> best = matches.size() > limit ? matches.subList(0, limit) : matches;
        return new Answer(best, Assessor.ALGORITHM, snapshot.hash, problems, compared);
    }

    private static String shortened(String raw) {
        return raw.length() > 80 ? raw.substring(0, 80) : raw;
    }

    private int search(
            Segment segment,
            Set<Integer> gone,
            Particulars asked,
            List<PreparedName> names,
            double threshold,
            List<PossibleMatch> matches) {
        Map<Integer, Set<Integer>> candidates = new LinkedHashMap<>();
        CandidateFinder finder = finders.get();
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
        Assessor assessor = assessors.get();
        candidates.forEach((entity, found) -> {
            if (!segment.schema(entity).comparableWith(asked.schema())) return;
            List<PreparedName> listed = new ArrayList<>();
            // Found by a number alone: any of its names may be the nearest.
            Set<Integer> nearest = found.isEmpty() ? segment.namesOf(entity) : found;
            for (int name : nearest) listed.add(segment.prepared(name));
            PossibleMatch match =
                    assessor.assess(asked, names, segment.id(entity), segment.facts(entity), listed, threshold, bits);
            if (match != null && match.score() >= threshold) matches.add(match);
        });
        return candidates.size();
    }

    /** How rare a word of this list is: one bit for every halving of the names that have it. */
    private static double bits(Segment segment, String word) {
        int frequency = segment.frequencyOf(word);
        return Math.log((1.0 + segment.names()) / Math.max(1, frequency)) / Math.log(2);
    }

    private static BigInteger hash(Entry entry) {
        Particulars particulars = entry.particulars();
        StringBuilder text = new StringBuilder(entry.id()).append('\u0000').append(particulars.schema());
        for (String name : particulars.names()) text.append("\u0000n").append(name);
        for (PartialDate birth : particulars.births()) text.append("\u0000b").append(birth);
        for (String country : new TreeSet<>(particulars.countries()))
            text.append("\u0000c").append(country);
        Set<String> keys = new TreeSet<>();
        for (ExactKey key : particulars.keys()) keys.add(key.kind() + ":" + key.country() + ":" + key.value());
        for (String key : keys) text.append("\u0000k").append(key);
        return new BigInteger(1, sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String hex(BigInteger sum) {
        return String.format(Locale.ROOT, "%064x", sum);
    }
}
