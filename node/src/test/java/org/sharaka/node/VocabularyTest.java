package org.sharaka.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.linking.KeyKind;
import org.sharaka.node.intake.Category;

class VocabularyTest {
    @ParameterizedTest
    @ValueSource(strings = {"en", "ar", "fr", "es"})
    void everyCategoryAndEveryKindOfIdentifierHasAName(String language) throws Exception {
        Properties words = new Properties();
        try (var in = new InputStreamReader(
                VocabularyTest.class.getResourceAsStream("/messages/vocabulary_" + language + ".properties"),
                StandardCharsets.UTF_8)) {
            words.load(in);
        }

        assertThat(Arrays.stream(Category.values()).map(c -> "intake.category." + c))
                .allMatch(words::containsKey);
        assertThat(Arrays.stream(IdentifierKind.values()).map(k -> "intake.kind." + k))
                .allMatch(words::containsKey);
        assertThat(Arrays.stream(KeyKind.values()).map(k -> "intake.kind." + k)).allMatch(words::containsKey);
    }
}
