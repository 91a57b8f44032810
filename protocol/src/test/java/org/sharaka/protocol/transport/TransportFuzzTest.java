package org.sharaka.protocol.transport;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import org.sharaka.protocol.Fuzzed;

/** What two nodes say around messages and receipts. */
class TransportFuzzTest extends Fuzzed {
    @FuzzTest(maxDuration = "2m")
    void requests(byte[] bytes) {
        readsAsItself(bytes, () -> Collection.encoded(Collection.readMessages(ByteBuffer.wrap(bytes))));
    }

    @FuzzTest(maxDuration = "2m")
    void collections(byte[] bytes) {
        readsAsItself(bytes, () -> Collection.parse(bytes).encoded());
    }

    @FuzzTest(maxDuration = "2m")
    void answers(byte[] bytes) {
        readsAsItself(bytes, () -> Answer.parse(bytes).encoded());
    }

    @FuzzTest(maxDuration = "2m")
    void collectRequests(byte[] bytes) {
        readsAsItself(bytes, () -> CollectRequest.parse(bytes).encoded());
    }

    @FuzzTest(maxDuration = "2m")
    void knownOpenings(byte[] bytes) {
        readsAsItself(bytes, () -> KnownOpening.parse(bytes).encoded());
    }

    @FuzzTest(maxDuration = "2m")
    void problems(byte[] bytes) {
        readsAsItself(bytes, () -> Problem.parse(bytes).encoded());
    }

    @FuzzTest(maxDuration = "2m")
    void waiting(byte[] bytes) {
        readsAsItself(bytes, () -> Waiting.parse(bytes).encoded());
    }
}
