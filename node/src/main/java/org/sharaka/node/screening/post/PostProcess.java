package org.sharaka.node.screening.post;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.platform.OperatorException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A post that serves: its page and its API on this machine, until it is closed; after the extract's end it only says that it ended. */
public final class PostProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PostProcess.class);

    private final Post post;
    private final FileLock lock;
    private @Nullable ConfigurableApplicationContext context;

    private PostProcess(Post post, FileLock lock) {
        this.post = post;
        this.lock = lock;
    }

    /**
     * Starts it and returns when it listens.
     *
     * @param home of the post
     * @param settings {@code post.address} (loopback), {@code post.port} (8491), {@code post.certificate} and {@code post.private-key}
     *     (PEM, needed for any other address), {@code post.zone}; {@code vault.passphrase-file} as a node has it
     * @throws OperatorException if the extract may not be opened, or a setting is wrong
     */
    public static PostProcess start(Path home, Path extract, Map<String, String> settings, Clock clock) {
        Map<String, String> flags = flags(home, settings);
        PostHome opened = PostHome.open(home, settings);
        FileLock lock = opened.lock();
        try {
            PostProcess process = new PostProcess(Post.open(opened, extract, clock, System::nanoTime), lock);
            process.serve(flags);
            return process;
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    private static Map<String, String> flags(Path home, Map<String, String> settings) {
        String address = settings.getOrDefault("post.address", "127.0.0.1");
        String certificate = settings.getOrDefault("post.certificate", "");
        if (certificate.isBlank() && !loopback(address)) throw new OperatorException("post.needs-tls", address);
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("server.address", address);
        flags.put("server.port", settings.getOrDefault("post.port", "8491"));
        flags.put("server.servlet.session.cookie.name", "sharaka-post");
        flags.put("server.servlet.session.cookie.same-site", "strict");
        flags.put("server.servlet.session.cookie.http-only", "true");
        flags.put("server.servlet.session.timeout", "30m");
        flags.put("management.server.port", "-1");
        flags.put("management.endpoint.health.validate-group-membership", "false");
        flags.put("sharaka.web.zone", settings.getOrDefault("post.zone", ""));
        flags.put("logging.file.name", home.resolve("post.log").toString());
        flags.put("logging.threshold.console", "WARN");
        if (!certificate.isBlank()) {
            flags.put("server.ssl.certificate", Path.of(certificate).toUri().toString());
            flags.put(
                    "server.ssl.certificate-private-key",
                    Path.of(settings.getOrDefault("post.private-key", ""))
                            .toUri()
                            .toString());
        }
        return flags;
    }

    private static boolean loopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (IOException e) {
            throw new OperatorException("post.address", e, address);
        }
    }

    private void serve(Map<String, String> flags) {
        context = new SpringApplicationBuilder(PostApplication.class)
                .web(WebApplicationType.SERVLET)
                .profiles(PostPages.PROFILE)
                .initializers(started -> started.getBeanFactory().registerSingleton("post", post))
                .run(flags.entrySet().stream()
                        .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
                        .toArray(String[]::new));
    }

    /** For instance {@code http://127.0.0.1:8491}. */
    public URI address() {
        ConfigurableApplicationContext running = context;
        if (running == null) throw new IllegalStateException("not started");
        var environment = running.getEnvironment();
        String scheme = environment.containsProperty("server.ssl.certificate") ? "https" : "http";
        return URI.create(scheme + "://" + environment.getRequiredProperty("server.address") + ":"
                + environment.getRequiredProperty("local.server.port"));
    }

    /** When it stops answering. */
    public Instant endsAt() {
        return post.opened().manifest().endsAt();
    }

    @Override
    public void close() {
        if (context != null) context.close();
        post.end();
        post.log().close();
        release(lock);
    }

    private static void release(FileLock lock) {
        try {
            lock.channel().close();
        } catch (IOException e) {
            LOG.warn("lock not released", e);
        }
    }
}
