package org.sharaka.node.exchange.wire;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.platform.Directories;
import org.sharaka.protocol.roster.Member;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listener for peers: a Tomcat of its own, so that nothing of console or management can be reached through it and nothing of
 * it through them. HTTP/1.1 over TLS 1.3 alone, no files, no sessions, no forms, no compression.
 */
public final class PeerListener {
    private static final Logger LOG = LoggerFactory.getLogger(PeerListener.class);
    private static final int HEADER_BYTES = 4_096;
    private static final int HEADERS = 32;
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final WireSettings settings;
    private final PeerTls tls;
    private final PeerServlet servlet;
    private final SecurityEvents events;
    private final Path directory;
    private @Nullable Tomcat tomcat;
    private boolean stopped;
    private @Nullable ScheduledExecutorService watch;

    /** @param directory where Tomcat believes to live; nothing is written there */
    public PeerListener(
            WireSettings settings,
            PeerTls tls,
            PeerRequests requests,
            SecurityEvents events,
            MeterRegistry metrics,
            Clock clock,
            Path directory) {
        this.settings = settings;
        this.tls = tls;
        this.servlet = new PeerServlet(requests, tls::admit, new PeerGate(settings, clock), events, metrics, settings);
        this.events = events;
        this.directory = directory;
    }

    /**
     * Nothing more happens once it was stopped: whoever came to start it meanwhile would hold the port of a node that is gone.
     *
     * @throws IllegalStateException if the address cannot be listened on
     */
    public synchronized void start() {
        if (tomcat != null || stopped) return;
        WatchedProtocol protocol = protocol();
        Tomcat made = made(protocol);
        try {
            made.start();
            if (protocol.getLocalPort() < 0)
                throw new IllegalStateException(settings.address() + ":" + settings.port() + " cannot be listened on");
        } catch (LifecycleException | RuntimeException e) {
            discard(made);
            throw new IllegalStateException("the listener for peers did not start", e);
        }
        tomcat = made;
        watch = watching(protocol);
        LOG.atInfo().addKeyValue("address", address()).log("exchange listens");
    }

    private Tomcat made(WatchedProtocol protocol) {
        Tomcat made = new Tomcat();
        made.setBaseDir(directory.toString());
        made.setSilent(true);
        Connector connector = new Connector(protocol);
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setXpoweredBy(false);
        connector.setAllowTrace(false);
        connector.setMaxPostSize(0);
        made.setConnector(connector);
        StandardHost host = (StandardHost) made.getHost();
        host.setAutoDeploy(false);
        ErrorReportValve silent = new ErrorReportValve();
        silent.setShowReport(false);
        silent.setShowServerInfo(false);
        host.addValve(silent);
        StandardContext context = (StandardContext) made.addContext("", directory.toString());
        // Looks for leaks of applications that are undeployed; this one ends with its server.
        context.setClearReferencesRmiTargets(false);
        context.setClearReferencesThreadLocals(false);
        Tomcat.addServlet(context, "peers", servlet).setLoadOnStartup(1);
        context.addServletMapping("/", "peers");
        return made;
    }

    private WatchedProtocol protocol() {
        WatchedProtocol protocol = new WatchedProtocol();
        protocol.setPort(settings.port());
        protocol.setProperty("address", settings.address());
        protocol.setSSLEnabled(true);
        protocol.setMaxThreads(settings.threads());
        protocol.setMinSpareThreads(2);
        protocol.setMaxConnections(settings.connections());
        protocol.setAcceptCount(100);
        protocol.setMaxHttpHeaderSize(HEADER_BYTES);
        protocol.setMaxHeaderCount(HEADERS);
        protocol.setMaxTrailerSize(0);
        protocol.setMaxSwallowSize(0);
        protocol.setConnectionTimeout((int) settings.patience().toMillis());
        protocol.setConnectionUploadTimeout((int) settings.patience().toMillis());
        protocol.setDisableUploadTimeout(false);
        protocol.setKeepAliveTimeout((int) settings.connectionAge().toMillis());
        protocol.setMaxKeepAliveRequests(-1);
        protocol.setCompression("off");
        protocol.setServer("sharaka");
        SSLHostConfig host = new SSLHostConfig();
        host.setProtocols("TLSv1.3");
        host.setCertificateVerification("required");
        SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
        certificate.setSslContext(new TomcatTls(tls.forListener()));
        host.addCertificate(certificate);
        protocol.addSslHostConfig(host);
        return protocol;
    }

    private ScheduledExecutorService watching(WatchedProtocol protocol) {
        ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "exchange-watch");
            thread.setDaemon(true);
            return thread;
        });
        Duration every = Duration.ofSeconds(1);
        var unused = started.scheduleWithFixedDelay(
                () -> look(protocol), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        return started;
    }

    private void look(WatchedProtocol protocol) {
        try {
            int closed = protocol.closeOlderThan(settings.longestConnection(), System.nanoTime());
            if (closed > 0) LOG.info("connections of peers closed for their age: {}", closed);
            if (protocol.open() <= settings.connections() / 2) return;
            for (X509Certificate certificate : protocol.closeBeyond(settings.connectionsOfOne()))
                events.report(
                        SecurityEvent.Kind.RATE_EXCEEDED, tls.admit(certificate).map(Member::id), "", "connections");
        } catch (RuntimeException e) {
            LOG.warn("connections were not looked through", e);
        }
    }

    /** Takes no more requests, lets those under way finish for some seconds, then ends for good. */
    public synchronized void stop() {
        stopped = true;
        Tomcat running = tomcat;
        if (running == null) return;
        tomcat = null;
        ScheduledExecutorService watching = watch;
        if (watching != null) watching.shutdownNow();
        watch = null;
        running.getConnector().pause();
        awaitAnswers();
        try {
            running.stop();
        } catch (LifecycleException e) {
            LOG.warn("the listener for peers did not stop in order", e);
        }
        discard(running);
    }

    private void awaitAnswers() {
        long end = System.nanoTime() + GRACE.toNanos();
        try {
            while (servlet.active() > 0 && System.nanoTime() - end < 0) TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void discard(Tomcat made) {
        try {
            made.destroy();
            Directories.delete(directory);
        } catch (LifecycleException | IOException e) {
            LOG.warn("the listener for peers left something behind", e);
        }
    }

    public synchronized boolean listening() {
        return tomcat != null;
    }

    /** For instance {@code https://127.0.0.1:8446}; the host is the address it listens on. */
    public synchronized String address() {
        Tomcat running = tomcat;
        if (running == null) throw new IllegalStateException("the listener for peers is not open");
        return "https://" + settings.address() + ":" + running.getConnector().getLocalPort();
    }
}
