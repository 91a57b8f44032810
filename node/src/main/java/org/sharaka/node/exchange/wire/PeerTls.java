package org.sharaka.node.exchange.wire;

import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.assembly.SecurityEvent;
import org.sharaka.node.assembly.SecurityEvents;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.roster.Member;

/**
 * TLS between members. Both our key and whom we let in are asked of the live roster at each handshake, so that neither a
 * renewed key nor an expelled member needs a restart. Chains and host names say nothing: the roster lists the certificate itself.
 */
public final class PeerTls {
    private static final String[] NO_ALIASES = {};
    private static final X509Certificate[] NO_ISSUERS = {};

    private final Rosters rosters;
    private final SecurityEvents events;
    private final SecureRandom random;
    private final Map<String, Pair> ours = new ConcurrentHashMap<>();

    public PeerTls(Rosters rosters, SecurityEvents events, SecureRandom random) {
        this.rosters = rosters;
        this.events = events;
        this.random = random;
    }

    /** For the listener: lets any member in that takes part today. */
    SSLContext forListener() {
        return context(Optional.empty());
    }

    /** For calling one member: nobody else is spoken to, whatever address was dialled. */
    SSLContext toward(MemberId member) {
        return context(Optional.of(member));
    }

    private SSLContext context(Optional<MemberId> expected) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(new KeyManager[] {new OwnKeys()}, new TrustManager[] {new LiveRoster(expected)}, random);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS 1.3", e);
        }
    }

    /** The member that shows this certificate today; whoever shows another is told as a security event. */
    Optional<Member> admit(X509Certificate shown) {
        Optional<Certificate> read = read(shown);
        Optional<Member> member = read.flatMap(rosters::onTheWire);
        if (member.isEmpty()) tell(read);
        return member;
    }

    private static Optional<Certificate> read(X509Certificate shown) {
        try {
            return Optional.of(Certificate.parse(shown.getEncoded()));
        } catch (CertificateEncodingException | RefusedException e) {
            return Optional.empty();
        }
    }

    /** Of a stranger nothing is written down but that it knocked: it chose its own name. */
    private void tell(Optional<Certificate> shown) {
        Optional<MemberId> former = shown.flatMap(certificate -> rosters.current().members().stream()
                .filter(member -> member.lists(KeyUse.TLS, certificate))
                .map(Member::id)
                .findFirst());
        events.report(
                SecurityEvent.Kind.CERTIFICATE_UNKNOWN,
                former,
                "",
                shown.map(certificate -> "certificate " + certificate.fingerprint())
                        .orElse("not of this profile"));
    }

    private record Pair(X509Certificate certificate, PrivateKey key) {
        static Pair of(OwnKey own) {
            try {
                return new Pair(
                        (X509Certificate) CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(
                                        own.certificate().der())),
                        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(own.pkcs8())));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("our TLS key was read when the node joined", e);
            }
        }
    }

    /** The key that the roster lists for us at this moment, by its fingerprint as alias. */
    private final class OwnKeys extends X509ExtendedKeyManager {
        private @Nullable String current() {
            try {
                OwnKey own = rosters.own().tls();
                String alias = own.certificate().fingerprint().toString();
                ours.computeIfAbsent(alias, unused -> Pair.of(own));
                return alias;
            } catch (ProblemException e) {
                return null; // The handshake fails; the listener's health says why.
            }
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return "EC".equals(keyType) ? current() : null;
        }

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return current();
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return chooseEngineServerAlias(keyType, issuers, null);
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return current();
        }

        @Override
        public X509Certificate @Nullable [] getCertificateChain(String alias) {
            Pair pair = ours.get(alias);
            return pair == null ? null : new X509Certificate[] {pair.certificate()};
        }

        @Override
        public @Nullable PrivateKey getPrivateKey(String alias) {
            Pair pair = ours.get(alias);
            return pair == null ? null : pair.key();
        }

        @Override
        public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return NO_ALIASES;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return NO_ALIASES;
        }
    }

    private final class LiveRoster extends X509ExtendedTrustManager {
        private final Optional<MemberId> expected;

        private LiveRoster(Optional<MemberId> expected) {
            this.expected = expected;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            Optional<Member> member = chain.length == 0 ? Optional.empty() : admit(chain[0]);
            if (member.isEmpty()) throw new CertificateException("the roster lists this certificate for no member");
            if (expected.isPresent() && !member.get().id().equals(expected.get()))
                throw new CertificateException("this is not " + expected.get());
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return NO_ISSUERS;
        }
    }
}
