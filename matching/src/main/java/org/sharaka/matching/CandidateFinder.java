package org.sharaka.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the few names of a segment that are worth a full comparison. Every step is bounded, whatever is asked: words asked, words of the
 * vocabulary looked at and compared, names touched. Holds scratch memory: one per thread.
 */
final class CandidateFinder {
    /** Words of a query that are looked up. */
    private static final int WORDS_MAX = 10;
    /** Words of the vocabulary looked at for one word asked. */
    private static final int LOOKED_AT_MAX = 2_000;
    /** Words of the vocabulary looked at for one slip in one word asked. */
    private static final int SLIPS_LOOKED_AT_MAX = 3_000;
    /** Of these, compared letter by letter. */
    private static final int COMPARED_MAX = 120;
    /** Of these, followed to their names. */
    private static final int FOLLOWED_MAX = 40;
    /** Of these, places kept for words that differ by one letter where many others sound the same. */
    private static final int SLIPS_FOLLOWED_MAX = 12;
    /** Names of one entity that are compared. */
    private static final int NAMES_MAX = 5;
    /** Names touched in all. */
    private static final int TOUCHED_MAX = 40_000;

    /** Part of the best name's weight below which a name is not compared. */
    private static final float WORTHWHILE = 0.4f;

    private static final int TABLE = 1 << 17;
    private static final double JOINED_WEIGHT = 12;

    /** Least likeness of a word asked and a word of the vocabulary that it may be. */
    private static final double LIKENESS_MIN = 0.6;

    private final TokenComparison comparison = new TokenComparison(NameWeights.SHIPPED);
    private final int[] tableNames = new int[TABLE];
    private final float[] tableWeights = new float[TABLE];
    private final byte[] tableSlots = new byte[TABLE];
    private final int[] touched = new int[TOUCHED_MAX + WORDS_MAX * 2];
    private final SeenWords seen = new SeenWords();
    private int touchedCount;

    CandidateFinder() {
        Arrays.fill(tableNames, -1);
    }

    /** One word asked, and the words of the vocabulary that it may be. */
    private record Slot(int number, List<Found> found, long names) {}

    /** @param slip whether one letter is all the difference */
    private record Found(int word, double likeness, boolean slip) {
        static final Comparator<Found> MOST_ALIKE_FIRST = (a, b) -> Double.compare(b.likeness, a.likeness);
    }

    /**
     * The most promising entities, each with those of its names that were touched.
     *
     * @param most how many entities
     */
    Map<Integer, List<Integer>> candidates(Segment segment, PreparedName asked, int most) {
        touchedCount = 0;
        try {
            if (segment.names() == 0) return Map.of();
            List<Slot> slots = slots(segment, asked);
            slots.sort(Comparator.comparingLong(Slot::names));
            int slotsLeft = slots.size();
            for (Slot slot : slots) {
                follow(segment, slot, slotsLeft--);
            }
            wholeNames(segment, asked);
            return best(segment, asked, most);
        } finally {
            for (int i = 0; i < touchedCount; i++) tableNames[touched[i]] = -1;
        }
    }

    private List<Slot> slots(Segment segment, PreparedName asked) {
        List<Slot> slots = new ArrayList<>();
        int number = 1;
        for (Token token : asked.tokens) {
            if (slots.size() >= WORDS_MAX) break;
            if (token.role == Token.Role.INITIAL) continue;
            Slot slot = slot(segment, token, number++);
            if (!slot.found.isEmpty()) slots.add(slot);
        }
        if (asked.tokens.length > 1 && asked.tokens.length <= WORDS_MAX / 2) {
            // Two words that the list writes as one.
            for (Token pair : asked.pairs()) {
                if (pair.text.length() < 5) continue;
                Slot slot = slot(segment, pair, number++);
                slot.found.removeIf(found -> found.likeness < 0.84);
                if (!slot.found.isEmpty()) slots.add(slot);
            }
        }
        return slots;
    }

    private Slot slot(Segment segment, Token token, int number) {
        LongPostings words = segment.words();
        WordShapes shapes = segment.shapes();
        List<Found> found = new ArrayList<>();
        seen.clear();
        for (int word : segment.wordsWritten(token.text)) seen.put(word, SeenWords.SAME);
        slips(segment, token, found);
        int slips = found.size();
        int lookedAt = 0;
        int compared = 0;
        for (long key : Segment.keysOf(token)) {
            int list = words.find(key);
            if (list < 0) continue;
            for (int at = words.from(list); at < words.to(list); at++) {
                if (++lookedAt > LOOKED_AT_MAX) break;
                int word = words.value(at);
                if (!shapes.plausible(token, word)) continue;
                byte state = seen.of(word);
                if (state == SeenWords.FOUND) continue;
                if (state == SeenWords.SAME) {
                    found.add(new Found(word, 1, false));
                    seen.put(word, SeenWords.FOUND);
                    continue;
                }
                if (++compared > COMPARED_MAX || state == SeenWords.REJECTED) continue;
                double likeness = comparison.likeness(token, segment.word(word));
                if (likeness >= LIKENESS_MIN) found.add(new Found(word, likeness, false));
                seen.put(word, likeness >= LIKENESS_MIN ? SeenWords.FOUND : SeenWords.REJECTED);
            }
        }
        found.sort(Found.MOST_ALIKE_FIRST);
        List<Found> best = found.size() > FOLLOWED_MAX ? followed(found, slips) : found;
        long names = 0;
        for (Found one : best) names += segment.frequency(one.word);
        return new Slot(number, best, names);
    }

    /** The most alike, with places kept for the most alike of those that differ by one letter. */
    private static List<Found> followed(List<Found> best, int slips) {
        int kept = Math.min(SLIPS_FOLLOWED_MAX, slips);
        List<Found> followed = new ArrayList<>();
        int others = 0;
        int near = 0;
        for (Found one : best) {
            if (one.slip && near < kept) {
                followed.add(one);
                near++;
            } else if (others < FOLLOWED_MAX - kept) {
                followed.add(one);
                others++;
            }
        }
        return followed;
    }

    /** Words that differ by one letter, however rare they are. */
    private void slips(Segment segment, Token token, List<Found> found) {
        LongPostings halves = segment.halves();
        WordShapes shapes = segment.shapes();
        int lookedAt = 0;
        for (long key : Segment.halfKeysFor(token)) {
            int list = halves.find(key);
            if (list < 0) continue;
            for (int at = halves.from(list); at < halves.to(list); at++) {
                if (++lookedAt > SLIPS_LOOKED_AT_MAX) return;
                int word = halves.value(at);
                if (!shapes.nearlyTheSame(token, word)) continue;
                Token other = segment.word(word);
                if (!oneSlip(token.text, other.text)) continue;
                byte state = seen.of(word);
                if (state == SeenWords.FOUND || state == SeenWords.REJECTED) continue;
                double likeness = comparison.likeness(token, other);
                if (likeness >= LIKENESS_MIN) {
                    found.add(new Found(word, likeness, true));
                    seen.put(word, SeenWords.FOUND);
                } else if (state == SeenWords.UNSEEN) {
                    seen.put(word, SeenWords.REJECTED);
                }
            }
        }
    }

    /** Whether one letter more, less or other is all the difference. */
    private static boolean oneSlip(String a, String b) {
        int n = a.length();
        int m = b.length();
        if (n > m) return oneSlip(b, a);
        if (m - n > 1) return false;
        int i = 0;
        while (i < n && a.charAt(i) == b.charAt(i)) i++;
        if (i == n) return true;
        return n == m ? a.regionMatches(i + 1, b, i + 1, n - i - 1) : a.regionMatches(i, b, i + 1, n - i);
    }

    private void follow(Segment segment, Slot slot, int slotsLeft) {
        int budget = Math.max(1_000, (TOUCHED_MAX - touchedCount) / slotsLeft);
        double all = segment.names();
        for (Found found : slot.found) {
            int frequency = segment.frequency(found.word);
            float weight = (float) ((1 + Math.log(all / frequency)) * found.likeness * found.likeness);
            if (frequency <= budget) {
                int from = segment.namesFrom(found.word);
                for (int at = from; at < from + frequency; at++) touch(segment.nameAt(at), weight, slot.number, true);
                budget -= frequency;
            } else if (touchedCount > 0) {
                // Too common to be followed: those that were found by rarer words are asked whether they have it.
                int known = touchedCount;
                for (int i = 0; i < known; i++) {
                    int name = tableNames[touched[i]];
                    if (segment.has(found.word, name)) touch(name, weight, slot.number, false);
                }
            } else {
                int from = segment.namesFrom(found.word);
                for (int at = from; at < from + budget; at++) touch(segment.nameAt(at), weight, slot.number, true);
                budget = 1_000;
            }
        }
    }

    private void wholeNames(Segment segment, PreparedName asked) {
        LongPostings keys = segment.nameKeys();
        for (long key : Segment.nameKeysOf(asked)) wholeNames(segment, keys, key);
        for (int i = 0; i < Math.min(WORDS_MAX, asked.tokens.length); i++) {
            for (long key : Segment.nameKeysFor(asked.tokens[i])) wholeNames(segment, keys, key);
        }
    }

    private void wholeNames(Segment segment, LongPostings keys, long key) {
        int list = keys.find(key);
        if (list < 0) return;
        int to = Math.min(keys.to(list), keys.from(list) + 200);
        // As words are: what thousands share says little.
        double rarity = 1 + Math.log((double) segment.names() / (keys.to(list) - keys.from(list)));
        float weight = (float) Math.min(JOINED_WEIGHT, rarity);
        for (int at = keys.from(list); at < to; at++) touch(keys.value(at), weight, 127, true);
    }

    /** Adds to a name's weight, once for each word asked. */
    private void touch(int name, float weight, int slot, boolean enter) {
        int at = (int) Hashes.mixed(name) & (TABLE - 1);
        while (tableNames[at] != -1 && tableNames[at] != name) at = (at + 1) & (TABLE - 1);
        if (tableNames[at] == -1) {
            if (!enter || touchedCount >= TOUCHED_MAX) return;
            tableNames[at] = name;
            tableWeights[at] = weight;
            tableSlots[at] = (byte) slot;
            touched[touchedCount++] = at;
            return;
        }
        if (tableSlots[at] == slot) return;
        tableSlots[at] = (byte) slot;
        tableWeights[at] += weight;
    }

    private Map<Integer, List<Integer>> best(Segment segment, PreparedName asked, int most) {
        int wanted = Math.min(touchedCount, 3 * most);
        if (wanted == 0) return Map.of();
        float[] weights = new float[touchedCount];
        for (int i = 0; i < touchedCount; i++) {
            int at = touched[i];
            int more = Math.abs(segment.wordsOf(tableNames[at]) - asked.tokens.length);
            tableWeights[at] *= 1 - 0.04f * Math.min(more, 10);
            weights[i] = tableWeights[at];
        }
        float least = Selection.smallest(weights, touchedCount - wanted);
        long[] places = new long[Math.min(touchedCount, 2 * wanted)];
        int size = 0;
        for (int i = 0; i < touchedCount && size < places.length; i++) {
            int at = touched[i];
            if (tableWeights[at] >= least) places[size++] = heaviestFirst(tableWeights[at], tableNames[at]);
        }
        Arrays.sort(places, 0, size);
        Map<Integer, List<Integer>> entities = new LinkedHashMap<>();
        float worthwhile = WORTHWHILE * weight(places[0]);
        for (int i = 0; i < size; i++) {
            // The rest shares common words only.
            if (weight(places[i]) < worthwhile) break;
            int name = (int) places[i];
            int entity = segment.entityOf(name);
            List<Integer> names = entities.get(entity);
            if (names == null) {
                if (entities.size() >= most) continue;
                names = new ArrayList<>();
                entities.put(entity, names);
            }
            if (names.size() < NAMES_MAX) names.add(name);
        }
        return entities;
    }

    /** A weight, never below 0, and a name in one number: the greater weight comes first, of equals the lower name. */
    private static long heaviestFirst(float weight, int name) {
        return ((long) (Integer.MAX_VALUE - Float.floatToIntBits(weight)) << 32) | name;
    }

    private static float weight(long place) {
        return Float.intBitsToFloat(Integer.MAX_VALUE - (int) (place >>> 32));
    }
}
