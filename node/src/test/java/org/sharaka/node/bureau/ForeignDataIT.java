package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;
import static org.sharaka.node.originator.ThreeBureaux.TREATY;
import static org.sharaka.node.originator.ThreeBureaux.XK;
import static org.sharaka.node.originator.ThreeBureaux.await;
import static org.sharaka.node.originator.ThreeBureaux.officer;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.access.Purpose;
import org.sharaka.node.agreement.AgreementProblem;
import org.sharaka.node.agreement.AgreementService;
import org.sharaka.node.agreement.TestAgreements;
import org.sharaka.node.audit.VerifyAuditCommand;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.originator.OriginatorProblem;
import org.sharaka.node.originator.ThreeBureaux;
import org.sharaka.node.originator.Verdict;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.Feedback;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.PermissionRequest;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** What Spain and a third may do with what Morocco wrote: three whole nodes, invented cases. */
class ForeignDataIT {
    private static final Actor AMINA =
            officer("amina", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND, Permission.EXCHANGE_APPROVE);
    private static final Actor LUCIA =
            officer("lucia", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND, Permission.EXCHANGE_APPROVE);
    private static final Actor PABLO = officer("pablo", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND);
    private static final Actor ELSEWHERE = BureauFixture.officer(
            "salma", "Elsewhere", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND, Permission.EXCHANGE_APPROVE);
    private static final Words WHY = Words.of("en", "The prosecutor needs it.");

    private static ThreeBureaux nodes;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        nodes = new ThreeBureaux();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static BureauService bureau(MemberId member) {
        return nodes.node(member).service(BureauService.class);
    }

    private static Reading reading(MemberId member) {
        return nodes.node(member).service(Reading.class);
    }

    private static SecondLook look(MemberId member) {
        return nodes.node(member).service(SecondLook.class);
    }

    private static ForeignData data(MemberId member) {
        return nodes.node(member).service(ForeignData.class);
    }

    private static void refused(ThrowingCallable act, ProblemType type) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    /** Morocco tells Spain something; the conversation as Spain has it. */
    private static ConversationKey told(boolean passable, Set<Quoted> quotes, HandlingCode... codes) {
        return told(TREATY, passable, quotes, codes);
    }

    private static Composition information(String law, boolean passable, Set<Quoted> quotes, HandlingCode... codes) {
        return new Composition(
                Composition.Kind.INFORMATION,
                "A shop that does not exist",
                new Words("en", "The account is in Bilbao.", quotes),
                "",
                "",
                Urgency.ROUTINE,
                "",
                "",
                false,
                "",
                "",
                new Terms(
                        Purpose.INVESTIGATION,
                        law,
                        Optional.empty(),
                        Set.of(codes),
                        Set.of(codes).contains(HandlingCode.H3) ? "Not before the trial." : "",
                        Optional.empty(),
                        passable),
                List.of());
    }

    private static ConversationKey told(String law, boolean passable, Set<Quoted> quotes, HandlingCode... codes) {
        ConversationKey key = bureau(MA)
                .open(AMINA, Map.of(ES, law), information(law, passable, quotes, codes), false, "")
                .get(0);
        if (!quotes.isEmpty()) {
            Reading.Said draft = reading(MA).view(AMINA, key).said().get(0);
            look(MA).release(
                            officer("omar", Permission.EXCHANGE_READ, Permission.EXCHANGE_APPROVE),
                            key,
                            draft.entry().id(),
                            draft.draft().orElseThrow().shown());
        }
        ConversationKey there = new ConversationKey(MA, key.id());
        awaitEntries(ES, there, 1);
        return there;
    }

    private static void awaitEntries(MemberId at, ConversationKey key, int count) {
        await(
                count + " messages at " + at,
                () -> nodes.sql(at)
                                .queryForObject(
                                        "select count(*) from bureau.message where peer = ? and conversation = ?",
                                        Integer.class,
                                        key.peer().value(),
                                        key.id().value())
                        == count);
    }

    private static Reading.Said last(MemberId at, Actor actor, ConversationKey key) {
        List<Reading.Said> said = reading(at).view(actor, key).said();
        return said.get(said.size() - 1);
    }

    private static UUID message(MemberId at, Actor actor, ConversationKey key) {
        return reading(at).view(actor, key).said().get(0).entry().id();
    }

    private static Verdict.Say say(MemberId at, Actor actor, ConversationKey key, Act act) {
        return reading(at)
                .view(actor, key)
                .said()
                .get(0)
                .custody()
                .acts()
                .get(act)
                .say();
    }

    private static ForeignData.TakenOut takeOut(ConversationKey key, Act act) {
        return data(ES).takeOut(LUCIA, key, message(ES, LUCIA, key), act, commands -> String.join("\n", commands));
    }

    private static int entered(MemberId at, String action, String outcome) {
        Integer count = nodes.sql(at)
                .queryForObject(
                        "select count(*) from audit.entry where action = ? and outcome = ?",
                        Integer.class,
                        action,
                        outcome);
        return count == null ? 0 : count;
    }

    @Test
    void s18TheCodesRefuseWhatTheOriginatorDidNotAllowAndTheRefusalIsEntered() {
        ConversationKey h0 = told(true, Set.of());
        ConversationKey h1 = told(true, Set.of(), HandlingCode.H1);

        assertThat(takeOut(h0, Act.PRINT).files()).isEmpty();
        assertThat(takeOut(h1, Act.EXPORT).files()).isPresent();
        int before = entered(ES, "originator.court-bundle", "REFUSED");
        refused(() -> takeOut(h0, Act.COURT_BUNDLE), OriginatorProblem.ASK_FIRST);
        refused(() -> takeOut(h1, Act.COURT_BUNDLE), OriginatorProblem.ASK_FIRST);
        assertThat(entered(ES, "originator.court-bundle", "REFUSED")).isEqualTo(before + 2);
        assertThat(entered(ES, "originator.print", "DONE")).isPositive();
        refused(() -> takeOut(h1, Act.VIEW), BureauProblem.BAD_FIELD);
        Actor elsewhere = officer("x", Permission.REPORT_READ);
        UUID id = message(ES, LUCIA, h0);
        refused(() -> data(ES).takeOut(elsewhere, h0, id, Act.PRINT, c -> ""), AccessProblem.FORBIDDEN);
    }

    @Test
    void whatH3RestrictsIsShownOnceAnOfficerConfirmedTheRemarksAndElseIsAskedFor() {
        ConversationKey key = told(true, Set.of(), HandlingCode.H3);
        Reading.OpenedConversation closed = reading(ES).view(LUCIA, key);

        assertThat(closed.conversation().subject()).isEmpty();
        assertThat(closed.said().get(0).message()).isEmpty();
        assertThat(closed.said().get(0).custody().toConfirm()).isTrue();
        assertThat(entered(ES, "originator.view", "REFUSED")).isPositive();
        for (Act act : List.of(Act.PRINT, Act.EXPORT, Act.COURT_BUNDLE, Act.ONWARD_SHARE))
            assertThat(say(ES, LUCIA, key, act)).isEqualTo(Verdict.Say.ASK_ORIGINATOR);

        data(ES).confirm(LUCIA, key, message(ES, LUCIA, key), Act.VIEW);

        assertThat(last(ES, LUCIA, key).message()).isPresent();
        assertThat(entered(ES, "originator.confirm-view", "DONE")).isPositive();
        // For that officer alone.
        assertThat(last(ES, PABLO, key).message()).isEmpty();
        refused(
                () -> data(ES).confirm(LUCIA, key, message(ES, LUCIA, key), Act.VIEW),
                OriginatorProblem.NOTHING_TO_ASK);
    }

    private static Actor working(Actor officer, Purpose purpose) {
        return new Actor(
                officer.kind(),
                officer.id(),
                officer.name(),
                officer.unit(),
                officer.permissions(),
                Optional.of(purpose));
    }

    @Test
    void whatCameForAnotherPurposeIsReadAfterAConfirmationThatIsEntered() {
        ConversationKey key = told(true, Set.of());
        UUID id = message(ES, LUCIA, key);
        Actor warning = working(LUCIA, Purpose.WARN);

        Reading.Said closed = last(ES, warning, key);
        assertThat(closed.message()).isEmpty();
        assertThat(closed.custody().purposeToConfirm()).isTrue();
        assertThat(closed.custody().purpose()).contains("INVESTIGATION");
        assertThat(last(ES, LUCIA, key).message()).isPresent();

        data(ES).confirm(warning, key, id, Act.VIEW);

        assertThat(last(ES, warning, key).message()).isPresent();
        assertThat(nodes.sql(ES)
                        .queryForObject(
                                "select count(*) from audit.entry where action = 'originator.confirm-view' and purpose = 'WARN' and subject = ?",
                                Integer.class,
                                "message/" + closed.entry().name().orElseThrow() + " from " + MA
                                        + " for warn, came for investigation"))
                .isEqualTo(1);
        // For that officer and purpose alone.
        assertThat(last(ES, working(PABLO, Purpose.WARN), key).message()).isEmpty();
        assertThat(last(ES, working(LUCIA, Purpose.SECURITY_CHECK), key).message())
                .isEmpty();
        refused(() -> data(ES).confirm(warning, key, id, Act.VIEW), OriginatorProblem.NOTHING_TO_ASK);
        refused(() -> data(ES).confirm(LUCIA, key, id, Act.VIEW), OriginatorProblem.NOTHING_TO_ASK);
    }

    @Test
    void h3AndAnotherPurposeAreConfirmedOneAfterTheOther() {
        ConversationKey key = told(true, Set.of(), HandlingCode.H3);
        Actor warning = working(LUCIA, Purpose.WARN);
        UUID id = message(ES, warning, key);

        data(ES).confirm(warning, key, id, Act.VIEW);
        assertThat(say(ES, warning, key, Act.VIEW)).isEqualTo(Verdict.Say.CONFIRM_PURPOSE);
        data(ES).confirm(warning, key, id, Act.VIEW);

        assertThat(say(ES, warning, key, Act.VIEW)).isEqualTo(Verdict.Say.ALLOWED);
        assertThat(say(ES, LUCIA, key, Act.VIEW)).isEqualTo(Verdict.Say.ALLOWED);
    }

    @Test
    void forAnotherPurposeTheOriginatorIsAskedAndItsPermissionCoversThatOneAlone() {
        ConversationKey key = told(true, Set.of());
        ConversationKey here = new ConversationKey(ES, key.id());
        UUID id = message(ES, LUCIA, key);
        Actor warning = working(LUCIA, Purpose.WARN);
        for (Act act : List.of(Act.PRINT, Act.EXPORT, Act.COURT_BUNDLE, Act.ONWARD_SHARE))
            assertThat(say(ES, warning, key, act)).isEqualTo(Verdict.Say.ASK_ORIGINATOR);
        for (Act act : List.of(Act.PRINT, Act.EXPORT, Act.COURT_BUNDLE))
            refused(() -> data(ES).takeOut(warning, key, id, act, commands -> ""), OriginatorProblem.ASK_FIRST);
        refused(
                () -> data(ES).share(warning, key, id, XK, TREATY, Words.of("en", "A warning."), List.of()),
                OriginatorProblem.ASK_FIRST);

        // The treaty is for investigations: no law, no question.
        refused(
                () -> data(ES).ask(warning, key, id, Act.EXPORT, Optional.empty(), WHY),
                AgreementProblem.NO_LEGAL_BASIS);
        for (MemberId member : List.of(MA, ES))
            TestAgreements.addFor(Purpose.WARN, nodes.node(member), "test.warnings", "MA", "ES");
        data(ES).ask(warning, key, id, Act.EXPORT, Optional.empty(), WHY);
        awaitEntries(MA, here, 2);
        Actor answering = working(AMINA, Purpose.WARN);
        Reading.Said asked = last(MA, answering, here);
        assertThat(asked.custody().asked().orElseThrow().purpose()).isEqualTo("WARN");
        permit(here, asked, PermissionAnswer.Outcome.GRANTED, Optional.empty());
        await("granted", () -> say(ES, warning, key, Act.EXPORT) == Verdict.Say.ALLOWED);

        assertThat(data(ES).takeOut(warning, key, id, Act.EXPORT, commands -> "")
                        .files())
                .isPresent();
        refused(() -> data(ES).takeOut(warning, key, id, Act.PRINT, commands -> ""), OriginatorProblem.ASK_FIRST);
        Actor checking = working(LUCIA, Purpose.SECURITY_CHECK);
        refused(() -> data(ES).takeOut(checking, key, id, Act.EXPORT, commands -> ""), OriginatorProblem.ASK_FIRST);
        assertThat(takeOut(key, Act.EXPORT).files()).isPresent();

        // Nor does what was granted for the purpose for which it came cover another.
        data(ES).ask(LUCIA, key, id, Act.COURT_BUNDLE, Optional.empty(), WHY);
        awaitEntries(MA, here, 4);
        permit(here, last(MA, AMINA, here), PermissionAnswer.Outcome.GRANTED, Optional.empty());
        await("granted", () -> say(ES, LUCIA, key, Act.COURT_BUNDLE) == Verdict.Say.ALLOWED);
        assertThat(say(ES, warning, key, Act.COURT_BUNDLE)).isEqualTo(Verdict.Say.ASK_ORIGINATOR);
    }

    @Test
    void theOriginatorIsAskedAndItsAnswerAllowsOnceOrUntilItsEnd() throws Exception {
        ConversationKey key = told(true, Set.of(), HandlingCode.H1);
        ConversationKey here = new ConversationKey(ES, key.id());
        UUID id = message(ES, LUCIA, key);
        refused(() -> data(ES).ask(LUCIA, key, id, Act.PRINT, Optional.empty(), WHY), OriginatorProblem.NOTHING_TO_ASK);

        data(ES).ask(LUCIA, key, id, Act.COURT_BUNDLE, Optional.empty(), WHY);
        refused(
                () -> data(ES).ask(LUCIA, key, id, Act.COURT_BUNDLE, Optional.empty(), WHY),
                OriginatorProblem.ASKED_BEFORE);
        awaitEntries(MA, here, 2);
        Reading.Said asked = last(MA, AMINA, here);
        Custody.Asked question = asked.custody().asked().orElseThrow();
        assertThat(question.act()).isEqualTo(Act.COURT_BUNDLE);
        assertThat(question.asker()).isEqualTo(ES);
        assertThat(question.about()).contains(here);
        assertThat(asked.entry().open()).isTrue();
        permit(here, asked, PermissionAnswer.Outcome.REFUSED, Optional.empty());
        await("refused", () -> say(ES, LUCIA, key, Act.COURT_BUNDLE) == Verdict.Say.REFUSED);
        refused(() -> takeOut(key, Act.COURT_BUNDLE), OriginatorProblem.REFUSED_BY_ORIGINATOR);
        refused(
                () -> permit(here, asked, PermissionAnswer.Outcome.GRANTED, Optional.empty()),
                BureauProblem.NOT_AWAITED);

        data(ES).ask(LUCIA, key, id, Act.COURT_BUNDLE, Optional.empty(), WHY);
        awaitEntries(MA, here, 4);
        permit(here, last(MA, AMINA, here), PermissionAnswer.Outcome.GRANTED_ONCE, Optional.empty());
        await("granted", () -> say(ES, LUCIA, key, Act.COURT_BUNDLE) == Verdict.Say.ALLOWED);
        assertThat(takeOut(key, Act.COURT_BUNDLE).files()).isPresent();
        refused(() -> takeOut(key, Act.COURT_BUNDLE), OriginatorProblem.ASK_FIRST);

        data(ES).ask(LUCIA, key, id, Act.COURT_BUNDLE, Optional.empty(), WHY);
        awaitEntries(MA, here, 6);
        permit(
                here,
                last(MA, AMINA, here),
                PermissionAnswer.Outcome.GRANTED,
                Optional.of(Instant.now().plusSeconds(3)));
        await("granted", () -> say(ES, LUCIA, key, Act.COURT_BUNDLE) == Verdict.Say.ALLOWED);
        await("over", () -> say(ES, LUCIA, key, Act.COURT_BUNDLE) == Verdict.Say.ASK_ORIGINATOR);
        everyActIsEntered(ES);
        everyActIsEntered(MA);
    }

    private static void everyActIsEntered(MemberId at) throws Exception {
        StringWriter told = new StringWriter();
        assertThat(nodes.node(at).run(new VerifyAuditCommand(), told))
                .as(told.toString())
                .isZero();
    }

    private static void permit(
            ConversationKey key, Reading.Said asked, PermissionAnswer.Outcome outcome, Optional<Instant> until) {
        data(MA).permit(AMINA, key, asked.entry().id(), outcome, until, Optional.of(Words.of("fr", "Pour ce procès.")));
    }

    @Test
    void s18OnwardTheOriginatorsOwnMessageTravelsAndWhoeverItIsNotForGetsNothing() throws Exception {
        ConversationKey closed = told(false, Set.of());
        ConversationKey asks = told(true, Set.of(), HandlingCode.H2);
        ConversationKey open = told(true, Set.of(), HandlingCode.H1);
        ConversationKey quoting = told(true, Set.of(Quoted.VICTIM));
        Words note = Words.of("en", "Morocco wrote this.");

        refused(
                () -> data(ES).share(LUCIA, closed, message(ES, LUCIA, closed), XK, TREATY, note, List.of()),
                OriginatorProblem.NOT_PERMITTED);
        refused(
                () -> data(ES).share(LUCIA, asks, message(ES, LUCIA, asks), XK, TREATY, note, List.of()),
                OriginatorProblem.ASK_FIRST);
        refused(
                () -> data(ES).share(LUCIA, quoting, message(ES, LUCIA, quoting), XK, TREATY, note, List.of()),
                BureauProblem.LOOK_NEEDED);
        assertThat(entered(ES, "bureau.share", "REFUSED")).isGreaterThanOrEqualTo(3);

        ConversationKey shared = data(ES).share(LUCIA, open, message(ES, LUCIA, open), XK, TREATY, note, List.of());
        ConversationKey third = new ConversationKey(ES, shared.id());
        awaitEntries(XK, third, 1);
        Custody custody = last(XK, PABLO, third).custody();
        assertThat(custody.enclosed().orElseThrow().header().sender()).isEqualTo(MA);
        assertThat(custody.enclosedWritten()).isPresent();
        assertThat(custody.handling().orElseThrow().originator()).isEqualTo(MA);
        assertThat(custody.acts().get(Act.COURT_BUNDLE).say()).isEqualTo(Verdict.Say.ASK_ORIGINATOR);
        CourtExpert unused = CourtExpert.verified(
                data(XK).takeOut(PABLO, third, message(XK, PABLO, third), Act.EXPORT, commands -> "")
                        .files()
                        .orElseThrow(),
                directory);
        everyActIsEntered(ES);
    }

    @Test
    void theThirdAsksTheOriginatorDirectlyOrThroughTheSecondWhereNoLawLetsIt() {
        ConversationKey open = told(true, Set.of(), HandlingCode.H1);
        ConversationKey shared = data(ES).share(
                        LUCIA,
                        open,
                        message(ES, LUCIA, open),
                        XK,
                        TREATY,
                        Words.of("en", "Morocco wrote this."),
                        List.of());
        ConversationKey third = new ConversationKey(ES, shared.id());
        awaitEntries(XK, third, 1);
        UUID id = message(XK, PABLO, third);

        ConversationKey direct = data(XK).ask(PABLO, third, id, Act.COURT_BUNDLE, Optional.empty(), WHY);
        assertThat(direct.peer()).isEqualTo(MA);
        ConversationKey here = new ConversationKey(XK, direct.id());
        awaitEntries(MA, here, 1);
        permit(here, last(MA, AMINA, here), PermissionAnswer.Outcome.REFUSED, Optional.empty());
        await("refused", () -> say(XK, PABLO, third, Act.COURT_BUNDLE) == Verdict.Say.REFUSED);

        withoutTheLaw(XK, "MA", () -> {
            ConversationKey through = data(XK).ask(PABLO, third, id, Act.COURT_BUNDLE, Optional.empty(), WHY);
            assertThat(through).isEqualTo(third);
            ConversationKey spains = new ConversationKey(ES, open.id());
            awaitEntries(MA, spains, 2);
            Reading.Said asked = last(MA, AMINA, spains);
            assertThat(asked.custody().asked().orElseThrow().asker()).isEqualTo(XK);
            permit(spains, asked, PermissionAnswer.Outcome.GRANTED, Optional.empty());
            await("granted", () -> say(XK, PABLO, third, Act.COURT_BUNDLE) == Verdict.Say.ALLOWED);
            // It went through Spain and is nobody's business there.
            awaitEntries(ES, new ConversationKey(XK, shared.id()), 1);
            awaitEntries(ES, open, 1);
        });
    }

    /** For a while a node knows that the treaty does not bind a country. */
    private static void withoutTheLaw(MemberId at, String country, Runnable then) {
        byte[] before = unbind(at, TREATY, Set.of(country));
        try {
            then.run();
        } finally {
            int unused = nodes.node(at).service(AgreementService.class).importFile(Actor.system("test"), before);
        }
    }

    /** A node knows that an agreement does not bind these countries. @return what it knew before */
    private static byte[] unbind(MemberId at, String code, Set<String> countries) {
        AgreementService agreements = nodes.node(at).service(AgreementService.class);
        byte[] before = agreements.export(Actor.system("test"));
        JsonMapper json = new JsonMapper();
        JsonNode file = json.readTree(before);
        for (JsonNode agreement : file.get("agreements")) {
            if (!agreement.get("code").asString().equals(code)) continue;
            ArrayNode parties = (ArrayNode) agreement.get("parties");
            for (int i = parties.size() - 1; i >= 0; i--)
                if (countries.contains(parties.get(i).get("code").asString())) parties.remove(i);
        }
        int unused = agreements.importFile(Actor.system("test"), json.writeValueAsBytes(file));
        return before;
    }

    /** Only a message has a second look: nothing else repeats a victim's, witness's or reporter's words. */
    @Test
    void s11WhatHasNoSecondLookRepeatsNobodysWordsAndTheRefusalIsEntered() {
        ConversationKey key = told(true, Set.of(), HandlingCode.H1);
        ConversationKey here = new ConversationKey(ES, key.id());
        UUID theirs = message(ES, LUCIA, key);
        UUID ours = message(MA, AMINA, here);
        data(ES).ask(LUCIA, key, theirs, Act.COURT_BUNDLE, Optional.empty(), WHY);
        awaitEntries(MA, here, 2);
        Reading.Said asked = last(MA, AMINA, here);
        Words hers = new Words("en", "She says so herself.", Set.of(Quoted.VICTIM));
        int before = entered(ES, "bureau.share", "REFUSED");

        words(() -> data(ES).ask(LUCIA, key, theirs, Act.COURT_BUNDLE, Optional.empty(), hers));
        words(() -> data(ES).share(LUCIA, key, theirs, XK, TREATY, hers, List.of()));
        words(() -> bureau(ES).acted(LUCIA, key, theirs, hers.text(), hers.quotes()));
        words(() -> data(ES).keep(LUCIA, key, theirs, hers.text(), hers.quotes()));
        words(() -> data(MA).permit(
                        AMINA,
                        here,
                        asked.entry().id(),
                        PermissionAnswer.Outcome.GRANTED,
                        Optional.empty(),
                        Optional.of(hers)));
        for (Order.Kind kind : List.of(Order.Kind.RECALL, Order.Kind.CORRECTION))
            words(() -> data(MA).order(
                            AMINA,
                            here,
                            ours,
                            new ForeignData.OrderForm(kind, "Wrong town.", hers.text(), "", "", hers.quotes())));
        assertThat(entered(ES, "bureau.share", "REFUSED")).isEqualTo(before + 1);

        permit(here, asked, PermissionAnswer.Outcome.GRANTED, Optional.empty());
        words(() -> data(MA).revoke(AMINA, here, last(MA, AMINA, here).entry().id(), hers));
        assertThat(last(MA, AMINA, here).custody().revocable()).isTrue();
        assertThat(reading(ES).view(LUCIA, key).said().get(0).custody().hold()).isEmpty();
    }

    private static void words(ThrowingCallable act) {
        refused(act, BureauProblem.WORDS_OF_OTHERS);
    }

    @Test
    void s11EveryFormThatLeadsAbroadIsRefusedUntilItSaysWhoseWordsItRepeats() {
        ConversationKey key = told(true, Set.of(), HandlingCode.H1);
        String theirs = message(ES, LUCIA, key).toString();
        ForeignDataPages pages = nodes.node(ES).service(ForeignDataPages.class);
        MessagePages messages = nodes.node(ES).service(MessagePages.class);
        Locale fr = Locale.FRENCH;
        Whose unsaid = new Whose(null);

        unsaid(next -> pages.ask(LUCIA, key, theirs, "COURT_BUNDLE", "", "Why", unsaid, fr, next));
        unsaid(next -> pages.permit(LUCIA, key, theirs, "GRANTED", "", "Why", unsaid, fr, next));
        unsaid(next -> pages.revoke(LUCIA, key, theirs, "Why", unsaid, fr, next));
        unsaid(next -> pages.order(LUCIA, key, theirs, "RECALL", "Why", "", "", "", unsaid, next));
        unsaid(next -> pages.keep(LUCIA, key, theirs, "A court asked.", unsaid, next));
        unsaid(next -> messages.acted(LUCIA, key, theirs, "The bank has blocked it.", unsaid, next));
        refused(() -> MessageForm.empty().words("fr"), BureauProblem.WHOSE_WORDS);
        assertThat(last(ES, LUCIA, key).sentence()).isEmpty();
        assertThat(say(ES, LUCIA, key, Act.COURT_BUNDLE)).isEqualTo(Verdict.Say.ASK_ORIGINATOR);
    }

    private static void unsaid(Consumer<RedirectAttributes> post) {
        RedirectAttributes next = new RedirectAttributesModelMap();
        post.accept(next);
        assertThat(next.getFlashAttributes().get("refused")).isEqualTo("problem.bureau.whose-words");
    }

    /** Morocco's officers of one unit tell Spain, and Spain the third. @return the conversation as the third has it */
    private static ConversationKey sharedOfAUnit() {
        ConversationKey closed = bureau(MA)
                .open(AMINA, Map.of(ES, TREATY), information(TREATY, true, Set.of(), HandlingCode.H1), true, "")
                .get(0);
        ConversationKey spains = new ConversationKey(MA, closed.id());
        awaitEntries(ES, spains, 1);
        ConversationKey shared = data(ES).share(
                        LUCIA,
                        spains,
                        message(ES, LUCIA, spains),
                        XK,
                        TREATY,
                        Words.of("en", "Morocco wrote this."),
                        List.of());
        ConversationKey third = new ConversationKey(ES, shared.id());
        awaitEntries(XK, third, 1);
        return third;
    }

    @Test
    void s19WhatAThirdAsksAboutAUnitsDataIsThatUnitsAlone() {
        ConversationKey third = sharedOfAUnit();
        ConversationKey direct =
                data(XK).ask(PABLO, third, message(XK, PABLO, third), Act.COURT_BUNDLE, Optional.empty(), WHY);
        ConversationKey here = new ConversationKey(XK, direct.id());
        awaitEntries(MA, here, 1);
        Reading.Said asked = last(MA, AMINA, here);
        UUID unknown = UUID.randomUUID();

        refused(() -> reading(MA).view(ELSEWHERE, here), BureauProblem.NOT_FOUND);
        assertThat(reading(MA).list(ELSEWHERE, SqlLists.View.ALL, Optional.empty()))
                .noneMatch(line -> line.conversation().key().equals(here));
        assertThat(permitting(ELSEWHERE, here, asked.entry().id()))
                .isEqualTo(permitting(ELSEWHERE, here, unknown)
                        .replace(unknown.toString(), asked.entry().id() + ""));

        // One that lies open, from before it was kept together: who may not see the data neither reads nor decides.
        closedTo(here, "");
        assertThat(reading(MA).view(ELSEWHERE, here).said()).isEmpty();
        assertThat(permitting(ELSEWHERE, here, asked.entry().id()))
                .isEqualTo(permitting(ELSEWHERE, here, unknown)
                        .replace(unknown.toString(), asked.entry().id() + ""));
        permit(here, asked, PermissionAnswer.Outcome.GRANTED, Optional.empty());
        UUID grant = last(MA, AMINA, here).entry().id();
        refused(() -> data(MA).revoke(ELSEWHERE, here, grant, WHY), BureauProblem.NOT_FOUND);
        data(MA).revoke(AMINA, here, grant, WHY);
    }

    /** @return why it is refused */
    private static String permitting(Actor actor, ConversationKey key, UUID id) {
        try {
            data(MA).permit(actor, key, id, PermissionAnswer.Outcome.GRANTED, Optional.empty(), Optional.empty());
        } catch (ProblemException e) {
            return e.type().code() + ": " + e.getMessage();
        }
        throw new AssertionError("permitted");
    }

    private static void closedTo(ConversationKey key, String unit) {
        int unused = nodes.sql(MA)
                .update(
                        "update bureau.conversation set closed_to = ? where peer = ? and id = ?",
                        unit,
                        key.peer().value(),
                        key.id().value());
    }

    @Test
    void s19AUnitsOwnDataThatComesBackFromAThirdIsItsAlone() {
        ConversationKey third = sharedOfAUnit();

        ConversationKey back = data(XK).share(
                        PABLO,
                        third,
                        message(XK, PABLO, third),
                        MA,
                        TREATY,
                        Words.of("en", "You wrote this."),
                        List.of());
        ConversationKey here = new ConversationKey(XK, back.id());
        awaitEntries(MA, here, 1);

        refused(() -> reading(MA).view(ELSEWHERE, here), BureauProblem.NOT_FOUND);
        assertThat(last(MA, AMINA, here).custody().enclosed()).isPresent();
    }

    @Test
    void s19WhatAnswersAUnitInAConversationThatOthersSeeOpensOneOfItsOwn() {
        ConversationKey open = told(true, Set.of());
        ConversationKey closed = bureau(MA)
                .open(AMINA, Map.of(ES, TREATY), information(TREATY, true, Set.of()), true, "")
                .get(0);
        awaitEntries(ES, new ConversationKey(MA, closed.id()), 1);
        MessageReference secret = nodes.exchange(MA)
                .sentMessage(last(MA, AMINA, closed).entry().name().orElseThrow())
                .orElseThrow()
                .reference();

        MessageReference unused = nodes.exchange(ES)
                .send(
                        Actor.system("test"),
                        Outgoing.of(
                                MA,
                                open.id(),
                                ThreeBureaux.handling(ES, HandlingCode.H0),
                                new Feedback(secret, Feedback.Outcome.USEFUL, Optional.of(Words.of("en", "It was he.")))
                                        .toContent()));

        await("the feedback", () -> feedback(AMINA).isPresent());
        assertThat(feedback(AMINA).orElseThrow().subject()).isEmpty();
        assertThat(feedback(ELSEWHERE)).isEmpty();
        assertThat(reading(MA)
                        .view(ELSEWHERE, new ConversationKey(ES, open.id()))
                        .said())
                .hasSize(1);
    }

    /** The conversation that holds nothing but feedback. */
    private static Optional<Conversation> feedback(Actor actor) {
        return reading(MA).list(actor, SqlLists.View.ALL, Optional.empty()).stream()
                .map(SqlLists.Line::conversation)
                .filter(one -> reading(MA).view(actor, one.key()).said().stream()
                        .allMatch(said -> said.entry().type().equals(Feedback.TYPE)))
                .findFirst();
    }

    @Test
    void s18WhoSharesChoosesAmongTheLawsThatLetItPass() {
        ConversationKey key = told(true, Set.of());
        UUID id = message(ES, LUCIA, key);
        for (MemberId at : List.of(ES, XK)) add(at, "test.second", Optional.empty(), "ES", "XK");

        assertThat(data(ES).onward(LUCIA, key, id, XK).findings().valid())
                .extracting(basis -> basis.code().value())
                .contains(TREATY, "test.second");
        ConversationKey shared =
                data(ES).share(LUCIA, key, id, XK, "test.second", Words.of("en", "Morocco wrote this."), List.of());

        ConversationKey third = new ConversationKey(ES, shared.id());
        awaitEntries(XK, third, 1);
        assertThat(last(XK, PABLO, third).custody().handling().orElseThrow().legalBasis())
                .isEqualTo("test.second");
        refused(() -> data(ES).onward(LUCIA, key, id, new MemberId("zz-ncb")), BureauProblem.NO_RECIPIENT);
        for (MemberId at : List.of(ES, XK)) {
            byte[] unused = unbind(at, "test.second", Set.of("ES", "XK"));
        }
    }

    @Test
    void noLawNoShare() {
        ConversationKey open = told(true, Set.of());
        UUID id = message(ES, LUCIA, open);

        withoutTheLaw(
                ES,
                "XK",
                () -> refused(
                        () -> data(ES).share(
                                        LUCIA, open, id, XK, TREATY, Words.of("en", "Morocco wrote this."), List.of()),
                        AgreementProblem.NO_LEGAL_BASIS));
    }

    /** What came to Spain under an agreement that keeps it among its parties stays among them, whatever it goes on under from hand to hand. */
    @Test
    void s18TheFirstAgreementBindsTheThirdHolderToo() {
        String first = "test.first";
        add(MA, first, Optional.empty(), "MA", "ES");
        add(ES, first, Optional.of(LocalDate.now(ZoneOffset.UTC)), "MA", "ES", "XK");
        add(XK, first, Optional.empty(), "MA", "ES", "XK");
        ConversationKey key = told(first, true, Set.of());
        ConversationKey shared = data(ES).share(
                        LUCIA,
                        key,
                        message(ES, LUCIA, key),
                        XK,
                        TREATY,
                        Words.of("en", "Morocco wrote this."),
                        List.of());
        ConversationKey third = new ConversationKey(ES, shared.id());
        awaitEntries(XK, third, 1);
        Custody custody = last(XK, PABLO, third).custody();
        assertThat(custody.handling().orElseThrow().legalBasis()).isEqualTo(TREATY);

        refused(
                () -> data(XK).share(
                                PABLO,
                                third,
                                message(XK, PABLO, third),
                                ThreeBureaux.AWAY,
                                TREATY,
                                Words.of("en", "On."),
                                List.of()),
                AgreementProblem.NO_LEGAL_BASIS);

        // The other tests know only the treaty.
        for (MemberId at : List.of(MA, ES, XK)) {
            byte[] unused = unbind(at, first, Set.of("MA", "XK"));
        }
    }

    /** An agreement that binds to its parties what is sent under it. */
    private static void add(MemberId at, String code, Optional<LocalDate> until, String... parties) {
        TestAgreements.add(nodes.node(at), code, until, true, parties);
    }

    @Test
    void anOrderReachesTheConversationAndALaterActFindsItClosed() {
        ConversationKey key = told(true, Set.of());
        ConversationKey here = new ConversationKey(ES, key.id());
        UUID ours = message(MA, AMINA, here);
        UUID theirs = message(ES, LUCIA, key);

        UUID corrected = data(MA).order(
                        AMINA,
                        here,
                        ours,
                        new ForeignData.OrderForm(
                                Order.Kind.CORRECTION, "Wrong town.", "The account is in Vigo.", "", "", Set.of()));
        await("corrected", () -> last(ES, LUCIA, key).custody().corrected().isPresent());
        Custody custody = last(ES, LUCIA, key).custody();
        assertThat(custody.corrected().orElseThrow().words().orElseThrow().text())
                .contains("Vigo");
        assertThat(custody.shown()).isTrue();
        assertThat(reading(ES).view(LUCIA, key).conversation().unread()).isFalse();

        data(MA).order(
                        AMINA,
                        here,
                        ours,
                        new ForeignData.OrderForm(Order.Kind.RECALL, "Another man.", "", "", "", Set.of()));
        await("recalled", () -> !last(ES, LUCIA, key).custody().shown());
        assertThat(last(ES, LUCIA, key).message()).isEmpty();
        assertThat(reading(ES).view(LUCIA, key).conversation().subject()).isEmpty();
        refused(() -> takeOut(key, Act.PRINT), OriginatorProblem.WITHDRAWN);
        refused(
                () -> data(ES).share(LUCIA, key, theirs, XK, TREATY, Words.of("en", "Morocco wrote this."), List.of()),
                OriginatorProblem.WITHDRAWN);
        assertThat(last(MA, AMINA, here).custody().ordered())
                .extracting(order -> order.id())
                .contains(corrected);
        // It is data of our own still.
        assertThat(last(MA, AMINA, here).message()).isPresent();
        refused(
                () -> data(ES).order(
                                LUCIA,
                                key,
                                theirs,
                                new ForeignData.OrderForm(Order.Kind.PURGE, "No.", "", "", "", Set.of())),
                BureauProblem.NOT_FOUND);
    }

    @Test
    void aPurgeTakesDraftsThatAnswerItAndWhatWasDoneAboutIt() {
        ConversationKey key = told(true, Set.of());
        UUID theirs = message(ES, LUCIA, key);
        bureau(ES).acted(LUCIA, key, theirs, "The bank has blocked it.", Set.of());
        bureau(ES)
                .write(
                        LUCIA,
                        key,
                        new Composition(
                                Composition.Kind.FEEDBACK,
                                "",
                                new Words("en", "The victim says the same.", Set.of(Quoted.VICTIM)),
                                "",
                                "",
                                Urgency.ROUTINE,
                                "",
                                "",
                                false,
                                last(ES, LUCIA, key)
                                        .entry()
                                        .name()
                                        .orElseThrow()
                                        .value(),
                                "USEFUL",
                                new Terms(
                                        Purpose.INVESTIGATION,
                                        TREATY,
                                        Optional.empty(),
                                        Set.of(),
                                        "",
                                        Optional.empty(),
                                        false),
                                List.of()));
        awaitEntries(ES, key, 2);
        ConversationKey here = new ConversationKey(ES, key.id());

        data(MA).order(
                        AMINA,
                        here,
                        message(MA, AMINA, here),
                        new ForeignData.OrderForm(Order.Kind.PURGE, "Another man.", "", "", "", Set.of()));
        awaitEntries(ES, key, 1);
        await("purged", () -> !last(ES, LUCIA, key).custody().shown());

        assertThat(last(ES, LUCIA, key).sentence()).isEmpty();
        assertThat(last(ES, LUCIA, key)
                        .custody()
                        .standing()
                        .withdrawn()
                        .orElseThrow()
                        .purged())
                .isTrue();
    }

    @Test
    void courtsVerifyTheProofWithOpenSslAndNothingOfOurs() throws Exception {
        ConversationKey key = told(true, Set.of());
        data(ES).share(
                        LUCIA,
                        key,
                        message(ES, LUCIA, key),
                        XK,
                        TREATY,
                        Words.of("en", "Morocco wrote this."),
                        List.of());
        ConversationKey here = new ConversationKey(ES, key.id());
        UUID order = data(MA).order(
                        AMINA,
                        here,
                        message(MA, AMINA, here),
                        new ForeignData.OrderForm(Order.Kind.PURGE, "Another man.", "", "", "", Set.of()));
        await(
                "both answered",
                () -> nodes.sql(MA)
                                .queryForObject(
                                        "select count(*) from originator.given_answer where given = ?",
                                        Integer.class,
                                        order)
                        == 2);

        byte[] zip = nodes.proofOf(MA, AMINA, order);
        CourtExpert expert = CourtExpert.verified(zip, directory);
        Path files = expert.files();

        assertThat(files.resolve("order.json")).content().contains("Another man.");
        for (Path file : listed(files))
            assertThat(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .as(file.getFileName().toString())
                    .doesNotContain("Bilbao");
        for (String name : List.of("answer-es-ncb-record.bin", "answer-xk-ncb-path-01.bin", "order.der"))
            expert.findsOutWhoAlters(name);
    }

    @Test
    void s20CourtsVerifyThatItHadEndedBeforeItWasOrderedDestroyed() throws Exception {
        ConversationKey key = told(true, Set.of());
        ConversationKey here = new ConversationKey(ES, key.id());
        nodes.sql(ES)
                .update(
                        "update exchange.received set keep_until = now() - interval '1 second' where conversation = ?",
                        key.id().value());
        await(
                "ended",
                () -> Boolean.TRUE.equals(nodes.sql(ES)
                        .queryForObject(
                                "select bool_and(purged_at is not null) from exchange.received where conversation = ?",
                                Boolean.class,
                                key.id().value())));

        UUID order = data(MA).order(
                        AMINA,
                        here,
                        message(MA, AMINA, here),
                        new ForeignData.OrderForm(Order.Kind.PURGE, "Is it gone?", "", "", "", Set.of()));
        await("answered", () -> !nodes.sql(MA)
                .queryForList(
                        "select 1 from originator.given_answer where given = ? and outcome = 'NOT_HELD'",
                        Integer.class,
                        order)
                .isEmpty());

        CourtExpert expert = CourtExpert.verified(nodes.proofOf(MA, AMINA, order), directory);
        assertThat(Files.readString(
                        expert.files().resolve("answer-es-ncb-gone-record.bin"),
                        java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains("exchange.purge", " from " + MA);
        for (String name :
                List.of("answer-es-ncb-gone-record.bin", "answer-es-ncb-gone-entry.bin", "answer-es-ncb-gone-head.txt"))
            expert.findsOutWhoAlters(name);
    }

    private static List<Path> listed(Path files) throws IOException {
        try (var all = Files.list(files)) {
            return all.toList();
        }
    }

    @Test
    void anAnswerOfWhoeverIsNotTheOriginatorGrantsNothing() {
        ConversationKey key = told(true, Set.of(), HandlingCode.H1);
        UUID id = message(ES, LUCIA, key);
        data(ES).ask(LUCIA, key, id, Act.COURT_BUNDLE, Optional.empty(), WHY);
        ConversationKey here = new ConversationKey(ES, key.id());
        awaitEntries(MA, here, 2);
        Reading.Said asked = last(MA, AMINA, here);
        var request = nodes.exchange(MA)
                .received(ES, asked.entry().name().orElseThrow())
                .orElseThrow();
        PermissionAnswer forged = PermissionAnswer.to(
                request.reference(),
                (org.sharaka.protocol.content.PermissionRequest) org.sharaka.protocol.content.Written.parse(
                        request.message().content()),
                PermissionAnswer.Outcome.GRANTED,
                Optional.empty(),
                Optional.empty());

        var sent = nodes.send(XK, ES, ThreeBureaux.handling(XK), forged.toContent(), Optional.empty());

        assertThat(nodes.exchange(XK).sent(sent.id()).orElseThrow().reason()).contains("not-the-originator");
        assertThat(say(ES, LUCIA, key, Act.COURT_BUNDLE)).isEqualTo(Verdict.Say.WAITING);
    }

    /** Spain asks whether it may give it to a court; the question as Morocco has it. */
    private static Reading.Said asked(ConversationKey key) {
        ConversationKey here = new ConversationKey(ES, key.id());
        int before = reading(MA).view(AMINA, here).said().size();
        data(ES).ask(LUCIA, key, message(ES, LUCIA, key), Act.COURT_BUNDLE, Optional.empty(), WHY);
        awaitEntries(MA, here, before + 1);
        return last(MA, AMINA, here);
    }

    private static PermissionAnswer answer(Reading.Said question, PermissionAnswer.Outcome outcome) {
        var request = nodes.exchange(MA)
                .received(ES, question.entry().name().orElseThrow())
                .orElseThrow();
        return PermissionAnswer.to(
                request.reference(),
                (PermissionRequest) Written.parse(request.message().content()),
                outcome,
                Optional.empty(),
                Optional.of(WHY));
    }

    @Test
    void s18WhatWasPermittedIsTakenBackAndALaterActIsRefusedAndEntered() {
        ConversationKey key = told(true, Set.of(), HandlingCode.H1);
        ConversationKey here = new ConversationKey(ES, key.id());
        permit(here, asked(key), PermissionAnswer.Outcome.GRANTED, Optional.empty());
        await("granted", () -> say(ES, LUCIA, key, Act.COURT_BUNDLE) == Verdict.Say.ALLOWED);
        assertThat(takeOut(key, Act.COURT_BUNDLE).files()).isPresent();
        int done = entered(ES, "originator.court-bundle", "DONE");
        int refused = entered(ES, "originator.court-bundle", "REFUSED");
        Reading.Said grant = last(MA, AMINA, here);
        assertThat(grant.custody().revocable()).isTrue();

        data(MA).revoke(AMINA, here, grant.entry().id(), Words.of("fr", "Le tribunal a tranché."));

        await("revoked", () -> say(ES, LUCIA, key, Act.COURT_BUNDLE) == Verdict.Say.REVOKED);
        refused(() -> takeOut(key, Act.COURT_BUNDLE), OriginatorProblem.PERMISSION_REVOKED);
        assertThat(entered(ES, "originator.court-bundle", "REFUSED")).isEqualTo(refused + 1);
        // What was done under it stays on record, and so does when the node obeyed.
        assertThat(entered(ES, "originator.court-bundle", "DONE")).isEqualTo(done);
        assertThat(entered(ES, "originator.permission-revoked", "DONE")).isPositive();
        Reading.Said read = last(ES, LUCIA, key);
        assertThat(read.written().orElseThrow())
                .isInstanceOfSatisfying(PermissionAnswer.class, answer -> assertThat(answer.outcome())
                        .isEqualTo(PermissionAnswer.Outcome.REVOKED));
        assertThat(read.written().orElseThrow().words().orElseThrow().text()).contains("tribunal");
        assertThat(reading(MA).view(AMINA, here).said())
                .noneMatch(said -> said.custody().revocable());
        refused(() -> data(MA).revoke(AMINA, here, grant.entry().id(), WHY), OriginatorProblem.NOTHING_TO_REVOKE);

        // Whoever needs it again asks anew.
        permit(here, asked(key), PermissionAnswer.Outcome.GRANTED_ONCE, Optional.empty());
        await("granted anew", () -> say(ES, LUCIA, key, Act.COURT_BUNDLE) == Verdict.Say.ALLOWED);
        assertThat(takeOut(key, Act.COURT_BUNDLE).files()).isPresent();
    }

    @Test
    void aPermissionIsTakenBackThroughTheSecondWhoHandedItOnAndWithoutALawInForce() {
        ConversationKey open = told(true, Set.of(), HandlingCode.H1);
        ConversationKey shared = data(ES).share(
                        LUCIA,
                        open,
                        message(ES, LUCIA, open),
                        XK,
                        TREATY,
                        Words.of("en", "Morocco wrote this."),
                        List.of());
        ConversationKey third = new ConversationKey(ES, shared.id());
        awaitEntries(XK, third, 1);
        UUID id = message(XK, PABLO, third);
        ConversationKey spains = new ConversationKey(ES, open.id());
        withoutTheLaw(XK, "MA", () -> {
            ConversationKey unused = data(XK).ask(PABLO, third, id, Act.COURT_BUNDLE, Optional.empty(), WHY);
            awaitEntries(MA, spains, 2);
            permit(spains, last(MA, AMINA, spains), PermissionAnswer.Outcome.GRANTED, Optional.empty());
            await("granted", () -> say(XK, PABLO, third, Act.COURT_BUNDLE) == Verdict.Say.ALLOWED);
        });

        withoutTheLaw(MA, "ES", () -> data(MA).revoke(
                        AMINA, spains, last(MA, AMINA, spains).entry().id(), WHY));

        await("revoked", () -> say(XK, PABLO, third, Act.COURT_BUNDLE) == Verdict.Say.REVOKED);
        refused(
                () -> data(XK).takeOut(PABLO, third, id, Act.COURT_BUNDLE, commands -> ""),
                OriginatorProblem.PERMISSION_REVOKED);
        // It went through Spain and is nobody's business there.
        awaitEntries(ES, open, 1);
    }

    @Test
    void aRevocationThatComesBeforeItsGrantHoldsAndOneOfSomebodyElseDoesNot() {
        ConversationKey key = told(true, Set.of(), HandlingCode.H1);
        ConversationKey here = new ConversationKey(ES, key.id());
        Reading.Said question = asked(key);
        PermissionAnswer revocation = answer(question, PermissionAnswer.Outcome.REVOKED);

        var forged =
                nodes.send(XK, ES, ThreeBureaux.handling(XK), revocation.toContent(), Optional.empty(), Lane.CONTROL);

        assertThat(nodes.exchange(XK).sent(forged.id()).orElseThrow().reason()).contains("not-the-originator");
        assertThat(say(ES, LUCIA, key, Act.COURT_BUNDLE)).isEqualTo(Verdict.Say.WAITING);

        nodes.send(MA, ES, ThreeBureaux.handling(MA), revocation.toContent(), Optional.empty(), Lane.CONTROL);
        assertThat(say(ES, LUCIA, key, Act.COURT_BUNDLE)).isEqualTo(Verdict.Say.REVOKED);
        permit(here, question, PermissionAnswer.Outcome.GRANTED, Optional.empty());
        Reading.Said grant = last(MA, AMINA, here);
        await("the grant came", () -> grantTaken(grant));
        assertThat(say(ES, LUCIA, key, Act.COURT_BUNDLE)).isEqualTo(Verdict.Say.REVOKED);
        refused(() -> takeOut(key, Act.COURT_BUNDLE), OriginatorProblem.PERMISSION_REVOKED);

        // Twice says the same.
        var twice =
                nodes.send(MA, ES, ThreeBureaux.handling(MA), revocation.toContent(), Optional.empty(), Lane.CONTROL);
        assertThat(nodes.exchange(MA).sent(twice.id()).orElseThrow().state()).isEqualTo(Sent.State.ACCEPTED);
        assertThat(say(ES, LUCIA, key, Act.COURT_BUNDLE)).isEqualTo(Verdict.Say.REVOKED);
    }

    private static boolean grantTaken(Reading.Said grant) {
        return nodes.exchange(MA)
                .sent(grant.entry().name().orElseThrow())
                .filter(sent -> sent.state() == Sent.State.ACCEPTED)
                .isPresent();
    }

    @Test
    void onlyAGrantThatStillRunsIsTakenBackByAnOfficerWhoMaySend() {
        ConversationKey key = told(true, Set.of(), HandlingCode.H1);
        ConversationKey here = new ConversationKey(ES, key.id());
        Reading.Said question = asked(key);
        refused(
                () -> permit(here, question, PermissionAnswer.Outcome.REVOKED, Optional.empty()),
                BureauProblem.BAD_FIELD);
        permit(here, question, PermissionAnswer.Outcome.REFUSED, Optional.empty());
        UUID no = last(MA, AMINA, here).entry().id();
        refused(() -> data(MA).revoke(AMINA, here, no, WHY), OriginatorProblem.NOTHING_TO_REVOKE);
        await("refused", () -> say(ES, LUCIA, key, Act.COURT_BUNDLE) == Verdict.Say.REFUSED);
        permit(
                here,
                asked(key),
                PermissionAnswer.Outcome.GRANTED,
                Optional.of(Instant.now().plusSeconds(3)));
        UUID grant = last(MA, AMINA, here).entry().id();
        Actor reader = officer("r", Permission.EXCHANGE_READ);
        refused(() -> data(MA).revoke(reader, here, grant, WHY), AccessProblem.FORBIDDEN);
        await("over", () -> !last(MA, AMINA, here).custody().revocable());
        refused(() -> data(MA).revoke(AMINA, here, grant, WHY), OriginatorProblem.NOTHING_TO_REVOKE);
    }

    @Test
    void aWeakenedHandlingIsRefusedByTheThird() {
        ConversationKey key = told(true, Set.of(), HandlingCode.H1);
        var held = nodes.exchange(ES)
                .received(MA, last(ES, LUCIA, key).entry().name().orElseThrow())
                .orElseThrow();

        var sent = nodes.send(
                ES,
                XK,
                ThreeBureaux.handling(MA),
                new FreeText(Optional.empty(), WHY).toContent(),
                Optional.of(held.signed()));

        assertThat(nodes.exchange(ES).sent(sent.id()).orElseThrow().reason()).contains("handling-weakened");
    }
}
