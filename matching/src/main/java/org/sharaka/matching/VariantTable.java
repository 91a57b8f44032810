package org.sharaka.matching;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What it costs to read one spelling as another: learned by {@link VariantLearner} from public pairs of names, shipped as
 * {@code variants.tsv}. Costs are hundredths of a whole wrong letter.
 */
final class VariantTable {
    static final int WHOLE = 100;
    /** Letters a to z, then pairs of them. */
    static final int UNITS = 26 + 26 * 26;

    private static final int SWAPPED = 80;
    /** An h that some write behind a final a (Salwah). */
    private static final int BREATHED = 10;

    private static final int CHUNK_MAX = 3;
    private static final int SILENT = 80;
    private static final byte UNKNOWN = Byte.MAX_VALUE;

    /** Cost of one unit of Latin for another, both ways alike; by source unit times {@link #UNITS} plus target unit. */
    private final byte[] latin = new byte[UNITS * UNITS];
    /** Whether anything was learned for a pair of letters. */
    private final boolean[] known = new boolean[UNITS];
    /** By script: cost of a letter as a chunk of none to three Latin letters. */
    private final byte[][] chunks = new byte[Script.all().size()][];
    /** By script: cost of a Latin letter that no letter stands for. */
    private final byte[][] inserted = new byte[Script.all().size()][];

    /** By script and letter: the reading that costs nothing. */
    private final String[][] usual = new String[Script.all().size()][];

    /** By script and letter: readings with different consonants. */
    private final String[][][] consonants = new String[Script.all().size()][][];
    /** By script: costs of the readings of each letter. */
    private final List<Map<Integer, Map<String, Integer>>> costs = new ArrayList<>();

    private static final int COMMON_ENOUGH = 50;
    private static final int CHUNKS = 1 + 26 + 26 * 26 + 26 * 26 * 26;

    private static final VariantTable BUNDLED = read();

    private VariantTable() {
        // Pairs of letters that nobody learned are as dear as their letters one by one.
        Arrays.fill(latin, UNKNOWN);
        for (int a = 0; a < 26; a++) for (int b = 0; b < 26; b++) latin[a * UNITS + b] = (byte) WHOLE;
        for (int unit = 0; unit < UNITS; unit++) latin[unit * UNITS + unit] = 0;
        for (Script script : Script.all()) {
            costs.add(new HashMap<>());
            if (!script.learned()) continue;
            chunks[script.index()] = new byte[script.letters() * CHUNKS];
            Arrays.fill(chunks[script.index()], (byte) WHOLE);
            usual[script.index()] = new String[script.letters()];
            Arrays.fill(usual[script.index()], "");
            inserted[script.index()] = new byte[26];
            Arrays.fill(inserted[script.index()], (byte) WHOLE);
        }
    }

    static VariantTable bundled() {
        return BUNDLED;
    }

    /** Rows of work for {@link #latinCost} and {@link #crossCost}; one per thread. */
    static final class Scratch {
        private final int[] rows = new int[4 * (Token.LETTERS_MAX + 1)];
    }

    /**
     * Cost of one Latin spelling for another.
     *
     * @param limit work ends, with a larger figure, once the cost is known to exceed it
     */
    int latinCost(byte[] a, byte[] b, int limit, Scratch scratch) {
        int n = a.length;
        int m = b.length;
        int width = m + 1;
        int[] rows = scratch.rows;
        int before = 0;
        int last = width;
        int here = 2 * width;
        for (int j = 0; j <= m; j++) rows[last + j] = j * WHOLE;
        for (int i = 1; i <= n; i++) {
            int x = a[i - 1];
            int pair = i > 1 && x < 26 && a[i - 2] < 26 ? 26 + a[i - 2] * 26 + x : -1;
            boolean pairKnown = pair >= 0 && known[pair];
            int best = i * WHOLE;
            rows[here] = best;
            for (int j = 1; j <= m; j++) {
                int y = b[j - 1];
                int cost = x == y
                        ? rows[last + j - 1]
                        : rows[last + j - 1] + (x < 26 && y < 26 ? latin[x * UNITS + y] : WHOLE);
                cost = Math.min(cost, Math.min(rows[last + j], rows[here + j - 1]) + WHOLE);
                if (x < 26 && y < 26) {
                    if (pairKnown) {
                        int learned = latin[pair * UNITS + y];
                        if (learned != UNKNOWN) cost = Math.min(cost, rows[before + j - 1] + learned);
                    }
                    if (j > 1 && b[j - 2] < 26) {
                        int other = 26 + b[j - 2] * 26 + y;
                        if (known[other]) {
                            int learned = latin[x * UNITS + other];
                            if (learned != UNKNOWN) cost = Math.min(cost, rows[last + j - 2] + learned);
                            if (pairKnown) {
                                learned = latin[pair * UNITS + other];
                                if (learned != UNKNOWN) cost = Math.min(cost, rows[before + j - 2] + learned);
                            }
                        }
                    }
                }
                if (i > 1 && j > 1 && x == b[j - 2] && y == a[i - 2] && x != y) {
                    cost = Math.min(cost, rows[before + j - 2] + SWAPPED);
                }
                rows[here + j] = cost;
                if (cost < best) best = cost;
            }
            // A unit spans two rows at most, so nothing under both of the last two can come back below.
            if (best > limit && i > 1 && lowest(rows, last, width) > limit) return best;
            int free = before;
            before = last;
            last = here;
            here = free;
        }
        return rows[last + m];
    }

    private static int lowest(int[] rows, int from, int width) {
        int lowest = rows[from];
        for (int j = 1; j < width; j++) lowest = Math.min(lowest, rows[from + j]);
        return lowest;
    }

    /** Cost of reading letters of a script as a Latin spelling; the limit as above. */
    int crossCost(Script script, byte[] letters, byte[] latinLetters, int limit, Scratch scratch) {
        byte[] read = chunks[script.index()];
        byte[] extra = inserted[script.index()];
        int m = latinLetters.length;
        int width = m + 1;
        int[] rows = scratch.rows;
        int last = 0;
        int here = width;
        rows[0] = 0;
        for (int j = 1; j <= m; j++) rows[j] = rows[j - 1] + extra(extra, latinLetters[j - 1]);
        for (byte letter : letters) {
            int base = letter * CHUNKS;
            int best = rows[last] + read[base];
            rows[here] = best;
            for (int j = 1; j <= m; j++) {
                int y = latinLetters[j - 1];
                int cost = Math.min(rows[last + j] + read[base], rows[here + j - 1] + extra(extra, y));
                if (y < 26) {
                    int chunk = 1 + y;
                    cost = Math.min(cost, rows[last + j - 1] + read[base + chunk]);
                    if (j > 1 && latinLetters[j - 2] < 26) {
                        chunk = 27 + latinLetters[j - 2] * 26 + y;
                        cost = Math.min(cost, rows[last + j - 2] + read[base + chunk]);
                        if (j > 2 && latinLetters[j - 3] < 26) {
                            chunk = 27 + 676 + (latinLetters[j - 3] * 26 + latinLetters[j - 2]) * 26 + y;
                            cost = Math.min(cost, rows[last + j - 3] + read[base + chunk]);
                        }
                    }
                } else {
                    cost = Math.min(cost, rows[last + j - 1] + WHOLE);
                }
                rows[here + j] = cost;
                if (cost < best) best = cost;
            }
            if (best > limit) return best;
            int free = last;
            last = here;
            here = free;
        }
        return rows[last + m];
    }

    private static int extra(byte[] inserted, int letter) {
        return letter < 26 ? inserted[letter] : WHOLE;
    }

    /** The usual Latin reading of letters: what they were given most often. */
    byte[] usual(Script script, byte[] letters) {
        String[] readings = usual[script.index()];
        byte[] latinLetters = new byte[Token.LETTERS_MAX];
        int size = 0;
        for (byte letter : letters) {
            String reading = readings[letter];
            for (int i = 0; i < reading.length() && size < latinLetters.length; i++) {
                latinLetters[size++] = (byte) (reading.charAt(i) - 'a');
            }
        }
        return Arrays.copyOf(latinLetters, size);
    }

    /**
     * Latin spellings of letters whose consonants differ, cheapest choices first; the usual one leads.
     *
     * @param most how many
     */
    List<byte[]> spellings(Script script, byte[] letters, int most) {
        List<byte[]> spellings = new ArrayList<>();
        spellings.add(new byte[0]);
        String[][] readings = consonants[script.index()];
        for (byte letter : letters) {
            String[] choices = readings[letter];
            List<byte[]> longer = new ArrayList<>();
            for (String choice : choices) {
                for (byte[] spelling : spellings) {
                    if (longer.size() >= most) break;
                    byte[] next = Arrays.copyOf(spelling, spelling.length + choice.length());
                    for (int i = 0; i < choice.length(); i++)
                        next[spelling.length + i] = (byte) (choice.charAt(i) - 'a');
                    longer.add(next);
                }
            }
            spellings = longer;
        }
        return spellings;
    }

    /** For each letter one reading per skeleton, of those that are common enough; the usual one first. */
    private void chooseConsonants() {
        for (Script script : Script.all()) {
            if (!script.learned()) continue;
            String[][] readings = new String[script.letters()][];
            for (int letter = 0; letter < readings.length; letter++) {
                Map<Long, String> bySkeleton = new LinkedHashMap<>();
                List<Map.Entry<String, Integer>> known = new ArrayList<>(
                        costs.get(script.index()).getOrDefault(letter, Map.of()).entrySet());
                known.sort(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
                for (Map.Entry<String, Integer> reading : known) {
                    if (reading.getValue() > COMMON_ENOUGH) break;
                    byte[] codes = new byte[reading.getKey().length()];
                    for (int i = 0; i < codes.length; i++)
                        codes[i] = (byte) (reading.getKey().charAt(i) - 'a');
                    bySkeleton.putIfAbsent(Skeleton.of(codes), reading.getKey());
                }
                if (bySkeleton.isEmpty()) bySkeleton.put(0L, "");
                readings[letter] = bySkeleton.values().toArray(String[]::new);
            }
            consonants[script.index()] = readings;
        }
    }

    /**
     * A consonant more behind the same letter: learned from French endings that nobody hears (Renaud, Benoît), and within a word it is a
     * slip like any other.
     */
    private static boolean isSilentEnding(String from, String to) {
        return from.length() == 1
                && to.length() == 2
                && to.charAt(0) == from.charAt(0)
                && "bcdfgklmnpqrstvxz".indexOf(to.charAt(1)) >= 0;
    }

    static int unit(String letters) {
        return letters.length() == 1
                ? letters.charAt(0) - 'a'
                : 26 + (letters.charAt(0) - 'a') * 26 + letters.charAt(1) - 'a';
    }

    private static int chunk(String letters) {
        return switch (letters.length()) {
            case 0 -> 0;
            case 1 -> 1 + letters.charAt(0) - 'a';
            case 2 -> 27 + (letters.charAt(0) - 'a') * 26 + letters.charAt(1) - 'a';
            case CHUNK_MAX ->
                27 + 676 + ((letters.charAt(0) - 'a') * 26 + letters.charAt(1) - 'a') * 26 + letters.charAt(2) - 'a';
            default -> throw new IllegalArgumentException("a chunk has at most three letters");
        };
    }

    private void add(String kind, String from, String to, int cost) {
        if (kind.equals("LATIN")) {
            int a = unit(from);
            int b = unit(to);
            int least = isSilentEnding(from, to) ? Math.max(cost, SILENT) : cost;
            latin[a * UNITS + b] = (byte) Math.min(least, latin[a * UNITS + b]);
            latin[b * UNITS + a] = latin[a * UNITS + b];
            known[a] = true;
            known[b] = true;
            return;
        }
        Script script = Script.named(kind);
        if (from.isEmpty()) inserted[script.index()][to.charAt(0) - 'a'] = (byte) cost;
        else {
            int letter = script.code(from.charAt(0));
            chunks[script.index()][letter * CHUNKS + chunk(to)] = (byte) cost;
            costs.get(script.index())
                    .computeIfAbsent(letter, l -> new HashMap<>())
                    .put(to, cost);
            if (cost == 0) usual[script.index()][letter] = to;
        }
    }

    /** A final alef maksura is spoken a, or stands for ya and is read as that is. Not learned: too few of the pairs end in it. */
    private void readMaksura() {
        Script script = Script.ARABIC;
        String maksura = String.valueOf(Script.ALEF_MAKSURA);
        costs.get(script.index())
                .getOrDefault(script.code('ي'), Map.of())
                .forEach((reading, cost) -> add(script.name(), maksura, reading, cost));
        add(script.name(), maksura, "ah", BREATHED);
        add(script.name(), maksura, "a", 0);
    }

    private static VariantTable read() {
        VariantTable table = new VariantTable();
        try (InputStream in =
                        Objects.requireNonNull(VariantTable.class.getResourceAsStream("variants.tsv"), "variants.tsv");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isEmpty() || line.startsWith("#")) continue;
                String[] fields = line.split("\t", -1);
                table.add(fields[0], fields[1], fields[2], Integer.parseInt(fields[3]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        table.readMaksura();
        table.chooseConsonants();
        return table;
    }
}
