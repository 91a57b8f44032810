package org.sharaka.exercise;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes a sentence one's own: a lead-in, details at its end, another word for the same. Without it, unrelated reports would
 * share whole sentences, which people who never met do not write.
 */
final class Manner {
    private final Phrases phrases;
    private final Chance chance;
    private final List<List<String>> synonyms;

    Manner(Phrases phrases, Chance chance) {
        this.phrases = phrases;
        this.chance = chance;
        this.synonyms = phrases.lines("synonyms").stream()
                .map(line -> List.of(line.split("=")))
                .toList();
    }

    String of(String sentence, Map<String, String> values) {
        String out = varied(sentence);
        if (chance.odds(0.45)) {
            String first = out.isEmpty() ? "" : out.substring(0, 1).toLowerCase(Locale.ROOT) + out.substring(1);
            out = phrases.say("lead", chance, values) + chance.one(" ", ", ", " ") + first;
        }
        if (chance.odds(0.5)) {
            boolean ended = !out.isEmpty() && ".?!»".indexOf(out.charAt(out.length() - 1)) >= 0;
            String body = ended ? out.substring(0, out.length() - 1) : out;
            out = body + chance.one(" ", " ", ", ") + phrases.say("tail", chance, values);
        }
        return out;
    }

    private String varied(String sentence) {
        StringBuilder out = new StringBuilder(sentence.length() + 16);
        for (String word : sentence.split(" ")) {
            if (out.length() > 0) out.append(' ');
            out.append(chance.odds(0.6) ? synonym(word) : word);
        }
        return out.toString();
    }

    private String synonym(String word) {
        for (List<String> same : synonyms) {
            if (same.contains(word)) return chance.one(same);
        }
        return word;
    }
}
