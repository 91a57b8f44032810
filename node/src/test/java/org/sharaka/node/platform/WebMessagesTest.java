package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePattern;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebMessagesTest {
    private final WebMessages messages = WebMessages.fromClasspath();

    @ParameterizedTest
    @EnumSource(WebLanguage.class)
    void everyLanguageHasTheSameKeys(WebLanguage language) {
        assertThat(new TreeSet<>(messages.keys(language)))
                .isEqualTo(new TreeSet<>(messages.keys(WebLanguage.ENGLISH)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(WebLanguage.class)
    void everySentenceIsWrittenAndCanBeFormattedWithTheSameArguments(WebLanguage language) {
        for (String key : messages.keys(WebLanguage.ENGLISH)) {
            String pattern = pattern(language, key);

            assertThat(pattern).as("%s in %s", key, language).isNotBlank().doesNotContain("??");
            assertThat(arguments(pattern))
                    .as("arguments of %s in %s", key, language)
                    .isEqualTo(arguments(pattern(WebLanguage.ENGLISH, key)));
            assertThat(new MessageFormat(pattern, language.locale())).isNotNull();
        }
    }

    @Test
    void arabicHasAllItsPluralForms() {
        for (String key : messages.keys(WebLanguage.ARABIC)) {
            String pattern = messages.pattern(WebLanguage.ARABIC, key).orElseThrow();
            if (!pattern.contains(", plural,")) continue;

            assertThat(pattern).as(key).contains("zero{", "one{", "two{", "few{", "many{", "other{");
        }
    }

    @Test
    void whatNoFileHoldsIsNotFound() {
        assertThat(messages.find("no.such.key", WebLanguage.FRENCH.locale())).isEmpty();
    }

    /** Without the variables of the command line's help, which picocli fills in before we format. */
    private String pattern(WebLanguage language, String key) {
        return messages.pattern(language, key).orElseThrow().replaceAll("\\$\\{[A-Z-]+}", "…");
    }

    private static Set<String> arguments(String text) {
        MessagePattern pattern = new MessagePattern(text);
        Set<String> arguments = new TreeSet<>();
        for (int i = 0; i < pattern.countParts(); i++) {
            MessagePattern.Part part = pattern.getPart(i);
            if (part.getType() == MessagePattern.Part.Type.ARG_NUMBER
                    || part.getType() == MessagePattern.Part.Type.ARG_NAME) arguments.add(pattern.getSubstring(part));
        }
        return arguments;
    }
}
