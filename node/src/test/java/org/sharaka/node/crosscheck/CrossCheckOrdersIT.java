package org.sharaka.node.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.crosscheck.CrossCheckFixture.ES;
import static org.sharaka.node.crosscheck.CrossCheckFixture.MA;
import static org.sharaka.node.crosscheck.CrossCheckFixture.answering;
import static org.sharaka.node.crosscheck.CrossCheckFixture.asking;
import static org.sharaka.node.crosscheck.CrossCheckFixture.await;
import static org.sharaka.node.crosscheck.CrossCheckFixture.officer;
import static org.sharaka.node.crosscheck.CrossCheckFixture.parcels;
import static org.sharaka.node.crosscheck.CrossCheckFixture.reading;
import static org.sharaka.node.crosscheck.CrossCheckFixture.send;
import static org.sharaka.node.crosscheck.CrossCheckFixture.there;

import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.agreement.TestAgreements;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.bureau.BureauFixture;
import org.sharaka.node.bureau.UnreadAlarm;
import org.sharaka.node.campaign.CampaignId;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.originator.Orders;
import org.sharaka.node.originator.OriginatorProblem;
import org.sharaka.node.originator.Standing;
import org.sharaka.node.originator.Whereabouts;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.content.CrossCheckAnswer;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.SignedMessage;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What Morocco asks and Spain answers stays theirs: taken back, restricted, alarming. Two whole nodes, invented cases. */
class CrossCheckOrdersIT {
    private static final Actor ANALYST =
            officer("karim", "Cybercrime", Permission.CAMPAIGN_READ, Permission.CROSSCHECK_ASK);
    private static final Actor AMINA = duty("amina", Permission.CROSSCHECK_ASK);
    private static final Actor LUCIA = duty("lucia", Permission.EXCHANGE_APPROVE);
    private static final Actor PABLO = duty("pablo", Permission.EXCHANGE_APPROVE);
    private static final String WHY = "It was another person.";

    private static CrossCheckFixture nodes;

    @BeforeAll
    static void start() {
        nodes = new CrossCheckFixture();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static Actor duty(String id, Permission more) {
        return officer(
                id, "Oficina", Permission.CAMPAIGN_READ, Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND, more);
    }

    private static void refused(ThrowingCallable act, ProblemType type) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    private static ExchangeService exchange(TestNode node) {
        return node.service(ExchangeService.class);
    }

    private static int count(TestNode node, String query, Object... values) {
        Integer count = node.service(JdbcTemplate.class).queryForObject(query, Integer.class, values);
        return count == null ? 0 : count;
    }

    /** How much of a cross-check lies in a table of Spain's. */
    private static int rows(String table, CheckKey key) {
        return count(
                nodes.spain(),
                "select count(*) from crosscheck." + table + " where conversation = ?",
                key.conversation().value());
    }

    private static Reading.AbroadPart here(CampaignId campaign) {
        return reading(nodes.morocco()).abroad(AMINA, campaign).ours().get(0);
    }

    private static Reading.Line line(Actor actor, CheckKey there) {
        return reading(nodes.spain()).list(actor).stream()
                .filter(each -> each.received().key().equals(there))
                .findFirst()
                .orElseThrow();
    }

    private static Release release(Release.Level level, Optional<Words> words) {
        return new Release(level, false, words, new Terms(BureauFixture.TREATY, Set.of(), Optional.empty()));
    }

    private static void answer(CheckKey there, Release.Level level) {
        assertThat(answering(nodes.spain()).answer(LUCIA, there, release(level, Optional.empty())))
                .isTrue();
    }

    private static MessageId awaitAnswer(CampaignId campaign) {
        await("an answer", () -> here(campaign).asked().answer().isPresent());
        return here(campaign).asked().answer().orElseThrow().message();
    }

    /** Every known holder has answered, and its log proved it: an answer without proof is refused. */
    private static void awaitProof(TestNode originator, MessageId message) {
        await("obeyed, with proof", () -> {
            List<Orders.Ordered> ordered = originator.service(Orders.class).about(message);
            return !ordered.isEmpty() && ordered.stream().allMatch(Orders.Ordered::done);
        });
    }

    private static Standing.Withdrawal withdrawal(Seen seen) {
        return seen.standing().withdrawn().orElseThrow();
    }

    private static void audited() throws Exception {
        for (TestNode node : List.of(nodes.morocco(), nodes.spain()))
            assertThat(node.run(new VerifyAuditCommand(), new StringWriter())).isZero();
    }

    @Test
    void s20ARecalledQuestionIsComparedAndAnsweredNoMoreAndItsHolderProvesIt() throws Exception {
        CampaignId here = parcels(nodes.morocco(), "rappel-un.example", 2);
        CampaignId campaign = parcels(nodes.spain(), "rappel-un.example", 3);
        CheckKey key = nodes.ask(AMINA, here);
        CheckKey there = there(key);
        answer(there, Release.Level.KNOWN);
        MessageId answer = awaitAnswer(here);
        Words words = Words.of("es", "La cuenta sigue abierta.");
        assertThat(answering(nodes.spain()).answer(LUCIA, there, release(Release.Level.TRACES, Optional.of(words))))
                .isFalse();
        Draft draft = reading(nodes.spain()).open(PABLO, there).draft().orElseThrow();
        assertThat(line(LUCIA, there).reports()).isEqualTo(3);
        String before = reading(nodes.spain()).news(LUCIA);

        asking(nodes.morocco()).order(AMINA, key, Order.Kind.RECALL, WHY);
        awaitProof(nodes.morocco(), here(here).asked().message());

        assertThat(rows("wanted", key)).isZero();
        assertThat(rows("draft", key)).isZero();
        assertThat(reading(nodes.spain()).news(LUCIA)).isNotEqualTo(before);
        assertThat(line(LUCIA, there).shown()).isFalse();
        assertThat(line(LUCIA, there).received().withdrawn()).isTrue();
        Reading.Opened opened = reading(nodes.spain()).open(LUCIA, there);
        assertThat(opened.compared()).isEmpty();
        assertThat(opened.answer()).isEmpty();
        assertThat(opened.draft()).isEmpty();
        assertThat(withdrawal(opened.request()).purged()).isFalse();
        assertThat(withdrawal(opened.request()).reason()).contains(WHY);
        assertThat(reading(nodes.spain()).abroad(LUCIA, campaign).theirs()).isEmpty();
        refused(
                () -> answering(nodes.spain()).answer(LUCIA, there, release(Release.Level.KNOWN, Optional.empty())),
                OriginatorProblem.WITHDRAWN);
        refused(() -> answering(nodes.spain()).release(PABLO, there, draft.id()), OriginatorProblem.WITHDRAWN);
        assertThat(here(here).ordered()).extracting(Orders.Ordered::kind).containsExactly(Order.Kind.RECALL);
        // What Spain had answered stays Spain's, to be taken back too.
        assertThat(opened.orderable()).isTrue();
        answering(nodes.spain()).order(LUCIA, there, Order.Kind.PURGE, WHY);
        awaitProof(nodes.spain(), answer);
        audited();
    }

    @Test
    void s20AQuestionThatIsToBeDestroyedIsGoneWithAllThatWasMadeOfItBeforeItsHolderSaysSo() throws Exception {
        CampaignId here = parcels(nodes.morocco(), "rappel-deux.example", 2);
        parcels(nodes.spain(), "rappel-deux.example", 3);
        CheckKey key = nodes.ask(AMINA, here);
        CheckKey there = there(key);
        answer(there, Release.Level.KNOWN);
        MessageId first = awaitAnswer(here);
        assertThat(answering(nodes.spain()).answer(LUCIA, there, release(Release.Level.TRACES, Optional.empty())))
                .isFalse();
        answering(nodes.spain())
                .release(
                        PABLO,
                        there,
                        reading(nodes.spain())
                                .open(PABLO, there)
                                .draft()
                                .orElseThrow()
                                .id());
        await("the second", () -> !awaitAnswer(here).equals(first));
        MessageId second = awaitAnswer(here);
        MessageId question = here(here).asked().message();
        Words words = Words.of("es", "Hay un tercer caso.");
        assertThat(answering(nodes.spain()).answer(LUCIA, there, release(Release.Level.KNOWN, Optional.of(words))))
                .isFalse();

        asking(nodes.morocco()).order(AMINA, key, Order.Kind.PURGE, WHY);
        awaitProof(nodes.morocco(), question);

        for (String table : List.of("received", "wanted", "draft", "leftover"))
            assertThat(rows(table, key)).as(table).isZero();
        assertThat(exchange(nodes.spain()).received(MA, question)).isEmpty();
        for (MessageId answer : List.of(first, second))
            assertThat(exchange(nodes.spain()).sentMessage(answer)).isEmpty();
        refused(() -> reading(nodes.spain()).open(LUCIA, there), CrossCheckProblem.NOT_FOUND);
        // With what it asked, Morocco lets go of what it was told.
        assertThat(reading(nodes.morocco()).abroad(AMINA, here).ours()).isEmpty();
        await("the answers are gone in Morocco", () -> {
            int unused = nodes.morocco().service(Ending.class).purge(100);
            return exchange(nodes.morocco()).received(ES, second).isEmpty();
        });
        assertThat(exchange(nodes.morocco()).sentMessage(question)).isEmpty();
        audited();
    }

    @Test
    void s20AnAnswerIsTakenBackWithProofAndAnotherMayTakeItsPlace() throws Exception {
        CampaignId here = parcels(nodes.morocco(), "rappel-trois.example", 2);
        parcels(nodes.spain(), "rappel-trois.example", 3);
        CheckKey key = nodes.ask(AMINA, here);
        CheckKey there = there(key);
        answer(there, Release.Level.FIGURES);
        MessageId told = awaitAnswer(here);
        String before = reading(nodes.morocco()).news(ANALYST, here);

        answering(nodes.spain()).order(LUCIA, there, Order.Kind.RECALL, WHY);
        awaitProof(nodes.spain(), told);

        assertThat(reading(nodes.morocco()).news(ANALYST, here)).isNotEqualTo(before);
        assertThat(here(here).answer()).isEmpty();
        assertThat(here(here).came()).isEmpty();
        assertThat(withdrawal(here(here).seen().orElseThrow()).reason()).contains(WHY);
        assertThat(exchange(nodes.morocco()).received(ES, told)).isPresent();
        assertThat(reading(nodes.spain()).open(LUCIA, there).ordered()).hasSize(1);

        answering(nodes.spain()).order(LUCIA, there, Order.Kind.PURGE, WHY);
        awaitProof(nodes.spain(), told);

        assertThat(exchange(nodes.morocco()).received(ES, told)).isEmpty();
        assertThat(withdrawal(here(here).seen().orElseThrow()).purged()).isTrue();
        assertThat(reading(nodes.spain()).open(LUCIA, there).orderable()).isFalse();
        refused(
                () -> answering(nodes.spain()).order(LUCIA, there, Order.Kind.RECALL, WHY),
                OriginatorProblem.PURGED_BEFORE);

        answer(there, Release.Level.KNOWN);
        await("another answer", () -> here(here).answer().isPresent());
        assertThat(here(here).answer().orElseThrow().figures()).isEmpty();
        audited();
    }

    @Test
    void whoMayNotWriteOrdersNothingAndTheBoardLeadsToWhatWasTakenBack() {
        CampaignId here = parcels(nodes.morocco(), "rappel-quatre.example", 2);
        CheckKey key = nodes.ask(AMINA, here);
        CheckKey there = there(key);

        refused(() -> asking(nodes.morocco()).order(ANALYST, key, Order.Kind.RECALL, WHY), AccessProblem.FORBIDDEN);
        refused(
                () -> asking(nodes.morocco()).order(AMINA, key, Order.Kind.RECALL, ""),
                OriginatorProblem.REASON_MISSING);
        refused(
                () -> answering(nodes.spain()).order(LUCIA, there, Order.Kind.RECALL, WHY),
                CrossCheckProblem.NOT_FOUND);
        assertThat(here(here).ordered()).isEmpty();

        assertThat(places(nodes.morocco(), AMINA, key)).containsExactly("/campaigns/" + here);
        assertThat(places(nodes.spain(), LUCIA, there)).containsExactly("/crosschecks/" + there);
        assertThat(places(nodes.spain(), officer("omar", "X", Permission.EXCHANGE_READ), there))
                .isEmpty();
    }

    private static List<String> places(TestNode node, Actor actor, CheckKey key) {
        return node.services(Whereabouts.class).stream()
                .flatMap(each -> each.of(actor, key.peer(), key.conversation()).stream())
                .toList();
    }

    @Test
    void nothingIsComparedInTheSteadOfWhatWasAsked() {
        CampaignId here = parcels(nodes.morocco(), "rappel-cinq.example", 2);
        parcels(nodes.spain(), "rappel-cinq.example", 3);
        CheckKey key = nodes.ask(AMINA, here);
        SignedMessage question = exchange(nodes.morocco())
                .sentMessage(here(here).asked().message())
                .orElseThrow();
        Content text = new FreeText(Optional.empty(), Words.of("en", "Another one.")).toContent();

        assertThat(corrected(key, question, text)).isEqualTo("field-wrong");
        assertThat(corrected(key, question, question.message().content())).isEqualTo("format-unknown");

        assertThat(line(LUCIA, there(key)).reports()).isEqualTo(3);
    }

    private static String corrected(CheckKey key, SignedMessage question, Content instead) {
        ExchangeService exchange = exchange(nodes.morocco());
        MessageReference order = send(
                nodes.morocco(),
                ES,
                key.conversation(),
                Lane.CONTROL,
                new Order(Order.Kind.CORRECTION, question.reference(), WHY, Optional.of(instead)).toContent());
        await("refused", () -> exchange.sent(order.id()).orElseThrow().state() == Sent.State.REFUSED);
        return exchange.sent(order.id()).orElseThrow().reason().orElseThrow();
    }

    @Test
    void aQuestionThatComesAfterItsOrderIsClosedAtOnce() {
        CampaignId here = parcels(nodes.morocco(), "rappel-six.example", 2);
        parcels(nodes.spain(), "rappel-six.example", 3);
        CheckKey key = nodes.ask(AMINA, here);
        MessageId question = here(here).asked().message();
        asking(nodes.morocco()).order(AMINA, key, Order.Kind.RECALL, WHY);
        awaitProof(nodes.morocco(), question);
        // As if it had come only now.
        SignedMessage late = exchange(nodes.spain()).received(MA, question).orElseThrow();
        TestNode spain = nodes.spain();
        spain.service(TransactionTemplate.class).executeWithoutResult(status -> {
            int unused = spain.service(JdbcTemplate.class)
                    .update(
                            "delete from crosscheck.received where conversation = ?",
                            key.conversation().value());
            spain.service(RequestListener.class).take(late);
        });

        assertThat(line(LUCIA, there(key)).received().withdrawn()).isTrue();
        assertThat(rows("wanted", key)).isZero();
    }

    /** As Spain names it. */
    private static CheckKey restricted(String telephone) {
        String[] path = nodes.restricted(telephone).split("/");
        return CheckKey.parse(path[2], path[3]);
    }

    @Test
    void s18ARestrictedQuestionIsComparedForWhoConfirmedItsRemarksAlone() {
        CheckKey there = restricted("+212650007001");
        Reading spain = reading(nodes.spain());

        assertThat(line(LUCIA, there).shown()).isFalse();
        Reading.Opened opened = spain.open(LUCIA, there);
        assertThat(opened.compared()).isEmpty();
        assertThat(opened.request().toConfirm()).isTrue();
        assertThat(opened.request().held().orElseThrow().handling().remarks()).contains(CrossCheckFixture.REMARKS);
        assertThat(line(LUCIA, there).received().unread()).isTrue();
        refused(
                () -> answering(nodes.spain()).answer(LUCIA, there, release(Release.Level.NOTHING, Optional.empty())),
                OriginatorProblem.REMARKS_FIRST);
        assertThat(count(
                        nodes.spain(),
                        "select count(*) from audit.entry where action = 'originator.view' and outcome = 'REFUSED' and subject = ?",
                        "message/" + opened.received().message() + " from " + MA))
                .isPositive();

        spain.confirm(LUCIA, there);

        assertThat(line(LUCIA, there).shown()).isTrue();
        assertThat(spain.open(LUCIA, there).compared()).isPresent();
        assertThat(line(LUCIA, there).received().unread()).isFalse();
        assertThat(spain.open(PABLO, there).compared()).isEmpty();
        refused(() -> spain.confirm(LUCIA, there), OriginatorProblem.NOTHING_TO_ASK);
        answer(there, Release.Level.NOTHING);
    }

    @Test
    void s18WhatThisCountryAsksTheOriginatorFirstStaysClosed() {
        CheckKey there = restricted("+212650007002");
        reading(nodes.spain()).confirm(LUCIA, there);
        JdbcTemplate sql = nodes.spain().service(JdbcTemplate.class);
        sql.update("insert into originator.rule (act, code, rule, changed_by, changed_at, entry)"
                + " values ('VIEW', 'H3', 'ASK_ORIGINATOR', 'test', now(), gen_random_uuid())");
        try {
            assertThat(line(LUCIA, there).shown()).isFalse();
            assertThat(reading(nodes.spain()).open(LUCIA, there).request().closed())
                    .isTrue();
            refused(
                    () -> answering(nodes.spain())
                            .answer(LUCIA, there, release(Release.Level.NOTHING, Optional.empty())),
                    OriginatorProblem.ASK_FIRST);
        } finally {
            sql.update("delete from originator.rule");
        }
        assertThat(line(LUCIA, there).shown()).isTrue();
    }

    @Test
    void s18ARestrictedAnswerIsShownToTheAnalystWhoConfirmedItsRemarks() {
        CampaignId here = parcels(nodes.morocco(), "rappel-sept.example", 2);
        CheckKey key = nodes.ask(ANALYST, here);
        MessageReference question = exchange(nodes.morocco())
                .sentMessage(here(here).asked().message())
                .orElseThrow()
                .reference();
        MessageReference unused = send(
                nodes.spain(),
                MA,
                key.conversation(),
                Lane.ORDINARY,
                CrossCheckAnswer.nothing(question).toContent(),
                HandlingCode.H3);
        MessageId unusedAnswer = awaitAnswer(here);
        Reading morocco = reading(nodes.morocco());

        Reading.AbroadPart part = morocco.abroad(ANALYST, here).ours().get(0);
        assertThat(part.answer()).isEmpty();
        assertThat(part.seen().orElseThrow().toConfirm()).isTrue();
        refused(
                () -> morocco.confirmAnswer(officer("omar", "X", Permission.CAMPAIGN_READ), key),
                AccessProblem.FORBIDDEN);
        morocco.confirmAnswer(ANALYST, key);

        assertThat(morocco.abroad(ANALYST, here).ours().get(0).answer()).isPresent();
        assertThat(here(here).answer()).isEmpty();
    }

    @Test
    void s20AQuestionEndsAtTheOtherMemberAlsoAfterTheAgreementThatItWentBy() {
        for (TestNode node : List.of(nodes.morocco(), nodes.spain()))
            TestAgreements.add(node, "test.short", "MA", "ES");
        CampaignId here = parcels(nodes.morocco(), "rappel-huit.example", 2);
        CheckKey key = nodes.ask(AMINA, here, "test.short");
        for (TestNode node : List.of(nodes.morocco(), nodes.spain())) TestAgreements.unbind(node, "test.short", "MA");

        asking(nodes.morocco()).withdraw(AMINA, key);

        await("gone in Spain", () -> rows("received", key) == 0);
    }

    @Test
    void anUrgentQuestionThatNobodyOpensRingsWithTheBureausAlarmsAndStandsOnItsSheet() throws Exception {
        CampaignId here = parcels(nodes.morocco(), "rappel-neuf.example", 2);
        CheckKey unread = there(nodes.ask(AMINA, here));
        CheckKey opened = there(nodes.ask(AMINA, here));
        CheckKey recalled = there(nodes.ask(AMINA, here));
        CheckKey fresh = there(nodes.ask(AMINA, here));
        Reading.Opened unused = reading(nodes.spain()).open(LUCIA, opened);
        MessageId taken = exchange(nodes.spain())
                .received(
                        MA,
                        reading(nodes.spain()).open(LUCIA, recalled).received().message())
                .orElseThrow()
                .message()
                .header()
                .id();
        asking(nodes.morocco()).order(AMINA, new CheckKey(ES, recalled.conversation()), Order.Kind.RECALL, WHY);
        awaitProof(nodes.morocco(), taken);
        for (CheckKey each : List.of(unread, opened, recalled)) came(each, Duration.ofMinutes(16));
        nodes.spain()
                .service(JdbcTemplate.class)
                .update(
                        "update crosscheck.received set unread = true where conversation = ?",
                        recalled.conversation().value());

        BureauFixture.ring(nodes.spain());
        await("it rings", () -> alarm(unread).isPresent());

        for (CheckKey each : List.of(opened, recalled, fresh))
            assertThat(alarm(each)).isEmpty();
        assertThat(BureauFixture.others(nodes.spain(), LUCIA))
                .contains(
                        unread.conversation().value(),
                        opened.conversation().value(),
                        fresh.conversation().value())
                .doesNotContain(recalled.conversation().value());
        UnreadAlarm alarm = alarm(unread).orElseThrow();
        assertThat(alarm.peer()).isEqualTo(MA);
        // Opening it is not enough; whoever takes it on is led to it.
        Reading.Opened unusedToo = reading(nodes.spain()).open(LUCIA, unread);
        assertThat(alarm(unread)).isPresent();
        assertThat(BureauFixture.takeOn(nodes.spain(), LUCIA, alarm.message())).isEqualTo(unread.path());
        assertThat(alarm(unread)).isEmpty();
        answer(fresh, Release.Level.NOTHING);
        assertThat(BureauFixture.others(nodes.spain(), LUCIA))
                .doesNotContain(fresh.conversation().value());
        audited();
    }

    private static void came(CheckKey there, Duration ago) {
        nodes.spain()
                .service(JdbcTemplate.class)
                .update(
                        "update crosscheck.received set received_at = now() - make_interval(secs => ?) where conversation = ?",
                        ago.toSeconds(),
                        there.conversation().value());
    }

    private static Optional<UnreadAlarm> alarm(CheckKey there) {
        return BureauFixture.ringing(nodes.spain(), LUCIA).stream()
                .filter(each -> count(
                                nodes.spain(),
                                "select count(*) from crosscheck.received where id = ? and conversation = ?",
                                each.message(),
                                there.conversation().value())
                        == 1)
                .findFirst();
    }
}
