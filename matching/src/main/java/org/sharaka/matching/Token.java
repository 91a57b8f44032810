package org.sharaka.matching;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One word of a name, ready to be compared. Immutable; equal words of one role are equal tokens. */
final class Token {
    /** Letters of a word that are compared. */
    static final int LETTERS_MAX = 28;

    private static final byte[] NOTHING = {};
    /** Two forms of each, of one length. */
    private static final String[] ENDINGS = {
        "ullah", "allah", "uddin", "aldin", "ovich", "evich", "ovitch", "evitch", "ovych", "evych", "ovna", "evna",
        "dottir", "dotter", "zadeh", "zade", "zada", "sada"
    };

    /** What a word is in its name. */
    enum Role {
        NAME(0, 1),
        /** A title that is a name as often. */
        SOFT(1, 0.5f),
        /** One letter that stands for a name. */
        INITIAL(2, 0.4f),
        /** Common in names of companies. */
        BUSINESS(3, 0.7f),
        COUNTRY(4, 0.9f),
        NUMBER(5, 0.8f);

        private final int code;
        private final float weight;

        Role(int code, float weight) {
            this.code = code;
            this.weight = weight;
        }

        private static final Role[] BY_CODE = values();

        /** Does not change: it stands in keys. */
        int code() {
            return code;
        }

        static Role numbered(int code) {
            return BY_CODE[code];
        }
    }

    final String text;
    final Script script;
    final Role role;
    /** Latin letters as 0 to 25, digits as 26 to 35. Of another script the usual reading. */
    final byte[] latin;
    /** Letters in a script with learned variants; empty otherwise. */
    final byte[] letters;
    /** Which Latin letters occur. */
    final int mask;
    /** Which sorts of consonants occur. */
    final int sorts;
    /** Groups of given names, in order. */
    final int @Nullable [] given;
    /** The number of a NUMBER, the meaning of a BUSINESS word, the country of a COUNTRY as two letters; otherwise -1. */
    final int value;
    /** Whether an Arabic article stood before. */
    final boolean article;
    /** Whether the name before is a child's and this the father's. */
    final boolean father;

    /** Particles before it that may have grown into it on the other side: "dela" of De la …; empty for none. */
    final String particle;
    /** A foreign name in Chinese characters or Japanese kana, which are there for their sound. */
    final boolean sounded;
    /** Whether the ya that ends its text was written as alef maksura and may be spoken a. */
    final boolean maksura;

    final float weight;
    private final long sorted;
    /** What the word is made with: a number for Abdul-, -ullah, -uddin, -ovich …, and its length; 0 for none. */
    private final int made;

    private Token(
            String text,
            Script script,
            Role role,
            int value,
            boolean article,
            boolean father,
            String particle,
            boolean sounded,
            boolean maksura) {
        this.text = text;
        this.script = script;
        this.role = role;
        this.value = value;
        this.article = article;
        this.father = father;
        this.particle = particle;
        this.sounded = sounded;
        this.maksura = maksura && !Lexicon.bundled().isSpokenWithYa(text);
        letters = script.learned() ? codes(text, script) : NOTHING;
        if (this.maksura && script == Script.ARABIC && letters.length == text.length())
            letters[letters.length - 1] = (byte) script.code(Script.ALEF_MAKSURA);
        if (script == Script.LATIN) latin = latinCodes(text);
        else if (script == Script.OTHER) latin = latinCodes(Folding.latin(text));
        else latin = VariantTable.bundled().usual(script, letters);
        int seen = 0;
        for (byte letter : latin) if (letter < 26) seen |= 1 << letter;
        mask = seen;
        sorts = Skeleton.sorts(Skeleton.of(latin));
        given = role == Role.NAME || role == Role.SOFT ? Lexicon.bundled().givenNames(text) : null;
        weight = role.weight * (role == Role.NAME && latin.length <= 1 ? 0.6f : 1);
        sorted = fingerprint(latin);
        made = script == Script.LATIN ? made(text) : 0;
    }

    static Token of(String text, Script script, Role role, int value, boolean article, boolean father) {
        return new Token(text, script, role, value, article, father, "", false, false);
    }

    /** The same word with such particles before it. */
    Token after(String particles) {
        return new Token(text, script, role, value, article, father, particles, sounded, maksura);
    }

    /** The same word, read for its sound. */
    Token asSounded() {
        return new Token(text, script, role, value, article, father, particle, true, maksura);
    }

    /** The same word, its last letter written as alef maksura or not. */
    Token withMaksura(boolean written) {
        return maksura == written
                ? this
                : new Token(text, script, role, value, article, father, particle, sounded, written);
    }

    static Token name(String text, Script script) {
        return of(text, script, Role.NAME, -1, false, false);
    }

    /** Both words as one, as a name. */
    static Token joined(Token a, Token b) {
        return name(a.text + b.text, a.script).withMaksura(b.maksura && a.script == b.script);
    }

    /** Letters that both share by the way such names are made, and that tell nothing. */
    static int sharedPart(Token a, Token b) {
        return a.made == b.made ? a.made & 15 : 0;
    }

    private static int made(String text) {
        if (text.length() < 8) return 0;
        if (text.startsWith("abdul")) return 16 + 5;
        for (int i = 0; i < ENDINGS.length; i++) {
            if (text.endsWith(ENDINGS[i])) return (i / 2 + 2) * 16 + ENDINGS[i].length() - 1;
        }
        return 0;
    }

    /** The same word wherever it stands. */
    Token plain() {
        return article || father || sounded || !particle.isEmpty()
                ? of(text, script, role, value, false, false).withMaksura(maksura)
                : this;
    }

    boolean isName() {
        return role == Role.NAME || role == Role.SOFT;
    }

    /** Whether the letters of both are the same in another order. */
    boolean anagramOf(Token other) {
        return sorted == other.sorted && latin.length == other.latin.length && mask == other.mask;
    }

    boolean sameGiven(Token other) {
        int[] a = given;
        int[] b = other.given;
        if (a == null || b == null) return false;
        for (int x : a) for (int y : b) if (x == y) return true;
        return false;
    }

    /** The same for any order of the letters. */
    private static long fingerprint(byte[] letters) {
        long sum = 0;
        for (byte letter : letters) sum += (1L << (5 * (letter % 12))) ^ ((long) letter * letter * 7919);
        return sum;
    }

    private static byte[] latinCodes(String text) {
        byte[] codes = new byte[Math.min(text.length(), LETTERS_MAX)];
        int size = 0;
        for (int i = 0; i < text.length() && size < codes.length; i++) {
            char c = text.charAt(i);
            if (c >= 'a' && c <= 'z') codes[size++] = (byte) (c - 'a');
            else if (c >= '0' && c <= '9') codes[size++] = (byte) (26 + c - '0');
        }
        return size == codes.length ? codes : Arrays.copyOf(codes, size);
    }

    private static byte[] codes(String text, Script script) {
        byte[] codes = new byte[Math.min(text.length(), LETTERS_MAX)];
        int size = 0;
        for (int i = 0; i < text.length() && size < codes.length; i++) {
            int code = script.code(text.charAt(i));
            if (code >= 0) codes[size++] = (byte) code;
        }
        return size == codes.length ? codes : Arrays.copyOf(codes, size);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Token that
                && role == that.role
                && value == that.value
                && article == that.article
                && father == that.father
                && sounded == that.sounded
                && maksura == that.maksura
                && particle.equals(that.particle)
                && script == that.script
                && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode() * 31 + role.code * 4 + (article ? 2 : 0) + (father ? 1 : 0);
    }

    @Override
    public String toString() {
        return text;
    }
}
