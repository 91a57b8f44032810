package org.sharaka.node.platform;

import com.ibm.icu.text.MessageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /**
     * In the language of the administrator's terminal. Read as POSIX says and not from the JVM, which falls back to
     * English when the system has not installed the locale.
     */
    public static PrintedMessages here() {
        return fromEnvironment(System.getenv());
    }

    static PrintedMessages fromEnvironment(Map<String, String> environment) {
        for (String name : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
            String value = environment.getOrDefault(name, "");
            if (!value.isBlank()) return in(Locale.forLanguageTag(value.split("[_.@]", 2)[0]));
        }
        return in(Locale.ENGLISH);
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
        return Optional.ofNullable(ofModule(moduleOf(key)).getProperty(key));
    }

    /** Every text of a module by its key. */
    Properties ofModule(String module) {
        return modules.computeIfAbsent(module, this::load);
    }

    /** Problems stand with their module: {@code problem.access.forbidden} in access. */
    private static String moduleOf(String key) {
        String[] parts = key.split("\\.", 3);
        return parts[0].equals("problem") && parts.length > 1 ? parts[1] : parts[0];
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
