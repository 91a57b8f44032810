package org.sharaka.node.originator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;
import static org.sharaka.node.originator.ThreeBureaux.XK;
import static org.sharaka.node.originator.ThreeBureaux.await;
import static org.sharaka.node.originator.ThreeBureaux.handling;
import static org.sharaka.node.originator.ThreeBureaux.officer;
import static org.sharaka.node.originator.ThreeBureaux.text;

import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.audit.AuditProofs;
import org.sharaka.node.audit.AuditTrail;
import org.sharaka.node.audit.EntryId;
import org.sharaka.node.audit.EntryProof;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.platform.Ids;
import org.sharaka.node.platform.Page;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.Cosigner;
import org.sharaka.protocol.checkpoint.NoteKey;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.LogProof;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.OrderAnswer;
import org.sharaka.protocol.tree.TreeHead;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.transaction.support.TransactionTemplate;

/** Morocco takes back what it sent to Spain, and what Spain shared with a third: three whole nodes, invented cases. */
class OrdersIT {
    private static final Actor AMINA = officer("amina", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND);
    private static final Actor LUCIA =
            officer("lucia", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND, Permission.EXCHANGE_APPROVE);
    private static final String SECRET = "The account is held by the brother.";

    private static ThreeBureaux nodes;

    @BeforeAll
    static void start() {
        nodes = new ThreeBureaux("sharaka.originator.answer-within=1s", "sharaka.network.look=1h");
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static MessageReference sent(HandlingCode... codes) {
        return nodes.send(MA, ES, handling(MA, codes), text(SECRET), Optional.empty());
    }

    private static UUID order(MessageReference message, Order.Kind kind) {
        return orders(MA)
                .give(
                        AMINA,
                        message.id(),
                        new Orders.NewOrder(
                                kind,
                                "It was another person.",
                                kind == Order.Kind.CORRECTION
                                        ? Optional.of(text("It is the cousin."))
                                        : Optional.empty()),
                        "");
    }

    private static Orders orders(MemberId member) {
        return nodes.node(member).service(Orders.class);
    }

    private static Control control(MemberId member) {
        return nodes.node(member).service(Control.class);
    }

    private static Orders.Line line(UUID order) {
        return orders(MA).line(AMINA, order);
    }

    private static void awaitState(UUID order, MemberId holder, Orders.State state) {
        await(holder + " " + state, () -> line(order).holders().stream()
                .anyMatch(each -> each.member().equals(holder) && each.state() == state));
    }

    /** Spain shares with the third, as the bureau does. */
    private static MessageReference shared(MessageReference message) {
        SignedData original =
                nodes.exchange(ES).received(MA, message.id()).orElseThrow().signed();
        MessageReference onward = nodes.send(
                ES,
                XK,
                nodes.exchange(ES)
                        .received(MA, message.id())
                        .orElseThrow()
                        .message()
                        .handling(),
                text("Morocco writes:"),
                Optional.of(original));
        nodes.node(ES).service(TransactionTemplate.class).executeWithoutResult(status -> control(ES)
                .shared(
                        new Share(
                                onward.id(),
                                XK,
                                ConversationId.random(ThreeBureaux.RANDOM),
                                ThreeBureaux.TREATY,
                                new Target(MA, message),
                                Instant.now()),
                        new EntryId(UUID.randomUUID())));
        return onward;
    }

    private static void refused(ThrowingCallable act, ProblemType type) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    @Test
    void theProofBeginsWithWhatAnotherMemberSawOfTheHoldersLog() {
        MessageReference message = sent();
        NoteSigner log = nodes.network.keys(ES).log();
        NoteSigner witness = nodes.network.keys(XK).cosigner();
        TreeHead head = nodes.node(ES).service(AuditProofs.class).head();
        SignedNote cosigned = Cosigner.of(log.key().name())
                .see(
                        log.sign(new Checkpoint(log.key().name(), head, List.of())),
                        List.of(log.key()),
                        Optional.empty(),
                        witness,
                        Instant.now())
                .cosigned();
        int noted = nodes.sql(ES).update("""
                insert into network.ours (cosigned_by, note, size, cosigned_at) values (?, ?, ?, now())
                on conflict (cosigned_by) do update set note = excluded.note, size = excluded.size
                """, XK.value(), cosigned.encoded(), head.size());
        assertThat(noted).isEqualTo(1);

        UUID order = order(message, Order.Kind.RECALL);
        awaitState(order, ES, Orders.State.OBEYED);

        OrderAnswer answer = answerOf(order, ES);
        assertThat(answer.requireProved(List.of(log.key()), List.of(witness.key())))
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
        UUID order = order(sent(), Order.Kind.RECALL);
        awaitState(order, ES, Orders.State.OBEYED);
        return line(order).holders().get(0).byItsWordAlone();
    }

    @Test
    void aHolderShowsNoCosignatureThatTheMembersListDoesNotKnow() {
        NoteSigner log = nodes.network.keys(ES).log();
        NoteSigner gone = NoteSigner.of(NoteSigner.newSeed(ThreeBureaux.RANDOM), "gone", NoteKey.Type.COSIGNATURE);
        TreeHead head = nodes.node(ES).service(AuditProofs.class).head();
        SignedNote cosigned = Cosigner.of(log.key().name())
                .see(
                        log.sign(new Checkpoint(log.key().name(), head, List.of())),
                        List.of(log.key()),
                        Optional.empty(),
                        gone,
                        Instant.now())
                .cosigned();
        int unused = nodes.sql(ES).update("delete from network.ours");
        int noted = nodes.sql(ES)
                .update(
                        "insert into network.ours (cosigned_by, note, size, cosigned_at) values ('gone', ?, ?, now())",
                        cosigned.encoded(),
                        head.size());
        assertThat(noted).isEqualTo(1);

        UUID order = order(sent(), Order.Kind.RECALL);
        awaitState(order, ES, Orders.State.OBEYED);

        assertThat(answerOf(order, ES).proof().orElseThrow().witness()).isEmpty();
    }

    @Test
    void s20APurgeIsObeyedAtOnceAndProvedByTheHoldersLog() throws Exception {
        MessageReference message = sent();
        List<ContentPurged> purged = new CopyOnWriteArrayList<>();
        listen(ES, purged);

        UUID order = order(message, Order.Kind.PURGE);
        awaitState(order, ES, Orders.State.OBEYED);

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
        Standing standing = control(ES).standing(MA, message.id());
        assertThat(standing.open()).isFalse();
        assertThat(standing.withdrawn().orElseThrow().reason()).contains("It was another person.");
        assertThat(line(order).done()).isTrue();
        // What the originator shows a judge was entered at the holder before it was said.
        OrderAnswer answer = answerOf(order, ES);
        assertThat(answer.proof()).isPresent();
        assertThat(nodes.sql(ES)
                        .queryForObject(
                                "select count(*) from audit.entry where action = 'originator.answer' and subject like ?",
                                Integer.class,
                                "statement/" + answer.statement() + "%"))
                .isEqualTo(1);
        for (MemberId member : List.of(MA, ES))
            assertThat(nodes.node(member).run(new VerifyAuditCommand(), new StringWriter()))
                    .isZero();
    }

    private static OrderAnswer answerOf(UUID order, MemberId holder) {
        return nodes.node(MA).service(SqlGiven.class).answers(order).stream()
                .filter(answer -> answer.holder().equals(holder))
                .map(answer -> nodes.exchange(MA)
                        .received(answer.peer(), answer.name())
                        .orElseThrow())
                .map(message -> OrderAnswer.parse(message.message().content()))
                .findFirst()
                .orElseThrow();
    }

    private static void listen(MemberId member, List<ContentPurged> heard) {
        nodes.node(member).service(ApplicationEventMulticaster.class).addApplicationListener(event -> {
            if (event instanceof PayloadApplicationEvent<?> payload
                    && payload.getPayload() instanceof ContentPurged purged) heard.add(purged);
        });
    }

    @Test
    void aRecallClosesAndKeepsAndACorrectionSaysWhatStandsInstead() {
        MessageReference recalled = sent();
        MessageReference corrected = sent();

        awaitState(order(recalled, Order.Kind.RECALL), ES, Orders.State.OBEYED);
        awaitState(order(corrected, Order.Kind.CORRECTION), ES, Orders.State.OBEYED);

        assertThat(control(ES)
                        .standing(MA, recalled.id())
                        .withdrawn()
                        .orElseThrow()
                        .purged())
                .isFalse();
        assertThat(nodes.exchange(ES).received(MA, recalled.id())).isPresent();
        Standing standing = control(ES).standing(MA, corrected.id());
        assertThat(standing.open()).isTrue();
        assertThat(standing.corrected().orElseThrow().content()).isEqualTo(text("It is the cousin."));
        // A purge takes the correction along.
        awaitState(order(corrected, Order.Kind.PURGE), ES, Orders.State.OBEYED);
        assertThat(control(ES).standing(MA, corrected.id()).corrected()).isEmpty();
        assertThat(nodes.sql(ES)
                        .queryForObject("""
                                select count(*) from originator.taken t join exchange.received_content c on c.sender = t.peer and c.id = t.name
                                where t.kind = 'CORRECTION' and t.target = ?
                                """, Integer.class, corrected.id().value()))
                .isZero();
    }

    @Test
    void s20AnOrderGoesOnToWhomItWasSharedWithAndTheThirdsAnswerComesBack() {
        MessageReference message = sent();
        MessageReference onward = shared(message);
        assertThat(nodes.exchange(XK).received(ES, onward.id())).isPresent();

        UUID order = order(message, Order.Kind.PURGE);
        awaitState(order, ES, Orders.State.OBEYED);
        awaitState(order, XK, Orders.State.OBEYED);

        assertThat(nodes.exchange(XK).received(ES, onward.id())).isEmpty();
        assertThat(nodes.exchange(ES).sentMessage(onward.id())).isEmpty();
        assertThat(answerOf(order, ES).passedTo()).containsExactly(XK);
        assertThat(answerOf(order, XK).proof()).isPresent();
        assertThat(line(order).holders())
                .filteredOn(holder -> holder.member().equals(XK))
                .singleElement()
                .satisfies(holder -> assertThat(holder.via()).contains(ES));
    }

    @ParameterizedTest
    @EnumSource(names = {"RECALL", "CORRECTION"})
    void whatClosesOrCorrectsGoesOnToWhomItWasSharedWithToo(Order.Kind kind) {
        MessageReference message = sent();
        MessageReference onward = shared(message);

        UUID order = order(message, kind);
        awaitState(order, ES, Orders.State.OBEYED);
        awaitState(order, XK, Orders.State.OBEYED);

        Standing standing = control(XK).standing(ES, onward.id());
        assertThat(standing.withdrawn().isPresent()).isEqualTo(kind == Order.Kind.RECALL);
        assertThat(standing.corrected().map(Standing.Correction::content))
                .isEqualTo(kind == Order.Kind.RECALL ? Optional.empty() : Optional.of(text("It is the cousin.")));
        assertThat(nodes.exchange(XK).received(ES, onward.id())).isPresent();
        assertThat(answerOf(order, XK).proof()).isPresent();
        assertThat(answerOf(order, ES).passedTo()).containsExactly(XK);
    }

    /** The time of what a holder has is over there. */
    private static void ends(MemberId at, MemberId from, MessageId message) {
        int found = nodes.sql(at)
                .update(
                        "update exchange.received set keep_until = now() - interval '1 second' where sender = ? and id = ?",
                        from.value(),
                        message.value());
        assertThat(found).isEqualTo(1);
        await(
                "the end at " + at,
                () -> nodes.exchange(at).received(from, message).isEmpty());
    }

    @Test
    void s20WhatEndedByItselfIsProvedByTheEntryOfItsEndAtEachHolder() throws Exception {
        MessageReference message = sent();
        MessageReference onward = shared(message);
        ends(ES, MA, message.id());
        ends(XK, ES, onward.id());
        nodes.sql(ES)
                .update(
                        "update exchange.sent set keep_until = now() - interval '1 second' where id = ?",
                        onward.id().value());
        await(
                "the end of the share",
                () -> nodes.exchange(ES).sentMessage(onward.id()).isEmpty());

        UUID order = order(message, Order.Kind.PURGE);
        awaitState(order, ES, Orders.State.NOT_HELD);
        awaitState(order, XK, Orders.State.NOT_HELD);

        assertThat(end(order, ES).names("message/" + message.id() + " from " + MA))
                .isTrue();
        assertThat(end(order, XK).names("message/" + onward.id() + " from " + ES))
                .isTrue();
        assertThat(answerOf(order, ES).done())
                .isEqualTo(Time.truncate(
                        nodes.exchange(ES).gone(MA, message.id()).orElseThrow().at()));
        for (MemberId holder : List.of(ES, XK))
            assertThat(nodes.node(holder).run(new VerifyAuditCommand(), new StringWriter()))
                    .isZero();
    }

    /** What the answer proves beside itself. */
    private static LogProof end(UUID order, MemberId holder) {
        OrderAnswer answer = answerOf(order, holder);
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
    void s20WhatIsLeftInAShareOfItIsDestroyedThoughItselfHasEnded() {
        MessageReference message = sent();
        MessageReference onward = shared(message);
        ends(ES, MA, message.id());

        UUID order = order(message, Order.Kind.PURGE);
        awaitState(order, ES, Orders.State.OBEYED);

        assertThat(nodes.exchange(ES).sentMessage(onward.id())).isEmpty();
    }

    @Test
    void theEndOfAnotherMessageProvesNothing() {
        MessageReference message = sent();
        MessageReference another = sent();
        ends(ES, MA, message.id());
        ends(ES, MA, another.id());
        UUID order = order(message, Order.Kind.RECALL);
        awaitState(order, ES, Orders.State.NOT_HELD);
        OrderAnswer said = answerOf(order, ES);
        OrderAnswer lie = new OrderAnswer(
                said.order(),
                said.target(),
                ES,
                OrderAnswer.Outcome.NOT_HELD,
                Instant.now(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
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
    void whoeverIsNotTheOriginatorOrdersNothing() {
        MessageReference message = sent();
        MessageReference onward = shared(message);
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
        assertThat(control(XK).standing(ES, onward.id()).open()).isTrue();
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
        assertThat(control(ES).standing(MA, unknown.id()).open()).isFalse();
        assertThat(control(ES).standing(XK, unknown.id()).open()).isTrue();
    }

    @Test
    void whatProceedingsNeedIsClosedAndNotDestroyedUntilTheyLetItGo() {
        MessageReference message = sent();
        control(ES).keep(LUCIA, nodes.exchange(ES).received(MA, message.id()).orElseThrow(), "A court asked for it.");

        UUID order = order(message, Order.Kind.PURGE);
        awaitState(order, ES, Orders.State.REFUSED);
        assertThat(line(order).holders().get(0).sentence()).contains("A court asked for it.");
        assertThat(nodes.exchange(ES).received(MA, message.id())).isPresent();
        assertThat(control(ES)
                        .standing(MA, message.id())
                        .withdrawn()
                        .orElseThrow()
                        .kept())
                .isTrue();

        control(ES).letGo(LUCIA, MA, message.id());
        awaitState(order, ES, Orders.State.OBEYED);
        assertThat(nodes.exchange(ES).received(MA, message.id())).isEmpty();
    }

    @Test
    void whatHasNotLeftIsGivenUpAndWhoeverIsAwayIsOrderedAgainAndShownAsOverdue() {
        MessageReference message = sentToWhoIsAway();

        UUID order = order(message, Order.Kind.PURGE);

        assertThat(nodes.exchange(MA).sent(message.id()).orElseThrow().state()).isEqualTo(Sent.State.SKIPPED);
        // It is data of our own.
        assertThat(nodes.exchange(MA).sentMessage(message.id())).isPresent();
        awaitState(order, ThreeBureaux.AWAY, Orders.State.ORDERED);
        await("overdue", () -> line(order).holders().get(0).overdueDays() == 1);
        SqlGiven given = nodes.node(MA).service(SqlGiven.class);
        MessageReference first = given.carrier(order).orElseThrow();
        expire(first.id());
        awaitState(order, ThreeBureaux.AWAY, Orders.State.EXPIRED);
        assertThat(orders(MA).renew(10)).isEqualTo(1);
        assertThat(given.carrier(order)).isPresent().get().isNotEqualTo(first);
        awaitState(order, ThreeBureaux.AWAY, Orders.State.ORDERED);
        assertThat(orders(MA).renew(10)).isZero();
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
                                ThreeBureaux.AWAY,
                                ConversationId.random(ThreeBureaux.RANDOM),
                                handling(MA),
                                text(SECRET)));
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
        UUID open = order(sentToWhoIsAway(), Order.Kind.RECALL);
        UUID refused = order(sent(), Order.Kind.RECALL);
        awaitState(refused, ES, Orders.State.OBEYED);
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
            assertThat(orders(MA).board(AMINA, true, Optional.empty()).items()).hasSize(Orders.SHOWN);
            assertThat(orders(MA).board(AMINA, false, Optional.of("of no page")).items())
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
            Page<Orders.Line> page = orders(MA).board(AMINA, all, cursor);
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
        UUID stuck = order(sentToWhoIsAway(), Order.Kind.RECALL);
        UUID lost = order(sentToWhoIsAway(), Order.Kind.RECALL);
        SqlGiven given = nodes.node(MA).service(SqlGiven.class);
        MessageReference first = given.carrier(lost).orElseThrow();
        expire(first.id());
        expire(given.carrier(stuck).orElseThrow().id());
        nodes.sql(MA).update("update originator.given set recipient = 'zz-ncb' where id = ?", stuck);
        try {
            assertThat(orders(MA).renew(50)).isEqualTo(1);

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

    @Test
    void aRuleIsMadeStricterAndNeverLooser() {
        HandlingRules rules = nodes.node(XK).service(HandlingRules.class);
        Actor officer = officer("omar", Permission.AGREEMENT_ADMINISTER);

        refused(() -> rules.set(LUCIA, Act.PRINT, HandlingCode.H0, Act.Rule.ASK_ORIGINATOR), AccessProblem.FORBIDDEN);
        refused(
                () -> rules.set(officer, Act.COURT_BUNDLE, HandlingCode.H1, Act.Rule.ALLOWED),
                OriginatorProblem.RULE_LOOSER);
        rules.set(officer, Act.PRINT, HandlingCode.H1, Act.Rule.ASK_ORIGINATOR);
        assertThat(rules.under(Set.of(HandlingCode.H0, HandlingCode.H1)).get(Act.PRINT))
                .isEqualTo(Act.Rule.ASK_ORIGINATOR);
        assertThat(rules.under(Set.of(HandlingCode.H0)).get(Act.PRINT)).isEqualTo(Act.Rule.ALLOWED);
        rules.set(officer, Act.PRINT, HandlingCode.H1, Act.Rule.ALLOWED);
        assertThat(rules.under(Set.of(HandlingCode.H1)).get(Act.PRINT)).isEqualTo(Act.Rule.ALLOWED);
    }

    @Test
    void s18WhatGoesToACourtIsAskedForUnlessThisCountrySetsOtherwise() {
        HandlingRules rules = nodes.node(XK).service(HandlingRules.class);
        Actor officer = officer("omar", Permission.AGREEMENT_ADMINISTER);

        for (HandlingCode code : HandlingCode.values())
            assertThat(rules.under(Set.of(code)).get(Act.COURT_BUNDLE)).isEqualTo(Act.Rule.ASK_ORIGINATOR);
        assertThat(rules.table().get(Act.COURT_BUNDLE).get(HandlingCode.H0).stricter())
                .isTrue();
        rules.set(officer, Act.COURT_BUNDLE, HandlingCode.H0, Act.Rule.ALLOWED);
        assertThat(rules.under(Set.of(HandlingCode.H0)).get(Act.COURT_BUNDLE)).isEqualTo(Act.Rule.ALLOWED);
        assertThat(rules.table().get(Act.COURT_BUNDLE).get(HandlingCode.H0).stricter())
                .isFalse();
        rules.set(officer, Act.COURT_BUNDLE, HandlingCode.H0, Act.Rule.ASK_ORIGINATOR);
        assertThat(rules.under(Set.of(HandlingCode.H0)).get(Act.COURT_BUNDLE)).isEqualTo(Act.Rule.ASK_ORIGINATOR);
    }

    @Test
    void anAnswerThatProvesNothingOrSpeaksForAnotherIsRefused() {
        MessageReference message = sent();
        UUID order = order(message, Order.Kind.RECALL);
        awaitState(order, ES, Orders.State.OBEYED);
        OrderAnswer true_ = answerOf(order, ES);
        OrderAnswer unproved = new OrderAnswer(
                true_.order(),
                true_.target(),
                ES,
                OrderAnswer.Outcome.NOT_HELD,
                Instant.now(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        OrderAnswer ofAnother = new OrderAnswer(
                true_.order(),
                true_.target(),
                XK,
                OrderAnswer.Outcome.REFUSED,
                Instant.now(),
                Set.of(),
                Optional.of("We do not want to."),
                Optional.empty(),
                Optional.empty());
        OrderAnswer ofNothing = new OrderAnswer(
                message,
                true_.target(),
                ES,
                OrderAnswer.Outcome.REFUSED,
                Instant.now(),
                Set.of(),
                Optional.of("What order?"),
                Optional.empty(),
                Optional.empty());

        assertThat(reason(unproved)).contains("proof-wrong");
        assertThat(reason(unproved.with(true_.proof().orElseThrow()))).contains("proof-wrong");
        assertThat(reason(ofAnother)).contains("field-wrong");
        assertThat(reason(ofNothing)).contains("field-wrong");
        assertThat(line(order).holders()).singleElement().satisfies(holder -> assertThat(holder.state())
                .isEqualTo(Orders.State.OBEYED));
    }

    private static Optional<String> reason(OrderAnswer answer) {
        MessageReference sent = nodes.send(ES, MA, handling(ES), answer.toContent(), Optional.empty(), Lane.CONTROL);
        Sent state = nodes.exchange(ES).sent(sent.id()).orElseThrow();
        return state.state() == Sent.State.REFUSED ? state.reason() : Optional.empty();
    }

    @Test
    void onlyWhoMayWriteOrdersAndOnlyAboutDataOfOurOwnWithAReason() {
        MessageReference message = sent();
        MessageReference onward = shared(message);
        Orders.NewOrder recall = new Orders.NewOrder(Order.Kind.RECALL, "Wrong.", Optional.empty());

        refused(
                () -> orders(MA).give(officer("reader", Permission.EXCHANGE_READ), message.id(), recall, ""),
                AccessProblem.FORBIDDEN);
        refused(
                () -> orders(MA)
                        .give(AMINA, message.id(), new Orders.NewOrder(Order.Kind.RECALL, "", Optional.empty()), ""),
                OriginatorProblem.REASON_MISSING);
        refused(() -> orders(ES).give(LUCIA, onward.id(), recall, ""), OriginatorProblem.NOT_FOUND);
        order(message, Order.Kind.PURGE);
        refused(() -> order(message, Order.Kind.RECALL), OriginatorProblem.PURGED_BEFORE);
        UUID closed = orders(MA).give(AMINA, sent().id(), recall, "elsewhere");
        refused(() -> line(closed), OriginatorProblem.NOT_FOUND);
    }
}
