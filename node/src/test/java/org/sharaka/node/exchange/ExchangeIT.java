package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.exchange.Peers.bureau;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Receipt;

/** Two whole nodes that speak to each other, with databases and keys of their own. */
class ExchangeIT {
    private static Peers peers;

    @BeforeAll
    static void start() {
        peers = Peers.of("xs", "xb", "xk");
        peers.start("xs");
        peers.start("xb");
    }

    @AfterAll
    static void stop() {
        peers.close();
    }

    @Test
    void aMessageGoesFromOutboxToOutboxAndItsReceiptsAreProved() {
        ConversationId conversation = Peers.conversation();

        MessageReference message = peers.send("xs", "xb", conversation, "good path");

        peers.awaitState("xs", message, Sent.State.ACCEPTED);
        assertThat(peers.notes("xb")).contains("good path");
        assertThat(peers.exchange("xb").received(bureau("xs"), message.id()).orElseThrow().hash())
                .isEqualTo(message.hash());
        assertThat(peers.exchange("xs").proved(message.id()))
                .extracting(Receipt::state)
                .containsExactly(Receipt.State.DELIVERED, Receipt.State.ACCEPTED);
    }
}
