package org.sharaka.protocol.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Refused;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.Seeds;
import org.sharaka.protocol.message.MessageId;

class TransportTest {
    private static final MessageId ID = new MessageId("0123456789abcdef0123456789abcdef");
    private static final SignedBytes RECEIPTS = new SignedBytes(new byte[] {48, 3, 1, 2, 3});

    @Test
    void anAnswerIsReadAsItWasWritten() {
        Answer answer = new Answer(Optional.of(RECEIPTS), List.of(new Answer.Undecided(ID, "queue-full")));

        assertThat(Answer.parse(answer.encoded())).isEqualTo(answer);
        assertThat(new String(answer.encoded(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"format\":1,\"receipts\":\"MAMBAgM=\",\"type\":\"sharaka.answer\",\"undecided\":[{\"id\":\""
                                + ID + "\",\"reason\":\"queue-full\"}]}");
    }

    @Test
    void anEmptyAnswerSaysNothing() {
        assertThat(Answer.parse("{\"format\":1,\"type\":\"sharaka.answer\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Answer(Optional.empty(), List.of()));
    }

    @Test
    void whatAnAnswerDoesNotHaveIsRefused() {
        Refused.with(Refusal.FIELD_UNKNOWN, () -> Answer.parse(json("\"more\":1,\"type\":\"sharaka.answer\"")));
        Refused.with(Refusal.FIELD_WRONG, () -> new Answer.Undecided(ID, "Not A Code"));
        Refused.with(Refusal.FORMAT_UNKNOWN, () -> Answer.parse(json("\"type\":\"sharaka.other\"")));
    }

    private static byte[] json(String rest) {
        return ("{\"format\":1," + rest + "}").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aRequestToCollectNamesWhatCameLast() {
        CollectRequest first = new CollectRequest(Optional.empty());
        CollectRequest next = new CollectRequest(Optional.of(Hash.of(new byte[0])));

        assertThat(CollectRequest.parse(first.encoded())).isEqualTo(first);
        assertThat(CollectRequest.parse(next.encoded())).isEqualTo(next);
        Refused.with(Refusal.TOO_LARGE, () -> CollectRequest.parse(new byte[TransportLimits.COLLECT_BYTES + 1]));
    }

    @Test
    void whatWaitsForAMemberThatCameBackIsCountedUnderAnEpoch() {
        Waiting waiting = new Waiting(3, 2);

        assertThat(Waiting.parse(waiting.encoded())).isEqualTo(waiting);
        assertThat(new String(waiting.encoded(), StandardCharsets.UTF_8))
                .isEqualTo("{\"control\":3,\"epoch\":2,\"format\":1,\"type\":\"sharaka.waiting\"}");
        Refused.with(Refusal.FIELD_WRONG, () -> Waiting.parse(new Waiting(0, 0).encoded()));
    }

    @Test
    void aCollectionWithoutMessagesIsReadAsItWasWritten() {
        for (Collection collection : List.of(
                new Collection(Optional.empty(), false, List.of()),
                new Collection(Optional.of(RECEIPTS), false, List.of()),
                new Collection(Optional.of(RECEIPTS), true, List.of())))
            assertThat(Collection.parse(collection.encoded())).isEqualTo(collection);
    }

    @Test
    void aCollectionThatIsCutOrLiesAboutItsLengthIsRefused() {
        byte[] whole = new Collection(Optional.of(RECEIPTS), false, List.of()).encoded();
        byte[] huge =
                ByteBuffer.allocate(5).put((byte) 1).putInt(Integer.MAX_VALUE).array();

        Refused.with(Refusal.FIELD_MISSING, () -> Collection.parse(new byte[0]));
        Refused.with(Refusal.FIELD_MISSING, () -> Collection.parse(Arrays.copyOf(whole, whole.length - 1)));
        Refused.with(Refusal.FIELD_MISSING, () -> Collection.parse(new byte[] {1, 0}));
        Refused.with(Refusal.TOO_LARGE, () -> Collection.parse(huge));
        Refused.with(Refusal.FIELD_WRONG, () -> Collection.parse(new byte[] {3}));
        Refused.with(Refusal.FIELD_WRONG, () -> Collection.parse(new byte[] {-1}));
    }

    @Test
    void whateverComesIsReadOrRefused() {
        Seeds.forEach(2_000, random -> {
            byte[] bytes = garbage(random);
            readOrRefused(() -> Collection.parse(bytes));
            readOrRefused(() -> Answer.parse(bytes));
            readOrRefused(() -> CollectRequest.parse(bytes));
            readOrRefused(() -> Problem.parse(bytes));
        });
    }

    private static byte[] garbage(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        if (bytes.length > 0 && random.nextBoolean()) bytes[0] = (byte) random.nextInt(3);
        return bytes;
    }

    private static void readOrRefused(Runnable read) {
        try {
            read.run();
        } catch (RefusedException e) {
            assertThat(e.refusal()).isNotNull();
        }
    }
}
