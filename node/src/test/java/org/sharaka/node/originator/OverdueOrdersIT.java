package org.sharaka.node.originator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.originator.OrdersFixture.AMINA;
import static org.sharaka.node.originator.ThreeBureaux.AWAY;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;
import static org.sharaka.node.originator.ThreeBureaux.handling;
import static org.sharaka.node.originator.ThreeBureaux.text;
import static org.sharaka.node.platform.Eventually.await;
import static org.sharaka.node.platform.Refusals.refused;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.Actor;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.Page;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;

/** What Morocco ordered and nobody answered goes again and stays in sight: two whole nodes, invented cases. */
class OverdueOrdersIT {
    private static OrdersFixture nodes;

    @BeforeAll
    static void start() {
        nodes = new OrdersFixture(MA, ES);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void whatHasNotLeftIsGivenUpAndWhoeverIsAwayIsOrderedAgainAndShownAsOverdue() {
        MessageReference message = sentToWhoIsAway();

        UUID order = nodes.order(message, Order.Kind.PURGE);

        assertThat(nodes.exchange(MA).sent(message.id()).orElseThrow().state()).isEqualTo(Sent.State.SKIPPED);
        // It is data of our own.
        assertThat(nodes.exchange(MA).sentMessage(message.id())).isPresent();
        nodes.awaitState(order, AWAY, Orders.State.ORDERED);
        await("overdue", () -> nodes.line(order).holders().get(0).overdueDays() == 1);
        SqlGiven given = nodes.given();
        MessageReference first = given.carrier(order).orElseThrow();
        expire(first.id());
        nodes.awaitState(order, AWAY, Orders.State.EXPIRED);
        assertThat(nodes.orders(MA).renew(10)).isEqualTo(1);
        assertThat(given.carrier(order)).isPresent().get().isNotEqualTo(first);
        nodes.awaitState(order, AWAY, Orders.State.ORDERED);
        assertThat(nodes.orders(MA).renew(10)).isZero();
    }

    /** Orders long obeyed, or never answered, by a holder of whom nothing else is known. @return their ids, the oldest first */
    private static List<UUID> given(int count, boolean obeyed) {
        Ids ids = nodes.node(MA).service(Ids.class);
        List<UUID> given = Stream.generate(ids::timeOrdered).limit(count).toList();
        for (UUID id : given) {
            nodes.sql(MA).update("""
                    insert into originator.given (id, kind, target, hash, recipient, conversation, closed_to, by, at, ends_at, entry)
                    values (?, 'RECALL', ?, ?, 'zz-ncb', ?, '', 'amina', now(), now() + interval '1 day', ?)
                    """, id, "0".repeat(32), new byte[32], "0".repeat(32), id);
            if (obeyed) nodes.sql(MA).update("""
                        insert into originator.given_answer (given, holder, outcome, done_at, passed_to, peer, name, came_at)
                        values (?, 'zz-ncb', 'OBEYED', now(), '{}', 'zz-ncb', ?, now())
                        """, id, "0".repeat(32));
            else
                nodes.sql(MA)
                        .update(
                                "insert into originator.given_message (name, hash, given, sent_at) values (?, ?, ?, now())",
                                MessageId.random(ThreeBureaux.RANDOM).value(),
                                new byte[32],
                                id);
        }
        return given;
    }

    private static void forget(List<UUID> given) {
        given.forEach(id -> nodes.sql(MA).update("delete from originator.given where id = ?", id));
    }

    private static MessageReference sentToWhoIsAway() {
        return nodes.exchange(MA)
                .send(
                        Actor.system("test"),
                        Outgoing.of(
                                AWAY,
                                ConversationId.random(ThreeBureaux.RANDOM),
                                handling(MA),
                                text(OrdersFixture.SECRET)));
    }

    private static void expire(MessageId message) {
        assertThat(nodes.sql(MA)
                        .update(
                                "update exchange.sent set state = 'SKIPPED', reason = 'expired' where id = ?",
                                message.value()))
                .isEqualTo(1);
    }

    @Test
    void whoStillHoldsSomethingIsShownHoweverManyOrdersFollowed() {
        UUID open = nodes.order(sentToWhoIsAway(), Order.Kind.RECALL);
        UUID refused = nodes.obeyed(nodes.sent(), Order.Kind.RECALL);
        nodes.sql(MA).update("update originator.given_answer set outcome = 'REFUSED' where given = ?", refused);
        List<UUID> followed = given(Orders.SHOWN + 1, true);
        try {
            List<UUID> held = pages(false);

            assertThat(held).contains(open, refused).doesNotContainAnyElementsOf(followed);
            assertThat(held.indexOf(refused)).isEqualTo(held.size() - 1);
            assertThat(pages(true))
                    .contains(open, refused)
                    .containsAll(followed)
                    .doesNotHaveDuplicates();
            assertThat(nodes.orders(MA).board(AMINA, true, Optional.empty()).items())
                    .hasSize(Orders.SHOWN);
            assertThat(nodes.orders(MA)
                            .board(AMINA, false, Optional.of("of no page"))
                            .items())
                    .isNotEmpty();
        } finally {
            forget(followed);
            nodes.sql(MA).update("update originator.given_answer set outcome = 'OBEYED' where given = ?", refused);
        }
    }

    /** All pages of the board. */
    private static List<UUID> pages(boolean all) {
        List<UUID> shown = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page<Orders.Line> page = nodes.orders(MA).board(AMINA, all, cursor);
            page.items().forEach(line -> shown.add(line.order().id()));
            cursor = page.next();
        } while (cursor.isPresent());
        return shown;
    }

    @Test
    void theMostOverdueStandsFirstAlsoOnTheNextPage() {
        List<UUID> waiting = given(Orders.SHOWN + 1, false);
        nodes.sql(MA)
                .update(
                        "update originator.given set at = now() - interval '9 days' where id = ?",
                        waiting.get(Orders.SHOWN));
        try {
            List<UUID> held = pages(false);

            assertThat(held.get(0)).isEqualTo(waiting.get(Orders.SHOWN));
            assertThat(held).containsAll(waiting).doesNotHaveDuplicates();
        } finally {
            forget(waiting);
        }
    }

    @Test
    void whatExpiredGoesAgainThoughFiftyOlderOnesWaitAndOneCannotGo() {
        List<UUID> older = given(50, false);
        UUID stuck = nodes.order(sentToWhoIsAway(), Order.Kind.RECALL);
        UUID lost = nodes.order(sentToWhoIsAway(), Order.Kind.RECALL);
        SqlGiven given = nodes.given();
        MessageReference first = given.carrier(lost).orElseThrow();
        expire(first.id());
        expire(given.carrier(stuck).orElseThrow().id());
        nodes.sql(MA).update("update originator.given set recipient = 'zz-ncb' where id = ?", stuck);
        try {
            assertThat(nodes.orders(MA).renew(50)).isEqualTo(1);

            assertThat(given.carrier(lost)).isPresent().get().isNotEqualTo(first);
            // It is not tried, and entered as refused, every minute.
            assertThat(given.unanswered(Optional.empty(), Instant.now(), 1000))
                    .extracting(SqlGiven.Carried::order)
                    .contains(lost)
                    .doesNotContain(stuck);
        } finally {
            forget(older);
            forget(List.of(stuck));
        }
    }

    @Test
    void aRevocationThatExpiredGoesAgainThoughFiftyNewerOnesArrived() {
        MessageReference lost = sentToWhoIsAway();
        expire(lost.id());
        String request = "f".repeat(32);
        revoked(request, lost.id());
        List<String> newer = Stream.generate(
                        () -> MessageId.random(ThreeBureaux.RANDOM).value())
                .limit(50)
                .toList();
        newer.forEach(each -> revoked(each, new MessageId(each)));
        try {
            assertThat(nodes.node(MA).service(Grants.class).renew(50)).isEqualTo(1);
            assertThat(nodes.sql(MA)
                            .queryForObject(
                                    "select message from originator.revocation where request = ?",
                                    String.class,
                                    request))
                    .isNotEqualTo(lost.id().value());
        } finally {
            nodes.sql(MA).update("delete from originator.revocation");
        }
    }

    private static void revoked(String request, MessageId message) {
        nodes.sql(MA).update("""
                insert into originator.revocation (request, recipient, message, by, at, ends_at, entry)
                values (?, 'xz-ncb', ?, 'amina', now(), now() + interval '1 day', ?)
                """, request, message.value(), UUID.randomUUID());
    }
}
