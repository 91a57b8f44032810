package org.sharaka.matching;

/**
 * What remains of a word when everything is taken away that spellings differ in: vowels, h, doubled letters, and which of several consonants of
 * one sort it is. Four bits a consonant, fifteen at most; 0 for a word of vowels.
 */
final class Skeleton {
    private static final int CONSONANTS_MAX = 15;
    private static final int VARIANTS_MAX = 12;
    private static final int B = 1;
    private static final int F = 2;
    private static final int T = 3;
    private static final int S = 4;
    private static final int K = 5;
    static final int L = 6;
    private static final int R = 7;
    private static final int M = 8;
    private static final int N = 9;

    private Skeleton() {}

    static long of(byte[] latin) {
        long skeleton = 0;
        int size = 0;
        int before = 0;
        for (int i = 0; i < latin.length && size < CONSONANTS_MAX; i++) {
            int letter = latin[i];
            int next = i + 1 < latin.length ? latin[i + 1] : -1;
            int sort;
            if (letter >= 26) {
                sort = 10 + (letter - 26) / 2;
            } else {
                sort = switch ((char) ('a' + letter)) {
                    case 'b' -> B;
                    case 'p' -> next == 'h' - 'a' ? F : B;
                    case 'f', 'v' -> F;
                    case 't', 'd' -> next == 'j' - 'a' ? 0 : T;
                    case 's', 'z', 'j' -> S;
                    case 'c' ->
                        next == 'h' - 'a' || next == 'e' - 'a' || next == 'i' - 'a' || next == 'y' - 'a' ? S : K;
                    case 'g', 'k', 'q' -> K;
                    case 'x' -> i == 0 ? S : K;
                    case 'l' -> L;
                    case 'r' -> R;
                    case 'm' -> M;
                    case 'n' -> N;
                    default -> 0;
                };
            }
            // Scripts that write no vowels cannot keep two alike consonants apart, so none do.
            if (sort == 0) continue;
            if (sort != before) {
                skeleton = (skeleton << 4) | sort;
                size++;
            }
            before = sort;
        }
        return skeleton;
    }

    /** As {@link #of}, with one sort for l and r and one for m and n. */
    static long coarse(byte[] latin) {
        long coarse = 0;
        int before = 0;
        long skeleton = of(withoutNasalEnds(latin));
        for (int shift = 4 * length(skeleton) - 4; shift >= 0; shift -= 4) {
            int sort = (int) (skeleton >>> shift) & 15;
            if (sort == R) sort = L;
            else if (sort == M) sort = N;
            if (sort != before) coarse = (coarse << 4) | sort;
            before = sort;
        }
        return coarse;
    }

    /** ng is one sound. */
    private static byte[] withoutNasalEnds(byte[] latin) {
        byte[] rest = new byte[latin.length];
        int size = 0;
        for (int i = 0; i < latin.length; i++) {
            if (latin[i] != 'g' - 'a' || i == 0 || latin[i - 1] != 'n' - 'a') rest[size++] = latin[i];
        }
        return java.util.Arrays.copyOf(rest, size);
    }

    /** The consonant that one of them has more, when nothing else differs; 0 otherwise. */
    static int oneOut(long one, long other) {
        long longer = length(one) > length(other) ? one : other;
        long shorter = longer == one ? other : one;
        if (length(longer) != length(shorter) + 1) return 0;
        for (int i = 0; i < length(longer); i++) {
            if (without(longer, i) == shorter) return (int) (longer >>> (4 * i)) & 15;
        }
        return 0;
    }

    /** All skeletons that the word may have been given in Latin letters; the usual one first. */
    static long[] variants(Token token) {
        if (!token.script.learned()) return new long[] {of(token.latin)};
        long[] found = new long[VARIANTS_MAX];
        int count = 0;
        java.util.List<byte[]> spellings =
                VariantTable.bundled().spellings(token.script, token.letters, 3 * VARIANTS_MAX);
        for (byte[] spelling : spellings) {
            long skeleton = of(spelling);
            boolean known = false;
            for (int i = 0; i < count; i++) known |= found[i] == skeleton;
            if (!known && count < VARIANTS_MAX) found[count++] = skeleton;
        }
        return java.util.Arrays.copyOf(found, count);
    }

    /** Which sorts of consonants occur, as bits. */
    static int sorts(long skeleton) {
        int sorts = 0;
        for (long rest = skeleton; rest != 0; rest >>>= 4) sorts |= 1 << (int) (rest & 15);
        return sorts;
    }

    static int length(long skeleton) {
        return (67 - Long.numberOfLeadingZeros(skeleton)) / 4;
    }

    /** The skeleton without one of its consonants. */
    static long without(long skeleton, int at) {
        long low = skeleton & ((1L << (4 * at)) - 1);
        long high = at == 15 ? 0 : skeleton >>> (4 * (at + 1));
        return (high << (4 * at)) | low;
    }
}
