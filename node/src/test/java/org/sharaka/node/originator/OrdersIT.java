package org.sharaka.node.originator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.originator.OrdersFixture.AMINA;
import static org.sharaka.node.originator.OrdersFixture.LUCIA;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;
import static org.sharaka.node.originator.ThreeBureaux.XK;
import static org.sharaka.node.originator.ThreeBureaux.handling;
import static org.sharaka.node.originator.ThreeBureaux.officer;
import static org.sharaka.node.originator.ThreeBureaux.text;
import static org.sharaka.node.platform.Eventually.await;
import static org.sharaka.node.platform.Refusals.refused;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Permission;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.OrderAnswer;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;

/** What Morocco takes back is closed, corrected or destroyed by Spain and by the third, and only Morocco can: three whole nodes, invented cases. */
class OrdersIT {
    private static OrdersFixture nodes;

    @BeforeAll
    static void start() {
        nodes = new OrdersFixture(MA, ES, XK);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void s20APurgeIsObeyedAtOnceAndProvedByTheHoldersLog() throws Exception {
        MessageReference message = nodes.sent();
        List<ContentPurged> purged = new CopyOnWriteArrayList<>();
        listen(ES, purged);

        UUID order = nodes.obeyed(message, Order.Kind.PURGE);

        assertThat(nodes.exchange(ES).received(MA, message.id())).isEmpty();
        assertThat(nodes.sql(ES)
                        .queryForObject(
                                "select count(*) from exchange.received_content where id = ?",
                                Integer.class,
                                message.id().value()))
                .isZero();
        assertThat(nodes.sql(ES)
                        .queryForMap(
                                "select hash, keyed_hash, state from exchange.received where id = ?",
                                message.id().value()))
                .containsEntry("hash", null)
                .containsEntry("state", "ACCEPTED");
        assertThat(purged).contains(new ContentPurged(MA, message.id(), false));
        Standing standing = nodes.control(ES).standing(MA, message.id());
        assertThat(standing.open()).isFalse();
        assertThat(standing.withdrawn().orElseThrow().reason()).contains("It was another person.");
        assertThat(nodes.line(order).done()).isTrue();
        // What the originator shows a judge was entered at the holder before it was said.
        OrderAnswer answer = nodes.answerOf(order, ES);
        assertThat(answer.proof()).isPresent();
        assertThat(nodes.sql(ES)
                        .queryForObject(
                                "select count(*) from audit.entry where action = 'originator.answer' and subject like ?",
                                Integer.class,
                                "statement/" + answer.statement() + "%"))
                .isEqualTo(1);
        nodes.everyActIsEntered(MA, ES);
    }

    private static void listen(MemberId member, List<ContentPurged> heard) {
        nodes.node(member).service(ApplicationEventMulticaster.class).addApplicationListener(event -> {
            if (event instanceof PayloadApplicationEvent<?> payload
                    && payload.getPayload() instanceof ContentPurged purged) heard.add(purged);
        });
    }

    @Test
    void aRecallClosesAndKeepsAndACorrectionSaysWhatStandsInstead() {
        MessageReference recalled = nodes.sent();
        MessageReference corrected = nodes.sent();

        UUID unused = nodes.obeyed(recalled, Order.Kind.RECALL);
        unused = nodes.obeyed(corrected, Order.Kind.CORRECTION);

        assertThat(nodes.control(ES)
                        .standing(MA, recalled.id())
                        .withdrawn()
                        .orElseThrow()
                        .purged())
                .isFalse();
        assertThat(nodes.exchange(ES).received(MA, recalled.id())).isPresent();
        Standing standing = nodes.control(ES).standing(MA, corrected.id());
        assertThat(standing.open()).isTrue();
        assertThat(standing.corrected().orElseThrow().content()).isEqualTo(text("It is the cousin."));
        // A purge takes the correction along.
        unused = nodes.obeyed(corrected, Order.Kind.PURGE);
        assertThat(nodes.control(ES).standing(MA, corrected.id()).corrected()).isEmpty();
        assertThat(nodes.sql(ES)
                        .queryForObject("""
                                select count(*) from originator.taken t join exchange.received_content c on c.sender = t.peer and c.id = t.name
                                where t.kind = 'CORRECTION' and t.target = ?
                                """, Integer.class, corrected.id().value()))
                .isZero();
    }

    @Test
    void s20AnOrderGoesOnToWhomItWasSharedWithAndTheThirdsAnswerComesBack() {
        MessageReference message = nodes.sent();
        MessageReference onward = nodes.shared(message);
        assertThat(nodes.exchange(XK).received(ES, onward.id())).isPresent();

        UUID order = nodes.obeyed(message, Order.Kind.PURGE);
        nodes.awaitState(order, XK, Orders.State.OBEYED);

        assertThat(nodes.exchange(XK).received(ES, onward.id())).isEmpty();
        assertThat(nodes.exchange(ES).sentMessage(onward.id())).isEmpty();
        assertThat(nodes.answerOf(order, ES).passedTo()).containsExactly(XK);
        assertThat(nodes.answerOf(order, XK).proof()).isPresent();
        assertThat(nodes.line(order).holders())
                .filteredOn(holder -> holder.member().equals(XK))
                .singleElement()
                .satisfies(holder -> assertThat(holder.via()).contains(ES));
    }

    @ParameterizedTest
    @EnumSource(names = {"RECALL", "CORRECTION"})
    void whatClosesOrCorrectsGoesOnToWhomItWasSharedWithToo(Order.Kind kind) {
        MessageReference message = nodes.sent();
        MessageReference onward = nodes.shared(message);

        UUID order = nodes.obeyed(message, kind);
        nodes.awaitState(order, XK, Orders.State.OBEYED);

        Standing standing = nodes.control(XK).standing(ES, onward.id());
        assertThat(standing.withdrawn().isPresent()).isEqualTo(kind == Order.Kind.RECALL);
        assertThat(standing.corrected().map(Standing.Correction::content))
                .isEqualTo(kind == Order.Kind.RECALL ? Optional.empty() : Optional.of(text("It is the cousin.")));
        assertThat(nodes.exchange(XK).received(ES, onward.id())).isPresent();
        assertThat(nodes.answerOf(order, XK).proof()).isPresent();
        assertThat(nodes.answerOf(order, ES).passedTo()).containsExactly(XK);
    }

    @Test
    void s20WhatIsLeftInAShareOfItIsDestroyedThoughItselfHasEnded() {
        MessageReference message = nodes.sent();
        MessageReference onward = nodes.shared(message);
        nodes.ends(ES, MA, message.id());

        UUID unused = nodes.obeyed(message, Order.Kind.PURGE);

        assertThat(nodes.exchange(ES).sentMessage(onward.id())).isEmpty();
    }

    @Test
    void whoeverIsNotTheOriginatorOrdersNothing() {
        MessageReference message = nodes.sent();
        MessageReference onward = nodes.shared(message);
        Content purge = new Order(Order.Kind.PURGE, message, "I say so.", Optional.empty()).toContent();

        for (MemberId stranger : List.of(ES, XK)) {
            MemberId holder = stranger.equals(ES) ? XK : ES;
            MessageReference forged =
                    nodes.send(stranger, holder, handling(stranger), purge, Optional.empty(), Lane.CONTROL);
            assertThat(nodes.exchange(stranger).sent(forged.id()).orElseThrow().reason())
                    .contains("not-the-originator");
        }
        // Nor about the message that only shares it.
        MessageReference ofTheShare = nodes.send(
                ES,
                XK,
                handling(ES),
                new Order(Order.Kind.RECALL, onward, "I say so.", Optional.empty()).toContent(),
                Optional.empty(),
                Lane.CONTROL);
        assertThat(nodes.exchange(ES).sent(ofTheShare.id()).orElseThrow().reason())
                .contains("not-the-originator");
        assertThat(nodes.exchange(ES).received(MA, message.id())).isPresent();
        assertThat(nodes.control(XK).standing(ES, onward.id()).open()).isTrue();
    }

    @Test
    void anOrderAboutWhatNeverCameIsAnsweredSoAndHoldsWhenItComes() {
        MessageReference unknown = new MessageReference(MessageId.random(ThreeBureaux.RANDOM), Hash.of(new byte[] {1}));
        MessageReference order = nodes.send(
                MA,
                ES,
                handling(MA),
                new Order(Order.Kind.PURGE, unknown, "Never mind.", Optional.empty()).toContent(),
                Optional.empty(),
                Lane.CONTROL);

        await("an answer", () -> !nodes.sql(ES)
                .queryForList(
                        "select 1 from originator.taken where name = ? and outcome = 'NOT_HELD' and answer is not null",
                        Integer.class,
                        order.id().value())
                .isEmpty());
        assertThat(nodes.control(ES).standing(MA, unknown.id()).open()).isFalse();
        assertThat(nodes.control(ES).standing(XK, unknown.id()).open()).isTrue();
    }

    @Test
    void whatProceedingsNeedIsClosedAndNotDestroyedUntilTheyLetItGo() {
        MessageReference message = nodes.sent();
        nodes.control(ES)
                .keep(LUCIA, nodes.exchange(ES).received(MA, message.id()).orElseThrow(), "A court asked for it.");

        UUID order = nodes.order(message, Order.Kind.PURGE);
        nodes.awaitState(order, ES, Orders.State.REFUSED);
        assertThat(nodes.line(order).holders().get(0).sentence()).contains("A court asked for it.");
        assertThat(nodes.exchange(ES).received(MA, message.id())).isPresent();
        assertThat(nodes.control(ES)
                        .standing(MA, message.id())
                        .withdrawn()
                        .orElseThrow()
                        .kept())
                .isTrue();

        nodes.control(ES).letGo(LUCIA, MA, message.id());
        nodes.awaitState(order, ES, Orders.State.OBEYED);
        assertThat(nodes.exchange(ES).received(MA, message.id())).isEmpty();
    }

    @Test
    void onlyWhoMayWriteOrdersAndOnlyAboutDataOfOurOwnWithAReason() {
        MessageReference message = nodes.sent();
        MessageReference onward = nodes.shared(message);
        Orders.NewOrder recall = new Orders.NewOrder(Order.Kind.RECALL, "Wrong.", Optional.empty());

        refused(
                () -> nodes.orders(MA).give(officer("reader", Permission.EXCHANGE_READ), message.id(), recall, ""),
                AccessProblem.FORBIDDEN);
        refused(
                () -> nodes.orders(MA)
                        .give(AMINA, message.id(), new Orders.NewOrder(Order.Kind.RECALL, "", Optional.empty()), ""),
                OriginatorProblem.REASON_MISSING);
        refused(() -> nodes.orders(ES).give(LUCIA, onward.id(), recall, ""), OriginatorProblem.NOT_FOUND);
        UUID unused = nodes.order(message, Order.Kind.PURGE);
        refused(() -> nodes.order(message, Order.Kind.RECALL), OriginatorProblem.PURGED_BEFORE);
        UUID closed = nodes.orders(MA).give(AMINA, nodes.sent().id(), recall, "elsewhere");
        refused(() -> nodes.line(closed), OriginatorProblem.NOT_FOUND);
    }
}
