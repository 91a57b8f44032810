package org.sharaka.node.triage;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import org.springframework.context.MessageSource;
import org.springframework.context.support.StaticMessageSource;

/** The real message files of triage, for tests without a web. */
final class TriageMessages {
    private TriageMessages() {}

    static MessageSource all() {
        var source = new StaticMessageSource();
        for (String language : TemplateLanguage.ALL) {
            var properties = new Properties();
            try (var reader = new InputStreamReader(
                    TriageMessages.class.getResourceAsStream("/messages/triage_" + language + ".properties"),
                    StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            properties.stringPropertyNames().stream()
                    .filter(key -> key.startsWith("triage."))
                    .forEach(key -> source.addMessage(
                            key,
                            Locale.forLanguageTag(language),
                            properties.getProperty(key).replace("'", "''")));
        }
        return source;
    }
}
