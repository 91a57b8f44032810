package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.SignedMessage;

/** A member orders destroyed what has not come yet, and much that never comes. */
class OrderBeforeItsDataIT {
    private static final int NEVER = 60;

    @Test
    void s20WhatIsOrderedDestroyedBeforeItComesIsDestroyedWhenItComesHoweverManyOrdersFollowed() throws Exception {
        try (Peers peers = Peers.of("xs", "xb")) {
            TestNode unused = peers.start("xs");
            URI node = peers.endpoint("xs");
            RawPeer peer = new RawPeer(peers.network, "xb");
            SignedMessage late = peer.draft("xs").saying("about a brother").signed();
            ConversationId orders = Peers.conversation();
            order(peer, node, orders, 1, late.reference());
            for (int place = 2; place <= NEVER; place++)
                order(
                        peer,
                        node,
                        orders,
                        place,
                        new MessageReference(MessageId.random(Peers.RANDOM), Hash.of(new byte[] {1})));
            Peers.await("answered", 60, () -> answered(peers).equals(NEVER));
            // As they are half a minute later.
            int looked = peers.sql("xs").update("update originator.taken set look_at = null");
            assertThat(looked).isEqualTo(NEVER);

            assertThat(peer.outcome(node, peer.seal(late, Peers.bureau("xs")))).isEqualTo("DELIVERED");

            Peers.await("destroyed", () -> outcome(peers, late).equals(Optional.of("OBEYED")));
            assertThat(peers.exchange("xs")
                            .received(Peers.bureau("xb"), late.reference().id()))
                    .isEmpty();
            assertThat(peers.sql("xs")
                            .queryForObject(
                                    "select count(*) from originator.taken where outcome = 'NOT_HELD'", Integer.class))
                    .isEqualTo(NEVER - 1);
        }
    }

    private static void order(RawPeer peer, URI node, ConversationId conversation, int place, MessageReference target)
            throws Exception {
        RawPeer.Draft draft = peer.draft("xs").in(conversation, place);
        draft.lane = Lane.CONTROL;
        draft.content = new Order(Order.Kind.PURGE, target, "It was another person.", Optional.empty()).toContent();
        assertThat(peer.outcome(node, draft.sealed())).isEqualTo("DELIVERED");
    }

    private static Integer answered(Peers peers) {
        Integer answered = peers.sql("xs")
                .queryForObject("select count(*) from originator.taken where answer is not null", Integer.class);
        return answered == null ? -1 : answered;
    }

    private static Optional<String> outcome(Peers peers, SignedMessage message) {
        return peers
                .sql("xs")
                .queryForList(
                        "select outcome from originator.taken where target = ?",
                        String.class,
                        message.reference().id().value())
                .stream()
                .findFirst();
    }
}
