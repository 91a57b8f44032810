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
import java.util.Set;
import java.util.TreeSet;

/**
 * What it costs to read one spelling as another: learned by {@link VariantLearner} from public pairs of names, shipped as
 * {@code variants.tsv}. Costs are hundredths of a whole wrong letter.
 */
final class VariantTable {
    static final int WHOLE = 100;
    /** An h that some write behind a final a (Salwah). */
    private static final int BREATHED = 10;

    private static final int CHUNK_MAX = 3;
    private static final int SILENT = 80;

    private final LatinCosts latin;
    /** By none to three Latin letters: the column of {@link #chunks} where their costs stand. */
    private final short[] columnOf = new short[CHUNKS];

    private final int columns;
    /** By script: cost of a letter as a chunk of none to three Latin letters; small, since few chunks were learned. */
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
    /** Column of all chunks that no letter was learned to be. */
    private static final int UNKNOWN = 1;

    private static final int IMPOSSIBLE = -1;

    private static final VariantTable BUNDLED = read();

    /** @param learned the chunks of Latin letters for which a cost will be added */
    private VariantTable(LatinCosts latin, Set<String> learned) {
        this.latin = latin;
        Arrays.fill(columnOf, (short) UNKNOWN);
        columnOf[0] = 0;
        int next = UNKNOWN + 1;
        for (String chunk : learned) if (!chunk.isEmpty()) columnOf[chunk(chunk)] = (short) next++;
        columns = next;
        for (Script script : Script.all()) {
            costs.add(new HashMap<>());
            if (!script.learned()) continue;
            chunks[script.index()] = new byte[script.letters() * columns];
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

    /** Rows of work for {@link #crossCost}; one per thread. */
    static final class Scratch {
        private final int[] rows = new int[2 * (Token.LETTERS_MAX + 1)];
        private final int[] ends = new int[3 * (Token.LETTERS_MAX + 1)];
    }

    /** What it costs to read one Latin spelling as another. */
    LatinCosts latin() {
        return latin;
    }

    /**
     * Cost of reading letters of a script as a Latin spelling.
     *
     * @param limit work ends, with a larger figure, once the cost is known to exceed it
     */
    int crossCost(Script script, byte[] letters, byte[] latinLetters, int limit, Scratch scratch) {
        byte[] read = chunks[script.index()];
        byte[] extra = inserted[script.index()];
        int m = latinLetters.length;
        int width = m + 1;
        int[] rows = scratch.rows;
        int[] ends = scratch.ends;
        chunks(latinLetters, ends);
        int last = 0;
        int here = width;
        rows[0] = 0;
        for (int j = 1; j <= m; j++) rows[j] = rows[j - 1] + extra(extra, latinLetters[j - 1]);
        for (byte letter : letters) {
            int base = letter * columns;
            int best = rows[last] + read[base];
            rows[here] = best;
            for (int j = 1; j <= m; j++) {
                int cost =
                        Math.min(rows[last + j] + read[base], rows[here + j - 1] + extra(extra, latinLetters[j - 1]));
                cost = Math.min(cost, rows[last + j - 1] + read[base + ends[3 * j]]);
                int two = ends[3 * j + 1];
                if (two != IMPOSSIBLE) {
                    cost = Math.min(cost, rows[last + j - 2] + read[base + two]);
                    int three = ends[3 * j + 2];
                    if (three != IMPOSSIBLE) cost = Math.min(cost, rows[last + j - 3] + read[base + three]);
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
    /** The columns of the chunks of one, two and three letters that end with each letter; a digit is in none but its own. */
    private void chunks(byte[] latin, int[] ends) {
        for (int j = 1; j <= latin.length; j++) {
            int y = latin[j - 1];
            int before = j > 1 ? latin[j - 2] : 26;
            int first = j > 2 ? latin[j - 3] : 26;
            boolean two = y < 26 && before < 26;
            ends[3 * j] = y < 26 ? columnOf[1 + y] : UNKNOWN;
            ends[3 * j + 1] = two ? columnOf[27 + before * 26 + y] : IMPOSSIBLE;
            ends[3 * j + 2] = two && first < 26 ? columnOf[27 + 676 + (first * 26 + before) * 26 + y] : IMPOSSIBLE;
        }
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
        Script script = Script.named(kind);
        if (from.isEmpty()) inserted[script.index()][to.charAt(0) - 'a'] = (byte) cost;
        else {
            int letter = script.code(from.charAt(0));
            chunks[script.index()][letter * columns + columnOf[chunk(to)]] = (byte) cost;
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
        LatinCosts.Builder latin = new LatinCosts.Builder();
        List<String[]> others = new ArrayList<>();
        try (InputStream in =
                        Objects.requireNonNull(VariantTable.class.getResourceAsStream("variants.tsv"), "variants.tsv");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isEmpty() || line.startsWith("#")) continue;
                String[] fields = line.split("\t", -1);
                int cost = Integer.parseInt(fields[3]);
                if (!fields[0].equals("LATIN")) others.add(fields);
                else if (isSilentEnding(fields[1], fields[2])) latin.add(fields[1], fields[2], Math.max(cost, SILENT));
                else latin.add(fields[1], fields[2], cost);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<String> chunks = new TreeSet<>(List.of("a", "ah"));
        for (String[] fields : others) chunks.add(fields[2]);
        VariantTable table = new VariantTable(latin.build(), chunks);
        for (String[] fields : others) table.add(fields[0], fields[1], fields[2], Integer.parseInt(fields[3]));
        table.readMaksura();
        table.chooseConsonants();
        return table;
    }
}
