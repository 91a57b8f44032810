package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Lane;

class TurnsTest {
    private final Turns turns = new Turns();

    private Stream add(String sender, int conversation) {
        Stream stream = new Stream(
                new MemberId(sender), new ConversationId(String.format("%032x", conversation)), Lane.ORDINARY);
        turns.add(stream);
        return stream;
    }

    @Test
    void nobodyWaitsBehindAllThatAnotherBrings() {
        for (int i = 0; i < 1_000; i++) add("xm-ncb", i);
        Stream honest = add("xa-ncb", 1);
        Stream another = add("xb-ncb", 1);

        assertThat(turns.take(10)).hasSize(10).contains(honest, another);
        assertThat(turns.take(2_000)).hasSize(992).doesNotContain(honest, another);
        assertThat(turns.take(10)).isEmpty();
    }

    @Test
    void anOrderThatIsToldOfTwiceComesOnce() {
        Stream stream = add("xm-ncb", 1);
        turns.add(stream);

        assertThat(turns.take(10)).containsExactly(stream);
        turns.add(stream);
        assertThat(turns.take(10)).containsExactly(stream);
    }
}
