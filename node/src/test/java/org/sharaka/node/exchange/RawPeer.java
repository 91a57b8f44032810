package org.sharaka.node.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.sharaka.node.assembly.TestNetwork;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.message.ClearHeader;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.EpochOpening;
import org.sharaka.protocol.message.FileReport;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.message.ReceiptBatch;
import org.sharaka.protocol.message.RosterReference;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.message.SignedMessage;
import org.sharaka.protocol.roster.MemberKeys;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.roster.SignedRoster;
import org.sharaka.protocol.transport.Answer;
import org.sharaka.protocol.transport.Collection;
import org.sharaka.protocol.transport.Problem;
import org.sharaka.protocol.tree.TreeHead;

/** A member that has keys and no scruples: it says over TLS whatever the test wants. */
final class RawPeer {
    static final Profile1 PROFILE = new Profile1(Peers.RANDOM);

    final MemberId id;
    final MemberKeys keys;
    private final TestNetwork network;
    private final HttpClient client;
    final SSLContext tls;

    RawPeer(TestNetwork network, String country) {
        this(network, Peers.bureau(country), network.keys(Peers.bureau(country)));
    }

    RawPeer(TestNetwork network, MemberId id, MemberKeys keys) {
        this.network = network;
        this.id = id;
        this.keys = keys;
        this.tls = tls(keys.key(KeyUse.TLS));
        this.client = HttpClient.newBuilder()
                .sslContext(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static SSLContext tls(OwnKey own) {
        try {
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(own.certificate().der()));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "own",
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(own.pkcs8())),
                    new char[0],
                    new X509Certificate[] {certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), new TrustManager[] {new Credulous()}, Peers.RANDOM);
            return context;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<byte[]> post(URI endpoint, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Again if the answer was lost: a listener that refuses ends the connection, perhaps before its answer was read. */
    HttpResponse<byte[]> put(URI endpoint, String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(endpoint.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        for (int lost = 0; ; lost++) {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            } catch (IOException e) {
                if (lost == 10) throw e;
            }
        }
    }

    HttpResponse<byte[]> get(URI endpoint, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint.resolve(path)).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    static String code(HttpResponse<byte[]> answer) {
        return Problem.parse(answer.body()).code();
    }

    /** A connection that has shown its certificate and said nothing yet. */
    SSLSocket connect(URI endpoint) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(endpoint.getHost(), endpoint.getPort());
        socket.startHandshake();
        return socket;
    }

    RosterHistory rosters() {
        RosterHistory history = RosterHistory.found(network.chain().get(0), network.pin(), Instant.now());
        for (SignedRoster next : network.chain().subList(1, network.chain().size()))
            history = history.accept(next, Instant.now());
        return history;
    }

    /** A message of ours, with whatever the test changes about it. */
    final class Draft {
        MessageId message = MessageId.random(Peers.RANDOM);
        MemberId sender = id;
        MemberId recipient;
        Instant sent = Instant.now();
        Instant expires = Instant.now().plus(Duration.ofDays(30));
        ConversationId conversation = Peers.conversation();
        Lane lane = Lane.ORDINARY;
        long epoch = 1;
        long sequence = 1;
        Content content = Peers.note("raw");
        RosterReference roster = RosterReference.toCurrent(rosters());
        OwnKey signing = keys.key(KeyUse.SIGNING);
        List<FileManifest> files = List.of();

        private Draft(String to) {
            recipient = Peers.bureau(to);
        }

        Draft in(ConversationId given, long place) {
            conversation = given;
            sequence = place;
            return this;
        }

        Draft saying(String text) {
            content = Peers.note(text);
            return this;
        }

        SignedMessage signed() {
            Handling handling = Peers.handling(sender);
            Header header = new Header(
                    message,
                    sender,
                    recipient,
                    sent,
                    expires,
                    new Position(conversation, lane, epoch, sequence),
                    roster);
            Message written = new Message(header, handling, Optional.empty(), content, files, Optional.empty());
            return SignedMessage.sign(written, signing, PROFILE);
        }

        SealedMessage sealed() {
            return seal(signed(), recipient);
        }
    }

    Draft draft(String to) {
        return new Draft(to);
    }

    SealedMessage seal(SignedMessage signed, MemberId to) {
        return SealedMessage.seal(
                signed,
                network.current()
                        .roster()
                        .member(to)
                        .orElseThrow()
                        .sealingAt(Instant.now())
                        .orElseThrow(),
                PROFILE);
    }

    /** Puts whatever bytes under a seal, with a clear header that fits them. */
    byte[] wire(Draft draft, byte[] unsealed) {
        byte[] content = PROFILE.seal(
                unsealed,
                network.current()
                        .roster()
                        .member(draft.recipient)
                        .orElseThrow()
                        .sealingAt(Instant.now())
                        .orElseThrow());
        byte[] clear = JsonBuilder.document(ClearHeader.TYPE, 1)
                .withText("id", draft.message)
                .withText("sender", draft.sender)
                .withText("recipient", draft.recipient)
                .with("sent", draft.sent)
                .with("size", content.length)
                .withText("ciphertext", Hash.of(content))
                .build()
                .canonical();
        return ByteBuffer.allocate(4 + clear.length + content.length)
                .putInt(clear.length)
                .put(clear)
                .put(content)
                .array();
    }

    HttpResponse<byte[]> bring(URI endpoint, SealedMessage... messages) throws IOException, InterruptedException {
        return post(endpoint, "/v1/messages", Collection.encoded(List.of(messages)));
    }

    /** Brings one and tells its receipt, or why there is none. */
    String outcome(URI endpoint, SealedMessage message) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = bring(endpoint, message);
        if (answer.statusCode() != 200) return answer.statusCode() + " " + code(answer);
        Answer parsed = Answer.parse(answer.body());
        if (!parsed.undecided().isEmpty())
            return "undecided " + parsed.undecided().get(0).reason();
        Receipt receipt = receipts(parsed).get(0);
        return receipt.state() + receipt.refusal().map(code -> " " + code).orElse("");
    }

    List<Receipt> receipts(Answer answer) {
        return new Reader(PROFILE, rosters())
                .openReceipts(answer.receipts().orElseThrow().der(), id, Instant.now())
                .receipts();
    }

    List<Receipt> receiptsFor(URI endpoint, SealedMessage message) throws IOException, InterruptedException {
        return receipts(Answer.parse(bring(endpoint, message).body()));
    }

    /** Verified as a sender does. */
    FileReport fileReport(byte[] signed) {
        return new Reader(PROFILE, rosters()).openFileReport(signed, id, Instant.now());
    }

    byte[] fileReport(MemberId to, String file, FileReport.Progress progress) {
        return new FileReport(id, to, file, Instant.now(), RosterReference.toCurrent(rosters()), progress)
                .sign(keys.key(KeyUse.SIGNING), PROFILE);
    }

    byte[] receipts(MemberId to, Receipt... receipts) {
        return new ReceiptBatch(id, to, Instant.now(), RosterReference.toCurrent(rosters()), List.of(receipts))
                .sign(keys.key(KeyUse.SIGNING), PROFILE);
    }

    /** That it came back from a backup, with an empty log. */
    EpochOpening opening(long epoch, Instant opened, Instant backup) {
        return new EpochOpening(
                id, epoch, opened, RosterReference.toCurrent(rosters()), TreeHead.EMPTY, backup, Optional.empty());
    }

    /** As a member declares it that came back just now, from a backup of an hour ago. */
    byte[] opened(long epoch) {
        Instant now = Instant.now();
        return opening(epoch, now, now.minus(Duration.ofHours(1))).sign(keys.key(KeyUse.SIGNING), PROFILE);
    }

    private static final class Credulous extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
