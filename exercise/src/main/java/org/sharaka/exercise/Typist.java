package org.sharaka.exercise;

import java.text.Normalizer;
import java.util.Locale;

/** Types as people do on a telephone: accents, capitals and points get lost, letters change places. */
final class Typist {
    private final Chance chance;
    private final boolean careless;
    private final boolean withoutAccents;
    private final boolean lowerCase;
    private final boolean shouting;

    Typist(Chance chance, Voice voice) {
        this.chance = chance;
        this.careless = chance.odds(0.4);
        this.withoutAccents = !voice.isArabic() && chance.odds(0.3);
        this.lowerCase = !voice.isArabic() && chance.odds(0.25);
        this.shouting = !voice.isArabic() && chance.odds(0.03);
    }

    /** Characters of the private use area stand for what must not be touched. */
    String type(String text) {
        String out = text;
        if (withoutAccents) out = Normalizer.normalize(out, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        if (lowerCase) out = out.toLowerCase(Locale.ROOT);
        if (shouting) out = out.toUpperCase(Locale.ROOT);
        if (!careless) return out;
        StringBuilder typed = new StringBuilder();
        for (String word : out.split(" ")) {
            if (typed.length() > 0) typed.append(' ');
            typed.append(chance.odds(0.05) && isWord(word) ? slip(word) : word);
        }
        String result = typed.toString();
        return chance.odds(0.3) ? result.replaceAll("[,.؛،](?= |$)", "") : result;
    }

    private static boolean isWord(String word) {
        return word.length() > 3
                && word.chars().allMatch(Character::isLetter)
                && word.chars().noneMatch(Typist::isKept);
    }

    private static boolean isKept(int c) {
        return c >= 0xE000 && c <= 0xF8FF;
    }

    private String slip(String word) {
        int at = chance.between(1, word.length() - 2);
        return switch (chance.below(3)) {
            case 0 -> word.substring(0, at) + word.substring(at + 1);
            case 1 -> word.substring(0, at) + word.charAt(at) + word.substring(at);
            default -> word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
        };
    }
}
