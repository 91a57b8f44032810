package org.sharaka.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of a segment's names, each once and numbered from 0. Of a small segment they are kept as they are compared; of a large one, whose
 * words would take more room than all else, as bytes, from which the few that are compared are read again.
 */
final class Vocabulary {
    private final TextColumn texts;
    private final byte[] kinds;
    private final IntColumn values;
    private final WordShapes shapes;
    private final Token @Nullable [] words;

    private Vocabulary(Builder builder) {
        texts = builder.texts;
        texts.trim();
        kinds = Arrays.copyOf(builder.kinds, texts.size());
        values = builder.values;
        values.trim();
        shapes = builder.shapes.build();
        words = builder.words == null ? null : builder.words.toArray(Token[]::new);
    }

    int size() {
        return texts.size();
    }

    Token word(int word) {
        return words != null ? words[word] : read(texts.get(word), kinds[word], values.get(word));
    }

    String text(int word) {
        return words != null ? words[word].text : texts.get(word);
    }

    /** Whether the word is written so. */
    boolean is(int word, String text) {
        return words != null ? words[word].text.equals(text) : texts.is(word, text);
    }

    WordShapes shapes() {
        return shapes;
    }

    /** Bytes of the arrays; a word as it is compared is reckoned at 200. */
    long sizeBytes() {
        return texts.sizeBytes()
                + kinds.length
                + values.sizeBytes()
                + shapes.sizeBytes()
                + (words == null ? 0 : 200L * words.length);
    }

    /** Role, script and whether it ends in alef maksura. */
    private static byte kind(Token token) {
        return (byte) ((token.role.code() << 4) | (token.script.index() << 1) | (token.maksura ? 1 : 0));
    }

    private static Token read(String text, byte kind, int value) {
        Script script = Script.all().get((kind >> 1) & 7);
        return Token.of(text, script, Token.Role.numbered(kind >> 4), value, false, false)
                .withMaksura((kind & 1) == 1);
    }

    /** Takes words one by one. */
    static final class Builder {
        private final TextColumn texts = new TextColumn();
        private byte[] kinds = new byte[256];
        private final IntColumn values = new IntColumn();
        private final WordShapes.Builder shapes = new WordShapes.Builder();
        private @Nullable List<Token> words = new ArrayList<>();
        /** Numbers of words by the hash of their texts; -1 for a free place. */
        private int[] table = free(1 << 10);

        /** The number of the word, as {@link Token#plain}; it is given one if it has none. */
        int number(Token token) {
            byte kind = kind(token);
            int at = (int) Hashes.of(token.text) & (table.length - 1);
            for (; table[at] >= 0; at = (at + 1) & (table.length - 1)) {
                int word = table[at];
                if (kinds[word] == kind && values.get(word) == token.value && texts.is(word, token.text)) return word;
            }
            int word = texts.size();
            texts.add(token.text);
            if (word == kinds.length) kinds = Arrays.copyOf(kinds, word + (word >> 1));
            kinds[word] = kind;
            values.add(token.value);
            shapes.add(token);
            if (words != null) words.add(token);
            table[at] = word;
            if (2 * texts.size() > table.length) grow();
            return word;
        }

        private void grow() {
            table = free(2 * table.length);
            for (int word = 0; word < texts.size(); word++) {
                int at = (int) Hashes.of(texts.get(word)) & (table.length - 1);
                while (table[at] >= 0) at = (at + 1) & (table.length - 1);
                table[at] = word;
            }
        }

        private static int[] free(int size) {
            int[] table = new int[size];
            Arrays.fill(table, -1);
            return table;
        }

        /** From now on as bytes. */
        void pack() {
            words = null;
        }

        Vocabulary build() {
            table = new int[0];
            return new Vocabulary(this);
        }
    }
}
