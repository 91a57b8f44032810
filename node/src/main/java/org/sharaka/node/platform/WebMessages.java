package org.sharaka.node.platform;

import com.ibm.icu.text.MessageFormat;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.NoSuchMessageException;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Every sentence that a person reads: the modules' files {@code messages/<module>_<language>.properties} as one source.
 * Patterns are ICU's, because Arabic has six plural forms and the JDK's choice format cannot write them.
 */
final class WebMessages implements MessageSource {
    private final Map<WebLanguage, Map<String, String>> patterns;

    private WebMessages(Map<WebLanguage, Map<String, String>> patterns) {
        this.patterns = patterns;
    }

    /** @throws IllegalStateException if two files of a language hold the same key */
    static WebMessages fromClasspath() {
        Map<WebLanguage, Map<String, String>> patterns = new EnumMap<>(WebLanguage.class);
        for (WebLanguage language : WebLanguage.values()) patterns.put(language, load(language));
        return new WebMessages(patterns);
    }

    private static Map<String, String> load(WebLanguage language) {
        Map<String, String> all = new HashMap<>();
        try {
            Resource[] files = new PathMatchingResourcePatternResolver()
                    .getResources("classpath*:messages/*_" + language.code() + ".properties");
            for (Resource file : files) {
                Properties properties = new Properties();
                try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8)) {
                    properties.load(reader);
                }
                for (String key : properties.stringPropertyNames()) {
                    if (all.put(key, properties.getProperty(key)) != null)
                        throw new IllegalStateException("message " + key + " stands twice, again in " + file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(all);
    }

    Set<String> keys(WebLanguage language) {
        return patternsOf(language).keySet();
    }

    Optional<String> pattern(WebLanguage language, String key) {
        return Optional.ofNullable(patternsOf(language).get(key));
    }

    private Map<String, String> patternsOf(WebLanguage language) {
        return patterns.getOrDefault(language, Map.of());
    }

    /** The sentence, or nothing if there is none under the key. */
    Optional<String> find(String key, @Nullable Locale locale, @Nullable Object @Nullable ... arguments) {
        WebLanguage language = locale == null ? WebLanguage.ENGLISH : WebLanguage.of(locale);
        return pattern(language, key).map(pattern -> format(pattern, language, arguments));
    }

    private static String format(String pattern, WebLanguage language, @Nullable Object @Nullable [] arguments) {
        if (pattern.indexOf('{') < 0 && !pattern.contains("''")) return pattern;
        Object[] given = arguments == null ? new Object[0] : arguments;
        return new MessageFormat(pattern, language.locale()).format(given);
    }

    @Override
    public @Nullable String getMessage(
            String key, @Nullable Object @Nullable [] arguments, @Nullable String otherwise, @Nullable Locale locale) {
        return find(key, locale, arguments).orElse(otherwise);
    }

    @Override
    public String getMessage(String key, @Nullable Object @Nullable [] arguments, @Nullable Locale locale) {
        return find(key, locale, arguments).orElseThrow(() -> new NoSuchMessageException(key));
    }

    @Override
    public String getMessage(MessageSourceResolvable resolvable, @Nullable Locale locale) {
        String[] keys = resolvable.getCodes();
        List<String> codes = keys == null ? List.of() : Arrays.asList(keys);
        return codes.stream()
                .flatMap(key -> find(key, locale, resolvable.getArguments()).stream())
                .findFirst()
                .or(() -> Optional.ofNullable(resolvable.getDefaultMessage()))
                .orElseThrow(() -> new NoSuchMessageException(String.join(", ", codes)));
    }
}
