package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.bureau.BureauFixture.ES;
import static org.sharaka.node.bureau.BureauFixture.MA;
import static org.sharaka.node.bureau.BureauFixture.TREATY;
import static org.sharaka.node.bureau.BureauFixture.XK;
import static org.sharaka.node.bureau.BureauFixture.await;
import static org.sharaka.node.bureau.BureauFixture.bureau;
import static org.sharaka.node.bureau.BureauFixture.correspondents;
import static org.sharaka.node.bureau.BureauFixture.ending;
import static org.sharaka.node.bureau.BureauFixture.look;
import static org.sharaka.node.bureau.BureauFixture.officer;
import static org.sharaka.node.bureau.BureauFixture.reading;
import static org.sharaka.node.bureau.BureauFixture.sql;

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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
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
    private static final Actor OMAR = officer("omar", "Bureau", READ, APPROVE);
    private static final Actor LUCIA = officer("lucia", "Oficina", READ, SEND, APPROVE);
    private static final Actor STRANGER = officer("karim", "Intake", Permission.REPORT_READ);
    private static final Actor OTHER_UNIT = officer("salma", "Elsewhere", READ, SEND, APPROVE);

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

    private static Terms terms(Purpose purpose, HandlingCode... codes) {
        return new Terms(
                purpose,
                TREATY,
                Optional.empty(),
                Set.of(codes),
                "",
                Optional.of(new Evaluation(Evaluation.Source.B, Evaluation.Information.CORROBORATED)),
                false);
    }

    private static Composition composition(
            Composition.Kind kind, String subject, String text, Set<Quoted> quotes, String about, String outcome) {
        return new Composition(
                kind,
                subject,
                new Words("en", text, quotes),
                "Money went to an account in Bilbao.",
                "The bank is Spanish.",
                Urgency.URGENT,
                "It can still be stopped.",
                "MA-2026-17",
                kind == Composition.Kind.INFORMATION,
                about,
                outcome,
                terms(Purpose.INVESTIGATION, HandlingCode.H2),
                List.of());
    }

    private static Composition request(String subject) {
        return composition(Composition.Kind.REQUEST, subject, "Who holds the account?", Set.of(), "", "");
    }

    private static Composition text(String text, Quoted... quotes) {
        return composition(Composition.Kind.TEXT, "", text, Set.of(quotes), "", "");
    }

    private static ConversationKey open(Composition composition) {
        return bureau(nodes.morocco)
                .open(AMINA, Map.of(ES, TREATY), composition, false, "")
                .get(0);
    }

    /** The same conversation on the other side. */
    private static ConversationKey there(ConversationKey here) {
        return new ConversationKey(MA, here.id());
    }

    private static List<Reading.Said> said(TestNode node, Actor actor, ConversationKey key) {
        return reading(node).view(actor, key).said();
    }

    private static Reading.Said last(TestNode node, Actor actor, ConversationKey key) {
        List<Reading.Said> said = said(node, actor, key);
        return said.get(said.size() - 1);
    }

    private static void awaitThere(ConversationKey key, int messages) {
        await(
                messages + " messages in Spain",
                () -> sql(nodes.spain)
                                .queryForObject(
                                        "select count(*) from bureau.message where conversation = ?",
                                        Integer.class,
                                        key.id().value())
                        == messages);
    }

    private static void awaitDelivery(ConversationKey key, Delivery delivery) {
        await("" + delivery, () -> last(nodes.morocco, AMINA, key)
                .delivery()
                .filter(delivery::equals)
                .isPresent());
    }

    private static List<ConversationKey> list(TestNode node, Actor actor, SqlLists.View view) {
        return reading(node).list(actor, view, Optional.empty()).stream()
                .map(line -> line.conversation().key())
                .toList();
    }

    private static void refused(ThrowingCallable act, ProblemType type) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    @Test
    void moroccoAsksSpainSeesItActsAndAnswersAndBothSeeHowFarItIs() throws Exception {
        ConversationKey key = open(request("An account in Bilbao"));
        awaitThere(key, 1);
        awaitDelivery(key, Delivery.ACCEPTED);

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
        awaitDelivery(key, Delivery.ACTED);
        assertThat(last(nodes.morocco, AMINA, key).sentence()).contains("The bank was told.");
        assertThat(said(nodes.spain, LUCIA, there(key)).get(0).sentence()).contains("The bank was told.");
        refused(
                () -> bureau(nodes.spain).acted(LUCIA, there(key), asked.entry().id(), "Once more.", Set.of()),
                BureauProblem.ACTED_BEFORE);

        String name = asked.entry().name().orElseThrow().value();
        bureau(nodes.spain)
                .write(
                        LUCIA,
                        there(key),
                        composition(Composition.Kind.ANSWER, "", "A part of it.", Set.of(), name, "PARTLY"));
        assertThat(list(nodes.spain, LUCIA, SqlLists.View.OURS)).contains(there(key));
        bureau(nodes.spain)
                .write(
                        LUCIA,
                        there(key),
                        composition(Composition.Kind.ANSWER, "", "All of it.", Set.of(), name, "GIVEN"));
        await("the answer", () -> said(nodes.morocco, AMINA, key).size() == 3);

        assertThat(list(nodes.spain, LUCIA, SqlLists.View.OURS)).doesNotContain(there(key));
        assertThat(list(nodes.morocco, AMINA, SqlLists.View.THEIRS)).doesNotContain(key);
        Reply reply = (Reply) last(nodes.morocco, AMINA, key).written().orElseThrow();
        assertThat(reply.outcome()).isEqualTo(Reply.Outcome.GIVEN);
        assertThat(reply.written().text()).isEqualTo("All of it.");
        refused(
                () -> bureau(nodes.spain)
                        .write(
                                LUCIA,
                                there(key),
                                composition(Composition.Kind.ANSWER, "", "Again.", Set.of(), name, "GIVEN")),
                BureauProblem.NOT_AWAITED);
        for (TestNode node : List.of(nodes.morocco, nodes.spain)) {
            StringWriter told = new StringWriter();
            assertThat(node.run(new VerifyAuditCommand(), told)).isZero();
        }
        assertThat(actions(nodes.spain, "conversation/" + there(key))).contains("bureau.read", "bureau.write");
        assertThat(actions(nodes.morocco, "conversation/" + key)).contains("bureau.read", "bureau.write");
    }

    private static List<String> actions(TestNode node, String subject) {
        return sql(node)
                .queryForList("select distinct action from audit.entry where subject = ?", String.class, subject);
    }

    @Test
    void whoIsToldSomethingUnaskedSaysWhatCameOfIt() {
        ConversationKey key =
                open(composition(Composition.Kind.INFORMATION, "A new trick", "They call at noon.", Set.of(), "", ""));
        awaitThere(key, 1);
        Reading.Said told = last(nodes.spain, LUCIA, there(key));
        assertThat(told.entry().awaited().orElseThrow().urgency()).isEqualTo(Urgency.ROUTINE);

        bureau(nodes.spain)
                .write(
                        LUCIA,
                        there(key),
                        composition(
                                Composition.Kind.FEEDBACK,
                                "",
                                "Two calls were stopped.",
                                Set.of(),
                                told.entry().name().orElseThrow().value(),
                                "ACTED"));

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
                () -> bureau(nodes.morocco).open(AMINA, Map.of(XK, TREATY), request("No law"), false, ""),
                AgreementProblem.NO_LEGAL_BASIS);
        refused(
                () -> bureau(nodes.morocco)
                        .open(
                                AMINA,
                                Map.of(XK, TREATY),
                                composition(
                                        Composition.Kind.REQUEST,
                                        "No law",
                                        "She said so.",
                                        Set.of(Quoted.VICTIM),
                                        "",
                                        ""),
                                false,
                                ""),
                AgreementProblem.NO_LEGAL_BASIS);
        Map<MemberId, String> both = new java.util.LinkedHashMap<>();
        both.put(ES, TREATY);
        both.put(XK, TREATY);
        refused(
                () -> bureau(nodes.morocco).open(AMINA, both, request("All or none"), false, ""),
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
                .open(AMINA, Map.of(ES, "test.ending"), request("A law that ended"), false, "")
                .get(0);
        awaitThere(key, 1);
        Reading.Said asked = said(nodes.spain, LUCIA, there(key)).get(0);
        UUID id = asked.entry().id();
        Handling handling = asked.message().orElseThrow().handling();

        assertThat(correspondents(nodes.spain).mayTell(MA, handling)).isFalse();
        refused(
                () -> bureau(nodes.spain).acted(LUCIA, there(key), id, "The bank was told.", Set.of()),
                BureauProblem.SENTENCE_STAYS);
        bureau(nodes.spain).acted(LUCIA, there(key), id, "", Set.of());

        awaitDelivery(key, Delivery.ACTED);
        assertThat(last(nodes.morocco, AMINA, key).sentence()).isEmpty();
        assertThat(last(nodes.spain, LUCIA, there(key)).sentence()).isEmpty();
        ConversationKey lawful = open(request("A law in force"));
        awaitThere(lawful, 1);
        UUID other = last(nodes.spain, LUCIA, there(lawful)).entry().id();
        refused(() -> bureau(nodes.spain).acted(LUCIA, there(lawful), other, "", Set.of()), BureauProblem.BAD_FIELD);
    }

    /** Khemed's node cannot be called, and never comes to collect. */
    @Test
    void whatNeverArrivesIsNoLongerWaitedFor() {
        TestAgreements.add(nodes.morocco, "test.khemed", "MA", "XK");
        ConversationKey key = bureau(nodes.morocco)
                .open(AMINA, Map.of(XK, "test.khemed"), request("An account in Khemed"), false, "")
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
    void s11AVictimsWordsTravelOnlyAfterASecondOfficerHasReadThem() {
        ConversationKey key = open(composition(
                Composition.Kind.REQUEST, "Threats", "She says: he films me.", Set.of(Quoted.VICTIM), "", ""));
        UUID draft = last(nodes.morocco, AMINA, key).entry().id();
        assertThat(list(nodes.morocco, OMAR, SqlLists.View.LOOK)).contains(key);
        assertThat(list(nodes.morocco, AMINA, SqlLists.View.THEIRS)).doesNotContain(key);
        assertThat(sent(key)).isZero();

        String before = shown(key);
        refused(() -> look(nodes.morocco).release(AMINA, key, draft, before), BureauProblem.OWN_WORDS);
        refused(() -> look(nodes.morocco).giveBack(AMINA, key, draft, "mine"), BureauProblem.OWN_WORDS);
        refused(
                () -> look(nodes.morocco).release(officer("nobody", "Bureau", READ, SEND), key, draft, before),
                AccessProblem.FORBIDDEN);
        refused(() -> look(nodes.morocco).giveBack(OMAR, key, draft, ""), BureauProblem.REMARK_MISSING);
        look(nodes.morocco).giveBack(OMAR, key, draft, "Her words are not needed.");
        refused(() -> look(nodes.morocco).release(OMAR, key, draft, before), BureauProblem.LOOKED_BEFORE);
        assertThat(last(nodes.morocco, AMINA, key).remark()).contains("Her words are not needed.");
        assertThat(sent(key)).isZero();

        refused(
                () -> look(nodes.morocco)
                        .reword(officer("nobody", "Bureau", READ, SEND), key, draft, "Mine now", "f", "g"),
                BureauProblem.NOT_THE_AUTHOR);
        refused(() -> look(nodes.morocco).reword(AMINA, key, draft, "She is filmed.", "", ""), BureauProblem.BAD_FIELD);
        look(nodes.morocco).reword(AMINA, key, draft, "She is filmed.", "Threats since May.", "He lives there.");
        refused(() -> look(nodes.morocco).release(AMINA, key, draft, before), BureauProblem.OWN_WORDS);
        assertThat(sent(key)).isZero();
        // What stood on Omar's page before Amina reworded it is not what would leave.
        refused(() -> look(nodes.morocco).release(OMAR, key, draft, before), BureauProblem.LOOKED_BEFORE);
        assertThat(sent(key)).isZero();
        look(nodes.morocco).release(OMAR, key, draft, shown(key));

        awaitThere(key, 1);
        Inquiry got = (Inquiry) last(nodes.spain, LUCIA, there(key)).written().orElseThrow();
        assertThat(got.asked().text()).isEqualTo("She is filmed.");
        assertThat(got.facts()).isEqualTo("Threats since May.");
        assertThat(got.asked().quotes()).containsExactly(Quoted.VICTIM);
        assertThat(list(nodes.morocco, AMINA, SqlLists.View.THEIRS)).contains(key);
        assertThat(last(nodes.morocco, AMINA, key).entry().lookedBy()).contains("omar");
        refused(() -> look(nodes.morocco).release(OMAR, key, draft, before), BureauProblem.LOOKED_BEFORE);
        assertThat(sql(nodes.morocco)
                        .queryForList(
                                "select outcome from audit.entry where action = 'bureau.release' and subject = ?",
                                String.class,
                                "draft/" + draft))
                .contains("REFUSED", "DONE");
    }

    /** What a second officer's page says of the words that it shows. */
    private static String shown(ConversationKey key) {
        return last(nodes.morocco, OMAR, key).draft().orElseThrow().shown();
    }

    private static int sent(ConversationKey key) {
        return sql(nodes.morocco)
                .queryForObject(
                        "select count(*) from exchange.sent where conversation = ?",
                        Integer.class,
                        key.id().value());
    }

    @Test
    void s11AnAnswerThatRepeatsAWitnessWaitsTooAndCanBeDiscarded() {
        ConversationKey key = open(request("A witness"));
        awaitThere(key, 1);

        bureau(nodes.spain).write(LUCIA, there(key), text("He saw the van.", Quoted.WITNESS));
        Reading.Said waiting = last(nodes.spain, LUCIA, there(key));
        assertThat(waiting.entry().state()).isEqualTo(Entry.State.LOOK);
        assertThat(look(nodes.spain).discard(LUCIA, there(key), waiting.entry().id()))
                .isTrue();

        assertThat(said(nodes.spain, LUCIA, there(key))).hasSize(1);
        ConversationKey alone =
                open(composition(Composition.Kind.REQUEST, "Alone", "She says so.", Set.of(Quoted.REPORTER), "", ""));
        assertThat(look(nodes.morocco)
                        .discard(
                                AMINA,
                                alone,
                                last(nodes.morocco, AMINA, alone).entry().id()))
                .isFalse();
        refused(() -> reading(nodes.morocco).view(AMINA, alone), BureauProblem.NOT_FOUND);
    }

    @Test
    void whoHasNotThePermissionReadsAndWritesNothing() {
        ConversationKey key = open(request("For readers"));

        refused(() -> list(nodes.morocco, STRANGER, SqlLists.View.ALL), AccessProblem.FORBIDDEN);
        refused(() -> reading(nodes.morocco).view(STRANGER, key), AccessProblem.FORBIDDEN);
        refused(() -> reading(nodes.morocco).news(STRANGER, Optional.empty()), AccessProblem.FORBIDDEN);
        refused(() -> bureau(nodes.morocco).write(OMAR, key, text("I may not send")), AccessProblem.FORBIDDEN);
        refused(
                () -> bureau(nodes.morocco).open(OMAR, Map.of(ES, TREATY), request("I may not send"), false, ""),
                AccessProblem.FORBIDDEN);
        Actor purposeless = new Actor(
                Actor.Kind.OFFICER, "amina", "amina", Optional.of("Bureau"), Set.of(READ, SEND), Optional.empty());
        refused(() -> reading(nodes.morocco).view(purposeless, key), AccessProblem.PURPOSE_MISSING);
    }

    @Test
    void s19WhatAUnitKeepsToItselfExistsForItsOfficersAlone() {
        ConversationKey key = bureau(nodes.morocco)
                .open(AMINA, Map.of(ES, TREATY), request("Only us"), true, "")
                .get(0);
        awaitThere(key, 1);
        bureau(nodes.spain).write(LUCIA, there(key), text("Understood."));
        await("the reply", () -> said(nodes.morocco, AMINA, key).size() == 2);
        UUID reply = last(nodes.morocco, AMINA, key).entry().id();
        String mark = reading(nodes.morocco).news(OTHER_UNIT, Optional.of(key));

        refused(() -> reading(nodes.morocco).view(OTHER_UNIT, key), BureauProblem.NOT_FOUND);
        refused(() -> bureau(nodes.morocco).write(OTHER_UNIT, key, text("Me too")), BureauProblem.NOT_FOUND);
        refused(() -> bureau(nodes.morocco).acted(OTHER_UNIT, key, reply, "Me too", Set.of()), BureauProblem.NOT_FOUND);
        for (SqlLists.View view : SqlLists.View.values())
            assertThat(list(nodes.morocco, OTHER_UNIT, view)).doesNotContain(key);
        assertThat(mark).isEqualTo("0-0");
        assertThat(list(nodes.morocco, AMINA, SqlLists.View.ALL)).contains(key);
        refused(
                () -> reading(nodes.morocco).view(AMINA, ConversationKey.parse("es-ncb", "0".repeat(32))),
                BureauProblem.NOT_FOUND);
    }

    @Test
    void aMemberGetsIntoNobodyElsesConversationByRepeatingItsName() {
        ConversationKey key = open(request("Ours and Spain's"));
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
        ConversationKey key = open(request("Refused there"));
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
    void s20WhatReachesItsEndIsDestroyedHereAndInTheExchange() {
        ConversationKey key = open(request("Ends soon"));
        awaitThere(key, 1);
        awaitDelivery(key, Delivery.ACCEPTED);
        Reading.Said sent = last(nodes.morocco, AMINA, key);
        for (TestNode node : List.of(nodes.morocco, nodes.spain))
            sql(node)
                    .update(
                            "update bureau.message set ends_at = now() - interval '1 minute' where conversation = ?",
                            key.id().value());

        for (TestNode node : List.of(nodes.morocco, nodes.spain))
            assertThat(ending(node).purge(1_000)).isPositive();

        refused(() -> reading(nodes.morocco).view(AMINA, key), BureauProblem.NOT_FOUND);
        refused(() -> reading(nodes.spain).view(LUCIA, there(key)), BureauProblem.NOT_FOUND);
        assertThat(nodes.morocco
                        .service(ExchangeService.class)
                        .sentMessage(sent.entry().name().orElseThrow()))
                .isEmpty();
        assertThat(nodes.spain
                        .service(ExchangeService.class)
                        .received(MA, sent.entry().name().orElseThrow()))
                .isEmpty();
        assertThat(sql(nodes.morocco)
                        .queryForObject(
                                "select count(*) from bureau.message where conversation = ?",
                                Integer.class,
                                key.id().value()))
                .isZero();
    }

    @Test
    void s20TheSubjectEndsWithTheMessageThatBroughtIt() {
        ConversationKey key = open(request("Someone in Palau"));
        awaitThere(key, 1);
        UUID first = last(nodes.spain, LUCIA, there(key)).entry().id();
        bureau(nodes.spain).write(LUCIA, there(key), text("We look into it."));
        assertThat(reading(nodes.spain).view(LUCIA, there(key)).conversation().subject())
                .isEqualTo("Someone in Palau");
        sql(nodes.spain).update("update bureau.message set ends_at = now() - interval '1 minute' where id = ?", first);

        assertThat(ending(nodes.spain).purge(1_000)).isPositive();

        assertThat(said(nodes.spain, LUCIA, there(key))).hasSize(1);
        assertThat(reading(nodes.spain).view(LUCIA, there(key)).conversation().subject())
                .isEmpty();
    }

    @Test
    void whoStealsTheDatabaseReadsNeitherSubjectNorText() {
        ConversationKey key = open(composition(
                Composition.Kind.REQUEST, "Zanzibarsubject", "Zanzibartext", Set.of(Quoted.VICTIM), "", ""));
        look(nodes.morocco)
                .giveBack(OMAR, key, last(nodes.morocco, AMINA, key).entry().id(), "Zanzibarremark");

        List<String> tables = sql(nodes.morocco)
                .queryForList(
                        "select table_schema || '.' || table_name from information_schema.tables where table_type = 'BASE TABLE'"
                                + " and table_schema in ('bureau', 'exchange', 'audit')",
                        String.class);
        assertThat(tables).contains("bureau.message_text", "bureau.conversation");
        for (String table : tables)
            assertThat(sql(nodes.morocco)
                            .queryForObject(
                                    "select count(*) from " + table
                                            + " t where t::text ilike '%zanzibar%' or t::text ilike ?",
                                    Integer.class,
                                    "%"
                                            + java.util.HexFormat.of()
                                                    .formatHex("Zanzibar"
                                                            .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                            + "%"))
                    .as(table)
                    .isZero();
    }

    @Test
    void aConversationBeginsWithARecipientAndAMatter() {
        assertThat(correspondents(nodes.morocco).correspondents())
                .extracting(member -> member.id())
                .containsExactlyInAnyOrder(ES, XK);
        refused(
                () -> bureau(nodes.morocco).open(AMINA, Map.of(), request("Nobody"), false, ""),
                BureauProblem.NO_RECIPIENT);
        refused(
                () -> bureau(nodes.morocco).open(AMINA, Map.of(ES, TREATY), text("No matter"), false, ""),
                BureauProblem.BAD_FIELD);
    }
}
