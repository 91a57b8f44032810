package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.bureau.ForeignDataFixture.AMINA;
import static org.sharaka.node.bureau.ForeignDataFixture.LUCIA;
import static org.sharaka.node.bureau.ForeignDataFixture.NOTE;
import static org.sharaka.node.bureau.ForeignDataFixture.PABLO;
import static org.sharaka.node.bureau.ForeignDataFixture.WHY;
import static org.sharaka.node.bureau.ForeignDataFixture.information;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;
import static org.sharaka.node.originator.ThreeBureaux.TREATY;
import static org.sharaka.node.originator.ThreeBureaux.XK;
import static org.sharaka.node.platform.Eventually.await;
import static org.sharaka.node.platform.Refusals.refused;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.agreement.AgreementProblem;
import org.sharaka.node.agreement.TestAgreements;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.originator.OriginatorProblem;
import org.sharaka.node.originator.ThreeBureaux;
import org.sharaka.node.originator.Verdict;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.Feedback;
import org.sharaka.protocol.content.FreeText;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.MessageReference;

/** What Spain lets a third have of what Morocco told, under which law, and who sees what comes back of it: three whole nodes, invented cases. */
class OnwardIT {
    private static final Actor ELSEWHERE = BureauFixture.officer(
            "salma", "Elsewhere", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND, Permission.EXCHANGE_APPROVE);

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
    void s18OnwardTheOriginatorsOwnMessageTravelsAndWhoeverItIsNotForGetsNothing() throws Exception {
        ConversationKey closed = nodes.told(information(), false);
        ConversationKey asks = nodes.told(HandlingCode.H2);
        ConversationKey open = nodes.told(HandlingCode.H1);
        ConversationKey quoting = nodes.told(
                Writing.information("He films her", new Words("en", "She says so herself.", Set.of(Quoted.VICTIM)))
                        .passable(),
                false);

        refused(() -> nodes.share(LUCIA, closed), OriginatorProblem.NOT_PERMITTED);
        refused(() -> nodes.share(LUCIA, asks), OriginatorProblem.ASK_FIRST);
        refused(() -> nodes.share(LUCIA, quoting), BureauProblem.LOOK_NEEDED);
        assertThat(nodes.entered(ES, "bureau.share", "REFUSED")).isGreaterThanOrEqualTo(3);

        ConversationKey third = nodes.shared(open);
        Custody custody = nodes.last(XK, PABLO, third).custody();
        assertThat(custody.enclosed().orElseThrow().header().sender()).isEqualTo(MA);
        assertThat(custody.enclosedWritten()).isPresent();
        assertThat(custody.handling().orElseThrow().originator()).isEqualTo(MA);
        assertThat(custody.acts().get(Act.COURT_BUNDLE).say()).isEqualTo(Verdict.Say.ASK_ORIGINATOR);
        CourtExpert unused = CourtExpert.verified(
                nodes.data(XK)
                        .takeOut(PABLO, third, nodes.message(XK, PABLO, third), Act.EXPORT, commands -> "")
                        .files()
                        .orElseThrow(),
                directory);
        nodes.everyActIsEntered(ES);
    }

    @Test
    void s18WhoSharesChoosesAmongTheLawsThatLetItPass() {
        ConversationKey key = nodes.told();
        UUID id = nodes.message(ES, LUCIA, key);
        for (MemberId at : List.of(ES, XK)) add(at, "test.second", Optional.empty(), "ES", "XK");

        assertThat(nodes.data(ES).onward(LUCIA, key, id, XK).findings().valid())
                .extracting(basis -> basis.code().value())
                .contains(TREATY, "test.second");
        ConversationKey shared = nodes.data(ES).share(LUCIA, key, id, XK, "test.second", NOTE, List.of());

        ConversationKey third = new ConversationKey(ES, shared.id());
        nodes.awaitEntries(XK, third, 1);
        assertThat(nodes.last(XK, PABLO, third)
                        .custody()
                        .handling()
                        .orElseThrow()
                        .legalBasis())
                .isEqualTo("test.second");
        refused(() -> nodes.data(ES).onward(LUCIA, key, id, new MemberId("zz-ncb")), BureauProblem.NO_RECIPIENT);
        for (MemberId at : List.of(ES, XK)) {
            byte[] unused = nodes.unbind(at, "test.second", Set.of("ES", "XK"));
        }
    }

    @Test
    void noLawNoShare() {
        ConversationKey open = nodes.told();

        nodes.withoutTheLaw(ES, "XK", () -> refused(() -> nodes.share(LUCIA, open), AgreementProblem.NO_LEGAL_BASIS));
    }

    /** What came to Spain under an agreement that keeps it among its parties stays among them, whatever it goes on under from hand to hand. */
    @Test
    void s18TheFirstAgreementBindsTheThirdHolderToo() {
        String first = "test.first";
        add(MA, first, Optional.empty(), "MA", "ES");
        add(ES, first, Optional.of(LocalDate.now(ZoneOffset.UTC)), "MA", "ES", "XK");
        add(XK, first, Optional.empty(), "MA", "ES", "XK");
        ConversationKey key = nodes.told(information().passable().under(first), false);
        ConversationKey third = nodes.shared(key);
        Custody custody = nodes.last(XK, PABLO, third).custody();
        assertThat(custody.handling().orElseThrow().legalBasis()).isEqualTo(TREATY);

        refused(
                () -> nodes.data(XK)
                        .share(
                                PABLO,
                                third,
                                nodes.message(XK, PABLO, third),
                                ThreeBureaux.AWAY,
                                TREATY,
                                Words.of("en", "On."),
                                List.of()),
                AgreementProblem.NO_LEGAL_BASIS);

        // The other tests know only the treaty.
        for (MemberId at : List.of(MA, ES, XK)) {
            byte[] unused = nodes.unbind(at, first, Set.of("MA", "XK"));
        }
    }

    /** An agreement that binds to its parties what is sent under it. */
    private static void add(MemberId at, String code, Optional<LocalDate> until, String... parties) {
        TestAgreements.add(nodes.node(at), code, until, true, parties);
    }

    @Test
    void aWeakenedHandlingIsRefusedByTheThird() {
        ConversationKey key = nodes.told(HandlingCode.H1);
        var held = nodes.exchange(ES)
                .received(MA, nodes.last(ES, LUCIA, key).entry().name().orElseThrow())
                .orElseThrow();

        var sent = nodes.send(
                ES,
                XK,
                ThreeBureaux.handling(MA),
                new FreeText(Optional.empty(), WHY).toContent(),
                Optional.of(held.signed()));

        assertThat(nodes.exchange(ES).sent(sent.id()).orElseThrow().reason()).contains("handling-weakened");
    }

    /** Morocco's officers of one unit tell Spain, and Spain the third. @return the conversation as the third has it */
    private static ConversationKey sharedOfAUnit() {
        return nodes.shared(nodes.told(information(HandlingCode.H1).passable(), true));
    }

    @Test
    void s19WhatAThirdAsksAboutAUnitsDataIsThatUnitsAlone() {
        ConversationKey third = sharedOfAUnit();
        ConversationKey direct = nodes.data(XK)
                .ask(PABLO, third, nodes.message(XK, PABLO, third), Act.COURT_BUNDLE, Optional.empty(), WHY);
        ConversationKey here = new ConversationKey(XK, direct.id());
        nodes.awaitEntries(MA, here, 1);
        Reading.Said asked = nodes.last(MA, AMINA, here);
        UUID unknown = UUID.randomUUID();

        refused(() -> nodes.reading(MA).view(ELSEWHERE, here), BureauProblem.NOT_FOUND);
        assertThat(nodes.reading(MA).list(ELSEWHERE, SqlLists.View.ALL, Optional.empty()))
                .noneMatch(line -> line.conversation().key().equals(here));
        assertThat(permitting(ELSEWHERE, here, asked.entry().id()))
                .isEqualTo(permitting(ELSEWHERE, here, unknown)
                        .replace(unknown.toString(), asked.entry().id() + ""));

        // One that lies open, from before it was kept together: who may not see the data neither reads nor decides.
        closedTo(here, "");
        assertThat(nodes.reading(MA).view(ELSEWHERE, here).said()).isEmpty();
        assertThat(permitting(ELSEWHERE, here, asked.entry().id()))
                .isEqualTo(permitting(ELSEWHERE, here, unknown)
                        .replace(unknown.toString(), asked.entry().id() + ""));
        nodes.permit(here, asked, PermissionAnswer.Outcome.GRANTED);
        UUID grant = nodes.last(MA, AMINA, here).entry().id();
        refused(() -> nodes.data(MA).revoke(ELSEWHERE, here, grant, WHY), BureauProblem.NOT_FOUND);
        nodes.data(MA).revoke(AMINA, here, grant, WHY);
    }

    /** @return why it is refused */
    private static String permitting(Actor actor, ConversationKey key, UUID id) {
        try {
            nodes.data(MA).permit(actor, key, id, PermissionAnswer.Outcome.GRANTED, Optional.empty(), Optional.empty());
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

        ConversationKey back = nodes.data(XK)
                .share(
                        PABLO,
                        third,
                        nodes.message(XK, PABLO, third),
                        MA,
                        TREATY,
                        Words.of("en", "You wrote this."),
                        List.of());
        ConversationKey here = new ConversationKey(XK, back.id());
        nodes.awaitEntries(MA, here, 1);

        refused(() -> nodes.reading(MA).view(ELSEWHERE, here), BureauProblem.NOT_FOUND);
        assertThat(nodes.last(MA, AMINA, here).custody().enclosed()).isPresent();
    }

    @Test
    void s19WhatAnswersAUnitInAConversationThatOthersSeeOpensOneOfItsOwn() {
        ConversationKey open = nodes.told();
        ConversationKey closed = nodes.told(information().passable(), true);
        MessageReference secret = nodes.exchange(MA)
                .sentMessage(nodes.last(MA, AMINA, new ConversationKey(ES, closed.id()))
                        .entry()
                        .name()
                        .orElseThrow())
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
        assertThat(nodes.reading(MA)
                        .view(ELSEWHERE, new ConversationKey(ES, open.id()))
                        .said())
                .hasSize(1);
    }

    /** The conversation that holds nothing but feedback. */
    private static Optional<Conversation> feedback(Actor actor) {
        return nodes.reading(MA).list(actor, SqlLists.View.ALL, Optional.empty()).stream()
                .map(SqlLists.Line::conversation)
                .filter(one -> nodes.reading(MA).view(actor, one.key()).said().stream()
                        .allMatch(said -> said.entry().type().equals(Feedback.TYPE)))
                .findFirst();
    }
}
