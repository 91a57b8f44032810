package org.sharaka.node.crosscheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.crosscheck.CrossCheckFixture.ES;
import static org.sharaka.node.crosscheck.CrossCheckFixture.MA;
import static org.sharaka.node.crosscheck.CrossCheckFixture.XK;
import static org.sharaka.node.crosscheck.CrossCheckFixture.all;
import static org.sharaka.node.crosscheck.CrossCheckFixture.answering;
import static org.sharaka.node.crosscheck.CrossCheckFixture.asking;
import static org.sharaka.node.crosscheck.CrossCheckFixture.await;
import static org.sharaka.node.crosscheck.CrossCheckFixture.campaign;
import static org.sharaka.node.crosscheck.CrossCheckFixture.officer;
import static org.sharaka.node.crosscheck.CrossCheckFixture.parcels;
import static org.sharaka.node.crosscheck.CrossCheckFixture.question;
import static org.sharaka.node.crosscheck.CrossCheckFixture.reading;
import static org.sharaka.node.crosscheck.CrossCheckFixture.report;
import static org.sharaka.node.crosscheck.CrossCheckFixture.there;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
import org.sharaka.node.bureau.BureauFixture;
import org.sharaka.node.campaign.CampaignId;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.intake.Contact;
import org.sharaka.node.intake.IntakeService;
import org.sharaka.node.intake.ReportId;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.CrossCheck;
import org.sharaka.protocol.content.CrossCheckAnswer;
import org.sharaka.protocol.content.Figures;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Trace;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.message.Content;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Evaluation;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Message;
import org.sharaka.protocol.message.MessageId;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.Role;
import org.springframework.jdbc.core.JdbcTemplate;

/** Morocco asks Spain whether it knows a campaign, and Spain tells what its officers choose: two whole nodes, invented cases. */
class CrossCheckIT {
    private static final Actor AMINA =
            officer("amina", "Cybercrime", Permission.CAMPAIGN_READ, Permission.CROSSCHECK_ASK);
    private static final Actor LUCIA = officer(
            "lucia",
            "Oficina",
            Permission.CAMPAIGN_READ,
            Permission.EXCHANGE_READ,
            Permission.EXCHANGE_SEND,
            Permission.EXCHANGE_APPROVE);
    private static final Actor PABLO = officer(
            "pablo", "Menores", Permission.CAMPAIGN_READ, Permission.EXCHANGE_READ, Permission.EXCHANGE_APPROVE);
    private static final SecureRandom RANDOM = new SecureRandom();

    private static CrossCheckFixture nodes;

    @BeforeAll
    static void start() {
        nodes = new CrossCheckFixture();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static void refused(ThrowingCallable act, ProblemType type) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    private static Release release(Release.Level level, Optional<Words> words) {
        return new Release(level, true, words, new Terms(BureauFixture.TREATY, Set.of(), Optional.empty()));
    }

    private static Release release(Release.Level level) {
        return release(level, Optional.empty());
    }

    private static CrossCheckAnswer answerIn(CampaignId campaign) {
        return reading(nodes.morocco())
                .abroad(AMINA, campaign)
                .ours()
                .get(0)
                .answer()
                .orElseThrow();
    }

    private static void awaitAnswer(CampaignId campaign) {
        await("an answer", () -> reading(nodes.morocco()).abroad(AMINA, campaign).ours().stream()
                .anyMatch(part -> part.answer().isPresent()));
    }

    private static Reading.Compared compared(Actor actor, CheckKey key) {
        return reading(nodes.spain()).open(actor, key).compared().orElseThrow();
    }

    private static JdbcTemplate sql(TestNode node) {
        return node.service(JdbcTemplate.class);
    }

    @Test
    void moroccoAsksSpainAnswersAndBothSeeOneCampaignUntilItIsTakenBack() throws Exception {
        CampaignId here = parcels(nodes.morocco(), "colis-un.example", 4);
        CampaignId there = parcels(nodes.spain(), "colis-un.example", 5);
        String before = reading(nodes.spain()).news(LUCIA);

        CheckKey key = nodes.ask(AMINA, here);

        assertThat(reading(nodes.spain()).news(LUCIA)).isNotEqualTo(before);
        Reading.Line line = reading(nodes.spain()).list(LUCIA).stream()
                .filter(each -> each.received().key().equals(there(key)))
                .findFirst()
                .orElseThrow();
        assertThat(line.reports()).isEqualTo(5);
        assertThat(line.received().unread()).isTrue();
        Reading.Opened opened = reading(nodes.spain()).open(LUCIA, there(key));
        Reading.Compared compared = opened.compared().orElseThrow();
        assertThat(opened.received().purpose()).isEqualTo(Purpose.INVESTIGATION);
        assertThat(opened.request().message().orElseThrow().handling().legalBasis())
                .isEqualTo(BureauFixture.TREATY);
        assertThat(compared.check().figures().orElseThrow().reports()).isEqualTo(new Figures.Count(true, 4));
        assertThat(compared.check().traces()).contains(new Trace(Trace.Kind.DOMAIN, "colis-un.example"));
        assertThat(compared.known()).contains(new Trace(Trace.Kind.DOMAIN, "colis-un.example"));
        assertThat(compared.own().campaigns()).hasSize(1);
        assertThat(compared.own().campaigns().keySet().iterator().next().id()).isEqualTo(there);
        assertThat(reading(nodes.spain()).abroad(LUCIA, there).theirs())
                .anySatisfy(each -> assertThat(each.received().key()).isEqualTo(there(key)));
        // Nothing was answered by itself.
        assertThat(reading(nodes.morocco()).abroad(AMINA, here).ours().get(0).answer())
                .isEmpty();

        assertThat(answering(nodes.spain()).answer(LUCIA, there(key), release(Release.Level.FIGURES)))
                .isTrue();
        awaitAnswer(here);
        Figures told = answerIn(here).figures().orElseThrow();
        assertThat(told.reports()).isEqualTo(new Figures.Count(true, 5));
        // 1,252.00 was stated.
        assertThat(told.losses()).containsExactly(new Figures.Loss(1200, "EUR"));
        assertThat(told.period()).isPresent();
        assertThat(answerIn(here).traces()).isEmpty();

        report(nodes.spain(), "Me too: https://colis-un.example");
        await("a fresh one", () -> compared(LUCIA, there(key)).fresh() == 1);
        answering(nodes.spain()).answer(LUCIA, there(key), release(Release.Level.KNOWN));
        await("the update", () -> answerIn(here).figures().isEmpty());
        assertThat(compared(LUCIA, there(key)).fresh()).isZero();

        asking(nodes.morocco()).withdraw(AMINA, key);
        assertThat(reading(nodes.morocco()).abroad(AMINA, here).ours()).isEmpty();
        await("gone in Spain", () -> reading(nodes.spain()).list(LUCIA).stream()
                .noneMatch(each -> each.received().key().equals(there(key))));
        refused(() -> reading(nodes.spain()).open(LUCIA, there(key)), CrossCheckProblem.NOT_FOUND);
        assertThat(reading(nodes.spain()).abroad(LUCIA, there).theirs()).isEmpty();
        await("contents destroyed in Spain", () -> {
            int unused = nodes.spain().service(Ending.class).purge(100);
            return nodes.spain()
                    .service(ExchangeService.class)
                    .received(MA, opened.received().message())
                    .isEmpty();
        });
        assertThat(sql(nodes.spain())
                        .queryForObject(
                                "select count(*) from crosscheck.wanted where conversation = ?",
                                Integer.class,
                                key.conversation().value()))
                .isZero();
        for (TestNode node : List.of(nodes.morocco(), nodes.spain()))
            assertThat(node.run(new VerifyAuditCommand(), new StringWriter())).isZero();
        assertThat(actions(nodes.spain(), there(key).subject())).contains("crosscheck.read", "crosscheck.answer");
        assertThat(actions(nodes.morocco(), key.subject())).contains("crosscheck.ask", "crosscheck.withdraw");
    }

    private static List<String> actions(TestNode node, String subject) {
        return sql(node)
                .queryForList("select distinct action from audit.entry where subject = ?", String.class, subject);
    }

    @Test
    void s18NothingIsAskedWithoutALaw() {
        CampaignId here = parcels(nodes.morocco(), "colis-loi.example", 2);
        Asking checks = asking(nodes.morocco());
        Set<Long> keys = all(checks.offered(AMINA, here));

        refused(
                () -> checks.ask(AMINA, here, Map.of(XK, BureauFixture.TREATY), question(keys)),
                AgreementProblem.NO_LEGAL_BASIS);
        refused(
                () -> checks.ask(AMINA, here, Map.of(ES, "no.such-treaty"), question(keys)),
                AgreementProblem.NO_LEGAL_BASIS);
        // All or none: Spain is not asked either.
        refused(
                () -> checks.ask(
                        AMINA, here, Map.of(ES, BureauFixture.TREATY, XK, BureauFixture.TREATY), question(keys)),
                AgreementProblem.NO_LEGAL_BASIS);
        refused(() -> checks.ask(AMINA, here, Map.of(), question(keys)), CrossCheckProblem.NO_RECIPIENT);
        refused(
                () -> checks.ask(AMINA, here, Map.of(ES, BureauFixture.TREATY), question(Set.of(7L))),
                CrossCheckProblem.NO_TRACES);
        refused(
                () -> checks.ask(LUCIA, here, Map.of(ES, BureauFixture.TREATY), question(keys)),
                AccessProblem.FORBIDDEN);
        assertThat(reading(nodes.morocco()).abroad(AMINA, here).ours()).isEmpty();
    }

    @Test
    void aQuestionThatIsGivenUpShowsOnThePageThatIsOpen() {
        TestAgreements.add(nodes.morocco(), "test.third", "MA", "XK");
        CampaignId here = parcels(nodes.morocco(), "colis-seul.example", 2);
        Set<Long> keys = all(asking(nodes.morocco()).offered(AMINA, here));
        asking(nodes.morocco()).ask(AMINA, here, Map.of(XK, "test.third"), question(keys));
        MessageId asked = new MessageId(sql(nodes.morocco())
                .queryForObject("select message from crosscheck.asked where peer = ?", String.class, XK.value()));
        String before = reading(nodes.morocco()).news(AMINA, here);

        assertThat(nodes.morocco().service(ExchangeService.class).giveUp(AMINA, asked))
                .isTrue();

        assertThat(reading(nodes.morocco()).news(AMINA, here)).isNotEqualTo(before);
        assertThat(nodes.morocco()
                        .service(ExchangeService.class)
                        .sent(asked)
                        .orElseThrow()
                        .state())
                .isEqualTo(Sent.State.SKIPPED);
    }

    @Test
    void s11s16OnlyMeansOfTheCrimeAreOfferedAndNeverTheReportersOwn() {
        Contact sister = new Contact(
                Optional.of("Invented Sister"), Optional.empty(), Optional.of("+212661234567"), Optional.empty());
        report(
                nodes.morocco(),
                "They wrote from boss@moyens.example and call +212 650 000 111; site https://moyens.example/a/b. My name is Invented Brother.",
                Optional.empty(),
                Optional.of(sister));
        for (int i = 0; i < 2; i++)
            report(
                    nodes.morocco(),
                    "Again boss@moyens.example, +212 650 000 111, https://moyens.example/a/b, they also had +212 661 234 567");
        CampaignId here = campaign(nodes.morocco(), "moyens.example", 3);

        List<Trace> offered = asking(nodes.morocco()).offered(AMINA, here).stream()
                .map(Asking.Offered::trace)
                .toList();

        assertThat(offered)
                .contains(new Trace(Trace.Kind.PHONE, "+212650000111"), new Trace(Trace.Kind.DOMAIN, "moyens.example"))
                .doesNotContain(new Trace(Trace.Kind.PHONE, "+212661234567"));
        for (Trace trace : offered) assertThat(trace.value()).doesNotContain("@", "Invented", " ");
    }

    @Test
    void s21FewAreNotCountedAndNothingToShareIsTheSameWhetherAnythingIsKnown() {
        CampaignId known = parcels(nodes.morocco(), "colis-peu.example", 2);
        CampaignId unknown = parcels(nodes.morocco(), "colis-inconnu.example", 2);
        parcels(nodes.spain(), "colis-peu.example", 2);
        CheckKey few = nodes.ask(AMINA, known);
        CheckKey none = nodes.ask(AMINA, unknown);
        assertThat(compared(LUCIA, there(few)).own().figures().reports()).isEqualTo(2);
        assertThat(compared(LUCIA, there(none)).own().figures().reports()).isZero();

        refused(
                () -> answering(nodes.spain()).answer(LUCIA, there(none), release(Release.Level.KNOWN)),
                CrossCheckProblem.NOTHING_KNOWN);
        answering(nodes.spain()).answer(LUCIA, there(few), release(Release.Level.NOTHING));
        answering(nodes.spain()).answer(LUCIA, there(none), release(Release.Level.NOTHING));
        awaitAnswer(known);
        awaitAnswer(unknown);
        assertThat(withoutReference(answerIn(known))).isEqualTo(withoutReference(answerIn(unknown)));

        answering(nodes.spain()).answer(LUCIA, there(few), release(Release.Level.FIGURES));
        await("the figures", () -> answerIn(known).figures().isPresent());
        Figures told = answerIn(known).figures().orElseThrow();
        assertThat(told.reports()).isEqualTo(new Figures.Count(false, 3));
        assertThat(told.losses()).isEmpty();
        assertThat(told.period()).isEmpty();
        assertThat(told.linked()).isEmpty();
    }

    private static String withoutReference(CrossCheckAnswer answer) {
        MessageReference same = new MessageReference(new MessageId("0".repeat(32)), Hash.of(new byte[0]));
        return new String(
                new CrossCheckAnswer(same, answer.outcome(), answer.figures(), answer.traces(), answer.words())
                        .toContent()
                        .body()
                        .canonical(),
                StandardCharsets.UTF_8);
    }

    @Test
    void s19AReportThatIsClosedToAUnitShowsToNobodyElse() {
        CampaignId here = parcels(nodes.morocco(), "colis-ferme.example", 2);
        ReportId closed = report(nodes.spain(), "https://colis-ferme.example");
        nodes.spain().service(IntakeService.class).close(Actor.system("test"), closed, Optional.of("Menores"));
        CheckKey key = nodes.ask(AMINA, here);

        Reading.Compared others = compared(LUCIA, there(key));
        Reading.Compared own = compared(PABLO, there(key));

        assertThat(others.own().figures().reports()).isZero();
        assertThat(others.closed()).isZero();
        assertThat(own.own().figures().reports()).isZero();
        assertThat(own.closed()).isEqualTo(1);
        refused(
                () -> answering(nodes.spain()).answer(LUCIA, there(key), release(Release.Level.KNOWN)),
                CrossCheckProblem.NOTHING_KNOWN);
    }

    @Test
    void anAnswerIsGradedAndHandledAsItsOfficerChoseAndNothingToShareNeverIs() {
        CampaignId here = parcels(nodes.morocco(), "colis-note.example", 2);
        parcels(nodes.spain(), "colis-note.example", 4);
        CheckKey key = nodes.ask(AMINA, here);
        Evaluation graded = new Evaluation(Evaluation.Source.B, Evaluation.Information.CORROBORATED);
        Terms terms = new Terms(BureauFixture.TREATY, Set.of(HandlingCode.H2), Optional.of(graded));

        answering(nodes.spain())
                .answer(LUCIA, there(key), new Release(Release.Level.FIGURES, false, Optional.empty(), terms));
        awaitAnswer(here);
        assertThat(cameIn(here).evaluation()).contains(graded);
        assertThat(cameIn(here).handling().codes()).contains(HandlingCode.H2);

        // Through the second look too.
        Words words = Words.of("es", "La cuenta sigue abierta.");
        answering(nodes.spain())
                .answer(LUCIA, there(key), new Release(Release.Level.KNOWN, false, Optional.of(words), terms));
        Draft draft = reading(nodes.spain()).open(PABLO, there(key)).draft().orElseThrow();
        assertThat(draft.terms()).isEqualTo(terms);
        answering(nodes.spain()).release(PABLO, there(key), draft.id());
        await("the words", () -> answerIn(here).words().isPresent());
        assertThat(cameIn(here).evaluation()).contains(graded);

        answering(nodes.spain())
                .answer(LUCIA, there(key), new Release(Release.Level.NOTHING, false, Optional.empty(), terms));
        await("nothing", () -> answerIn(here).outcome() == CrossCheckAnswer.Outcome.NOTHING_TO_SHARE);
        assertThat(cameIn(here).evaluation()).isEmpty();
        assertThat(cameIn(here).handling().codes()).containsExactly(HandlingCode.H0);
    }

    private static Message cameIn(CampaignId campaign) {
        return reading(nodes.morocco())
                .abroad(AMINA, campaign)
                .ours()
                .get(0)
                .came()
                .orElseThrow();
    }

    @Test
    void s11AQuestionThatRepeatsSomebodysWordsDoesNotLeave() {
        CampaignId here = parcels(nodes.morocco(), "colis-mots.example", 2);
        Question asks = question(all(asking(nodes.morocco()).offered(AMINA, here)));
        Question quoting = new Question(
                asks.purpose(),
                asks.offence(),
                asks.codes(),
                asks.keys(),
                asks.tellFigures(),
                asks.tellLosses(),
                asks.urgency(),
                Optional.of("She says that they call every hour."),
                asks.answerBy(),
                asks.reference(),
                asks.days(),
                Set.of(Quoted.VICTIM));

        refused(
                () -> asking(nodes.morocco()).ask(AMINA, here, Map.of(ES, BureauFixture.TREATY), quoting),
                CrossCheckProblem.WORDS_OF_OTHERS);
        assertThat(reading(nodes.morocco()).abroad(AMINA, here).ours()).isEmpty();
    }

    /** An observer learns rosters and the heads of logs; secretariat and commission have no reports that could know anything. */
    @Test
    void whoMayBeAskedFollowsFromTheRoleThatTheRosterGives() {
        Member bureau =
                nodes.morocco().service(Rosters.class).current().member(ES).orElseThrow();

        for (Role role : Role.values()) {
            Member member = new Member(
                    bureau.id(),
                    bureau.country(),
                    bureau.names(),
                    role,
                    bureau.status(),
                    bureau.endpoints(),
                    bureau.certificates(),
                    bureau.logKeys(),
                    bureau.cosignerKeys());
            assertThat(Partners.mayBeAsked(member))
                    .as(role.name())
                    .isEqualTo(role == Role.BUREAU || role == Role.PARTNER);
        }
        CampaignId here = parcels(nodes.morocco(), "colis-role.example", 2);
        MemberId observer = new MemberId("observer-1");
        refused(
                () -> asking(nodes.morocco())
                        .ask(
                                AMINA,
                                here,
                                Map.of(observer, BureauFixture.TREATY),
                                question(all(asking(nodes.morocco()).offered(AMINA, here)))),
                CrossCheckProblem.NO_RECIPIENT);
        assertThat(reading(nodes.morocco()).abroad(AMINA, here).ours()).isEmpty();
    }

    @Test
    void s11WordsAndSharedTracesLeaveAfterASecondLookOnly() {
        CampaignId here = parcels(nodes.morocco(), "colis-deux.example", 2);
        parcels(nodes.spain(), "colis-deux.example", 3);
        CheckKey key = nodes.ask(AMINA, here);
        CheckKey there = there(key);
        Answering spain = answering(nodes.spain());
        Words words = Words.of("es", "La cuenta sigue abierta.");

        assertThat(spain.answer(LUCIA, there, release(Release.Level.TRACES, Optional.of(words))))
                .isFalse();
        Draft draft = reading(nodes.spain()).open(LUCIA, there).draft().orElseThrow();
        refused(() -> spain.release(LUCIA, there, draft.id()), CrossCheckProblem.OWN_WORDS);
        refused(
                () -> spain.release(officer("omar", "X", Permission.EXCHANGE_READ), there, draft.id()),
                AccessProblem.FORBIDDEN);
        refused(() -> spain.giveBack(PABLO, there, draft.id(), ""), CrossCheckProblem.REMARK_MISSING);
        spain.giveBack(PABLO, there, draft.id(), "Too much.");
        refused(() -> spain.release(PABLO, there, draft.id()), CrossCheckProblem.LOOKED_BEFORE);
        assertThat(reading(nodes.spain())
                        .open(LUCIA, there)
                        .draft()
                        .orElseThrow()
                        .remark())
                .contains("Too much.");
        assertThat(reading(nodes.morocco()).abroad(AMINA, here).ours().get(0).answer())
                .isEmpty();

        spain.answer(LUCIA, there, release(Release.Level.TRACES, Optional.of(words)));
        spain.release(
                PABLO,
                there,
                reading(nodes.spain()).open(PABLO, there).draft().orElseThrow().id());
        awaitAnswer(here);
        assertThat(answerIn(here).words()).contains(words);
        assertThat(answerIn(here).traces()).contains(new Trace(Trace.Kind.DOMAIN, "colis-deux.example"));
        assertThat(reading(nodes.spain()).open(LUCIA, there).draft()).isEmpty();
        assertThat(actions(nodes.spain(), there.subject()))
                .contains("crosscheck.answer", "crosscheck.return", "crosscheck.release");
    }

    private static MessageReference send(TestNode from, MemberId us, MemberId to, ConversationId where, Content what) {
        return from.service(ExchangeService.class)
                .send(
                        Actor.system("test"),
                        Outgoing.of(
                                to,
                                where,
                                new Handling(
                                        us,
                                        Purpose.INVESTIGATION.code(),
                                        BureauFixture.TREATY,
                                        Optional.empty(),
                                        Set.of(),
                                        Optional.empty(),
                                        Set.of(),
                                        Instant.now().plus(Duration.ofDays(10))),
                                what));
    }

    private static String refusal(TestNode from, MessageReference message) {
        ExchangeService exchange = from.service(ExchangeService.class);
        await("refused", () -> exchange.sent(message.id()).orElseThrow().state() == Sent.State.REFUSED);
        return exchange.sent(message.id()).orElseThrow().reason().orElseThrow();
    }

    private static Content phones(int from, int count) {
        return new CrossCheck(
                        IntStream.range(from, from + count)
                                .mapToObj(i -> new Trace(Trace.Kind.PHONE, "+2126500%05d".formatted(i)))
                                .toList(),
                        Optional.empty(),
                        Urgency.ROUTINE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                .toContent();
    }

    private static Content raw(String body) {
        return new Content(CrossCheck.TYPE, 1, Json.parse(body.getBytes(StandardCharsets.UTF_8), 1 << 22));
    }

    /** Two thousand telephones a day are no campaign: more is refused, officers see it, and nothing was told by itself. */
    @Test
    void s21WhoFishesLearnsNothingAndIsSeen() {
        try (CrossCheckFixture other = new CrossCheckFixture("sharaka.crosscheck.traces-a-day=1500")) {
            TestNode fishing = other.morocco();
            TestNode asked = other.spain();
            report(asked, "They called from +212 650 000 010");
            MessageReference first = send(fishing, MA, ES, ConversationId.random(RANDOM), phones(0, 1000));
            await(
                    "the first is before Spain's officers",
                    () -> reading(asked).list(LUCIA).size() == 1);
            assertThat(reading(asked).unusual(LUCIA)).hasSize(1);

            MessageReference second = send(fishing, MA, ES, ConversationId.random(RANDOM), phones(1000, 1000));

            assertThat(refusal(fishing, second)).isEqualTo("too-many");
            assertThat(reading(asked).list(LUCIA)).hasSize(1);
            assertThat(reading(asked).unusual(LUCIA)).containsExactly(new Pace(MA, 1, 1000, 1));
            // What it got is a receipt, and the same one whatever is known.
            assertThat(fishing.service(ExchangeService.class).proved(first.id()))
                    .noneMatch(receipt -> receipt.sentence().isPresent());
            assertThat(sql(fishing).queryForObject("select count(*) from exchange.received", Integer.class))
                    .isZero();

            // Taking it back does not give it a new day.
            sql(asked).update("delete from crosscheck.received");
            MessageReference third = send(fishing, MA, ES, ConversationId.random(RANDOM), phones(2000, 1000));
            assertThat(refusal(fishing, third)).isEqualTo("too-many");
        }
    }

    @Test
    void whatIsNoQuestionIsRefused() {
        TestNode from = nodes.morocco();
        String tenThousand = IntStream.range(0, 10_000)
                .mapToObj("{\"kind\":\"phone\",\"value\":\"+2126500%05d\"}"::formatted)
                .collect(Collectors.joining(",", "{\"traces\":[", "],\"urgency\":\"routine\"}"));
        String person = "{\"traces\":[{\"kind\":\"person\",\"value\":\"Somebody\"}],\"urgency\":\"routine\"}";
        String name = "{\"traces\":[{\"kind\":\"phone\",\"value\":\"Somebody Invented\"}],\"urgency\":\"routine\"}";
        String notCanonical =
                "{\"traces\":[{\"kind\":\"phone\",\"value\":\"00212650000111\"}],\"urgency\":\"routine\"}";
        String sentence = "{\"traces\":[{\"kind\":\"path-shape\",\"value\":\"she told me\"}],\"urgency\":\"routine\"}";

        assertThat(refusal(from, send(from, MA, ES, ConversationId.random(RANDOM), raw(tenThousand))))
                .isEqualTo("too-many");
        for (String body : List.of(person, name, notCanonical, sentence))
            assertThat(refusal(from, send(from, MA, ES, ConversationId.random(RANDOM), raw(body))))
                    .as(body)
                    .isEqualTo("field-wrong");
        ConversationId twice = ConversationId.random(RANDOM);
        send(from, MA, ES, twice, phones(0, 1));
        assertThat(refusal(from, send(from, MA, ES, twice, phones(1, 1)))).isEqualTo("field-wrong");
    }

    @Test
    void anAnswerToWhatWasNeverAskedIsRefused() {
        CampaignId here = parcels(nodes.morocco(), "colis-faux.example", 2);
        CheckKey key = nodes.ask(AMINA, here);
        MessageReference request = nodes.spain()
                .service(ExchangeService.class)
                .received(
                        MA,
                        reading(nodes.spain())
                                .open(LUCIA, there(key))
                                .received()
                                .message())
                .orElseThrow()
                .reference();
        MessageReference invented = new MessageReference(request.id(), Hash.of(new byte[] {7}));
        CrossCheckAnswer known = new CrossCheckAnswer(
                request, CrossCheckAnswer.Outcome.KNOWN, Optional.empty(), List.of(), Optional.empty());
        CrossCheckAnswer more = new CrossCheckAnswer(
                request,
                CrossCheckAnswer.Outcome.KNOWN,
                Optional.empty(),
                List.of(new Trace(Trace.Kind.DOMAIN, "never-asked.example")),
                Optional.empty());

        assertThat(refusal(
                        nodes.spain(), send(nodes.spain(), ES, MA, ConversationId.random(RANDOM), known.toContent())))
                .isEqualTo("field-wrong");
        assertThat(refusal(
                        nodes.spain(),
                        send(
                                nodes.spain(),
                                ES,
                                MA,
                                key.conversation(),
                                CrossCheckAnswer.nothing(invented).toContent())))
                .isEqualTo("field-wrong");
        assertThat(refusal(nodes.spain(), send(nodes.spain(), ES, MA, key.conversation(), more.toContent())))
                .isEqualTo("field-wrong");
        assertThat(reading(nodes.morocco()).abroad(AMINA, here).ours().get(0).answer())
                .isEmpty();
    }

    @Test
    void s20WhatHasReachedItsEndIsGoneOnBothSides() {
        CampaignId here = parcels(nodes.morocco(), "colis-fin.example", 2);
        parcels(nodes.spain(), "colis-fin.example", 3);
        CheckKey key = nodes.ask(AMINA, here);
        answering(nodes.spain()).answer(LUCIA, there(key), release(Release.Level.FIGURES));
        awaitAnswer(here);
        Asked asked = reading(nodes.morocco()).abroad(AMINA, here).ours().get(0).asked();

        for (TestNode node : List.of(nodes.morocco(), nodes.spain())) {
            String table = node == nodes.morocco() ? "crosscheck.asked" : "crosscheck.received";
            sql(node)
                    .update(
                            "update " + table + " set ends_at = now() - interval '1 second' where conversation = ?",
                            key.conversation().value());
        }
        assertThat(reading(nodes.morocco()).abroad(AMINA, here).ours()).isEmpty();
        refused(() -> reading(nodes.spain()).open(LUCIA, there(key)), CrossCheckProblem.NOT_FOUND);
        refused(
                () -> answering(nodes.spain()).answer(LUCIA, there(key), release(Release.Level.KNOWN)),
                CrossCheckProblem.NOT_FOUND);
        assertThat(nodes.morocco().service(Ending.class).purge(100)).isPositive();
        assertThat(nodes.spain().service(Ending.class).purge(100)).isPositive();

        ExchangeService morocco = nodes.morocco().service(ExchangeService.class);
        assertThat(morocco.sentMessage(asked.message())).isEmpty();
        assertThat(morocco.received(ES, asked.answer().orElseThrow().message())).isEmpty();
        assertThat(nodes.spain().service(ExchangeService.class).received(MA, asked.message()))
                .isEmpty();
    }
}
