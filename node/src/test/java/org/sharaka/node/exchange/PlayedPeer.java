package org.sharaka.node.exchange;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;
import org.sharaka.protocol.message.SealedMessage;
import org.sharaka.protocol.transport.Collection;

/** Listens at the address of a member, with somebody's key, and answers those who come as the test wants. */
final class PlayedPeer implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpsServer server;

    PlayedPeer(Peers peers, RawPeer as, String at) throws IOException {
        server = HttpsServer.create(
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), peers.endpoint(at).getPort()),
                0);
        server.setExecutor(threads);
        server.setHttpsConfigurator(new HttpsConfigurator(as.tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = as.tls.getDefaultSSLParameters();
                wanted.setNeedClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
    }

    void serve(Function<List<SealedMessage>, byte[]> answer) {
        serve("/v1/messages", request -> answer(request, answer));
    }

    void serve(String path, HttpHandler answer) {
        server.createContext(path, answer);
        server.start();
    }

    private static void answer(HttpExchange request, Function<List<SealedMessage>, byte[]> answer) throws IOException {
        try (request) {
            byte[] body = answer.apply(Collection.readMessages(
                    ByteBuffer.wrap(request.getRequestBody().readAllBytes())));
            request.sendResponseHeaders(200, body.length);
            request.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
