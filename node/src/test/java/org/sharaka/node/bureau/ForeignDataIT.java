package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.bureau.BureauFixture.form;
import static org.sharaka.node.bureau.ForeignDataFixture.AMINA;
import static org.sharaka.node.bureau.ForeignDataFixture.LUCIA;
import static org.sharaka.node.bureau.ForeignDataFixture.NOTE;
import static org.sharaka.node.bureau.ForeignDataFixture.PABLO;
import static org.sharaka.node.bureau.ForeignDataFixture.working;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;
import static org.sharaka.node.originator.ThreeBureaux.TREATY;
import static org.sharaka.node.originator.ThreeBureaux.XK;
import static org.sharaka.node.originator.ThreeBureaux.officer;
import static org.sharaka.node.platform.Eventually.await;
import static org.sharaka.node.platform.Refusals.refused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
import org.sharaka.node.originator.OriginatorProblem;
import org.sharaka.node.originator.Verdict;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Order;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.mvc.support.RedirectAttributesModelMap;

/** What Spain may do with what Morocco told it, and what is left once Morocco took it back: three whole nodes, invented cases. */
class ForeignDataIT {
    private static ForeignDataFixture nodes;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        nodes = new ForeignDataFixture();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void s18TheCodesRefuseWhatTheOriginatorDidNotAllowAndTheRefusalIsEntered() {
        ConversationKey h0 = nodes.told();
        ConversationKey h1 = nodes.told(HandlingCode.H1);

        assertThat(nodes.takeOut(h0, Act.PRINT).files()).isEmpty();
        assertThat(nodes.takeOut(h1, Act.EXPORT).files()).isPresent();
        int before = nodes.entered(ES, "originator.court-bundle", "REFUSED");
        refused(() -> nodes.takeOut(h0, Act.COURT_BUNDLE), OriginatorProblem.ASK_FIRST);
        refused(() -> nodes.takeOut(h1, Act.COURT_BUNDLE), OriginatorProblem.ASK_FIRST);
        assertThat(nodes.entered(ES, "originator.court-bundle", "REFUSED")).isEqualTo(before + 2);
        assertThat(nodes.entered(ES, "originator.print", "DONE")).isPositive();
        refused(() -> nodes.takeOut(h1, Act.VIEW), BureauProblem.BAD_FIELD);
        Actor elsewhere = officer("x", Permission.REPORT_READ);
        UUID id = nodes.message(ES, LUCIA, h0);
        refused(() -> nodes.data(ES).takeOut(elsewhere, h0, id, Act.PRINT, c -> ""), AccessProblem.FORBIDDEN);
    }

    @Test
    void whatH3RestrictsIsShownOnceAnOfficerConfirmedTheRemarksAndElseIsAskedFor() {
        ConversationKey key = nodes.told(HandlingCode.H3);
        Reading.OpenedConversation closed = nodes.reading(ES).view(LUCIA, key);

        assertThat(closed.conversation().subject()).isEmpty();
        assertThat(closed.said().get(0).message()).isEmpty();
        assertThat(closed.said().get(0).custody().toConfirm()).isTrue();
        assertThat(nodes.entered(ES, "originator.view", "REFUSED")).isPositive();
        for (Act act : List.of(Act.PRINT, Act.EXPORT, Act.COURT_BUNDLE, Act.ONWARD_SHARE))
            assertThat(nodes.say(ES, LUCIA, key, act)).isEqualTo(Verdict.Say.ASK_ORIGINATOR);

        nodes.data(ES).confirm(LUCIA, key, nodes.message(ES, LUCIA, key), Act.VIEW);

        assertThat(nodes.last(ES, LUCIA, key).message()).isPresent();
        assertThat(nodes.entered(ES, "originator.confirm-view", "DONE")).isPositive();
        // For that officer alone.
        assertThat(nodes.last(ES, PABLO, key).message()).isEmpty();
        refused(
                () -> nodes.data(ES).confirm(LUCIA, key, nodes.message(ES, LUCIA, key), Act.VIEW),
                OriginatorProblem.NOTHING_TO_ASK);
    }

    @Test
    void whatCameForAnotherPurposeIsReadAfterAConfirmationThatIsEntered() {
        ConversationKey key = nodes.told();
        UUID id = nodes.message(ES, LUCIA, key);
        Actor warning = working(LUCIA, Purpose.WARN);

        Reading.Said closed = nodes.last(ES, warning, key);
        assertThat(closed.message()).isEmpty();
        assertThat(closed.custody().purposeToConfirm()).isTrue();
        assertThat(closed.custody().purpose()).contains("INVESTIGATION");
        assertThat(nodes.last(ES, LUCIA, key).message()).isPresent();

        nodes.data(ES).confirm(warning, key, id, Act.VIEW);

        assertThat(nodes.last(ES, warning, key).message()).isPresent();
        assertThat(nodes.sql(ES)
                        .queryForObject(
                                "select count(*) from audit.entry where action = 'originator.confirm-view' and purpose = 'WARN' and subject = ?",
                                Integer.class,
                                "message/" + closed.entry().name().orElseThrow() + " from " + MA
                                        + " for warn, came for investigation"))
                .isEqualTo(1);
        // For that officer and purpose alone.
        assertThat(nodes.last(ES, working(PABLO, Purpose.WARN), key).message()).isEmpty();
        assertThat(nodes.last(ES, working(LUCIA, Purpose.SECURITY_CHECK), key).message())
                .isEmpty();
        refused(() -> nodes.data(ES).confirm(warning, key, id, Act.VIEW), OriginatorProblem.NOTHING_TO_ASK);
        refused(() -> nodes.data(ES).confirm(LUCIA, key, id, Act.VIEW), OriginatorProblem.NOTHING_TO_ASK);
    }

    @Test
    void h3AndAnotherPurposeAreConfirmedOneAfterTheOther() {
        ConversationKey key = nodes.told(HandlingCode.H3);
        Actor warning = working(LUCIA, Purpose.WARN);
        UUID id = nodes.message(ES, warning, key);

        nodes.data(ES).confirm(warning, key, id, Act.VIEW);
        assertThat(nodes.say(ES, warning, key, Act.VIEW)).isEqualTo(Verdict.Say.CONFIRM_PURPOSE);
        nodes.data(ES).confirm(warning, key, id, Act.VIEW);

        assertThat(nodes.say(ES, warning, key, Act.VIEW)).isEqualTo(Verdict.Say.ALLOWED);
        assertThat(nodes.say(ES, LUCIA, key, Act.VIEW)).isEqualTo(Verdict.Say.ALLOWED);
    }

    /** Only a message has a second look: nothing else repeats a victim's, witness's or reporter's words. */
    @Test
    void s11WhatHasNoSecondLookRepeatsNobodysWordsAndTheRefusalIsEntered() {
        ConversationKey key = nodes.told(HandlingCode.H1);
        ConversationKey here = new ConversationKey(ES, key.id());
        UUID theirs = nodes.message(ES, LUCIA, key);
        UUID ours = nodes.message(MA, AMINA, here);
        Reading.Said asked = nodes.asked(key);
        Words hers = new Words("en", "She says so herself.", Set.of(Quoted.VICTIM));
        int before = nodes.entered(ES, "bureau.share", "REFUSED");

        words(() -> nodes.data(ES).ask(LUCIA, key, theirs, Act.COURT_BUNDLE, Optional.empty(), hers));
        words(() -> nodes.data(ES).share(LUCIA, key, theirs, XK, TREATY, hers, List.of()));
        words(() -> nodes.bureau(ES).acted(LUCIA, key, theirs, hers.text(), hers.quotes()));
        words(() -> nodes.data(ES).keep(LUCIA, key, theirs, hers.text(), hers.quotes()));
        words(() -> nodes.data(MA)
                .permit(
                        AMINA,
                        here,
                        asked.entry().id(),
                        PermissionAnswer.Outcome.GRANTED,
                        Optional.empty(),
                        Optional.of(hers)));
        for (Order.Kind kind : List.of(Order.Kind.RECALL, Order.Kind.CORRECTION))
            words(() -> nodes.data(MA)
                    .order(
                            AMINA,
                            here,
                            ours,
                            new ForeignData.OrderForm(kind, "Wrong town.", hers.text(), "", "", hers.quotes())));
        assertThat(nodes.entered(ES, "bureau.share", "REFUSED")).isEqualTo(before + 1);

        nodes.permit(here, asked, PermissionAnswer.Outcome.GRANTED);
        words(() -> nodes.data(MA)
                .revoke(AMINA, here, nodes.last(MA, AMINA, here).entry().id(), hers));
        assertThat(nodes.last(MA, AMINA, here).custody().revocable()).isTrue();
        assertThat(nodes.first(ES, LUCIA, key).custody().hold()).isEmpty();
    }

    private static void words(ThrowingCallable act) {
        refused(act, BureauProblem.WORDS_OF_OTHERS);
    }

    @Test
    void s11EveryFormThatLeadsAbroadIsRefusedUntilItSaysWhoseWordsItRepeats() {
        ConversationKey key = nodes.told(HandlingCode.H1);
        String theirs = nodes.message(ES, LUCIA, key).toString();
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
        assertThat(nodes.last(ES, LUCIA, key).sentence()).isEmpty();
        assertThat(nodes.say(ES, LUCIA, key, Act.COURT_BUNDLE)).isEqualTo(Verdict.Say.ASK_ORIGINATOR);
    }

    private static void unsaid(Consumer<RedirectAttributes> post) {
        RedirectAttributes next = new RedirectAttributesModelMap();
        post.accept(next);
        assertThat(next.getFlashAttributes().get("refused")).isEqualTo("problem.bureau.whose-words");
    }

    @Test
    void anOrderReachesTheConversationAndALaterActFindsItClosed() {
        ConversationKey key = nodes.told();
        ConversationKey here = new ConversationKey(ES, key.id());
        UUID ours = nodes.message(MA, AMINA, here);
        UUID theirs = nodes.message(ES, LUCIA, key);

        UUID corrected = nodes.data(MA)
                .order(
                        AMINA,
                        here,
                        ours,
                        new ForeignData.OrderForm(
                                Order.Kind.CORRECTION, "Wrong town.", "The account is in Vigo.", "", "", Set.of()));
        await(
                "corrected",
                () -> nodes.last(ES, LUCIA, key).custody().corrected().isPresent());
        Custody custody = nodes.last(ES, LUCIA, key).custody();
        assertThat(custody.corrected().orElseThrow().words().orElseThrow().text())
                .contains("Vigo");
        assertThat(custody.shown()).isTrue();
        assertThat(nodes.reading(ES).view(LUCIA, key).conversation().unread()).isFalse();

        nodes.order(MA, AMINA, here, Order.Kind.RECALL, "Another man.");
        await("recalled", () -> !nodes.last(ES, LUCIA, key).custody().shown());
        assertThat(nodes.last(ES, LUCIA, key).message()).isEmpty();
        assertThat(nodes.reading(ES).view(LUCIA, key).conversation().subject()).isEmpty();
        refused(() -> nodes.takeOut(key, Act.PRINT), OriginatorProblem.WITHDRAWN);
        refused(
                () -> nodes.data(ES).share(LUCIA, key, theirs, XK, TREATY, NOTE, List.of()),
                OriginatorProblem.WITHDRAWN);
        assertThat(nodes.last(MA, AMINA, here).custody().ordered())
                .extracting(order -> order.id())
                .contains(corrected);
        // It is data of our own still.
        assertThat(nodes.last(MA, AMINA, here).message()).isPresent();
        refused(() -> nodes.data(ES).order(LUCIA, key, theirs, form(Order.Kind.PURGE, "No.")), BureauProblem.NOT_FOUND);
    }

    @Test
    void aPurgeTakesDraftsThatAnswerItAndWhatWasDoneAboutIt() {
        ConversationKey key = nodes.told();
        UUID theirs = nodes.message(ES, LUCIA, key);
        nodes.bureau(ES).acted(LUCIA, key, theirs, "The bank has blocked it.", Set.of());
        nodes.bureau(ES)
                .write(
                        LUCIA,
                        key,
                        Writing.answer(
                                        Composition.Kind.FEEDBACK,
                                        new Words("en", "The victim says the same.", Set.of(Quoted.VICTIM)),
                                        nodes.last(ES, LUCIA, key)
                                                .entry()
                                                .name()
                                                .orElseThrow()
                                                .value(),
                                        "USEFUL")
                                .composition());
        nodes.awaitEntries(ES, key, 2);
        ConversationKey here = new ConversationKey(ES, key.id());

        nodes.order(MA, AMINA, here, Order.Kind.PURGE, "Another man.");
        nodes.awaitEntries(ES, key, 1);
        await("purged", () -> !nodes.last(ES, LUCIA, key).custody().shown());

        assertThat(nodes.last(ES, LUCIA, key).sentence()).isEmpty();
        assertThat(nodes.last(ES, LUCIA, key)
                        .custody()
                        .standing()
                        .withdrawn()
                        .orElseThrow()
                        .purged())
                .isTrue();
    }

    @Test
    void courtsVerifyTheProofWithOpenSslAndNothingOfOurs() throws Exception {
        ConversationKey key = nodes.told();
        nodes.share(LUCIA, key);
        ConversationKey here = new ConversationKey(ES, key.id());
        UUID order = nodes.order(MA, AMINA, here, Order.Kind.PURGE, "Another man.");
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
        ConversationKey key = nodes.told();
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

        UUID order = nodes.order(MA, AMINA, here, Order.Kind.PURGE, "Is it gone?");
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
}
