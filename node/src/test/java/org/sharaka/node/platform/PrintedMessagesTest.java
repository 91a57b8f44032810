package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class PrintedMessagesTest {
    @Test
    void everyLanguageSaysEverythingWithTheSamePlaceholders() {
        Properties english = PrintedMessages.in(Locale.ENGLISH).ofModule("platform");
        assertThat(english).isNotEmpty();
        for (String language : new String[] {"ar", "fr", "es"}) {
            Properties other =
                    PrintedMessages.in(Locale.forLanguageTag(language)).ofModule("platform");
            assertThat(other.keySet()).as(language).isEqualTo(english.keySet());
            english.forEach((key, text) -> {
                for (String place : new String[] {"{0}", "{1}", "{2}"})
                    assertThat(other.getProperty(key.toString()).contains(place))
                            .as("%s %s %s", language, key, place)
                            .isEqualTo(text.toString().contains(place));
            });
        }
    }

    @Test
    void theLanguageIsTheTerminals() {
        assertThat(PrintedMessages.fromEnvironment(Map.of("LANG", "fr_MA.UTF-8"))
                        .locale())
                .isEqualTo(Locale.FRENCH);
        assertThat(PrintedMessages.fromEnvironment(Map.of("LANG", "fr_FR", "LC_ALL", "ar_MA"))
                        .locale())
                .isEqualTo(Locale.forLanguageTag("ar"));
        assertThat(PrintedMessages.fromEnvironment(Map.of("LANG", "C")).locale())
                .isEqualTo(Locale.ENGLISH);
        assertThat(PrintedMessages.fromEnvironment(Map.of()).locale()).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void numbersAreNotGrouped() {
        assertThat(PrintedMessages.in(Locale.FRENCH).text("platform.port-taken", 8443))
                .contains("8443");
    }
}
