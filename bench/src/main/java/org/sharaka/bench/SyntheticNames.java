package org.sharaka.bench;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import org.sharaka.matching.Entry;
import org.sharaka.matching.ExactKey;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import org.sharaka.matching.Schema;

/** Entries of people who do not exist: given names as unevenly common as real ones, family names of syllables, two names each. */
final class SyntheticNames implements Iterable<Entry> {
    private static final String[] GIVEN =
            ("mohammed ahmed ali fatima hassan omar youssef khalid maria jose juan carlos luis ana john james mary robert"
                            + " michael david ivan dmitri sergei elena olga anna kim lee wei chen amina said karim nadia samir layla tariq jean marie pierre"
                            + " paul sofia pedro miguel daniel sarah peter thomas abdullah ibrahim mustafa aisha zahra rachid hamid salim nasser jamal")
                    .split(" ");
    private static final String[] ONSETS = "b d f g h j k l m n r s t z sh kh gh br tr dr kr st v p ch".split(" ");
    private static final String[] VOWELS = "a e i o u a i ou aa".split(" ");
    private static final String[] ENDS = "n r l m s d t ni ri oui ov ev ez i k ani".split(" ");

    private final int count;
    private final long seed;

    SyntheticNames(int count, long seed) {
        this.count = count;
        this.seed = seed;
    }

    /** The entry of that number; always the same. */
    Entry entry(int number) {
        Random random = new Random(seed * 1_000_003 + number);
        random.nextInt();
        String given = given(random);
        String family = family(random);
        List<String> names = new ArrayList<>();
        names.add(given + " " + family);
        names.add(family + ", " + given + " " + (random.nextBoolean() ? given(random) : family(random)));
        int year = 1940 + random.nextInt(65);
        PartialDate birth = random.nextInt(4) == 0
                ? PartialDate.year(year)
                : new PartialDate(year, year, 1 + random.nextInt(12), 1 + random.nextInt(28), false);
        Set<ExactKey> keys = new LinkedHashSet<>();
        ExactKey.document("X" + (10_000_000L + number), "MA").ifPresent(keys::add);
        return new Entry("g" + number, new Particulars(Schema.PERSON, names, List.of(birth), Set.of("MA"), keys));
    }

    /** Squares of a uniform number: the first names are a hundred times as common as the last. */
    private static String given(Random random) {
        double at = random.nextDouble();
        return GIVEN[(int) (at * at * GIVEN.length)];
    }

    private static String family(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            name.append(ONSETS[random.nextInt(ONSETS.length)]).append(VOWELS[random.nextInt(VOWELS.length)]);
        }
        return name.append(ENDS[random.nextInt(ENDS.length)]).toString();
    }

    @Override
    public Iterator<Entry> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public Entry next() {
                if (next >= count) throw new NoSuchElementException();
                return entry(next++);
            }
        };
    }
}
