package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.bureau.ForeignDataFixture.AMINA;
import static org.sharaka.node.bureau.ForeignDataFixture.LUCIA;
import static org.sharaka.node.bureau.ForeignDataFixture.PABLO;
import static org.sharaka.node.bureau.ForeignDataFixture.WHY;
import static org.sharaka.node.bureau.ForeignDataFixture.working;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;
import static org.sharaka.node.originator.ThreeBureaux.TREATY;
import static org.sharaka.node.originator.ThreeBureaux.XK;
import static org.sharaka.node.originator.ThreeBureaux.officer;
import static org.sharaka.node.platform.Eventually.await;
import static org.sharaka.node.platform.Refusals.refused;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
import org.sharaka.node.exchange.Sent;
import org.sharaka.node.originator.OriginatorProblem;
import org.sharaka.node.originator.ThreeBureaux;
import org.sharaka.node.originator.Verdict;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.PermissionRequest;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.content.Written;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Lane;

/** What Spain and a third ask Morocco, what Morocco permits and what it takes back: three whole nodes, invented cases. */
class PermissionsIT {
    private static ForeignDataFixture nodes;

    @BeforeAll
    static void start() {
        nodes = new ForeignDataFixture();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void forAnotherPurposeTheOriginatorIsAskedAndItsPermissionCoversThatOneAlone() {
        ConversationKey key = nodes.told();
        ConversationKey here = new ConversationKey(ES, key.id());
        UUID id = nodes.message(ES, LUCIA, key);
        Actor warning = working(LUCIA, Purpose.WARN);
        for (Act act : List.of(Act.PRINT, Act.EXPORT, Act.COURT_BUNDLE, Act.ONWARD_SHARE))
            assertThat(nodes.say(ES, warning, key, act)).isEqualTo(Verdict.Say.ASK_ORIGINATOR);
        for (Act act : List.of(Act.PRINT, Act.EXPORT, Act.COURT_BUNDLE))
            refused(() -> nodes.data(ES).takeOut(warning, key, id, act, commands -> ""), OriginatorProblem.ASK_FIRST);
        refused(
                () -> nodes.data(ES).share(warning, key, id, XK, TREATY, Words.of("en", "A warning."), List.of()),
                OriginatorProblem.ASK_FIRST);

        // The treaty is for investigations: no law, no question.
        refused(
                () -> nodes.data(ES).ask(warning, key, id, Act.EXPORT, Optional.empty(), WHY),
                AgreementProblem.NO_LEGAL_BASIS);
        for (MemberId member : List.of(MA, ES))
            TestAgreements.addFor(Purpose.WARN, nodes.node(member), "test.warnings", "MA", "ES");
        nodes.data(ES).ask(warning, key, id, Act.EXPORT, Optional.empty(), WHY);
        nodes.awaitEntries(MA, here, 2);
        Actor answering = working(AMINA, Purpose.WARN);
        Reading.Said asked = nodes.last(MA, answering, here);
        assertThat(asked.custody().asked().orElseThrow().purpose()).isEqualTo("WARN");
        nodes.permit(here, asked, PermissionAnswer.Outcome.GRANTED);
        nodes.awaitSay(ES, warning, key, Act.EXPORT, Verdict.Say.ALLOWED);

        assertThat(nodes.data(ES)
                        .takeOut(warning, key, id, Act.EXPORT, commands -> "")
                        .files())
                .isPresent();
        refused(() -> nodes.data(ES).takeOut(warning, key, id, Act.PRINT, commands -> ""), OriginatorProblem.ASK_FIRST);
        Actor checking = working(LUCIA, Purpose.SECURITY_CHECK);
        refused(
                () -> nodes.data(ES).takeOut(checking, key, id, Act.EXPORT, commands -> ""),
                OriginatorProblem.ASK_FIRST);
        assertThat(nodes.takeOut(key, Act.EXPORT).files()).isPresent();

        // Nor does what was granted for the purpose for which it came cover another.
        nodes.permit(here, nodes.asked(key), PermissionAnswer.Outcome.GRANTED);
        nodes.awaitSay(ES, LUCIA, key, Act.COURT_BUNDLE, Verdict.Say.ALLOWED);
        assertThat(nodes.say(ES, warning, key, Act.COURT_BUNDLE)).isEqualTo(Verdict.Say.ASK_ORIGINATOR);
    }

    @Test
    void theOriginatorIsAskedAndItsAnswerAllowsOnceOrUntilItsEnd() throws Exception {
        ConversationKey key = nodes.told(HandlingCode.H1);
        ConversationKey here = new ConversationKey(ES, key.id());
        UUID id = nodes.message(ES, LUCIA, key);
        refused(
                () -> nodes.data(ES).ask(LUCIA, key, id, Act.PRINT, Optional.empty(), WHY),
                OriginatorProblem.NOTHING_TO_ASK);

        Reading.Said asked = nodes.asked(key);
        refused(
                () -> nodes.data(ES).ask(LUCIA, key, id, Act.COURT_BUNDLE, Optional.empty(), WHY),
                OriginatorProblem.ASKED_BEFORE);
        Custody.Asked question = asked.custody().asked().orElseThrow();
        assertThat(question.act()).isEqualTo(Act.COURT_BUNDLE);
        assertThat(question.asker()).isEqualTo(ES);
        assertThat(question.about()).contains(here);
        assertThat(asked.entry().open()).isTrue();
        nodes.permit(here, asked, PermissionAnswer.Outcome.REFUSED);
        nodes.awaitSay(ES, LUCIA, key, Act.COURT_BUNDLE, Verdict.Say.REFUSED);
        refused(() -> nodes.takeOut(key, Act.COURT_BUNDLE), OriginatorProblem.REFUSED_BY_ORIGINATOR);
        refused(() -> nodes.permit(here, asked, PermissionAnswer.Outcome.GRANTED), BureauProblem.NOT_AWAITED);

        nodes.permit(here, nodes.asked(key), PermissionAnswer.Outcome.GRANTED_ONCE);
        nodes.awaitSay(ES, LUCIA, key, Act.COURT_BUNDLE, Verdict.Say.ALLOWED);
        assertThat(nodes.takeOut(key, Act.COURT_BUNDLE).files()).isPresent();
        refused(() -> nodes.takeOut(key, Act.COURT_BUNDLE), OriginatorProblem.ASK_FIRST);

        nodes.permit(
                here,
                nodes.asked(key),
                PermissionAnswer.Outcome.GRANTED,
                Optional.of(Instant.now().plusSeconds(3)));
        nodes.awaitSay(ES, LUCIA, key, Act.COURT_BUNDLE, Verdict.Say.ALLOWED);
        nodes.awaitSay(ES, LUCIA, key, Act.COURT_BUNDLE, Verdict.Say.ASK_ORIGINATOR);
        nodes.everyActIsEntered(ES, MA);
    }

    @Test
    void theThirdAsksTheOriginatorDirectlyOrThroughTheSecondWhereNoLawLetsIt() {
        ConversationKey open = nodes.told(HandlingCode.H1);
        ConversationKey third = nodes.shared(open);
        UUID id = nodes.message(XK, PABLO, third);

        ConversationKey direct = nodes.data(XK).ask(PABLO, third, id, Act.COURT_BUNDLE, Optional.empty(), WHY);
        assertThat(direct.peer()).isEqualTo(MA);
        ConversationKey here = new ConversationKey(XK, direct.id());
        nodes.awaitEntries(MA, here, 1);
        nodes.permit(here, nodes.last(MA, AMINA, here), PermissionAnswer.Outcome.REFUSED);
        nodes.awaitSay(XK, PABLO, third, Act.COURT_BUNDLE, Verdict.Say.REFUSED);

        nodes.withoutTheLaw(XK, "MA", () -> {
            ConversationKey through = nodes.data(XK).ask(PABLO, third, id, Act.COURT_BUNDLE, Optional.empty(), WHY);
            assertThat(through).isEqualTo(third);
            ConversationKey spains = new ConversationKey(ES, open.id());
            nodes.awaitEntries(MA, spains, 2);
            Reading.Said asked = nodes.last(MA, AMINA, spains);
            assertThat(asked.custody().asked().orElseThrow().asker()).isEqualTo(XK);
            nodes.permit(spains, asked, PermissionAnswer.Outcome.GRANTED);
            nodes.awaitSay(XK, PABLO, third, Act.COURT_BUNDLE, Verdict.Say.ALLOWED);
            // It went through Spain and is nobody's business there.
            nodes.awaitEntries(ES, new ConversationKey(XK, third.id()), 1);
            nodes.awaitEntries(ES, open, 1);
        });
    }

    @Test
    void anAnswerOfWhoeverIsNotTheOriginatorGrantsNothing() {
        ConversationKey key = nodes.told(HandlingCode.H1);
        PermissionAnswer forged = answer(nodes.asked(key), PermissionAnswer.Outcome.GRANTED);

        var sent = nodes.send(XK, ES, ThreeBureaux.handling(XK), forged.toContent(), Optional.empty());

        assertThat(nodes.exchange(XK).sent(sent.id()).orElseThrow().reason()).contains("not-the-originator");
        assertThat(nodes.say(ES, LUCIA, key, Act.COURT_BUNDLE)).isEqualTo(Verdict.Say.WAITING);
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
        ConversationKey key = nodes.told(HandlingCode.H1);
        ConversationKey here = new ConversationKey(ES, key.id());
        nodes.permit(here, nodes.asked(key), PermissionAnswer.Outcome.GRANTED);
        nodes.awaitSay(ES, LUCIA, key, Act.COURT_BUNDLE, Verdict.Say.ALLOWED);
        assertThat(nodes.takeOut(key, Act.COURT_BUNDLE).files()).isPresent();
        int done = nodes.entered(ES, "originator.court-bundle", "DONE");
        int refused = nodes.entered(ES, "originator.court-bundle", "REFUSED");
        Reading.Said grant = nodes.last(MA, AMINA, here);
        assertThat(grant.custody().revocable()).isTrue();

        nodes.data(MA).revoke(AMINA, here, grant.entry().id(), Words.of("fr", "Le tribunal a tranché."));

        nodes.awaitSay(ES, LUCIA, key, Act.COURT_BUNDLE, Verdict.Say.REVOKED);
        refused(() -> nodes.takeOut(key, Act.COURT_BUNDLE), OriginatorProblem.PERMISSION_REVOKED);
        assertThat(nodes.entered(ES, "originator.court-bundle", "REFUSED")).isEqualTo(refused + 1);
        // What was done under it stays on record, and so does when the node obeyed.
        assertThat(nodes.entered(ES, "originator.court-bundle", "DONE")).isEqualTo(done);
        assertThat(nodes.entered(ES, "originator.permission-revoked", "DONE")).isPositive();
        Reading.Said read = nodes.last(ES, LUCIA, key);
        assertThat(read.written().orElseThrow())
                .isInstanceOfSatisfying(PermissionAnswer.class, answer -> assertThat(answer.outcome())
                        .isEqualTo(PermissionAnswer.Outcome.REVOKED));
        assertThat(read.written().orElseThrow().words().orElseThrow().text()).contains("tribunal");
        assertThat(nodes.reading(MA).view(AMINA, here).said())
                .noneMatch(said -> said.custody().revocable());
        refused(() -> nodes.data(MA).revoke(AMINA, here, grant.entry().id(), WHY), OriginatorProblem.NOTHING_TO_REVOKE);

        // Whoever needs it again asks anew.
        nodes.permit(here, nodes.asked(key), PermissionAnswer.Outcome.GRANTED_ONCE);
        nodes.awaitSay(ES, LUCIA, key, Act.COURT_BUNDLE, Verdict.Say.ALLOWED);
        assertThat(nodes.takeOut(key, Act.COURT_BUNDLE).files()).isPresent();
    }

    @Test
    void aPermissionIsTakenBackThroughTheSecondWhoHandedItOnAndWithoutALawInForce() {
        ConversationKey open = nodes.told(HandlingCode.H1);
        ConversationKey third = nodes.shared(open);
        UUID id = nodes.message(XK, PABLO, third);
        ConversationKey spains = new ConversationKey(ES, open.id());
        nodes.withoutTheLaw(XK, "MA", () -> {
            ConversationKey unused = nodes.data(XK).ask(PABLO, third, id, Act.COURT_BUNDLE, Optional.empty(), WHY);
            nodes.awaitEntries(MA, spains, 2);
            nodes.permit(spains, nodes.last(MA, AMINA, spains), PermissionAnswer.Outcome.GRANTED);
            nodes.awaitSay(XK, PABLO, third, Act.COURT_BUNDLE, Verdict.Say.ALLOWED);
        });

        nodes.withoutTheLaw(MA, "ES", () -> nodes.data(MA)
                .revoke(AMINA, spains, nodes.last(MA, AMINA, spains).entry().id(), WHY));

        nodes.awaitSay(XK, PABLO, third, Act.COURT_BUNDLE, Verdict.Say.REVOKED);
        refused(
                () -> nodes.data(XK).takeOut(PABLO, third, id, Act.COURT_BUNDLE, commands -> ""),
                OriginatorProblem.PERMISSION_REVOKED);
        // It went through Spain and is nobody's business there.
        nodes.awaitEntries(ES, open, 1);
    }

    @Test
    void aRevocationThatComesBeforeItsGrantHoldsAndOneOfSomebodyElseDoesNot() {
        ConversationKey key = nodes.told(HandlingCode.H1);
        ConversationKey here = new ConversationKey(ES, key.id());
        Reading.Said question = nodes.asked(key);
        PermissionAnswer revocation = answer(question, PermissionAnswer.Outcome.REVOKED);

        var forged =
                nodes.send(XK, ES, ThreeBureaux.handling(XK), revocation.toContent(), Optional.empty(), Lane.CONTROL);

        assertThat(nodes.exchange(XK).sent(forged.id()).orElseThrow().reason()).contains("not-the-originator");
        assertThat(nodes.say(ES, LUCIA, key, Act.COURT_BUNDLE)).isEqualTo(Verdict.Say.WAITING);

        nodes.send(MA, ES, ThreeBureaux.handling(MA), revocation.toContent(), Optional.empty(), Lane.CONTROL);
        assertThat(nodes.say(ES, LUCIA, key, Act.COURT_BUNDLE)).isEqualTo(Verdict.Say.REVOKED);
        nodes.permit(here, question, PermissionAnswer.Outcome.GRANTED);
        Reading.Said grant = nodes.last(MA, AMINA, here);
        await("the grant came", () -> grantTaken(grant));
        assertThat(nodes.say(ES, LUCIA, key, Act.COURT_BUNDLE)).isEqualTo(Verdict.Say.REVOKED);
        refused(() -> nodes.takeOut(key, Act.COURT_BUNDLE), OriginatorProblem.PERMISSION_REVOKED);

        // Twice says the same.
        var twice =
                nodes.send(MA, ES, ThreeBureaux.handling(MA), revocation.toContent(), Optional.empty(), Lane.CONTROL);
        assertThat(nodes.exchange(MA).sent(twice.id()).orElseThrow().state()).isEqualTo(Sent.State.ACCEPTED);
        assertThat(nodes.say(ES, LUCIA, key, Act.COURT_BUNDLE)).isEqualTo(Verdict.Say.REVOKED);
    }

    private static boolean grantTaken(Reading.Said grant) {
        return nodes.exchange(MA)
                .sent(grant.entry().name().orElseThrow())
                .filter(sent -> sent.state() == Sent.State.ACCEPTED)
                .isPresent();
    }

    @Test
    void onlyAGrantThatStillRunsIsTakenBackByAnOfficerWhoMaySend() {
        ConversationKey key = nodes.told(HandlingCode.H1);
        ConversationKey here = new ConversationKey(ES, key.id());
        Reading.Said question = nodes.asked(key);
        refused(() -> nodes.permit(here, question, PermissionAnswer.Outcome.REVOKED), BureauProblem.BAD_FIELD);
        nodes.permit(here, question, PermissionAnswer.Outcome.REFUSED);
        UUID no = nodes.last(MA, AMINA, here).entry().id();
        refused(() -> nodes.data(MA).revoke(AMINA, here, no, WHY), OriginatorProblem.NOTHING_TO_REVOKE);
        nodes.awaitSay(ES, LUCIA, key, Act.COURT_BUNDLE, Verdict.Say.REFUSED);
        nodes.permit(
                here,
                nodes.asked(key),
                PermissionAnswer.Outcome.GRANTED,
                Optional.of(Instant.now().plusSeconds(3)));
        UUID grant = nodes.last(MA, AMINA, here).entry().id();
        Actor reader = officer("r", Permission.EXCHANGE_READ);
        refused(() -> nodes.data(MA).revoke(reader, here, grant, WHY), AccessProblem.FORBIDDEN);
        await("over", () -> !nodes.last(MA, AMINA, here).custody().revocable());
        refused(() -> nodes.data(MA).revoke(AMINA, here, grant, WHY), OriginatorProblem.NOTHING_TO_REVOKE);
    }
}
