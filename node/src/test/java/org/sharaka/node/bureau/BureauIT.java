package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.bureau.BureauFixture.ES;
import static org.sharaka.node.bureau.BureauFixture.MA;
import static org.sharaka.node.bureau.BureauFixture.TREATY;
import static org.sharaka.node.bureau.BureauFixture.XK;
import static org.sharaka.node.bureau.BureauFixture.bureau;
import static org.sharaka.node.bureau.BureauFixture.correspondents;
import static org.sharaka.node.bureau.BureauFixture.last;
import static org.sharaka.node.bureau.BureauFixture.list;
import static org.sharaka.node.bureau.BureauFixture.officer;
import static org.sharaka.node.bureau.BureauFixture.reading;
import static org.sharaka.node.bureau.BureauFixture.said;
import static org.sharaka.node.bureau.BureauFixture.sql;
import static org.sharaka.node.bureau.BureauFixture.there;
import static org.sharaka.node.platform.Eventually.await;
import static org.sharaka.node.platform.Refusals.refused;

import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.Profile1;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.Inquiry;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Reply;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Evaluation;
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

/** Morocco writes to Spain and Spain answers: two whole nodes, with invented cases. */
class BureauIT {
    private static final Permission READ = Permission.EXCHANGE_READ;
    private static final Permission SEND = Permission.EXCHANGE_SEND;
    private static final Permission APPROVE = Permission.EXCHANGE_APPROVE;
    private static final Actor AMINA = officer("amina", "Bureau", READ, SEND, APPROVE);
    private static final Actor LUCIA = officer("lucia", "Oficina", READ, SEND, APPROVE);
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

    private static Writing request(String subject) {
        return request(subject, "Who holds the account?");
    }

    private static Writing request(String subject, String text, Quoted... quotes) {
        return Writing.request(subject, new Words("en", text, Set.of(quotes)))
                .urgency(Urgency.URGENT)
                .reference("MA-2026-17")
                .codes(HandlingCode.H2)
                .evaluated(new Evaluation(Evaluation.Source.B, Evaluation.Information.CORROBORATED));
    }

    @Test
    void moroccoAsksSpainSeesItActsAndAnswersAndBothSeeHowFarItIs() throws Exception {
        ConversationKey key = nodes.open(AMINA, request("An account in Bilbao"));
        nodes.awaitThere(key, 1);
        nodes.awaitDelivery(AMINA, key, Delivery.ACCEPTED);

        assertThat(list(nodes.morocco, AMINA, SqlLists.View.THEIRS)).contains(key);
        assertThat(list(nodes.spain, LUCIA, SqlLists.View.OURS)).contains(there(key));
        Reading.OpenedConversation thread = reading(nodes.spain).view(LUCIA, there(key));
        assertThat(thread.conversation().subject()).isEqualTo("An account in Bilbao");
        assertThat(thread.conversation().legalBasis()).isEqualTo(TREATY);
        assertThat(thread.conversation().purpose()).isEqualTo(Purpose.INVESTIGATION);
        Reading.Said asked = thread.said().get(0);
        Inquiry inquiry = (Inquiry) asked.written().orElseThrow();
        assertThat(inquiry.facts()).contains("Bilbao");
        assertThat(inquiry.urgency()).isEqualTo(Urgency.URGENT);
        assertThat(asked.message().orElseThrow().handling().codes()).contains(HandlingCode.H0, HandlingCode.H2);
        assertThat(asked.message().orElseThrow().handling().permitted()).containsExactly(ES);
        assertThat(asked.message().orElseThrow().evaluation().orElseThrow().source())
                .isEqualTo(Evaluation.Source.B);
        Entry.Awaited here =
                said(nodes.morocco, AMINA, key).get(0).entry().awaited().orElseThrow();
        Entry.Awaited there = asked.entry().awaited().orElseThrow();
        // It runs from when Spain took it in, and here from when Spain said so.
        Instant due = asked.entry().at().plus(Duration.ofHours(8));
        assertThat(inquiry.answerBy()).isEmpty();
        assertThat(there.due()).contains(due);
        assertThat(here.due().orElseThrow()).isBetween(due, Instant.now().plus(Duration.ofHours(8)));

        bureau(nodes.spain).acted(LUCIA, there(key), asked.entry().id(), "The bank was told.", Set.of());
        nodes.awaitDelivery(AMINA, key, Delivery.ACTED);
        assertThat(last(nodes.morocco, AMINA, key).sentence()).contains("The bank was told.");
        assertThat(said(nodes.spain, LUCIA, there(key)).get(0).sentence()).contains("The bank was told.");
        refused(
                () -> bureau(nodes.spain).acted(LUCIA, there(key), asked.entry().id(), "Once more.", Set.of()),
                BureauProblem.ACTED_BEFORE);

        String name = asked.entry().name().orElseThrow().value();
        answer(key, "A part of it.", name, "PARTLY");
        assertThat(list(nodes.spain, LUCIA, SqlLists.View.OURS)).contains(there(key));
        answer(key, "All of it.", name, "GIVEN");
        await("the answer", () -> said(nodes.morocco, AMINA, key).size() == 3);

        assertThat(list(nodes.spain, LUCIA, SqlLists.View.OURS)).doesNotContain(there(key));
        assertThat(list(nodes.morocco, AMINA, SqlLists.View.THEIRS)).doesNotContain(key);
        Reply reply = (Reply) last(nodes.morocco, AMINA, key).written().orElseThrow();
        assertThat(reply.outcome()).isEqualTo(Reply.Outcome.GIVEN);
        assertThat(reply.written().text()).isEqualTo("All of it.");
        refused(() -> answer(key, "Again.", name, "GIVEN"), BureauProblem.NOT_AWAITED);
        for (TestNode node : List.of(nodes.morocco, nodes.spain)) {
            StringWriter told = new StringWriter();
            assertThat(node.run(new VerifyAuditCommand(), told)).isZero();
        }
        assertThat(actions(nodes.spain, "conversation/" + there(key))).contains("bureau.read", "bureau.write");
        assertThat(actions(nodes.morocco, "conversation/" + key)).contains("bureau.read", "bureau.write");
    }

    private static void answer(ConversationKey key, String text, String name, String outcome) {
        bureau(nodes.spain)
                .write(
                        LUCIA,
                        there(key),
                        Writing.answer(Composition.Kind.ANSWER, Words.of("en", text), name, outcome)
                                .composition());
    }

    private static List<String> actions(TestNode node, String subject) {
        return sql(node)
                .queryForList("select distinct action from audit.entry where subject = ?", String.class, subject);
    }

    @Test
    void whoIsToldSomethingUnaskedSaysWhatCameOfIt() {
        ConversationKey key = nodes.open(
                AMINA,
                Writing.information("A new trick", Words.of("en", "They call at noon."))
                        .awaitingFeedback());
        nodes.awaitThere(key, 1);
        Reading.Said told = last(nodes.spain, LUCIA, there(key));
        assertThat(told.entry().awaited().orElseThrow().urgency()).isEqualTo(Urgency.ROUTINE);

        bureau(nodes.spain)
                .write(
                        LUCIA,
                        there(key),
                        Writing.answer(
                                        Composition.Kind.FEEDBACK,
                                        Words.of("en", "Two calls were stopped."),
                                        told.entry().name().orElseThrow().value(),
                                        "ACTED")
                                .composition());

        await("feedback", () -> said(nodes.morocco, AMINA, key).size() == 2);
        assertThat(list(nodes.morocco, AMINA, SqlLists.View.THEIRS)).doesNotContain(key);
        assertThat(list(nodes.spain, LUCIA, SqlLists.View.OURS)).doesNotContain(there(key));
    }

    @Test
    void s18NothingIsWrittenWithoutALawAndTheOfficerIsToldWhy() {
        assertThat(correspondents(nodes.morocco)
                        .findings(
                                correspondents(nodes.morocco).member(XK).orElseThrow(),
                                Purpose.INVESTIGATION,
                                Optional.empty())
                        .valid())
                .extracting(basis -> basis.code().value())
                .doesNotContain(TREATY);
        assertThat(correspondents(nodes.morocco)
                        .findings(
                                correspondents(nodes.morocco).member(ES).orElseThrow(),
                                Purpose.INVESTIGATION,
                                Optional.empty())
                        .valid())
                .extracting(basis -> basis.code().value())
                .contains(TREATY);
        int before = conversations(nodes.morocco);

        refused(
                () -> bureau(nodes.morocco)
                        .open(AMINA, Map.of(XK, TREATY), request("No law").composition(), false, ""),
                AgreementProblem.NO_LEGAL_BASIS);
        refused(
                () -> bureau(nodes.morocco)
                        .open(
                                AMINA,
                                Map.of(XK, TREATY),
                                request("No law", "She said so.", Quoted.VICTIM).composition(),
                                false,
                                ""),
                AgreementProblem.NO_LEGAL_BASIS);
        Map<MemberId, String> both = new java.util.LinkedHashMap<>();
        both.put(ES, TREATY);
        both.put(XK, TREATY);
        refused(
                () -> bureau(nodes.morocco)
                        .open(AMINA, both, request("All or none").composition(), false, ""),
                AgreementProblem.NO_LEGAL_BASIS);

        assertThat(conversations(nodes.morocco)).isEqualTo(before);
        assertThat(sql(nodes.morocco)
                        .queryForObject(
                                "select count(*) from audit.entry where action = 'bureau.write' and problem = 'agreement.no-legal-basis'",
                                Integer.class))
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void s18WhereNoSentenceMayGoBackTheOfficerIsToldBeforeAndSaysThatSomebodyActed() {
        TestAgreements.add(nodes.morocco, "test.ending", "MA", "ES");
        TestAgreements.add(nodes.spain, "test.ending", Optional.of(LocalDate.of(2021, 1, 1)), false, "MA", "ES");
        ConversationKey key = bureau(nodes.morocco)
                .open(
                        AMINA,
                        Map.of(ES, "test.ending"),
                        request("A law that ended").composition(),
                        false,
                        "")
                .get(0);
        nodes.awaitThere(key, 1);
        Reading.Said asked = said(nodes.spain, LUCIA, there(key)).get(0);
        UUID id = asked.entry().id();
        Handling handling = asked.message().orElseThrow().handling();

        assertThat(correspondents(nodes.spain).mayTell(MA, handling)).isFalse();
        refused(
                () -> bureau(nodes.spain).acted(LUCIA, there(key), id, "The bank was told.", Set.of()),
                BureauProblem.SENTENCE_STAYS);
        bureau(nodes.spain).acted(LUCIA, there(key), id, "", Set.of());

        nodes.awaitDelivery(AMINA, key, Delivery.ACTED);
        assertThat(last(nodes.morocco, AMINA, key).sentence()).isEmpty();
        assertThat(last(nodes.spain, LUCIA, there(key)).sentence()).isEmpty();
        ConversationKey lawful = nodes.open(AMINA, request("A law in force"));
        nodes.awaitThere(lawful, 1);
        UUID other = last(nodes.spain, LUCIA, there(lawful)).entry().id();
        refused(() -> bureau(nodes.spain).acted(LUCIA, there(lawful), other, "", Set.of()), BureauProblem.BAD_FIELD);
    }

    /** Khemed's node cannot be called, and never comes to collect. */
    @Test
    void whatNeverArrivesIsNoLongerWaitedFor() {
        TestAgreements.add(nodes.morocco, "test.khemed", "MA", "XK");
        ConversationKey key = bureau(nodes.morocco)
                .open(
                        AMINA,
                        Map.of(XK, "test.khemed"),
                        request("An account in Khemed").composition(),
                        false,
                        "")
                .get(0);
        MessageId asked = last(nodes.morocco, AMINA, key).entry().name().orElseThrow();
        assertThat(list(nodes.morocco, AMINA, SqlLists.View.THEIRS)).contains(key);

        assertThat(nodes.morocco.service(ExchangeService.class).giveUp(Actor.system("test"), asked))
                .isTrue();

        assertThat(list(nodes.morocco, AMINA, SqlLists.View.THEIRS)).doesNotContain(key);
        assertThat(last(nodes.morocco, AMINA, key).delivery()).contains(Delivery.EXPIRED);
    }

    private static int conversations(TestNode node) {
        return sql(node).queryForObject("select count(*) from bureau.conversation", Integer.class);
    }

    @Test
    void aMemberGetsIntoNobodyElsesConversationByRepeatingItsName() {
        ConversationKey key = nodes.open(AMINA, request("Ours and Spain's"));
        SignedMessage intruding = ofXk(key.id(), Purpose.INVESTIGATION.code());

        take(intruding);

        assertThat(said(nodes.morocco, AMINA, key)).hasSize(1);
        assertThat(list(nodes.morocco, AMINA, SqlLists.View.ALL)).contains(key, new ConversationKey(XK, key.id()));
        Reading.Said one = last(nodes.morocco, AMINA, new ConversationKey(XK, key.id()));
        // The exchange did not carry it: there is no content, and the page says so.
        assertThat(one.written()).isEmpty();
    }

    /** docs/protocol.md, section 5.4: whoever was out of reach for days has its hours still. */
    @Test
    void theClockOfARequestRunsFromWhenItsRecipientTakesItInUnlessADateIsSet() {
        Instant sent = Instant.now().minus(Duration.ofDays(3));
        Instant date = sent.plus(Duration.ofDays(5)).truncatedTo(ChronoUnit.MILLIS);
        ConversationId usual = ConversationId.random(RANDOM);
        ConversationId dated = ConversationId.random(RANDOM);

        take(ofXk(usual, Purpose.INVESTIGATION.code(), sent, urgent(Optional.empty())));
        take(ofXk(dated, Purpose.INVESTIGATION.code(), sent, urgent(Optional.of(date))));

        assertThat(due(usual))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(8)).minusSeconds(60),
                        Instant.now().plus(Duration.ofHours(8)));
        assertThat(due(dated)).isEqualTo(date);
    }

    private static Inquiry urgent(Optional<Instant> answerBy) {
        return new Inquiry(
                "An account",
                Words.of("en", "Whose is it?"),
                "Money went there.",
                "The bank is yours.",
                Urgency.URGENT,
                Optional.of("It can still be stopped."),
                answerBy,
                Optional.empty());
    }

    private static Instant due(ConversationId id) {
        return last(nodes.morocco, AMINA, new ConversationKey(XK, id))
                .entry()
                .awaited()
                .flatMap(Entry.Awaited::due)
                .orElseThrow();
    }

    @Test
    void whatNamesNoPurposeOfOursIsRefused() {
        ConversationId id = ConversationId.random(RANDOM);

        assertThatThrownBy(() -> take(ofXk(id, "curiosity")))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.FIELD_WRONG));

        refused(() -> reading(nodes.morocco).view(AMINA, new ConversationKey(XK, id)), BureauProblem.NOT_FOUND);
    }

    private static void take(SignedMessage message) {
        String type = message.message().content().type();
        nodes.morocco
                .service(TransactionTemplate.class)
                .executeWithoutResult(status -> nodes.morocco.services(MessageListener.class).stream()
                        .filter(listener -> listener.contentType().equals(type))
                        .forEach(listener -> listener.take(message)));
    }

    private static SignedMessage ofXk(ConversationId conversation, String purpose) {
        return ofXk(
                conversation,
                purpose,
                Instant.now(),
                new FreeText(Optional.of("Let me in"), Words.of("en", "Tell me more")));
    }

    private static SignedMessage ofXk(ConversationId conversation, String purpose, Instant sent, Written written) {
        Message message = Message.of(
                new Header(
                        MessageId.random(RANDOM),
                        XK,
                        MA,
                        sent,
                        sent.plus(Duration.ofDays(7)),
                        new Position(conversation, Lane.ORDINARY, 1, 1),
                        RosterReference.toCurrent(
                                nodes.morocco.service(Rosters.class).history())),
                handling(XK, purpose),
                written.toContent());
        return SignedMessage.sign(message, nodes.network.keys(XK).key(KeyUse.SIGNING), new Profile1(RANDOM));
    }

    private static Handling handling(MemberId originator, String purpose) {
        return new Handling(
                originator,
                purpose,
                TREATY,
                Optional.empty(),
                Set.of(HandlingCode.H0),
                Optional.empty(),
                Set.of(),
                Instant.now().plus(Duration.ofDays(100)));
    }

    @Test
    void anAnswerToWhatNobodyAskedIsReadAndSettlesNothing() {
        ConversationId id = ConversationId.random(RANDOM);
        ExchangeService exchange = nodes.morocco.service(ExchangeService.class);
        Reply unasked = new Reply(
                new MessageReference(MessageId.random(RANDOM), Hash.ofDigest(new byte[32])),
                Reply.Outcome.GIVEN,
                Words.of("en", "Out of the blue"));

        MessageReference message = exchange.send(
                Actor.system("test"),
                Outgoing.of(ES, id, handling(MA, Purpose.INVESTIGATION.code()), unasked.toContent()));
        await("accepted", () -> exchange.sent(message.id())
                .filter(sent -> sent.state() == Sent.State.ACCEPTED)
                .isPresent());

        Reading.OpenedConversation thread = reading(nodes.spain).view(LUCIA, new ConversationKey(MA, id));
        assertThat(thread.conversation().subject()).isEmpty();
        assertThat(thread.said()).hasSize(1);
    }

    @Test
    void forWhatItsRecipientRefusedNobodyWaits() {
        ConversationKey key = nodes.open(AMINA, request("Refused there"));
        MessageId name = last(nodes.morocco, AMINA, key).entry().name().orElseThrow();

        nodes.morocco
                .service(ApplicationEventMulticaster.class)
                .multicastEvent(new PayloadApplicationEvent<>(
                        this,
                        new MessagesAnswered(
                                ES,
                                List.of(new MessageAnswered(
                                        ES, name, Receipt.State.REFUSED, Optional.of("too-large"))))));

        assertThat(list(nodes.morocco, AMINA, SqlLists.View.THEIRS)).doesNotContain(key);
    }

    @Test
    void aConversationBeginsWithARecipientAndAMatter() {
        assertThat(correspondents(nodes.morocco).correspondents())
                .extracting(member -> member.id())
                .containsExactlyInAnyOrder(ES, XK);
        refused(
                () -> bureau(nodes.morocco)
                        .open(AMINA, Map.of(), request("Nobody").composition(), false, ""),
                BureauProblem.NO_RECIPIENT);
        refused(
                () -> bureau(nodes.morocco)
                        .open(
                                AMINA,
                                Map.of(ES, TREATY),
                                Writing.text(Words.of("en", "No matter")).composition(),
                                false,
                                ""),
                BureauProblem.BAD_FIELD);
    }
}
