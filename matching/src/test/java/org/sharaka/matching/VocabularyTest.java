package org.sharaka.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    private static final List<String> NAMES = List.of(
            "Dr. Amina al-Rashidi",
            "ليلى مصطفى",
            "Иван Борисович Петров",
            "王小明",
            "Šimon Čapek",
            "Harbour Trading Company of Morocco 24",
            "דוד כהן");

    @Test
    void wordsReadFromBytesAreTheWords() {
        List<Token> words = words();
        Vocabulary.Builder kept = new Vocabulary.Builder();
        Vocabulary.Builder packed = new Vocabulary.Builder();
        for (Token word : words) {
            kept.number(word);
            packed.number(word);
        }
        packed.pack();
        Vocabulary asTheyAre = kept.build();
        Vocabulary asBytes = packed.build();

        assertThat(asBytes.size()).isEqualTo(asTheyAre.size());
        for (int word = 0; word < asBytes.size(); word++) {
            assertThat(asBytes.word(word)).isEqualTo(asTheyAre.word(word)).isEqualTo(words.get(word));
            assertThat(asBytes.word(word).latin).isEqualTo(words.get(word).latin);
            assertThat(asBytes.text(word)).isEqualTo(words.get(word).text);
        }
        assertThat(asBytes.sizeBytes()).isLessThan(asTheyAre.sizeBytes());
    }

    @Test
    void givesEachWordOneNumber() {
        Vocabulary.Builder builder = new Vocabulary.Builder();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++)
                assertThat(builder.number(word("word" + i))).isEqualTo(i);
        }
        int asName = builder.number(word("marina"));

        assertThat(builder.number(Token.of("marina", Script.LATIN, Token.Role.SOFT, -1, false, false)))
                .isNotEqualTo(asName);
    }

    private static Token word(String text) {
        return Token.name(text, Script.LATIN);
    }

    private static List<Token> words() {
        List<Token> words = new ArrayList<>();
        for (String name : NAMES) {
            for (Schema schema : List.of(Schema.PERSON, Schema.COMPANY)) {
                for (Token token : PreparedName.of(schema, name).tokens) {
                    if (!words.contains(token.plain())) words.add(token.plain());
                }
            }
        }
        return words;
    }
}
