package org.sharaka.node.platform;

import com.ibm.icu.text.MessageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What the command line says, in the administrator's language: messages/&lt;module&gt;_&lt;language&gt;.properties, where the
 * module is the part of a key before its first dot. Needs no application context, so that it can tell why one failed.
 */
public final class PrintedMessages {
    private static final List<String> LANGUAGES = List.of("en", "ar", "fr", "es");

    private final String language;
    private final ConcurrentMap<String, Properties> modules = new ConcurrentHashMap<>();

    private PrintedMessages(String language) {
        this.language = language;
    }

    /** In this locale's language if it is one of ours, else in English. */
    public static PrintedMessages in(Locale locale) {
        return new PrintedMessages(LANGUAGES.contains(locale.getLanguage()) ? locale.getLanguage() : "en");
    }

    /** In the language of the administrator's terminal. */
    public static PrintedMessages here() {
        return in(Locale.getDefault(Locale.Category.DISPLAY));
    }

    /**
     * The text of a key, with {0}, {1}… replaced as {@link MessageFormat} does. Numbers are not grouped: they are ports,
     * process ids and versions.
     */
    public String text(String key, Object... arguments) {
        return find(key).map(text -> format(text, arguments)).orElse(key);
    }

    /** The unformatted text, if the key is known. */
    public Optional<String> find(String key) {
        int dot = key.indexOf('.');
        if (dot < 1) return Optional.empty();
        return Optional.ofNullable(
                modules.computeIfAbsent(key.substring(0, dot), this::load).getProperty(key));
    }

    public Locale locale() {
        return Locale.forLanguageTag(language);
    }

    private String format(String text, Object... arguments) {
        Object[] plain = new Object[arguments.length];
        for (int i = 0; i < plain.length; i++) plain[i] = String.valueOf(arguments[i]);
        return new MessageFormat(text, locale()).format(plain);
    }

    private Properties load(String module) {
        Properties properties = new Properties();
        String name = "/messages/" + module + "_" + language + ".properties";
        try (InputStream in = PrintedMessages.class.getResourceAsStream(name)) {
            if (in != null) properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
