package org.sharaka.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Learns from pairs of one name in two spellings what a letter may become: each letter of Arabic, Hebrew and Cyrillic as none to three
 * Latin letters (expectation maximisation over alignments), and each Latin spelling as another that the same original was given.
 * Deterministic. Not needed at run time: the table that it makes is shipped.
 */
public final class VariantLearner {
    private static final int ROUNDS = 8;
    private static final int LENGTH_MAX = 20;
    /** A reading this many times rarer than the usual one costs a whole letter. */
    private static final double CROSS_SCALE = Math.log(150);

    private static final double LATIN_SCALE = Math.log(60);
    private static final int COST_MAX = 90;
    private static final String VOWELS = "aeiouy";

    private final Map<Script, List<String[]>> pairs = new TreeMap<>(Comparator.comparing(Script::index));

    /**
     * Adds a name in a script and the same name in Latin letters. Pairs of other scripts, and words of several tokens, are left out.
     */
    public void add(String original, String latin) {
        List<Folding.Word> one = Folding.words(original);
        List<Folding.Word> two = Folding.words(latin);
        if (one.size() != 1 || two.size() != 1 || !one.get(0).script().learned()) return;
        String letters = one.get(0).text();
        String target = two.get(0).text();
        if (letters.length() < 2
                || letters.length() > LENGTH_MAX
                || target.length() < 2
                || target.length() > LENGTH_MAX) return;
        if (!target.chars().allMatch(c -> c >= 'a' && c <= 'z')) return;
        if (!letters.chars().allMatch(c -> one.get(0).script().code((char) c) >= 0)) return;
        pairs.computeIfAbsent(one.get(0).script(), s -> new ArrayList<>()).add(new String[] {letters, target});
    }

    /** The table: kind, from, to and cost in hundredths, separated by tabs; sorted. */
    public List<String> learn() {
        List<String> rows = new ArrayList<>();
        pairs.forEach((script, known) -> new Cross(script, known).learn(rows));
        latin(rows);
        return rows;
    }

    private static boolean vowel(char c) {
        return VOWELS.indexOf(c) >= 0;
    }

    /** One script's letters as chunks of Latin. */
    private static final class Cross {
        private final Script script;
        private final List<String[]> pairs;
        private List<Map<String, Double>> read = new ArrayList<>();
        private double[] inserted = new double[26];
        private Map<String, Double>[] counts;
        private double[] insertions = new double[26];
        private double opportunities;

        @SuppressWarnings({"unchecked", "rawtypes"})
        Cross(Script script, List<String[]> pairs) {
            this.script = script;
            this.pairs = pairs;
            counts = new Map[script.letters()];
            for (int i = 0; i < script.letters(); i++) read.add(new HashMap<>());
            Arrays.fill(inserted, 0.01);
            for (char v : VOWELS.toCharArray()) inserted[v - 'a'] = 0.1;
        }

        void learn(List<String> rows) {
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < counts.length; i++) counts[i] = new HashMap<>();
                Arrays.fill(insertions, 0);
                opportunities = 0;
                // From the third round on, what cannot be aligned is not a transliteration at all.
                double floor = round < 2 ? -1e9 : -2.6;
                for (String[] pair : pairs) align(pair[0], pair[1], round == 0, floor);
                maximise();
            }
            write(rows);
        }

        private double probability(int letter, String chunk, boolean first, double position) {
            if (first) return Math.exp(-1.2 * Math.abs(chunk.length() - 1) - 4 * Math.abs(position));
            return Math.max(read.get(letter).getOrDefault(chunk, 0.0), 1e-6);
        }

        private void align(String from, String to, boolean first, double floor) {
            int n = from.length();
            int m = to.length();
            double[][] forward = new double[n + 1][m + 1];
            double[][] backward = new double[n + 1][m + 1];
            forward[0][0] = 1;
            for (int i = 0; i <= n; i++) {
                for (int j = 0; j <= m; j++) {
                    if (j > 0) forward[i][j] += forward[i][j - 1] * inserted[to.charAt(j - 1) - 'a'];
                    if (i == 0) continue;
                    for (int k = 0; k <= 3 && k <= j; k++) {
                        if (k > 1 && !pure(to, j - k, j)) break;
                        forward[i][j] += forward[i - 1][j - k] * step(from, i, to, j, k, first);
                    }
                }
            }
            double total = forward[n][m];
            if (total <= 0 || Math.log(total) / (n + m) < floor) return;
            backward[n][m] = 1;
            for (int i = n; i >= 0; i--) {
                for (int j = m; j >= 0; j--) {
                    if (j < m) backward[i][j] += backward[i][j + 1] * inserted[to.charAt(j) - 'a'];
                    if (i == n) continue;
                    for (int k = 0; k <= 3 && j + k <= m; k++) {
                        if (k > 1 && !pure(to, j, j + k)) break;
                        backward[i][j] += backward[i + 1][j + k] * step(from, i + 1, to, j + k, k, first);
                    }
                }
            }
            opportunities += n + 1;
            for (int i = 0; i <= n; i++) {
                for (int j = 0; j <= m; j++) {
                    if (j > 0) {
                        insertions[to.charAt(j - 1) - 'a'] +=
                                forward[i][j - 1] * inserted[to.charAt(j - 1) - 'a'] * backward[i][j] / total;
                    }
                    if (i == 0) continue;
                    for (int k = 0; k <= 3 && k <= j; k++) {
                        if (k > 1 && !pure(to, j - k, j)) break;
                        double part = forward[i - 1][j - k] * step(from, i, to, j, k, first) * backward[i][j] / total;
                        if (part > 1e-4) {
                            counts[script.code(from.charAt(i - 1))].merge(to.substring(j - k, j), part, Double::sum);
                        }
                    }
                }
            }
        }

        private double step(String from, int i, String to, int j, int k, boolean first) {
            double position = (double) i / from.length() - (double) j / to.length();
            return probability(script.code(from.charAt(i - 1)), to.substring(j - k, j), first, position);
        }

        /** A chunk holds vowels only or consonants only. */
        private static boolean pure(String text, int from, int to) {
            for (int i = from + 1; i < to; i++) if (vowel(text.charAt(i)) != vowel(text.charAt(from))) return false;
            return true;
        }

        private void maximise() {
            for (int letter = 0; letter < counts.length; letter++) {
                double sum =
                        counts[letter].values().stream().mapToDouble(d -> d).sum();
                Map<String, Double> next = new HashMap<>();
                counts[letter].forEach((chunk, count) -> {
                    if (count > 0.5) next.put(chunk, count / sum);
                });
                read.set(letter, next);
            }
            for (int c = 0; c < 26; c++) inserted[c] = Math.max(1e-4, insertions[c] / Math.max(1, opportunities));
        }

        private void write(List<String> rows) {
            for (int letter = 0; letter < counts.length; letter++) {
                Map<String, Double> readings = new TreeMap<>(read.get(letter));
                double best =
                        readings.values().stream().mapToDouble(d -> d).max().orElse(0);
                for (Map.Entry<String, Double> reading : readings.entrySet()) {
                    if (reading.getValue() * 3000 < best) continue;
                    int cost = (int) Math.round(100 * Math.log(best / reading.getValue()) / CROSS_SCALE);
                    if (cost <= COST_MAX) {
                        rows.add(row(script.name(), String.valueOf(script.letter(letter)), reading.getKey(), cost));
                    }
                }
            }
            double most = Arrays.stream(inserted).max().orElse(1);
            // Where short vowels are not written, adding one is no error.
            double floor = script == Script.CYRILLIC ? 50 : 6;
            for (int c = 0; c < 26; c++) {
                double scale = script == Script.CYRILLIC ? 1 : 0.6;
                int cost = (int) Math.round(floor + scale * 100 * Math.log(most / inserted[c]) / CROSS_SCALE);
                if (cost <= COST_MAX) rows.add(row(script.name(), "", String.valueOf((char) ('a' + c)), cost));
            }
        }
    }

    private static String row(String kind, String from, String to, int cost) {
        return String.format(Locale.ROOT, "%s\t%s\t%s\t%d", kind, from, to, cost);
    }

    /** Latin spellings that one original was given, aligned; each differing stretch of at most two letters is counted. */
    private void latin(List<String> rows) {
        Map<String, Integer> changes = new TreeMap<>();
        Map<String, Integer> seen = new HashMap<>();
        for (List<String[]> known : pairs.values()) {
            Map<String, TreeSet<String>> spellings = new TreeMap<>();
            for (String[] pair : known)
                spellings.computeIfAbsent(pair[0], k -> new TreeSet<>()).add(pair[1]);
            for (Collection<String> group : spellings.values()) {
                List<String> list = new ArrayList<>(group);
                for (int i = 0; i < Math.min(12, list.size()); i++) {
                    for (int j = 0; j < Math.min(12, list.size()); j++) {
                        if (i != j) count(list.get(i), list.get(j), changes, seen);
                    }
                }
            }
        }
        changes.forEach((change, count) -> {
            int arrow = change.indexOf('>');
            String from = change.substring(0, arrow);
            String to = change.substring(arrow + 1);
            int back = changes.getOrDefault(to + ">" + from, 0);
            if (count < 8 || from.compareTo(to) > 0) return;
            double there = (double) count / seen.getOrDefault(from, count);
            double here = (double) back / seen.getOrDefault(to, Math.max(1, back));
            int cost = (int) Math.round(100 * -Math.log(Math.max(there, here)) / LATIN_SCALE);
            if (cost <= COST_MAX) rows.add(row("LATIN", from, to, Math.max(cost, 8)));
        });
    }

    private static void count(String a, String b, Map<String, Integer> changes, Map<String, Integer> seen) {
        int n = a.length();
        int m = b.length();
        int[][] cost = new int[n + 1][m + 1];
        for (int i = 0; i <= n; i++) cost[i][0] = 2 * i;
        for (int j = 0; j <= m; j++) cost[0][j] = 2 * j;
        for (int i = 1; i <= n; i++) {
            for (int j = 1; j <= m; j++) {
                char x = a.charAt(i - 1);
                char y = b.charAt(j - 1);
                int same = x == y ? 0 : vowel(x) == vowel(y) ? 2 : 4;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + same, Math.min(cost[i - 1][j], cost[i][j - 1]) + 2);
            }
        }
        // Too far apart to be spellings of one name: an error of the source.
        if (cost[n][m] > Math.max(n, m)) return;
        for (int i = 0; i < n; i++) {
            seen.merge(a.substring(i, i + 1), 1, Integer::sum);
            if (i + 1 < n) seen.merge(a.substring(i, i + 2), 1, Integer::sum);
        }
        int i = n;
        int j = m;
        int endA = n;
        int endB = m;
        while (i > 0 || j > 0) {
            if (i > 0 && j > 0 && a.charAt(i - 1) == b.charAt(j - 1) && cost[i][j] == cost[i - 1][j - 1]) {
                change(a, b, i, endA, j, endB, changes);
                i--;
                j--;
                endA = i;
                endB = j;
            } else if (i > 0
                    && j > 0
                    && cost[i][j] == cost[i - 1][j - 1] + (vowel(a.charAt(i - 1)) == vowel(b.charAt(j - 1)) ? 2 : 4)) {
                i--;
                j--;
            } else if (i > 0 && cost[i][j] == cost[i - 1][j] + 2) {
                i--;
            } else {
                j--;
            }
        }
        change(a, b, 0, endA, 0, endB, changes);
    }

    private static void change(String a, String b, int i, int endA, int j, int endB, Map<String, Integer> changes) {
        if (i == endA && j == endB) return;
        int fromA = i;
        int fromB = j;
        int toA = endA;
        int toB = endB;
        // What was only put in or left out counts with its neighbour.
        if (fromA == toA || fromB == toB) {
            if (fromA > 0 && fromB > 0) {
                fromA--;
                fromB--;
            } else if (toA < a.length() && toB < b.length()) {
                toA++;
                toB++;
            }
        }
        if (toA - fromA < 1 || toB - fromB < 1 || toA - fromA > 2 || toB - fromB > 2) return;
        changes.merge(a.substring(fromA, toA) + ">" + b.substring(fromB, toB), 1, Integer::sum);
    }
}
