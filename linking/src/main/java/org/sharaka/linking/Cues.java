package org.sharaka.linking;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Phrases in four languages that say what a name or number beside them is; {@code cues.txt} lists and explains them. */
final class Cues {
    static final int OWN = 1;
    static final int TRUE = 1 << 1;
    static final int FRAUD = 1 << 2;
    static final int PAYEE = 1 << 3;
    static final int SITE = 1 << 4;
    static final int CALLED = 1 << 5;
    static final int CODE = 1 << 6;
    static final int MINE = 1 << 7;
    static final int THING = 1 << 8;
    static final int PLACE = 1 << 9;
    static final int TURNED = 1 << 10;
    static final int REACHED = 1 << 11;
    static final int HOLDS = 1 << 12;

    private static final String RESOURCE = "cues.txt";
    private static final Map<String, Integer> SORTS = Map.ofEntries(
            Map.entry("OWN", OWN),
            Map.entry("TRUE", TRUE),
            Map.entry("FRAUD", FRAUD),
            Map.entry("PAYEE", PAYEE),
            Map.entry("SITE", SITE),
            Map.entry("CALLED", CALLED),
            Map.entry("CODE", CODE),
            Map.entry("MINE", MINE),
            Map.entry("THING", THING),
            Map.entry("PLACE", PLACE),
            Map.entry("TURNED", TURNED),
            Map.entry("REACHED", REACHED),
            Map.entry("HOLDS", HOLDS));

    /** What Arabic writes as one word with the next: and, so, by, for, like, the. */
    private static final List<String> PARTICLES =
            List.of("وال", "بال", "فال", "كال", "لل", "ال", "و", "ف", "ب", "ل", "ك");

    /** @param accents as the last word must be written, empty if any way will do: "llamé" is "I called", "llame" is "call" */
    private record Phrase(List<String> words, int sort, String accents) {}

    /** By their first word, the longest first. */
    private static final Map<String, List<Phrase>> PHRASES = load();

    private Cues() {}

    /** For each word the sorts of the phrases that end with it. */
    static int[] among(Words words) {
        int[] cues = new int[words.count()];
        for (int i = 0; i < cues.length; i++) {
            String word = plain(words.at(i));
            note(words, i, word, cues);
            for (String particle : word.length() > 3 && word.charAt(0) >= 0x600 ? PARTICLES : List.<String>of()) {
                if (word.startsWith(particle) && word.length() - particle.length() >= 3) {
                    note(words, i, word.substring(particle.length()), cues);
                }
            }
        }
        return cues;
    }

    private static void note(Words words, int first, String word, int[] cues) {
        for (Phrase phrase : PHRASES.getOrDefault(word, List.of())) {
            int last = first + phrase.words().size() - 1;
            if (last < words.count() && follows(words, first, phrase.words()) && accented(words, last, phrase)) {
                cues[last] |= phrase.sort();
            }
        }
    }

    private static boolean accented(Words words, int last, Phrase phrase) {
        return phrase.accents().isEmpty() || words.written(last).equalsIgnoreCase(phrase.accents());
    }

    private static boolean follows(Words words, int first, List<String> phrase) {
        for (int i = 1; i < phrase.size(); i++) {
            if (!plain(words.at(first + i)).equals(phrase.get(i))) return false;
        }
        return words.sameSentence(first, first + phrase.size() - 1);
    }

    /** {@code j'ai appelé} is also spelled {@code jai}, {@code jé} and {@code g}. */
    private static List<String> spellings(String phrase) {
        if (!phrase.startsWith("j ai ")) return List.of(phrase);
        String verb = phrase.substring(5);
        return List.of(phrase, "jai " + verb, "je " + verb, "g " + verb, "ai " + verb);
    }

    /** Doubled letters as one, for people double them wrongly. */
    private static String plain(String word) {
        for (int i = 1; i < word.length(); i++) {
            if (word.charAt(i) == word.charAt(i - 1)) return undoubled(word);
        }
        return word;
    }

    private static String undoubled(String word) {
        StringBuilder plain = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (i == 0 || c != word.charAt(i - 1) || Character.isDigit(c)) plain.append(c);
        }
        return plain.toString();
    }

    private static Map<String, List<Phrase>> load() {
        Map<String, List<Phrase>> phrases = new HashMap<>();
        try (InputStream in = Cues.class.getResourceAsStream(RESOURCE)) {
            if (in == null) throw new IllegalStateException(RESOURCE + " is not in the archive");
            BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank() || line.startsWith("#")) continue;
                int colon = line.indexOf(':');
                Integer sort = SORTS.get(line.substring(0, colon));
                if (sort == null) throw new IllegalStateException("no such sort of cue: " + line);
                for (String written : line.substring(colon + 1).split(",")) {
                    String phrase = written.strip();
                    String accents = phrase.startsWith("=") ? phrase.substring(1) : "";
                    for (String spelled : spellings(MaskedText.fold(accents.isEmpty() ? phrase : accents))) {
                        List<String> words = Arrays.stream(spelled.split(" "))
                                .map(Cues::plain)
                                .toList();
                        phrases.computeIfAbsent(words.get(0), word -> new ArrayList<>())
                                .add(new Phrase(words, sort, accents));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        phrases.values()
                .forEach(list -> list.sort(
                        Comparator.comparingInt(phrase -> -phrase.words().size())));
        return Map.copyOf(phrases);
    }
}
