package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.bureau.ForeignDataFixture.NOTE;
import static org.sharaka.node.bureau.ForeignDataFixture.withFiles;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;
import static org.sharaka.node.originator.ThreeBureaux.TREATY;
import static org.sharaka.node.originator.ThreeBureaux.XK;
import static org.sharaka.node.originator.ThreeBureaux.handling;
import static org.sharaka.node.originator.ThreeBureaux.officer;
import static org.sharaka.node.originator.ThreeBureaux.text;
import static org.sharaka.node.platform.Eventually.await;
import static org.sharaka.node.platform.Refusals.refused;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.attachment.Attachment;
import org.sharaka.node.backup.Homes;
import org.sharaka.node.evidence.EvidenceProblem;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.node.exchange.ExchangeProblem;
import org.sharaka.node.exchange.ExchangeService;
import org.sharaka.node.exchange.MessageFiles;
import org.sharaka.node.exchange.Outgoing;
import org.sharaka.node.exchange.WithoutWord;
import org.sharaka.node.originator.OriginatorProblem;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.ConversationId;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.OrderAnswer;

/** Spain loses its machine after Morocco took back what it had sent, and comes back from a backup of before. All cases are invented. */
class ReturnIT {
    private static final Actor AMINA = withFiles("amina");
    private static final Actor LUCIA = withFiles("lucia");
    private static final Actor PABLO = withFiles("pablo");
    private static final Actor CARMEN = officer("carmen", Permission.EXCHANGE_READ, Permission.EXCHANGE_APPROVE);

    private final ForeignDataFixture nodes = new ForeignDataFixture();
    private final Homes homes = new Homes();

    @BeforeEach
    void moveSpainToAHomeOfItsOwn() {
        nodes.stop(ES);
        nodes.join(ES, on(homes.newPlace()));
    }

    @AfterEach
    void stop() {
        nodes.close();
        homes.close();
    }

    private TestNode on(Path place, String... more) {
        return Homes.start(
                place,
                Stream.concat(Stream.of(nodes.settings(ES)), Stream.of(more)).toList());
    }

    private void backup() {
        homes.backup(nodes.node(ES));
    }

    private <T> T at(MemberId member, Class<T> service) {
        return nodes.node(member).service(service);
    }

    /** An officer tells another member something; the conversation as that has it. */
    private ConversationKey told(MemberId from, Actor by, MemberId to, String subject, String... contents) {
        Writing information = Writing.information(subject, Words.of("en", "The account is held by the brother."))
                .passable()
                .enclosing(nodes.take(from, by, contents));
        return nodes.told(from, by, to, information, false);
    }

    private Attachment arrived(MemberId at, Actor actor, ConversationKey key) {
        return nodes.arrived(at, actor, key, 1).get(0);
    }

    private void order(ConversationKey key, Order.Kind kind) {
        UUID unused = nodes.order(MA, AMINA, new ConversationKey(ES, key.id()), kind, "It was another person.");
        await(kind + " obeyed", () -> !nodes.first(ES, LUCIA, key).custody().shown());
    }

    /** Spain takes back what it had told Morocco, and Morocco obeys. */
    private void takeBack(ConversationKey key) {
        UUID unused =
                nodes.order(ES, LUCIA, new ConversationKey(MA, key.id()), Order.Kind.PURGE, "It was another shop.");
        await("obeyed and answered", () -> answersToOrders().equals(List.of("ACCEPTED")));
    }

    /** What Spain did with each. */
    private List<String> answersToOrders() {
        return nodes.sql(ES)
                .queryForList(
                        "select state from exchange.received where content_type = ?", String.class, OrderAnswer.TYPE);
    }

    private String read(ItemId item) throws IOException {
        return BureauFixture.read(nodes.node(ES), LUCIA, item);
    }

    private void refusedForNow(ConversationKey key) {
        UUID id = nodes.message(ES, LUCIA, key);
        for (Act act : List.of(Act.PRINT, Act.EXPORT, Act.COURT_BUNDLE))
            refused(() -> nodes.data(ES).takeOut(LUCIA, key, id, act, commands -> ""), ExchangeProblem.UNSETTLED);
        refused(() -> nodes.data(ES).share(LUCIA, key, id, XK, TREATY, NOTE, List.of()), ExchangeProblem.UNSETTLED);
        refused(
                () -> nodes.data(ES).ask(LUCIA, key, id, Act.EXPORT, Optional.empty(), NOTE),
                ExchangeProblem.UNSETTLED);
    }

    @Test
    void s20WhatWasTakenBackAfterTheBackupIsNeverUsedAgainAndOtherDataWaitUntilThatIsKnown() throws Exception {
        ConversationKey good = told(MA, AMINA, ES, "Contracts", "the contract");
        ConversationKey recalled = told(MA, AMINA, ES, "A brother", "of the brother");
        ConversationKey purged = told(MA, AMINA, ES, "A sister", "of the sister");
        ConversationKey own = told(ES, LUCIA, MA, "A shop in Bilbao");
        ConversationKey ours = new ConversationKey(MA, own.id());
        Attachment contract = arrived(ES, LUCIA, good);
        ItemId brothers = arrived(ES, LUCIA, recalled).item();
        ItemId sisters = arrived(ES, LUCIA, purged).item();
        ConversationKey third = nodes.share(LUCIA, good, contract.file());
        var unused = arrived(XK, PABLO, third);
        ConversationKey shared = new ConversationKey(XK, third.id());
        assertThat(at(ES, MessageFiles.class).chunk(XK, contract.file(), 0)).isPresent();
        ConversationKey taken = told(ES, LUCIA, MA, "A shop in Vigo");
        backup();
        order(recalled, Order.Kind.RECALL);
        order(purged, Order.Kind.PURGE);
        takeBack(taken);
        nodes.stop(ES);

        Path place = homes.restored();
        nodes.hold(ES, on(place, "sharaka.exchange.enabled=false"));

        assertThat(nodes.exchange(ES).unsettled()).contains(MA, XK);
        for (ConversationKey waits : List.of(good, recalled, purged)) {
            Reading.OpenedConversation opened = nodes.reading(ES).view(LUCIA, waits);
            assertThat(opened.conversation().subject()).isEmpty();
            assertThat(opened.said().get(0).message()).isEmpty();
            assertThat(opened.said().get(0).written()).isEmpty();
            assertThat(opened.said().get(0).custody().standing().unsettled()).isTrue();
            refusedForNow(waits);
        }
        for (ItemId item : List.of(contract.item(), brothers, sisters)) {
            refused(() -> read(item), ExchangeProblem.UNSETTLED);
            refused(() -> nodes.evidence(ES).export(LUCIA, item), ExchangeProblem.UNSETTLED);
            assertThat(nodes.evidence(ES).item(LUCIA, item).content()).isEmpty();
        }
        // What we had shared of it neither; what is ours is.
        assertThat(nodes.first(ES, LUCIA, shared).message()).isEmpty();
        assertThat(at(ES, MessageFiles.class).chunk(XK, contract.file(), 0)).isEmpty();
        assertThat(nodes.first(ES, LUCIA, ours).message()).isPresent();
        assertThat(nodes.reading(ES).view(LUCIA, ours).conversation().subject()).isEqualTo("A shop in Bilbao");
        nodes.stop(ES);

        nodes.hold(ES, on(place));
        await("settled", () -> nodes.exchange(ES).unsettled().stream().noneMatch(Set.of(MA, XK)::contains));

        assertThat(nodes.first(ES, LUCIA, good).message()).isPresent();
        assertThat(nodes.reading(ES).view(LUCIA, good).conversation().subject()).isEqualTo("Contracts");
        assertThat(read(contract.item())).isEqualTo("the contract");
        assertThat(at(ES, MessageFiles.class).chunk(XK, contract.file(), 0)).isPresent();
        assertThat(nodes.first(ES, LUCIA, recalled).custody().standing().withdrawn())
                .isPresent();
        refused(() -> read(brothers), OriginatorProblem.WITHDRAWN);
        assertThat(nodes.first(ES, LUCIA, purged)
                        .custody()
                        .standing()
                        .withdrawn()
                        .orElseThrow()
                        .purged())
                .isTrue();
        await("the file is gone too", () -> gone(sisters));
        assertThat(nodes.exchange(ES).withoutWord()).isEmpty();
        nodes.everyActIsEntered(ES);
        // Morocco answers an order of which nobody knows here any more. That is no fault of Morocco's.
        assertThat(nodes.sql(ES).queryForObject("select count(*) from originator.given", Integer.class))
                .isZero();
        await("its answer came again", () -> answersToOrders().equals(List.of("ACCEPTED")));
        assertThat(nodes.sql(ES)
                        .queryForList(
                                "select code from assembly.security_event where kind = 'MESSAGE_REFUSED'",
                                String.class))
                .isEmpty();
        // Whoever never came back is not touched.
        assertThat(nodes.exchange(MA).returned()).isFalse();
        assertThat(nodes.exchange(MA).unsettled(ES)).isFalse();
        assertThat(nodes.first(MA, AMINA, own).message()).isPresent();
    }

    private boolean gone(ItemId item) {
        try {
            return read(item).isEmpty();
        } catch (ProblemException e) {
            return e.type() == EvidenceProblem.DESTROYED;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void s20AnOfficerMayGoOnWithoutAMemberThatStaysAwayAndSaysWhy() throws Exception {
        ConversationKey good = told(MA, AMINA, ES, "Contracts", "the contract");
        ItemId contract = arrived(ES, LUCIA, good).item();
        backup();
        nodes.stop(ES);
        nodes.stop(MA);
        nodes.hold(ES, on(homes.restored()));
        ExchangeService exchange = nodes.exchange(ES);
        await("the third has answered", () -> !exchange.unsettled(XK));

        assertThat(exchange.unsettled(MA)).isTrue();
        refused(() -> exchange.goOnWithout(LUCIA, MA, "Morocco is cut off."), AccessProblem.FORBIDDEN);
        refused(() -> exchange.goOnWithout(CARMEN, MA, " "), ExchangeProblem.REASON_MISSING);
        refused(() -> exchange.goOnWithout(CARMEN, XK, "Morocco is cut off."), ExchangeProblem.SETTLED_BEFORE);
        refused(() -> read(contract), ExchangeProblem.UNSETTLED);
        exchange.goOnWithout(CARMEN, MA, "Morocco is cut off.");

        assertThat(read(contract)).isEqualTo("the contract");
        assertThat(nodes.first(ES, LUCIA, good).message()).isPresent();
        assertThat(exchange.unsettled()).doesNotContain(MA);
        assertThat(exchange.withoutWord())
                .extracting(WithoutWord::member, WithoutWord::by, WithoutWord::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(MA, CARMEN.id(), "Morocco is cut off."));
        assertThat(nodes.sql(ES)
                        .queryForList(
                                "select outcome from audit.entry where action = 'exchange.settle-without-word' order by outcome",
                                String.class))
                .containsExactly("DONE", "REFUSED", "REFUSED", "REFUSED");
        refused(() -> exchange.goOnWithout(CARMEN, MA, "Morocco is cut off."), ExchangeProblem.SETTLED_BEFORE);
        nodes.everyActIsEntered(ES);
    }

    @Test
    void s20WhatExpiredWhileTheNodeWasAwayIsNotShownBeforeItIsPurged() throws Exception {
        Handling soonOver = soonOver();
        ConversationId conversation = ConversationId.random(new java.security.SecureRandom());
        MessageReference sent = nodes.exchange(MA)
                .send(AMINA, Outgoing.of(ES, conversation, soonOver, text("The account is in Bilbao.")));
        ConversationKey key = new ConversationKey(MA, conversation);
        await("it came", () -> nodes.entries(ES, key) == 1);
        assertThat(nodes.exchange(ES).received(MA, sent.id())).isPresent();
        backup();
        nodes.stop(ES);
        await("over", () -> soonOver.keepUntil().isBefore(Instant.now()));

        nodes.hold(ES, on(homes.restored(), "sharaka.exchange.enabled=false"));

        // It lies there still, for nothing purges while the exchange stands still.
        assertThat(nodes.sql(ES).queryForObject("select count(*) from exchange.received_content", Integer.class))
                .isEqualTo(1);
        assertThat(nodes.exchange(ES).received(MA, sent.id())).isEmpty();
        assertThatThrownBy(() -> nodes.first(ES, LUCIA, key))
                .isInstanceOfAny(IndexOutOfBoundsException.class, ProblemException.class);
    }

    /** Time enough for a backup. */
    private static Handling soonOver() {
        Handling usual = handling(MA);
        return new Handling(
                usual.originator(),
                usual.purpose(),
                usual.legalBasis(),
                usual.offence(),
                usual.codes(),
                usual.remarks(),
                usual.permitted(),
                Instant.now().plus(Duration.ofSeconds(20)));
    }
}
