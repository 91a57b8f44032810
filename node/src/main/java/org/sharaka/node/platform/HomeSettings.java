package org.sharaka.node.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * Reads {@code HOME/sharaka.properties}, written with comments at the first start. Flags override it; it overrides what
 * the node brings along. Settings of ours that Spring knows under another name are handed on.
 */
final class HomeSettings implements EnvironmentPostProcessor, Ordered {
    static final String SOURCE = "home settings";
    static final String PREFIX = "sharaka.";

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String directory = environment.getProperty("sharaka.home");
        if (directory == null) return;
        Home home = new Home(Path.of(directory)).create();
        MutablePropertySources sources = environment.getPropertySources();
        sources.addAfter(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new MapPropertySource(SOURCE, read(home)));
        sources.addAfter(SOURCE, new MapPropertySource("handed on", handedOn(home, environment)));
    }

    private static Map<String, Object> read(Home home) {
        Path file = home.settings();
        try {
            if (!Files.exists(file)) PrivateFiles.write(file, template());
            Properties properties = new Properties();
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                properties.load(in);
            }
            Map<String, Object> settings = new LinkedHashMap<>();
            properties.forEach((key, value) -> settings.put(PREFIX + key, value));
            return settings;
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, file);
        } catch (IllegalArgumentException e) {
            throw new OperatorException("platform.settings-unreadable", e, file, OperatorException.reason(e));
        }
    }

    private static String template() throws IOException {
        try (InputStream in = HomeSettings.class.getResourceAsStream("/sharaka.properties")) {
            Reader reader = new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8);
            try (reader) {
                StringWriter text = new StringWriter();
                reader.transferTo(text);
                return text.toString();
            }
        }
    }

    private static Map<String, Object> handedOn(Home home, Environment environment) {
        Map<String, Object> settings = new LinkedHashMap<>();
        boolean command = environment.getProperty("sharaka.command", Boolean.class, false);
        // A command beside a running node writes to a file of its own: two processes cannot rotate one.
        settings.put(
                "logging.file.name",
                home.logs().resolve(command ? "command.log" : "node.log").toString());
        if (command) settings.put("logging.threshold.console", "WARN");
        settings.put("management.health.diskspace.path", home.directory().toString());
        String certificate = environment.getProperty("sharaka.console.certificate", "");
        if (!certificate.isBlank()) {
            settings.put("server.ssl.certificate", Path.of(certificate).toUri().toString());
            String key = environment.getProperty("sharaka.console.private-key", "");
            settings.put(
                    "server.ssl.certificate-private-key", Path.of(key).toUri().toString());
        }
        String proxies = environment.getProperty("sharaka.console.trusted-proxies", "");
        if (!proxies.isBlank()) {
            settings.put("server.forward-headers-strategy", "native");
            settings.put(
                    "server.tomcat.remoteip.internal-proxies",
                    Pattern.compile("\\s*,\\s*")
                            .splitAsStream(proxies.strip())
                            .map(Pattern::quote)
                            .collect(Collectors.joining("|")));
        }
        return settings;
    }
}
