package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.bureau.ForeignDataFixture.NOTE;
import static org.sharaka.node.bureau.ForeignDataFixture.information;
import static org.sharaka.node.bureau.ForeignDataFixture.withFiles;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;
import static org.sharaka.node.originator.ThreeBureaux.TREATY;
import static org.sharaka.node.originator.ThreeBureaux.XK;
import static org.sharaka.node.originator.ThreeBureaux.officer;
import static org.sharaka.node.platform.Eventually.await;
import static org.sharaka.node.platform.Refusals.refused;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.access.AccessProblem;
import org.sharaka.node.access.Actor;
import org.sharaka.node.access.Permission;
import org.sharaka.node.attachment.Attachment;
import org.sharaka.node.evidence.CustodyAct;
import org.sharaka.node.evidence.CustodyEntry;
import org.sharaka.node.evidence.EvidenceProblem;
import org.sharaka.node.evidence.Item;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.node.exchange.MessageFiles;
import org.sharaka.node.originator.OriginatorProblem;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.SignedMessage;

/** A file of Morocco's goes on from Spain to a third, inside the message by which Spain has it. All cases are invented. */
class OnwardFilesIT {
    private static final Actor AMINA = withFiles("amina");
    private static final Actor LUCIA = withFiles("lucia");
    private static final Actor PABLO = withFiles("pablo");

    private static ForeignDataFixture nodes;

    @BeforeAll
    static void start() {
        nodes = new ForeignDataFixture();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    /** Morocco tells Spain something with files; the conversation as Spain has it, once the files are whole there. */
    private static ConversationKey told(Writing writing, String... contents) {
        ConversationKey there = nodes.told(MA, AMINA, ES, writing.enclosing(nodes.take(MA, AMINA, contents)), false);
        var unused = nodes.arrived(ES, LUCIA, there, contents.length);
        return there;
    }

    private static ConversationKey share(ConversationKey key, String... files) {
        return nodes.share(LUCIA, key, files);
    }

    private static String read(MemberId at, Actor actor, ItemId item) throws IOException {
        return BureauFixture.read(nodes.node(at), actor, item);
    }

    private static String named(ConversationKey key, String content) {
        return nodes.files(ES, LUCIA, key).stream()
                .filter(file -> file.shown()
                        .flatMap(Item::content)
                        .filter(shown -> shown.name().equals(content + ".pdf"))
                        .isPresent())
                .map(Attachment::file)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void s18AFileGoesOnAsItsOriginatorSealedItAndEachHolderEntersIt() throws IOException {
        ConversationKey key = told(information(HandlingCode.H1).passable(), "the contract", "an annex");
        String contract = named(key, "the contract");

        ConversationKey third = share(key, contract);

        List<Attachment> there = nodes.arrived(XK, PABLO, third, 1);
        assertThat(there).extracting(Attachment::file).containsExactly(contract);
        ItemId item = there.get(0).item();
        assertThat(read(XK, PABLO, item)).isEqualTo("the contract");
        // Whose it is, and by whose signature it is checked.
        assertThat(nodes.evidence(XK).item(PABLO, item).originator()).isEqualTo(MA.value());
        SignedMessage held = nodes.exchange(XK)
                .received(ES, nodes.first(XK, PABLO, third).entry().name().orElseThrow())
                .orElseThrow();
        List<SignedMessage> chain = Reader.chain(held);
        SignedMessage original = chain.get(chain.size() - 1);
        assertThat(original.message().header().sender()).isEqualTo(MA);
        assertThat(original.message().files()).containsAll(held.message().files());
        // Custody at each.
        ItemId spains = nodes.arrived(ES, LUCIA, key, 2).stream()
                .filter(file -> file.file().equals(contract))
                .map(Attachment::item)
                .findFirst()
                .orElseThrow();
        await("told", () -> nodes.evidence(ES).custody(LUCIA, spains).stream()
                .anyMatch(entry -> entry.act() == CustodyAct.ARRIVED));
        assertThat(nodes.evidence(ES).custody(LUCIA, spains))
                .filteredOn(
                        entry -> entry.counterpart().filter(XK.value()::equals).isPresent())
                .extracting(CustodyEntry::act)
                .contains(CustodyAct.SENT, CustodyAct.FETCHED, CustodyAct.ARRIVED);
        assertThat(nodes.evidence(XK).custody(PABLO, item))
                .extracting(CustodyEntry::act)
                .contains(CustodyAct.RECEIVED);
    }

    @Test
    void s18WhatTheCodesOrTheFilesForbidDoesNotGoOn() {
        ConversationKey asks = told(information(HandlingCode.H2).passable(), "ask first");
        ConversationKey closed = told(information(), "for Spain");
        ConversationKey open = told(information().passable(), "free");
        String other = named(asks, "ask first");
        Actor without = officer("nuria", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND);
        UUID id = nodes.message(ES, LUCIA, open);

        refused(() -> share(asks, other), OriginatorProblem.ASK_FIRST);
        refused(() -> share(closed, named(closed, "for Spain")), OriginatorProblem.NOT_PERMITTED);
        refused(() -> share(open, other), BureauProblem.BAD_FIELD);
        refused(
                () -> nodes.data(ES).share(without, open, id, XK, TREATY, NOTE, List.of(named(open, "free"))),
                AccessProblem.FORBIDDEN);
        nodes.evidence(ES).restrict(LUCIA, nodes.files(ES, LUCIA, open).get(0).item());
        refused(
                () -> nodes.data(ES).share(LUCIA, open, id, XK, TREATY, NOTE, List.of(fileOf(open))),
                EvidenceProblem.RESTRICTED);
        assertThat(nodes.sql(ES)
                        .queryForObject(
                                "select count(*) from attachment.sent where file in (?, ?)",
                                Integer.class,
                                other,
                                fileOf(open)))
                .isZero();
        // Nor does what nobody chose.
        ConversationKey third = share(open);
        nodes.awaitEntries(XK, third, 1);
        assertThat(nodes.files(XK, PABLO, third)).isEmpty();
        assertThat(nodes.node(ES).service(MessageFiles.class).chunk(XK, fileOf(open), 0))
                .isEmpty();
    }

    private static String fileOf(ConversationKey key) {
        return nodes.files(ES, LUCIA, key).get(0).file();
    }

    @Test
    void whatWasGrantedOnceCoversTheMessageAndItsFiles() throws IOException {
        ConversationKey key = told(information(HandlingCode.H2).passable(), "granted");
        ConversationKey here = new ConversationKey(ES, key.id());
        UUID id = nodes.message(ES, LUCIA, key);
        ConversationKey unused = nodes.data(ES).ask(LUCIA, key, id, Act.ONWARD_SHARE, Optional.of(XK), NOTE);
        nodes.awaitEntries(MA, here, 2);
        nodes.data(MA)
                .permit(
                        AMINA,
                        here,
                        nodes.last(MA, AMINA, here).entry().id(),
                        PermissionAnswer.Outcome.GRANTED_ONCE,
                        Optional.empty(),
                        Optional.empty());
        nodes.awaitEntries(ES, key, 3);

        ConversationKey third = share(key, fileOf(key));

        assertThat(read(XK, PABLO, nodes.arrived(XK, PABLO, third, 1).get(0).item()))
                .isEqualTo("granted");
        refused(() -> share(key, fileOf(key)), OriginatorProblem.ASK_FIRST);
    }

    @Test
    void s20ARecallClosesTheFileAtTheThirdAndNobodyGivesItOut() {
        ConversationKey key = told(information().passable(), "to be recalled");
        String file = fileOf(key);
        ConversationKey third = share(key, file);
        ItemId item = nodes.arrived(XK, PABLO, third, 1).get(0).item();
        MessageFiles morocco = nodes.node(MA).service(MessageFiles.class);
        MessageFiles spain = nodes.node(ES).service(MessageFiles.class);
        assertThat(morocco.chunk(ES, file, 0)).isPresent();
        assertThat(spain.chunk(XK, file, 0)).isPresent();

        nodes.order(MA, AMINA, new ConversationKey(ES, key.id()), Order.Kind.RECALL, "It is another contract.");

        assertThat(morocco.chunk(ES, file, 0)).isEmpty();
        await("closed", () -> !nodes.first(XK, PABLO, third).custody().shown());
        assertThat(spain.chunk(XK, file, 0)).isEmpty();
        refused(() -> read(XK, PABLO, item), OriginatorProblem.WITHDRAWN);
        refused(() -> nodes.evidence(XK).export(PABLO, item), OriginatorProblem.WITHDRAWN);
    }

    @Test
    void s20APurgeDestroysTheFileAtEveryHolder() {
        ConversationKey key = told(information().passable(), "to be destroyed");
        ItemId spains = nodes.files(ES, LUCIA, key).get(0).item();
        ConversationKey third = share(key, fileOf(key));
        ItemId thirds = nodes.arrived(XK, PABLO, third, 1).get(0).item();

        nodes.order(MA, AMINA, new ConversationKey(ES, key.id()), Order.Kind.PURGE, "It is another contract.");

        await("at Spain", () -> nodes.evidence(ES).item(LUCIA, spains).state() == Item.State.DESTROYED);
        await("at the third", () -> nodes.evidence(XK).item(PABLO, thirds).state() == Item.State.DESTROYED);
    }
}
