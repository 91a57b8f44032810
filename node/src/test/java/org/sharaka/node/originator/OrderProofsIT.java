package org.sharaka.node.originator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;
import static org.sharaka.node.originator.ThreeBureaux.XK;
import static org.sharaka.node.originator.ThreeBureaux.handling;
import static org.sharaka.node.platform.Eventually.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.Actor;
import org.sharaka.node.audit.AuditProofs;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.audit.EntryProof;
import org.sharaka.node.exchange.Sent;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.Cosigner;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.LogProof;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.OrderAnswer;
import org.sharaka.protocol.tree.TreeHead;
import org.springframework.transaction.support.TransactionTemplate;

/** How a holder proves to Morocco that it obeyed, or that it had ended before: three whole nodes, invented cases. */
class OrderProofsIT {
    private static OrdersFixture nodes;

    @BeforeAll
    static void start() {
        nodes = new OrdersFixture(MA, ES, XK);
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    /** What a witness cosigned of its log is all that Spain has to show. */
    private static void holderHasSeen(String by, NoteSigner witness) {
        NoteSigner log = nodes.network.keys(ES).log();
        TreeHead head = nodes.node(ES).service(AuditProofs.class).head();
        SignedNote cosigned = Cosigner.of(log.key().name())
                .see(
                        log.sign(new Checkpoint(log.key().name(), head, List.of())),
                        List.of(log.key()),
                        Optional.empty(),
                        witness,
                        Instant.now())
                .cosigned();
        int unused = nodes.sql(ES).update("delete from network.ours");
        int noted = nodes.sql(ES)
                .update(
                        "insert into network.ours (cosigned_by, note, size, cosigned_at) values (?, ?, ?, now())",
                        by,
                        cosigned.encoded(),
                        head.size());
        assertThat(noted).isEqualTo(1);
    }

    private static OrderAnswer answer(
            MessageReference order, MessageReference target, MemberId by, OrderAnswer.Outcome outcome, String why) {
        return new OrderAnswer(
                order,
                target,
                by,
                outcome,
                Instant.now(),
                Set.of(),
                Optional.of(why).filter(each -> !each.isEmpty()),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void theProofBeginsWithWhatAnotherMemberSawOfTheHoldersLog() {
        MessageReference message = nodes.sent();
        NoteSigner witness = nodes.network.keys(XK).cosigner();
        holderHasSeen(XK.value(), witness);

        UUID order = nodes.obeyed(message, Order.Kind.RECALL);

        OrderAnswer answer = nodes.answerOf(order, ES);
        assertThat(answer.requireProved(List.of(nodes.network.keys(ES).log().key()), List.of(witness.key())))
                .extracting(NoteSigner.Cosignature::by)
                .containsExactly(witness.key());
    }

    @Test
    void aProofWithoutWhatOthersSawIsByItsHoldersWordAloneIfWeHadCosignedItsLog() {
        NoteSigner log = nodes.network.keys(ES).log();
        TreeHead head = nodes.node(ES).service(AuditProofs.class).head();
        byte[] seen =
                log.sign(new Checkpoint(log.key().name(), head, List.of())).encoded();

        assertThat(wordAlone()).as("nobody had seen its log").isFalse();
        int noted = nodes.sql(MA).update("""
                        insert into network.earlier (member, size, note, seen_at, lost)
                        values (?, ?, ?, now() - interval '2 days', false)
                        """, ES.value(), head.size(), seen);
        assertThat(noted).isEqualTo(1);
        assertThat(wordAlone()).isTrue();
        noted = nodes.sql(MA).update("delete from network.earlier where member = ?", ES.value());
        assertThat(noted).isEqualTo(1);
    }

    /** Of a new order, whose holder has no cosigned head to show. */
    private static boolean wordAlone() {
        int unused = nodes.sql(ES).update("delete from network.ours");
        UUID order = nodes.obeyed(nodes.sent(), Order.Kind.RECALL);
        return nodes.line(order).holders().get(0).byItsWordAlone();
    }

    @Test
    void aHolderShowsNoCosignatureThatTheMembersListDoesNotKnow() {
        holderHasSeen("gone", NoteSigner.of(NoteSigner.newSeed(ThreeBureaux.RANDOM), "gone", NoteKey.Type.COSIGNATURE));

        UUID order = nodes.obeyed(nodes.sent(), Order.Kind.RECALL);

        assertThat(nodes.answerOf(order, ES).proof().orElseThrow().witness()).isEmpty();
    }

    @Test
    void s20WhatEndedByItselfIsProvedByTheEntryOfItsEndAtEachHolder() throws Exception {
        MessageReference message = nodes.sent();
        MessageReference onward = nodes.shared(message);
        nodes.ends(ES, MA, message.id());
        nodes.ends(XK, ES, onward.id());
        nodes.sql(ES)
                .update(
                        "update exchange.sent set keep_until = now() - interval '1 second' where id = ?",
                        onward.id().value());
        await(
                "the end of the share",
                () -> nodes.exchange(ES).sentMessage(onward.id()).isEmpty());

        UUID order = nodes.order(message, Order.Kind.PURGE);
        nodes.awaitState(order, ES, Orders.State.NOT_HELD);
        nodes.awaitState(order, XK, Orders.State.NOT_HELD);

        assertThat(end(order, ES).names("message/" + message.id() + " from " + MA))
                .isTrue();
        assertThat(end(order, XK).names("message/" + onward.id() + " from " + ES))
                .isTrue();
        assertThat(nodes.answerOf(order, ES).done())
                .isEqualTo(Time.truncate(
                        nodes.exchange(ES).gone(MA, message.id()).orElseThrow().at()));
        nodes.everyActIsEntered(ES, XK);
    }

    /** What the answer proves beside itself. */
    private static LogProof end(UUID order, MemberId holder) {
        OrderAnswer answer = nodes.answerOf(order, holder);
        List<NoteKey> others = Stream.of(MA, ES, XK)
                .filter(member -> !member.equals(holder))
                .map(member -> nodes.network.keys(member).cosigner().key())
                .toList();
        var unused =
                answer.requireProved(List.of(nodes.network.keys(holder).log().key()), others);
        LogProof end = answer.gone().orElseThrow();
        assertThat(end.names("exchange.purge")).isTrue();
        return end;
    }

    @Test
    void theEndOfAnotherMessageProvesNothing() {
        MessageReference message = nodes.sent();
        MessageReference another = nodes.sent();
        nodes.ends(ES, MA, message.id());
        nodes.ends(ES, MA, another.id());
        UUID order = nodes.order(message, Order.Kind.RECALL);
        nodes.awaitState(order, ES, Orders.State.NOT_HELD);
        OrderAnswer said = nodes.answerOf(order, ES);
        OrderAnswer lie = answer(said.order(), said.target(), ES, OrderAnswer.Outcome.NOT_HELD, "");
        EntryId end = nodes.exchange(ES).gone(MA, another.id()).orElseThrow().entry();

        EntryId stated = Optional.ofNullable(
                        nodes.node(ES).service(TransactionTemplate.class).execute(status -> nodes.node(ES)
                                .service(AuditTrail.class)
                                .enterAll(
                                        Actor.system("test"),
                                        List.of(AuditTrail.Deed.done(
                                                "test.lie", "statement/" + lie.statement() + " gone/" + end)))
                                .get(0)))
                .orElseThrow();
        AuditProofs proofs = nodes.node(ES).service(AuditProofs.class);
        EntryProof proof = proofs.entry(stated, Duration.ofSeconds(5)).orElseThrow();
        NoteSigner log = nodes.network.keys(ES).log();
        SignedNote checkpoint = log.sign(new Checkpoint(log.key().name(), proof.head(), List.of()));

        assertThat(reason(lie.with(
                        proof.under(checkpoint), proofs.entry(end, proof.head()).map(each -> each.under(checkpoint)))))
                .contains("proof-wrong");
    }

    @Test
    void anAnswerThatProvesNothingOrSpeaksForAnotherIsRefused() {
        MessageReference message = nodes.sent();
        UUID order = nodes.obeyed(message, Order.Kind.RECALL);
        OrderAnswer honest = nodes.answerOf(order, ES);
        OrderAnswer unproved = answer(honest.order(), honest.target(), ES, OrderAnswer.Outcome.NOT_HELD, "");
        OrderAnswer ofAnother =
                answer(honest.order(), honest.target(), XK, OrderAnswer.Outcome.REFUSED, "We do not want to.");
        OrderAnswer ofNothing = answer(message, honest.target(), ES, OrderAnswer.Outcome.REFUSED, "What order?");

        assertThat(reason(unproved)).contains("proof-wrong");
        assertThat(reason(unproved.with(honest.proof().orElseThrow()))).contains("proof-wrong");
        assertThat(reason(ofAnother)).contains("field-wrong");
        assertThat(reason(ofNothing)).contains("field-wrong");
        assertThat(nodes.line(order).holders()).singleElement().satisfies(holder -> assertThat(holder.state())
                .isEqualTo(Orders.State.OBEYED));
    }

    private static Optional<String> reason(OrderAnswer answer) {
        MessageReference sent = nodes.send(ES, MA, handling(ES), answer.toContent(), Optional.empty(), Lane.CONTROL);
        Sent state = nodes.exchange(ES).sent(sent.id()).orElseThrow();
        return state.state() == Sent.State.REFUSED ? state.reason() : Optional.empty();
    }
}
