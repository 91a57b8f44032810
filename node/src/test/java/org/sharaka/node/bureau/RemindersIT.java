package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.bureau.BureauFixture.ES;
import static org.sharaka.node.bureau.BureauFixture.MA;
import static org.sharaka.node.bureau.BureauFixture.TREATY;
import static org.sharaka.node.bureau.BureauFixture.bureau;
import static org.sharaka.node.bureau.BureauFixture.officer;
import static org.sharaka.node.bureau.BureauFixture.reading;
import static org.sharaka.node.bureau.BureauFixture.sql;
import static org.sharaka.node.bureau.BureauFixture.there;
import static org.sharaka.node.platform.Eventually.await;
import static org.sharaka.node.platform.Refusals.refused;

import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.AgreementProblem;
import org.sharaka.node.agreement.TestAgreements;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.MessageAnswered;
import org.sharaka.node.exchange.MessageListener;
import org.sharaka.node.exchange.MessagesAnswered;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.content.Reminder;
import org.sharaka.protocol.content.Reply;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Header;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Position;
import org.sharaka.protocol.message.Receipt;
import org.sharaka.protocol.message.RosterReference;
import org.sharaka.protocol.message.SignedMessage;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.transaction.support.TransactionTemplate;

/** Morocco waits for Spain's answer in vain: two whole nodes, invented cases. */
class RemindersIT {
    private static final Permission READ = Permission.EXCHANGE_READ;
    private static final Permission SEND = Permission.EXCHANGE_SEND;
    private static final Actor AMINA = officer("amina", "Bureau", READ, SEND);
    private static final Actor READER = officer("omar", "Bureau", READ);
    private static final Actor LUCIA = officer("lucia", "Oficina", READ, SEND);
    private static final Actor OTHER_UNIT = officer("salma", "Elsewhere", READ, SEND);
    private static final SecureRandom RANDOM = new SecureRandom();

    private static BureauFixture nodes;

    @BeforeAll
    static void start() {
        nodes = new BureauFixture();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static Writing request(String subject, Urgency urgency) {
        return Writing.request(subject, Words.of("en", "Who holds the account?"))
                .urgency(urgency);
    }

    /** A request that Spain has. */
    private static ConversationKey ask(String subject, Urgency urgency, boolean ownUnit) {
        ConversationKey key = nodes.open(AMINA, request(subject, urgency), ownUnit);
        nodes.awaitThere(key, 1);
        await(
                "accepted",
                () -> first(key).delivery().filter(Delivery.ACCEPTED::equals).isPresent());
        return key;
    }

    private static Reading.Said first(ConversationKey key) {
        return BureauFixture.first(nodes.morocco, AMINA, key);
    }

    private static int count(TestNode node, String query, ConversationKey key) {
        Integer count = sql(node).queryForObject(query, Integer.class, key.id().value());
        return count == null ? 0 : count;
    }

    /** The deadline passed three hours ago, on both sides. */
    private static void overdue(ConversationKey key) {
        for (TestNode node : List.of(nodes.morocco, nodes.spain))
            sql(node)
                    .update(
                            "update bureau.message set due_at = now() - interval '3 hours', at = now() - interval '11 hours' where conversation = ? and due_at is not null",
                            key.id().value());
    }

    private static void remind(Actor actor, ConversationKey key) {
        nodes.morocco
                .service(Reminders.class)
                .send(actor, key, first(key).entry().id());
    }

    private static SqlLists.Line line(TestNode node, Actor actor, SqlLists.View view, ConversationKey key) {
        return reading(node).list(actor, view, Optional.empty()).stream()
                .filter(each -> each.conversation().key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsOverdueIsRemindedOfOnceADayAndBothSidesSeeIt() throws Exception {
        ConversationKey key = ask("Overdue", Urgency.URGENT, false);
        refused(() -> remind(AMINA, key), BureauProblem.NOT_OVERDUE);
        assertThat(line(nodes.morocco, AMINA, SqlLists.View.THEIRS, key).toRemind())
                .isEmpty();
        overdue(key);
        var unused = reading(nodes.spain).view(LUCIA, there(key));
        assertThat(line(nodes.morocco, AMINA, SqlLists.View.THEIRS, key).toRemind())
                .contains(first(key).entry().id());

        remind(AMINA, key);

        nodes.awaitThere(key, 2);
        SqlLists.Line seen = line(nodes.spain, LUCIA, SqlLists.View.OURS, there(key));
        assertThat(seen.conversation().unread()).isTrue();
        assertThat(seen.ours().orElseThrow().remindedAt()).isPresent();
        assertThat(seen.ours().orElseThrow().distance(Instant.now()).toHours()).isEqualTo(3);
        Reading.Said reminder =
                reading(nodes.spain).view(LUCIA, there(key)).said().get(1);
        assertThat(reminder.written())
                .contains(new Reminder(nodes.morocco
                        .service(ExchangeService.class)
                        .sentMessage(first(key).entry().name().orElseThrow())
                        .orElseThrow()
                        .reference()));
        // It has no words, so no victim's, witness's or reporter's can leave by it (S11).
        assertThat(reminder.written().orElseThrow().words()).isEmpty();
        assertThat(line(nodes.morocco, AMINA, SqlLists.View.THEIRS, key).toRemind())
                .isEmpty();
        refused(() -> remind(AMINA, key), BureauProblem.REMINDED_BEFORE);
        sql(nodes.morocco)
                .update(
                        "update bureau.message set reminded_at = now() - interval '25 hours' where conversation = ? and reminded_at is not null",
                        key.id().value());
        remind(AMINA, key);
        nodes.awaitThere(key, 3);

        String asked = first(key).entry().name().orElseThrow().value();
        bureau(nodes.spain)
                .write(
                        LUCIA,
                        there(key),
                        Writing.answer(
                                        Composition.Kind.ANSWER,
                                        Words.of("en", "Who holds the account?"),
                                        asked,
                                        Reply.Outcome.GIVEN.name())
                                .composition());
        await("answered", () -> !first(key).entry().open());
        refused(() -> remind(AMINA, key), BureauProblem.NOT_AWAITED);
        for (TestNode node : List.of(nodes.morocco, nodes.spain))
            assertThat(node.run(new VerifyAuditCommand(), new StringWriter())).isZero();
        assertThat(sql(nodes.morocco)
                        .queryForList(
                                "select problem from audit.entry where action = 'bureau.remind' and subject = ? order by id",
                                String.class,
                                "message/" + first(key).entry().id()))
                .contains("bureau.not-overdue", "bureau.reminded-before", "bureau.not-awaited", null);
    }

    /** docs/protocol.md, section 5.4. The third member has no node: what is sent to it stays here. */
    @Test
    void whatItsRecipientHasNotTakenInIsAwaitedAndNotOverdueAndItsClockBeginsWithTheReceipt() {
        TestAgreements.add(nodes.morocco, "test.away", "MA", "XK");
        ConversationKey key = bureau(nodes.morocco)
                .open(
                        AMINA,
                        Map.of(BureauFixture.XK, "test.away"),
                        request("Out of reach", Urgency.URGENT).composition(),
                        false,
                        "")
                .get(0);
        sql(nodes.morocco)
                .update(
                        "update bureau.message set at = now() - interval '3 days' where conversation = ?",
                        key.id().value());

        SqlLists.Line waiting = line(nodes.morocco, AMINA, SqlLists.View.THEIRS, key);
        assertThat(waiting.theirs().orElseThrow().due()).isEmpty();
        assertThat(waiting.theirs().orElseThrow().within()).contains(Duration.ofHours(8));
        assertThat(waiting.toRemind()).isEmpty();
        refused(() -> remind(AMINA, key), BureauProblem.NOT_OVERDUE);

        answered(key, Receipt.State.DELIVERED);
        assertThat(first(key).entry().awaited().orElseThrow().due()).isEmpty();
        answered(key, Receipt.State.ACCEPTED);
        Entry.Awaited awaited = first(key).entry().awaited().orElseThrow();
        assertThat(awaited.due().orElseThrow())
                .isBetween(
                        Instant.now().plus(Duration.ofHours(8)).minusSeconds(60),
                        Instant.now().plus(Duration.ofHours(8)));
        assertThat(awaited.soon(Instant.now())).isFalse();
        answered(key, Receipt.State.ACTED);
        assertThat(first(key).entry().awaited().orElseThrow().due()).isEqualTo(awaited.due());
    }

    private static void answered(ConversationKey key, Receipt.State state) {
        nodes.morocco
                .service(ApplicationEventMulticaster.class)
                .multicastEvent(new PayloadApplicationEvent<>(
                        nodes,
                        new MessagesAnswered(
                                key.peer(),
                                List.of(new MessageAnswered(
                                        key.peer(),
                                        first(key).entry().name().orElseThrow(),
                                        state,
                                        Optional.empty())))));
    }

    @Test
    void whatIsOverdueStandsFirstOnBothSidesWhateverItsUrgency() {
        ConversationKey urgent = ask("Urgent and in time", Urgency.URGENT, false);
        ConversationKey late = ask("Routine and late", Urgency.ROUTINE, false);
        overdue(late);

        assertThat(keys(nodes.morocco, AMINA, SqlLists.View.THEIRS)).containsSubsequence(late, urgent);
        assertThat(keys(nodes.spain, LUCIA, SqlLists.View.OURS)).containsSubsequence(there(late), there(urgent));
    }

    private static List<ConversationKey> keys(TestNode node, Actor actor, SqlLists.View view) {
        return reading(node).list(actor, view, Optional.empty()).stream()
                .map(each -> each.conversation().key())
                .toList();
    }

    @Test
    void nobodyIsRemindedOfWhatIsNoLongerKeptNorWithoutALaw() {
        ConversationKey gone = ask("Gone", Urgency.URGENT, false);
        ConversationKey lawless = ask("No law any more", Urgency.URGENT, false);
        overdue(gone);
        overdue(lawless);
        nodes.morocco
                .service(ExchangeService.class)
                .purgeSent(Actor.system("test"), first(gone).entry().name().orElseThrow());
        sql(nodes.morocco)
                .update(
                        "update bureau.conversation set purpose = ? where id = ?",
                        otherPurpose().name(),
                        lawless.id().value());

        refused(() -> remind(AMINA, gone), BureauProblem.NOT_ARRIVED);
        refused(() -> remind(AMINA, lawless), AgreementProblem.NO_LEGAL_BASIS);

        assertThat(count(nodes.morocco, "select count(*) from bureau.message where conversation = ?", lawless))
                .isEqualTo(1);
        assertThat(first(lawless).entry().awaited().orElseThrow().remindedAt()).isEmpty();
    }

    /** One that the treaty does not name. */
    private static Purpose otherPurpose() {
        for (Purpose purpose : Purpose.values()) if (purpose != Purpose.INVESTIGATION) return purpose;
        throw new IllegalStateException();
    }

    @Test
    void s19WhoDoesNotSeeAConversationOrMayNotWriteRemindsNobody() {
        ConversationKey key = ask("Of one unit", Urgency.URGENT, true);
        overdue(key);

        refused(() -> remind(OTHER_UNIT, key), BureauProblem.NOT_FOUND);
        refused(() -> remind(READER, key), AccessProblem.FORBIDDEN);
        refused(() -> nodes.morocco.service(Reminders.class).send(AMINA, key, new UUID(0, 1)), BureauProblem.NOT_FOUND);

        assertThat(first(key).entry().awaited().orElseThrow().remindedAt()).isEmpty();
    }

    @Test
    void aMemberThatRemindsOfNothingOrEveryMinuteMovesNothing() {
        ConversationKey key = ask("In time", Urgency.ROUTINE, false);
        MessageId asked = first(key).entry().name().orElseThrow();
        var unused = reading(nodes.spain).view(LUCIA, there(key));
        Conversation before =
                line(nodes.spain, LUCIA, SqlLists.View.OURS, there(key)).conversation();

        take(reminder(key, asked));
        take(reminder(key, MessageId.random(RANDOM)));

        SqlLists.Line early = line(nodes.spain, LUCIA, SqlLists.View.OURS, there(key));
        assertThat(early.conversation().unread()).isFalse();
        assertThat(early.conversation().latestAt()).isEqualTo(before.latestAt());
        assertThat(early.ours().orElseThrow().remindedAt()).isEmpty();

        overdue(key);
        take(reminder(key, asked));
        Instant first = line(nodes.spain, LUCIA, SqlLists.View.OURS, there(key))
                .ours()
                .orElseThrow()
                .remindedAt()
                .orElseThrow();
        take(reminder(key, asked));

        assertThat(line(nodes.spain, LUCIA, SqlLists.View.OURS, there(key))
                        .ours()
                        .orElseThrow()
                        .remindedAt())
                .contains(first);
        assertThat(count(nodes.spain, "select count(*) from bureau.message where conversation = ?", key))
                .isEqualTo(5);
    }

    private static void take(SignedMessage message) {
        nodes.spain
                .service(TransactionTemplate.class)
                .executeWithoutResult(status -> nodes.spain.services(MessageListener.class).stream()
                        .filter(listener -> listener.contentType().equals(Reminder.TYPE))
                        .forEach(listener -> listener.take(message)));
    }

    /** As Morocco's node would sign it, whatever its own rules say. */
    private static SignedMessage reminder(ConversationKey key, MessageId about) {
        Instant now = Instant.now();
        Message message = Message.of(
                new Header(
                        MessageId.random(RANDOM),
                        MA,
                        ES,
                        now,
                        now.plusSeconds(60),
                        new Position(key.id(), Lane.ORDINARY, 1, 1),
                        RosterReference.toCurrent(
                                nodes.spain.service(Rosters.class).history())),
                new Handling(
                        MA,
                        Purpose.INVESTIGATION.code(),
                        TREATY,
                        Optional.empty(),
                        Set.of(HandlingCode.H0),
                        Optional.empty(),
                        Set.of(),
                        now.plus(Duration.ofDays(100))),
                new Reminder(new MessageReference(about, Hash.ofDigest(new byte[32]))).toContent());
        return SignedMessage.sign(message, nodes.network.keys(MA).key(KeyUse.SIGNING), new Profile1(RANDOM));
    }
}
