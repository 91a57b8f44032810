package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.exchange.Peers.bureau;

import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.AgreementProblem;
import org.sharaka.node.agreement.PartyCode;
import org.sharaka.node.agreement.TestAgreements;
import org.sharaka.node.assembly.AssemblyProblem;
import org.sharaka.node.assembly.Rosters;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Receipt;
import org.springframework.transaction.support.TransactionTemplate;

/** Whole nodes that speak to each other, with databases and keys of their own. */
class ExchangeIT {
    /** More than a node keeps connections. */
    private static final int SENDERS = 24;

    private static Peers peers;

    @BeforeAll
    static void start() {
        peers = Peers.of(List.of("xs", "xb", "xk"), List.of("xp"));
        TestNode sender = peers.start("xs");
        TestNode receiver = peers.start("xb");
        assertThat(sender).isNotEqualTo(receiver);
    }

    @AfterAll
    static void stop() {
        peers.close();
    }

    @Test
    void aMessageGoesFromOutboxToOutboxAndItsReceiptsAreProved() throws Exception {
        MessageReference message = peers.send("xs", "xb", Peers.conversation(), "good path");

        peers.awaitState("xs", message, Sent.State.ACCEPTED);
        assertThat(peers.notes("xb")).containsOnlyOnce("good path");
        assertThat(peers.exchange("xb")
                        .received(bureau("xs"), message.id())
                        .orElseThrow()
                        .hash())
                .isEqualTo(message.hash());
        assertThat(peers.exchange("xs").proved(message.id()))
                .extracting(Receipt::state)
                .containsExactly(Receipt.State.DELIVERED, Receipt.State.ACCEPTED);
        for (String country : List.of("xs", "xb")) {
            StringWriter said = new StringWriter();
            assertThat(peers.node(country).run(new VerifyAuditCommand(), said)).isZero();
        }
        assertThat(actions("xs", "message/" + message.id())).contains("exchange.send");
        assertThat(actions("xb", "message/" + message.id())).contains("exchange.accept");
    }

    private static List<String> actions(String country, String subject) {
        return peers.sql(country)
                .queryForList("select action from audit.entry where subject like ?", String.class, subject + "%");
    }

    @Test
    void manyMessagesOfManyConversationsArriveOnceAndInTheirOrder() {
        List<ConversationId> conversations =
                IntStream.range(0, 5).mapToObj(i -> Peers.conversation()).toList();
        List<MessageReference> sent = new ArrayList<>();

        for (int i = 0; i < 30; i++)
            for (int c = 0; c < conversations.size(); c++)
                sent.add(peers.send("xs", "xb", conversations.get(c), "many " + c + " " + i));

        sent.forEach(message -> peers.awaitState("xs", message, Sent.State.ACCEPTED));
        for (int c = 0; c < conversations.size(); c++) {
            String begin = "many " + c + " ";
            assertThat(peers.notes("xb").stream().filter(text -> text.startsWith(begin)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 30).mapToObj(i -> begin + i).toList());
        }
    }

    /** Whoever has committed sends the courier while he still holds his connection; the courier needs one, too. */
    @Test
    void asManySendersAsThereAreConnectionsLeaveTheCourierOne() throws Exception {
        ConversationId conversation = Peers.conversation();
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
        try {
            List<Future<MessageReference>> sent = IntStream.range(0, 50 * SENDERS)
                    .mapToObj(i -> senders.submit(() -> peers.send("xs", "xb", conversation, "crowded " + i)))
                    .toList();

            for (Future<MessageReference> each : sent)
                peers.awaitState("xs", each.get(1, TimeUnit.MINUTES), Sent.State.ACCEPTED);
        } finally {
            senders.shutdownNow();
        }
        assertThat(peers.notes("xb").stream().filter(text -> text.startsWith("crowded ")))
                .doesNotHaveDuplicates()
                .hasSize(50 * SENDERS);
    }

    @Test
    void nothingLeavesOfAnActThatIsRolledBack() {
        TransactionTemplate transactions = peers.node("xs").service(TransactionTemplate.class);
        ConversationId conversation = Peers.conversation();

        transactions.executeWithoutResult(status -> {
            MessageReference unused = peers.send("xs", "xb", conversation, "rolled back");
            status.setRollbackOnly();
        });
        MessageReference after = peers.send("xs", "xb", conversation, "after the rollback");

        peers.awaitState("xs", after, Sent.State.ACCEPTED);
        assertThat(peers.notes("xb")).doesNotContain("rolled back");
    }

    @Test
    void s18NothingLeavesWithoutALawThatLetsItGo() {
        Handling lawful = Peers.handling(bureau("xs"));
        Handling unlawful = new Handling(
                lawful.originator(),
                Purpose.WARN.code(),
                lawful.legalBasis(),
                lawful.offence(),
                lawful.codes(),
                lawful.remarks(),
                lawful.permitted(),
                lawful.keepUntil());
        Outgoing what = Outgoing.of(bureau("xb"), Peers.conversation(), unlawful, Peers.note("unlawful"));

        refused(AgreementProblem.NO_LEGAL_BASIS, Peers.OFFICER, what);

        assertThat(peers.sql("xs")
                        .queryForObject(
                                "select count(*) from exchange.sequence where conversation = ?",
                                Integer.class,
                                what.conversation().value()))
                .isZero();
        assertThat(peers.sql("xs")
                        .queryForList(
                                "select problem from audit.entry where action = 'exchange.send' and outcome = 'REFUSED'",
                                String.class))
                .contains("agreement.no-legal-basis");
    }

    private static void refused(ProblemType why, Actor actor, Outgoing what) {
        assertThatThrownBy(() -> peers.exchange("xs").send(actor, what))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(why));
    }

    @Test
    void whoMayNotSendDoesNotAndNobodySendsToWhomTheRosterDoesNotList() {
        Outgoing what = Peers.outgoing("xs", "xb", Peers.conversation(), "not allowed");
        Actor reader = new Actor(
                Actor.Kind.OFFICER,
                "reader",
                "reader",
                Optional.empty(),
                Set.of(Permission.EXCHANGE_READ),
                Optional.of(Purpose.INVESTIGATION));

        refused(org.sharaka.node.access.AccessProblem.FORBIDDEN, reader, what);
        refused(
                ExchangeProblem.RECIPIENT_NOT_ACTIVE,
                Peers.OFFICER,
                Peers.outgoing("xs", "xx", Peers.conversation(), "to nobody"));
        refused(
                ExchangeProblem.RECIPIENT_NOT_ACTIVE,
                Peers.OFFICER,
                Peers.outgoing("xs", "xs", Peers.conversation(), "to oneself"));
    }

    @Test
    void aRefusedMessageSaysWhyAndHoldsNobodyUp() {
        ConversationId conversation = Peers.conversation();

        MessageReference refused = peers.send("xs", "xb", conversation, "refuse this");
        MessageReference next = peers.send("xs", "xb", conversation, "next of refused");

        peers.awaitState("xs", refused, Sent.State.REFUSED);
        peers.awaitState("xs", next, Sent.State.ACCEPTED);
        assertThat(peers.sent("xs", refused).reason()).contains("field-wrong");
        assertThat(peers.exchange("xb").received(bureau("xs"), refused.id())).isEmpty();
        assertThat(peers.sql("xb")
                        .queryForObject(
                                "select count(*) from exchange.received_content where id = ?",
                                Integer.class,
                                refused.id().value()))
                .isZero();
    }

    @Test
    void aFaultOfOursHoldsItsConversationAloneAndHealsByItself() {
        ConversationId conversation = Peers.conversation();

        MessageReference failing = peers.send("xs", "xb", conversation, "fail once please");
        MessageReference after = peers.send("xs", "xb", conversation, "after the fault");
        MessageReference other = peers.send("xs", "xb", Peers.conversation(), "elsewhere");

        for (MessageReference each : List.of(other, failing, after)) peers.awaitState("xs", each, Sent.State.ACCEPTED);
        assertThat(peers.notes("xb")).containsSubsequence("fail once please", "after the fault");
    }

    @Test
    void aPersonSaysWhatWasDoneAndItTravelsSealed() {
        MessageReference message = peers.send("xs", "xb", Peers.conversation(), "please act");
        peers.awaitState("xs", message, Sent.State.ACCEPTED);

        acted(message, "the account was blocked");

        Peers.await("acted", () -> peers.exchange("xs").proved(message.id()).size() == 3);
        assertThat(peers.exchange("xs").proved(message.id()).get(2).sentence()).contains("the account was blocked");
        assertThat(peers.sql("xs")
                        .queryForObject("""
                                select count(*) from exchange.receipt_batch b join exchange.receipt r on r.batch = b.number
                                where r.message = ? and r.state = 'ACTED' and b.signed is null
                                """, Integer.class, message.id().value()))
                .isOne();
        refusedToAct(message);
    }

    private static void refusedToAct(MessageReference message) {
        assertThatThrownBy(() -> peers.exchange("xb")
                        .acted(Peers.OFFICER, bureau("xk"), message.id(), Optional.of("not theirs")))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ExchangeProblem.NOT_FOUND));
    }

    private static void acted(MessageReference message, String sentence) {
        peers.exchange("xb").acted(Peers.OFFICER, bureau("xs"), message.id(), Optional.of(sentence));
    }

    private static Optional<Receipt> saidActed(MessageReference message) {
        return peers.exchange("xs").proved(message.id()).stream()
                .filter(receipt -> receipt.state() == Receipt.State.ACTED)
                .findFirst();
    }

    @Test
    void s18ASentenceGoesBackUnderTheLawOfItsMessageOnlyAndThatSomebodyActedAlways() {
        for (String country : List.of("xs", "xb"))
            TestAgreements.add(
                    peers.node(country),
                    "test.ending",
                    country.equals("xs") ? Optional.empty() : Optional.of(LocalDate.of(2021, 1, 1)),
                    false,
                    PartyCode.of(peers.member("xs")).value(),
                    PartyCode.of(peers.member("xb")).value());
        Handling lawful = Peers.handling(bureau("xs"));
        Handling ended = new Handling(
                lawful.originator(),
                lawful.purpose(),
                "test.ending",
                lawful.offence(),
                lawful.codes(),
                lawful.remarks(),
                lawful.permitted(),
                lawful.keepUntil());
        MessageReference message = peers.exchange("xs")
                .send(
                        Peers.OFFICER,
                        Outgoing.of(bureau("xb"), Peers.conversation(), ended, Peers.note("the law ended")));
        peers.awaitState("xs", message, Sent.State.ACCEPTED);

        assertThatThrownBy(() -> acted(message, "the account was blocked"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(AgreementProblem.NO_LEGAL_BASIS));
        assertThat(peers.sql("xb")
                        .queryForObject(
                                "select count(*) from exchange.given where message = ? and state = 'ACTED'",
                                Integer.class,
                                message.id().value()))
                .isZero();
        peers.exchange("xb").acted(Peers.OFFICER, bureau("xs"), message.id(), Optional.empty());

        Peers.await("acted", () -> saidActed(message).isPresent());
        assertThat(saidActed(message).orElseThrow().sentence()).isEmpty();
    }

    @Test
    void s20ASentenceEndsWithItsMessageAtBothEndsAndThatSomebodyActedStays() {
        MessageReference ends = peers.send("xs", "xb", Peers.conversation(), "ends early");
        MessageReference stays = peers.send("xs", "xb", Peers.conversation(), "stays");
        for (MessageReference each : List.of(ends, stays)) {
            peers.awaitState("xs", each, Sent.State.ACCEPTED);
            acted(each, "the account was blocked");
        }
        for (MessageReference each : List.of(ends, stays))
            Peers.await("acted", () -> saidActed(each).isPresent());
        assertThat(sentences(ends)).containsExactly(1, 1);
        byte[] original = peers.exchange("xs").receiptBatches(ends.id()).get(2);

        peers.exchange("xb").purgeReceived(Peers.OFFICER, bureau("xs"), ends.id());
        peers.exchange("xs").purgeSent(Peers.OFFICER, ends.id());

        assertThat(sentences(ends)).containsExactly(0, 0);
        assertThat(sentences(stays)).containsExactly(1, 1);
        assertThat(saidActed(stays).orElseThrow().sentence()).contains("the account was blocked");
        assertThat(peers.exchange("xs").proved(ends.id()))
                .extracting(Receipt::state)
                .doesNotContain(Receipt.State.ACTED);
        assertThat(peers.sql("xs").queryForMap("""
                        select r.state, r.at is not null as timed, b.hash from exchange.receipt r
                        join exchange.receipt_batch b on b.number = r.batch where r.message = ? and r.state = 'ACTED'
                        """, ends.id().value()))
                .containsEntry("timed", true)
                .containsEntry("hash", org.sharaka.protocol.Hash.of(original).bytes());
        // Given once more, it says that somebody acted and no more.
        peers.sql("xb")
                .update(
                        "update exchange.given set given_at = null where message = ?",
                        ends.id().value());
        Peers.await("given again", () -> Integer.valueOf(0)
                .equals(peers.sql("xb")
                        .queryForObject(
                                "select count(*) from exchange.given where message = ? and given_at is null",
                                Integer.class,
                                ends.id().value())));
        assertThat(sentences(ends)).containsExactly(0, 0);
        assertThatThrownBy(() -> acted(ends, "too late"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(ExchangeProblem.NOT_FOUND));
    }

    /** How many are kept of a message, where they were written and where they went. */
    private static List<Integer> sentences(MessageReference message) {
        return List.of(
                Optional.ofNullable(peers.sql("xb")
                                .queryForObject(
                                        "select count(*) from exchange.given where message = ? and sentence is not null",
                                        Integer.class,
                                        message.id().value()))
                        .orElseThrow(),
                Optional.ofNullable(peers.sql("xs")
                                .queryForObject(
                                        "select count(*) from exchange.receipt_text where ? = any (messages)",
                                        Integer.class,
                                        message.id().value()))
                        .orElseThrow());
    }

    @Test
    void contentLiesSealedOnBothSides() {
        MessageReference message = peers.send("xs", "xb", Peers.conversation(), "words that nobody shall read");
        peers.awaitState("xs", message, Sent.State.ACCEPTED);

        for (String where : List.of("xs exchange.sent_content", "xb exchange.received_content")) {
            byte[] sealed = peers.sql(where.substring(0, 2))
                    .queryForObject(
                            "select sealed from " + where.substring(3) + " where id = ?",
                            byte[].class,
                            message.id().value());
            assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .doesNotContain("words that nobody");
        }
    }

    @Test
    void s20PastItsTimeTheContentIsDestroyedOnBothSidesAndTheProofStays() {
        Handling lawful = Peers.handling(bureau("xs"));
        Handling brief = new Handling(
                lawful.originator(),
                lawful.purpose(),
                lawful.legalBasis(),
                lawful.offence(),
                lawful.codes(),
                lawful.remarks(),
                lawful.permitted(),
                java.time.Instant.now().plusSeconds(6));
        MessageReference message = peers.exchange("xs")
                .send(Peers.OFFICER, Outgoing.of(bureau("xb"), Peers.conversation(), brief, Peers.note("brief")));
        peers.awaitState("xs", message, Sent.State.ACCEPTED);
        acted(message, "done in time");

        Peers.await(
                "destroyed on both sides",
                () -> !purges("xs", "message/" + message.id() + " to " + bureau("xb"))
                                .isEmpty()
                        && !purges("xb", "message/" + message.id() + " from " + bureau("xs"))
                                .isEmpty());

        assertThat(peers.exchange("xs").sentMessage(message.id())).isEmpty();
        assertThat(peers.exchange("xb").received(bureau("xs"), message.id())).isEmpty();
        assertThat(peers.exchange("xs").proved(message.id())).hasSize(2);
        assertThat(sentences(message)).containsExactly(0, 0);
        assertThat(purges("xs", "message/" + message.id() + " to " + bureau("xb")))
                .hasSize(1);
        assertThat(purges("xb", "message/" + message.id() + " from " + bureau("xs")))
                .containsExactly(peers.exchange("xb")
                        .gone(bureau("xs"), message.id())
                        .orElseThrow()
                        .entry()
                        .value());
    }

    private static List<java.util.UUID> purges(String country, String subject) {
        return peers.sql(country)
                .queryForList(
                        "select id from audit.entry where action = 'exchange.purge' and subject = ?",
                        java.util.UUID.class,
                        subject);
    }

    @Test
    void whatIsForTheControlLaneDoesNotWaitBehindTheRest() {
        ConversationId conversation = Peers.conversation();
        List<MessageReference> ordinary = new ArrayList<>();
        TransactionTemplate transactions = peers.node("xs").service(TransactionTemplate.class);
        Outgoing urgent = Peers.outgoing("xs", "xb", conversation, "recall");
        MessageReference control = transactions.execute(status -> {
            for (int i = 0; i < 300; i++) ordinary.add(peers.send("xs", "xb", conversation, "bulk " + i));
            return peers.exchange("xs")
                    .send(
                            Peers.OFFICER,
                            new Outgoing(
                                    urgent.recipient(),
                                    urgent.conversation(),
                                    Lane.CONTROL,
                                    urgent.handling(),
                                    urgent.evaluation(),
                                    urgent.content(),
                                    urgent.files(),
                                    urgent.onward(),
                                    urgent.life()));
        });

        peers.awaitState("xs", control, Sent.State.ACCEPTED);
        peers.awaitState("xs", ordinary.get(299), Sent.State.ACCEPTED);

        List<String> notes = peers.notes("xb");
        assertThat(notes.indexOf("recall")).isLessThan(notes.indexOf("bulk 299"));
    }

    @Test
    void whatExpiresLeavesAMarkSoThatNothingWaitsForEver() {
        ConversationId conversation = Peers.conversation();
        Outgoing brief = Peers.outgoing("xs", "xk", conversation, "expires");
        MessageReference lost = peers.exchange("xs")
                .send(
                        Peers.OFFICER,
                        new Outgoing(
                                brief.recipient(),
                                conversation,
                                Lane.ORDINARY,
                                brief.handling(),
                                brief.evaluation(),
                                brief.content(),
                                brief.files(),
                                brief.onward(),
                                Optional.of(Duration.ofSeconds(1))));
        MessageReference next = peers.send("xs", "xk", conversation, "after the expired");
        peers.awaitState("xs", lost, Sent.State.SKIPPED);

        TestNode unused = peers.start("xk");

        peers.awaitState("xs", next, Sent.State.ACCEPTED);
        assertThat(peers.notes("xk")).containsExactly("after the expired");
        assertThat(actions("xs", "message/" + lost.id())).contains("exchange.skip");
        theNodeThatNobodyCanCallCollectsItsMail();
        aNewerRosterSpreadsFromMemberToMember();
    }

    /** Needs three nodes up, as the one above leaves them. */
    private void theNodeThatNobodyCanCallCollectsItsMail() {
        MessageReference early = peers.send("xs", "xp", Peers.conversation(), "to be collected");

        TestNode unused = peers.start("xp");

        peers.awaitState("xs", early, Sent.State.ACCEPTED);
        assertThat(peers.notes("xp")).containsOnlyOnce("to be collected");
        MessageReference back = peers.send("xp", "xs", Peers.conversation(), "from the collector");
        peers.awaitState("xp", back, Sent.State.ACCEPTED);
        assertThat(peers.exchange("xp").proved(back.id())).hasSize(2);
        Peers.await(
                "receipts that were collected are not offered again",
                () -> peers.sql("xs")
                                .queryForObject(
                                        "select count(*) from exchange.given where recipient = 'xp-ncb' and given_at is null",
                                        Integer.class)
                        == 0);
    }

    /** One member is taught; the others learn of it with what they exchange. */
    private void aNewerRosterSpreadsFromMemberToMember() {
        var next = peers.network.decide(member -> member);
        peers.network.teach(peers.node("xs"));

        MessageReference message = peers.send("xs", "xb", Peers.conversation(), "under the new roster");

        peers.awaitState("xs", message, Sent.State.ACCEPTED);
        for (String country : List.of("xb", "xp")) {
            MessageReference asking = peers.send(country, "xs", Peers.conversation(), "hello from " + country);
            peers.awaitState(country, asking, Sent.State.ACCEPTED);
            Peers.await(
                    country + " has it",
                    () -> peers.node(country).service(Rosters.class).current().version()
                            == next.roster().version());
        }
    }

    @Test
    void theListenerIsToldToOtherProgramsAndMonitoringSeesTheQueues() throws Exception {
        assertThat(Files.readString(peers.node("xs").home().resolve("listeners.properties")))
                .contains("exchange=" + peers.endpoint("xs"));
        HttpClient client = HttpClient.newHttpClient();
        String metrics = client.send(
                        HttpRequest.newBuilder(peers.node("xs").management().resolve("/prometheus"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(metrics)
                .contains("sharaka_exchange_waiting{", "sharaka_exchange_held", "sharaka_exchange_unreachable")
                .doesNotContain("xb-ncb");
        URI health = peers.node("xs").management().resolve("/health");
        assertThat(client.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aNodeThatIsNoMemberNeitherListensNorSends() {
        try (TestNode alone = TestNode.start("sharaka.exchange.port=0")) {
            assertThat(alone.service(Operation.class).listening()).isFalse();
            assertThatThrownBy(() -> alone.service(ExchangeService.class)
                            .send(Peers.OFFICER, Peers.outgoing("xs", "xb", Peers.conversation(), "alone")))
                    .isInstanceOfSatisfying(
                            ProblemException.class, e -> assertThat(e.type()).isEqualTo(AssemblyProblem.NOT_JOINED));
        }
    }
}
