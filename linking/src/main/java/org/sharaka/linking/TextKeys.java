package org.sharaka.linking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keys of repeated text. Victims paste the message they got inside their own story, and senders change names, amounts and a few
 * words; so a text is taken passage by passage, masked, and each distinctive passage gives the exact key and a few bands of a
 * MinHash signature over character shingles, which almost equal passages share in any script (A. Broder, On the
 * resemblance and containment of documents, 1997).
 *
 * <p>A passage is one long sentence, or two sentences in a row: a single short sentence ("I kept screenshots of the whole
 * chat") is what two strangers write by chance, and one such sentence would tie two campaigns together.
 */
final class TextKeys {
    private static final int PASSAGES_MAX = 6;

    /** Reaches over a word's end, so that texts of the same words in another order stay apart. */
    private static final int SHINGLE = 9;
    /** The same in scripts that write without blanks, where a word has one or two characters. */
    private static final int SHINGLE_UNSPACED = 4;
    /**
     * Rows and bands: passages that share 95 % of their shingles meet in a band with .95, those that share 80 % with .25, those
     * that share 60 % with .009. A slip of the keyboard is forgiven; the same script with another brand in it is another text.
     */
    private static final int ROWS = 12;

    private static final int BANDS = 4;
    private static final int LABEL_LENGTH = 140;

    private TextKeys() {}

    static List<LinkKey> of(String text) {
        Map<String, MaskedText.Sentence> passages = new LinkedHashMap<>();
        MaskedText.Sentence before = null;
        for (MaskedText.Sentence sentence : MaskedText.sentences(text)) {
            if (sentence.distinctive()) passages.putIfAbsent(sentence.text(), sentence);
            if (before != null && before.namesSender() && sentence.distinctive()) {
                MaskedText.Sentence signed = before.then(sentence);
                passages.putIfAbsent(signed.text(), signed);
            }
            if (before != null && !before.distinctive() && !sentence.distinctive() && before.tellsWith(sentence)) {
                MaskedText.Sentence both = before.then(sentence);
                passages.putIfAbsent(both.text(), both);
            }
            before = sentence;
        }
        List<LinkKey> keys = new ArrayList<>();
        passages.values().stream()
                .sorted(Comparator.comparingInt(MaskedText.Sentence::weight)
                        .reversed()
                        .thenComparing(MaskedText.Sentence::text))
                .limit(PASSAGES_MAX)
                .forEach(passage -> add(passage.text(), keys));
        return keys;
    }

    private static void add(String passage, List<LinkKey> keys) {
        String label = passage.length() <= LABEL_LENGTH ? passage : passage.substring(0, LABEL_LENGTH) + "…";
        keys.add(LinkKey.of(KeyKind.TEXT_LINE, passage, label, false));
        if (!Boolean.getBoolean("bands")) return;
        long[] signature = signature(passage);
        for (int band = 0; band < BANDS; band++) {
            StringBuilder canonical = new StringBuilder().append(band);
            for (int row = 0; row < ROWS; row++) {
                canonical.append(' ').append(Long.toHexString(signature[band * ROWS + row]));
            }
            keys.add(LinkKey.of(KeyKind.TEXT_BAND, canonical.toString(), "≈ " + label, false));
        }
    }

    private static long[] signature(String sentence) {
        long[] least = new long[ROWS * BANDS];
        Arrays.fill(least, Long.MAX_VALUE);
        int shingleLength = isUnspaced(sentence) ? SHINGLE_UNSPACED : SHINGLE;
        int last = Math.max(sentence.length() - shingleLength, 0);
        for (int at = 0; at <= last; at++) {
            long shingle = 1125899906842597L;
            int end = Math.min(at + shingleLength, sentence.length());
            for (int i = at; i < end; i++) shingle = 31 * shingle + sentence.charAt(i);
            for (int i = 0; i < least.length; i++)
                least[i] = Math.min(least[i], mix(shingle + i * 0x9E3779B97F4A7C15L));
        }
        return least;
    }

    private static boolean isUnspaced(String sentence) {
        long blanks = sentence.chars().filter(c -> c == ' ').count();
        return blanks * 12 < sentence.length();
    }

    private static long mix(long value) {
        long x = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
        return x ^ x >>> 31;
    }
}
