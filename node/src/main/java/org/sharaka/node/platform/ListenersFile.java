package org.sharaka.node.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Tells other programs on this machine where a node listens: {@code HOME/listeners.properties}, while it is ready. */
public final class ListenersFile implements ApplicationListener<ApplicationReadyEvent>, DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(ListenersFile.class);

    private final Path file;
    private volatile String console = "";
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private boolean ready;

    ListenersFile(Home home) {
        this.file = home.directory().resolve("listeners.properties");
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        console = address(environment, "server.address", "local.server.port");
        String management = address(environment, "management.server.address", "local.management.port");
        synchronized (this) {
            addresses.put("console", console);
            addresses.put("management", management);
            ready = true;
            write();
        }
        LOG.atInfo()
                .addKeyValue("console", console)
                .addKeyValue("management", management)
                .log("node is ready");
    }

    /** Adds a listener that opens by itself, whenever it does. */
    public synchronized void tell(String listener, String address) {
        if (address.equals(addresses.put(listener, address)) || !ready) return;
        write();
    }

    private void write() {
        StringBuilder lines = new StringBuilder();
        addresses.forEach((listener, address) ->
                lines.append(listener).append('=').append(address).append('\n'));
        try {
            PrivateFiles.write(file, lines.toString());
        } catch (IOException e) {
            throw OperatorException.ofStorage(e, file);
        }
    }

    /** The console's address once the node is ready, for instance {@code http://127.0.0.1:8443}. */
    public String console() {
        return console;
    }

    private static String address(Environment environment, String address, String port) {
        boolean tls = port.equals("local.server.port") && environment.containsProperty("server.ssl.certificate");
        return (tls ? "https://" : "http://") + environment.getProperty(address, "127.0.0.1") + ":"
                + environment.getRequiredProperty(port);
    }

    @Override
    public synchronized void destroy() throws IOException {
        ready = false;
        Files.deleteIfExists(file);
    }
}
