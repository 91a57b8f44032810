package org.sharaka.node.exchange.wire;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer with a chunk, written where it belongs as it comes, so that what came before a break is kept. The body of a
 * refusal is kept apart.
 */
final class ChunkBody implements HttpResponse.BodyHandler<byte[]> {
    private final ByteBuffer into;
    private final int maxRefusal;
    private boolean ended;

    /** @param into what it holds already came before; no more than fits it is taken */
    ChunkBody(ByteBuffer into, int maxRefusal) {
        this.into = into;
        this.maxRefusal = maxRefusal;
    }

    @Override
    public HttpResponse.BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo info) {
        if (info.statusCode() == 200) return new Filling(true);
        return info.statusCode() == 206 ? new Filling(false) : new BoundedBody(maxRefusal);
    }

    /** Nothing more is written, whatever still comes. */
    synchronized void end() {
        ended = true;
    }

    private synchronized boolean put(ByteBuffer bytes) {
        if (ended || bytes.remaining() > into.remaining()) return false;
        into.put(bytes);
        return true;
    }

    private synchronized void clear() {
        if (!ended) into.clear();
    }

    private final class Filling implements HttpResponse.BodySubscriber<byte[]> {
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final boolean fromTheBeginning;
        private Flow.@Nullable Subscription subscription;

        private Filling(boolean fromTheBeginning) {
            this.fromTheBeginning = fromTheBeginning;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (fromTheBeginning) clear();
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (put(buffer)) continue;
                if (subscription != null) subscription.cancel();
                body.completeExceptionally(new IOException("the answer is longer than a chunk, or too late"));
                return;
            }
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            body.complete(new byte[0]);
        }
    }
}
