package org.sharaka.matching;

import org.sharaka.matching.NameComparison.Likeness;
import org.sharaka.matching.Token.Role;

/** How alike two words are. Holds scratch memory: one per thread. */
final class TokenComparison {
    /** Part of the letters that may be wrong across scripts, before it is softened. */
    private static final double CROSS_LIMIT = 0.36;

    /** Likeness of Pinyin and Wade-Giles. */
    private static final double SPELT_OTHERWISE = 0.95;

    private static final double SPELT_BY_EAR = 0.85;
    private static final double SOUNDED = 0.88;
    private static final double NEARLY_SOUNDED = 0.85;
    private static final double HARDLY_SOUNDED = 0.8;

    private static final LatinCosts LATIN = VariantTable.bundled().latin();

    private final LatinCosts.Scratch latinRows = new LatinCosts.Scratch();
    private final VariantTable.Scratch crossRows = new VariantTable.Scratch();
    private final int[] rows = new int[2 * (Token.LETTERS_MAX * 2 + 1)];
    private final NameWeights weights;
    private Likeness why = Likeness.SAME;

    TokenComparison(NameWeights weights) {
        this.weights = weights;
    }

    /** Why the last two words compared were found alike. */
    Likeness why() {
        return why;
    }

    /** Whether both are one word in one script. */
    static boolean same(Token a, Token b) {
        return a.script == b.script && a.text.equals(b.text);
    }

    /** As {@link #likeness(Token, Token)} of two names without their blanks; 0 when that is below the least that is asked for. */
    double slip(Token a, Token b, double least) {
        int n = a.latin.length;
        int m = b.latin.length;
        int limit = (int) Math.ceil((1 - least) * 100 * Math.max(n, m));
        if (Math.abs(n - m) * 100 > 2 * limit || Integer.bitCount(a.mask ^ b.mask) * 25 > 2 * limit) return 0;
        if (a.anagramOf(b)) return likeness(a, b);
        int cost = LATIN.of(a.latin, b.latin, limit, latinRows);
        why = Likeness.SPELLING;
        return cost > limit ? 0 : ratio(cost, Math.max(n, m));
    }

    /** As {@link #likeness(Token, Token)}; in Chinese names other spellings of the same syllables are the same. */
    double likeness(Token a, Token b, boolean chinese) {
        double likeness = likeness(a, b);
        if (!chinese || likeness >= SPELT_OTHERWISE) return likeness;
        Mandarin.Reading one = Mandarin.reading(a.text);
        Mandarin.Reading other = Mandarin.reading(b.text);
        if (one == null || other == null) return likeness;
        double reading = one.sameAcross(other) ? SPELT_OTHERWISE : one.soundsLike(other) ? SPELT_BY_EAR : 0;
        if (reading <= likeness) return likeness;
        why = Likeness.TRANSLITERATION;
        return reading;
    }

    /** 0 to 1; what is below the least likeness for a pair may come out as 0. */
    double likeness(Token a, Token b) {
        why = Likeness.SAME;
        if (same(a, b)) return 1;
        if (a.role == Role.NUMBER || b.role == Role.NUMBER) {
            return a.role == b.role && a.value == b.value ? 1 : 0;
        }
        if (a.role == b.role && a.value >= 0 && a.value == b.value) {
            why = Likeness.EQUIVALENT;
            return 0.97;
        }
        // Two countries, or two words of different meaning, are not spellings of one another.
        if ((a.role == Role.COUNTRY && b.role == Role.COUNTRY) || (a.role == Role.BUSINESS && b.role == Role.BUSINESS))
            return 0;
        if (a.role == Role.INITIAL || b.role == Role.INITIAL) return initial(a, b);
        double given = 0;
        if (a.sameGiven(b)) {
            given = weights.given();
        }
        double spelling = spelling(a, b);
        // Two names that everybody knows apart are no slip of the pen.
        if (given == 0 && a.given != null && b.given != null && spelling < 0.95) return 0;
        if (spelling >= given) return spelling;
        why = Likeness.EQUIVALENT;
        return given;
    }

    private double initial(Token a, Token b) {
        why = Likeness.INITIAL;
        if (a.latin.length == 0 || b.latin.length == 0 || (!a.isName() && a.role != Role.INITIAL)) return 0;
        boolean same = a.latin[0] == b.latin[0] || (a.script != b.script && sounds(a.latin[0]) == sounds(b.latin[0]));
        if (!same) return 0;
        return a.role == b.role ? 1 : weights.initial();
    }

    /** Letters that begin the same name in two scripts. */
    private static int sounds(byte letter) {
        return switch (letter) {
            case 2, 16 -> 10; // c, q as k
            case 6 -> 9; // g as j
            case 4, 8, 14, 20 -> 0; // e, i, o, u as a
            case 22 -> 21; // w as v
            default -> letter;
        };
    }

    private double spelling(Token a, Token b) {
        if (a.script == b.script) {
            why = Likeness.SPELLING;
            return a.script == Script.LATIN ? latin(a, b) : ownScript(a, b);
        }
        why = Likeness.TRANSLITERATION;
        if (a.script.learned() && b.script == Script.LATIN) return cross(a, b);
        if (b.script.learned() && a.script == Script.LATIN) return cross(b, a);
        if (a.sounded != b.sounded && (a.script == Script.LATIN || b.script == Script.LATIN)) {
            return Math.max(sounded(a, b), softened(latin(a, b)));
        }
        double likeness = softened(latin(a, b));
        // Neither script is Latin: each has its usual reading only, and a final alef maksura has two.
        if (!a.maksura && !b.maksura) return likeness;
        return Math.max(likeness, softened(latin(a.withMaksura(false), b.withMaksura(false))));
    }

    /** Chinese characters and Japanese kana give a foreign name's consonants, l for r and n for m, and vowels of their own. */
    private static double sounded(Token a, Token b) {
        long one = Skeleton.coarse(a.latin);
        long other = Skeleton.coarse(b.latin);
        if (one == other && one != 0) return SOUNDED;
        int out = Skeleton.oneOut(one, other);
        // Neither script keeps an r before a consonant.
        if (out == Skeleton.L) return NEARLY_SOUNDED;
        return out != 0 && Math.min(Skeleton.length(one), Skeleton.length(other)) >= 3 ? HARDLY_SOUNDED : 0;
    }

    private double softened(double likeness) {
        return likeness == 0 ? 0 : 1 - (1 - likeness) * weights.crossScript();
    }

    private double latin(Token a, Token b) {
        int n = a.latin.length;
        int m = b.latin.length;
        if (n == 0 || m == 0) return 0;
        if (a.particle.length() != b.particle.length()) {
            double together = Math.max(together(a, b), together(b, a));
            if (together > 0) return together;
        }
        int shared = Token.sharedPart(a, b);
        int most = Math.max(n, m) - shared;
        int limit = (int) ((1 - weights.pairAt()) * 100 * most);
        if (Math.abs(n - m) * 100 > 2 * limit) return 0;
        // Letters of one word that the other lacks: each costs something.
        if (Integer.bitCount(a.mask ^ b.mask) * 25 > 2 * limit) return 0;
        if (Integer.bitCount(a.sorts ^ b.sorts) > (most >= 8 ? 3 : 2)) return 0;
        if (n >= 5 && a.anagramOf(b)) return Math.max(0.85, ratio(LATIN.of(a.latin, b.latin, limit, latinRows), most));
        int cost = LATIN.of(a.latin, b.latin, limit, latinRows);
        // So may the word for son.
        if (a.father && !b.father && m > 5 && sonGrown(b)) cost = Math.min(cost, 20 + without(3, b, a, limit));
        if (b.father && !a.father && n > 5 && sonGrown(a)) cost = Math.min(cost, 20 + without(3, a, b, limit));
        // An article may have grown into the word on one side.
        if (a.article && !b.article && m > 4 && grown(b)) cost = Math.min(cost, 20 + without(2, b, a, limit));
        if (b.article && !a.article && n > 4 && grown(a)) cost = Math.min(cost, 20 + without(2, a, b, limit));
        if (cost > limit) return 0;
        return ratio(cost, most);
    }

    /** "De la Vega" and "Delavega". */
    private double together(Token apart, Token grown) {
        int size = apart.particle.length();
        if (size < 2 || grown.text.length() < size + 3 || !grown.text.startsWith(apart.particle)) return 0;
        int most = Math.max(apart.latin.length, grown.latin.length - size);
        int limit = 16 * most;
        int cost = without(size, grown, apart, limit);
        return cost > limit ? 0 : ratio(cost + 10, most);
    }

    private static boolean grown(Token token) {
        return (token.latin[0] == 0 || token.latin[0] == 4) && token.latin[1] == 11;
    }

    private static boolean sonGrown(Token token) {
        return token.latin[0] == 1 && (token.latin[1] == 4 || token.latin[1] == 8) && token.latin[2] == 13;
    }

    private int without(int letters, Token grown, Token other, int limit) {
        byte[] rest = java.util.Arrays.copyOfRange(grown.latin, letters, grown.latin.length);
        return LATIN.of(rest, other.latin, limit, latinRows);
    }

    private static double ratio(int cost, int letters) {
        return Math.max(0, 1 - cost / (100.0 * letters));
    }

    private double cross(Token own, Token latin) {
        int n = own.letters.length;
        int m = latin.latin.length;
        if (n == 0 || m == 0) return 0;
        int most = Math.max(n, m);
        int limit = (int) (CROSS_LIMIT * 100 * most);
        if (m > 3 * n + 1 || n > 2 * m + 2) return 0;
        int cost = VariantTable.bundled().crossCost(own.script, own.letters, latin.latin, limit, crossRows);
        if (cost > limit) return 0;
        return softened(ratio(cost, most));
    }

    /** Letters of one script other than Latin; what may stand for a vowel counts half, a syllable or an ideograph more than a letter. */
    private double ownScript(Token a, Token b) {
        int n = Math.min(a.text.length(), Token.LETTERS_MAX * 2);
        int m = Math.min(b.text.length(), Token.LETTERS_MAX * 2);
        int most = Math.max(n, m);
        if (Math.abs(n - m) > (most + 1) / 2) return 0;
        int width = m + 1;
        int last = 0;
        int here = width;
        for (int j = 0; j <= m; j++) rows[j] = j * 100;
        for (int i = 1; i <= n; i++) {
            char x = a.text.charAt(i - 1);
            rows[here] = i * 100;
            for (int j = 1; j <= m; j++) {
                char y = b.text.charAt(j - 1);
                int wrong = x == y ? 0 : weak(x) && weak(y) ? 50 : 100;
                rows[here + j] = Math.min(
                        rows[last + j - 1] + wrong,
                        Math.min(rows[last + j] + (weak(x) ? 60 : 100), rows[here + j - 1] + (weak(y) ? 60 : 100)));
            }
            int free = last;
            last = here;
            here = free;
        }
        int cost = rows[last + m];
        double dense = a.script == Script.OTHER ? dense(a.text.charAt(0)) : 1;
        return Math.max(0, 1 - cost * dense / (100.0 * most));
    }

    /** How much a wrong sign weighs: an ideograph is a syllable, and folding has taken a Korean syllable apart into two or three signs. */
    private static double dense(char first) {
        boolean jamo = first >= 0x1100 && first < 0x1200;
        return jamo ? 2.2 : first >= 0x2E80 ? 1.6 : 1;
    }

    private static boolean weak(char c) {
        return "اويهעאהויеиоауыэяюі".indexOf(c) >= 0;
    }
}
