package org.sharaka.matching;

import java.util.List;

/**
 * How two names compare, word by word.
 *
 * @param score 0 (nothing in common) to 1 (the same words)
 * @param pairs words taken for each other
 * @param contradicting words of the first name against which the second has another
 * @param contradicted those other words of the second name
 * @param missing words that one name only has, and that nothing stands against: left out, not denied
 * @param legalFormsDiffer whether both name a legal form, of different kinds
 */
public record NameComparison(
        double score,
        List<Pair> pairs,
        List<String> contradicting,
        List<String> contradicted,
        List<String> missing,
        boolean legalFormsDiffer) {
    /** Nothing in common. */
    static final NameComparison NONE = new NameComparison(0, List.of(), List.of(), List.of(), List.of(), false);

    public NameComparison {
        pairs = List.copyOf(pairs);
        contradicting = List.copyOf(contradicting);
        contradicted = List.copyOf(contradicted);
        missing = List.copyOf(missing);
    }

    /** Why two words are taken for one. */
    public enum Likeness {
        SAME,
        /** Spellings of one name, or a slip of the pen. */
        SPELLING,
        /** One is written in another script. */
        TRANSLITERATION,
        /** Forms of one given name, or words of one meaning. */
        EQUIVALENT,
        INITIAL,
        /** Written as one word here and as two there. */
        JOINED,
        /** The first letters of the words of an organisation. */
        ACRONYM
    }

    /**
     * Words of both names taken for one.
     *
     * @param likeness 0 to 1
     */
    public record Pair(String one, String other, double likeness, Likeness why) {
        Pair turned() {
            String first = other;
            String second = one;
            return new Pair(first, second, likeness, why);
        }
    }

    /** The same, seen from the other name. */
    NameComparison turned() {
        List<Pair> turned = pairs.stream().map(Pair::turned).toList();
        List<String> first = contradicted;
        List<String> second = contradicting;
        return new NameComparison(score, turned, first, second, missing, legalFormsDiffer);
    }
}
