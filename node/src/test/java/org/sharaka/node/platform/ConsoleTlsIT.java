package org.sharaka.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console under a certificate of its own, as soon as it is to be reached from another machine. */
class ConsoleTlsIT {
    private static final String STORE_PASSWORD = "of-a-test-only";

    @TempDir
    private static Path directory;

    private static TestNode node;
    private static Certificate certificate;

    @BeforeAll
    static void start() throws Exception {
        KeyStore store = selfSigned(directory.resolve("console.p12"));
        certificate = store.getCertificate("console");
        Key key = store.getKey("console", STORE_PASSWORD.toCharArray());
        node = TestNode.start(
                "sharaka.console.certificate=" + pem("certificate", "CERTIFICATE", certificate.getEncoded()),
                "sharaka.console.private-key=" + pem("key", "PRIVATE KEY", key.getEncoded()));
    }

    @AfterAll
    static void stop() {
        if (node != null) node.close();
    }

    private static KeyStore selfSigned(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "console",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=console.example",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        STORE_PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.out").toFile())
                .start();
        assertThat(keytool.waitFor()).as("keytool").isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, STORE_PASSWORD.toCharArray());
        }
        return store;
    }

    private static Path pem(String name, String label, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                directory.resolve(name + ".pem"),
                "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }

    private static URI login() {
        return URI.create("https://127.0.0.1:" + node.console().getPort() + "/login");
    }

    private static SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("console", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void theConsoleShowsItsCertificateAndItsCookiesTravelUnderItAlone() throws Exception {
        HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();

        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(login()).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.sslSession().orElseThrow().getProtocol()).isIn("TLSv1.3", "TLSv1.2");
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
        List<String> cookies = answer.headers().allValues("Set-Cookie");
        assertThat(cookies).isNotEmpty().allMatch(cookie -> cookie.contains("Secure"));
    }

    @Test
    void whoDoesNotTrustTheCertificateGetsNoAnswer() {
        HttpClient client = HttpClient.newHttpClient();

        assertThatThrownBy(() ->
                        client.send(HttpRequest.newBuilder(login()).build(), HttpResponse.BodyHandlers.ofString()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void withoutTlsThereIsNoConsole() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(node.console().resolve("/login")).build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("password");
    }
}
