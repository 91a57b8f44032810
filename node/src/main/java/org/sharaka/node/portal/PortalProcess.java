package org.sharaka.node.portal;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sharaka.node.platform.OperatorException;
import org.sharaka.node.platform.PrivateFiles;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The public portal, in a process of its own: no vault, no passphrase, a database role that can add sealed reports and read
 * mailboxes and nothing else.
 */
public final class PortalProcess implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final Path listener;

    private PortalProcess(ConfigurableApplicationContext context, Path listener) {
        this.context = context;
        this.listener = listener;
    }

    /**
     * Starts it and returns when it listens.
     *
     * @param home of a node that has been started before
     * @param settings that override those of {@code HOME/portal/portal.properties}, for instance {@code portal.port}
     * @throws OperatorException if the node has not opened the door, or a setting is wrong
     */
    public static PortalProcess start(Path home, Map<String, String> settings) {
        Path directory = Door.directory(home.toAbsolutePath().normalize());
        Door.read(directory);
        Map<String, String> all = new LinkedHashMap<>(read(directory.resolve("portal.properties")));
        all.putAll(settings);
        all.put("portal.directory", directory.toString());
        Map<String, String> flags = new LinkedHashMap<>(all);
        flags.put("server.address", all.getOrDefault("portal.address", "127.0.0.1"));
        flags.put("server.port", all.getOrDefault("portal.port", "8480"));
        flags.put("management.server.port", "-1");
        flags.put("management.endpoint.health.validate-group-membership", "false");
        flags.put("server.compression.enabled", "true");
        flags.put("spring.thymeleaf.prefix", "classpath:/templates/portal/");
        flags.put("sharaka.web.zone", all.getOrDefault("portal.zone", "Africa/Casablanca"));
        flags.put("logging.file.name", directory.resolve("portal.log").toString());
        String certificate = all.getOrDefault("portal.certificate", "");
        if (!certificate.isBlank()) {
            flags.put("server.ssl.certificate", uri(certificate));
            flags.put("server.ssl.certificate-private-key", uri(all.getOrDefault("portal.private-key", "")));
        }
        String proxies = all.getOrDefault("portal.trusted-proxies", "");
        if (!proxies.isBlank()) {
            flags.put("server.forward-headers-strategy", "native");
            flags.put(
                    "server.tomcat.remoteip.internal-proxies",
                    Pattern.compile("\\s*,\\s*")
                            .splitAsStream(proxies.strip())
                            .map(Pattern::quote)
                            .collect(Collectors.joining("|")));
        }
        ConfigurableApplicationContext context = new SpringApplicationBuilder(PortalApplication.class)
                .web(WebApplicationType.SERVLET)
                .profiles(PortalPages.PROFILE)
                .run(flags.entrySet().stream()
                        .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
                        .toArray(String[]::new));
        PortalProcess process = new PortalProcess(context, directory.resolve("listener.properties"));
        process.tell();
        return process;
    }

    private static String uri(String file) {
        return Path.of(file).toUri().toString();
    }

    private static Map<String, String> read(Path file) {
        Map<String, String> settings = new LinkedHashMap<>();
        if (!Files.exists(file)) return settings;
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new OperatorException("platform.settings-unreadable", e, file, String.valueOf(e.getMessage()));
        }
        for (String name : properties.stringPropertyNames())
            settings.put("portal." + name, properties.getProperty(name));
        return settings;
    }

    /** Where it listens, for other programs of this machine. */
    private void tell() {
        try {
            PrivateFiles.write(listener, "portal=" + address() + "\n");
        } catch (IOException e) {
            close();
            throw new OperatorException("platform.home-unusable", e, listener, String.valueOf(e.getMessage()));
        }
    }

    /** For instance {@code http://127.0.0.1:8480}. */
    public URI address() {
        var environment = context.getEnvironment();
        String scheme = environment.containsProperty("server.ssl.certificate") ? "https" : "http";
        return URI.create(scheme + "://" + environment.getRequiredProperty("server.address") + ":"
                + environment.getRequiredProperty("local.server.port"));
    }

    /** The settings of telephone numbers that nobody has set: people in danger look for them. */
    public List<String> unset() {
        PortalSettings settings = context.getBean(PortalSettings.class);
        Map<String, String> numbers = new LinkedHashMap<>();
        numbers.put("emergency-phone", settings.emergencyPhone());
        numbers.put("unit-phone", settings.unitPhone());
        numbers.put("child-helpline", settings.childHelpline());
        return numbers.keySet().stream()
                .filter(name -> numbers.getOrDefault(name, "").isBlank())
                .toList();
    }

    @Override
    public void close() {
        context.close();
        try {
            Files.deleteIfExists(listener);
        } catch (IOException e) {
            throw new OperatorException("platform.home-unusable", e, listener, String.valueOf(e.getMessage()));
        }
    }
}
