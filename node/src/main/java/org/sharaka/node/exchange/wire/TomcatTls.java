package org.sharaka.node.exchange.wire;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;

/** Our context as Tomcat takes one. It is ready: what Tomcat would fill it with is passed over. */
final class TomcatTls implements org.apache.tomcat.util.net.SSLContext {
    private static final X509Certificate[] NONE = {};

    private final SSLContext context;

    TomcatTls(SSLContext context) {
        this.context = context;
    }

    @Override
    public void init(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {}

    @Override
    public void destroy() {}

    @Override
    public SSLSessionContext getServerSessionContext() {
        return context.getServerSessionContext();
    }

    @Override
    public SSLEngine createSSLEngine() {
        return context.createSSLEngine();
    }

    @Override
    public SSLServerSocketFactory getServerSocketFactory() {
        return context.getServerSocketFactory();
    }

    @Override
    public SSLParameters getSupportedSSLParameters() {
        return context.getSupportedSSLParameters();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return NONE;
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return NONE;
    }
}
