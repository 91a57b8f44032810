package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.originator.ThreeBureaux.ES;
import static org.sharaka.node.originator.ThreeBureaux.MA;
import static org.sharaka.node.originator.ThreeBureaux.TREATY;
import static org.sharaka.node.originator.ThreeBureaux.XK;
import static org.sharaka.node.originator.ThreeBureaux.await;
import static org.sharaka.node.originator.ThreeBureaux.officer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import org.sharaka.node.attachment.Attachment;
import org.sharaka.node.evidence.CustodyAct;
import org.sharaka.node.evidence.CustodyEntry;
import org.sharaka.node.evidence.EvidenceProblem;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.evidence.Item;
import org.sharaka.node.evidence.ItemContent;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.node.evidence.NewItem;
import org.sharaka.node.exchange.MessageFiles;
import org.sharaka.node.originator.OriginatorProblem;
import org.sharaka.node.originator.ThreeBureaux;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Order;
import org.sharaka.protocol.message.Reader;
import org.sharaka.protocol.message.SignedMessage;

/** A file of Morocco's goes on from Spain to a third, inside the message by which Spain has it. All cases are invented. */
class OnwardFilesIT {
    private static final Permission[] ALL = {
        Permission.EXCHANGE_READ,
        Permission.EXCHANGE_SEND,
        Permission.EVIDENCE_READ,
        Permission.EVIDENCE_ADD,
        Permission.EVIDENCE_EXPORT
    };
    private static final Actor AMINA = officer("amina", ALL);
    private static final Actor LUCIA = officer("lucia", ALL);
    private static final Actor PABLO = officer("pablo", ALL);
    private static final Words NOTE = Words.of("en", "Morocco sent this.");

    private static ThreeBureaux nodes;

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

    private static ForeignData data(MemberId member) {
        return nodes.node(member).service(ForeignData.class);
    }

    private static EvidenceService evidence(MemberId member) {
        return nodes.node(member).service(EvidenceService.class);
    }

    private static void refused(ThrowingCallable act, ProblemType type) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(type));
    }

    /** Morocco tells Spain something with files; the conversation as Spain has it, once the files are whole there. */
    private static ConversationKey told(boolean passable, Set<HandlingCode> codes, String... contents) {
        List<String> files = java.util.stream.Stream.of(contents)
                .map(content -> evidence(MA)
                        .take(
                                AMINA,
                                new NewItem(content + ".pdf", "application/pdf", false),
                                new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)))
                        .id()
                        .toString())
                .toList();
        Composition information = new Composition(
                Composition.Kind.INFORMATION,
                "Contracts",
                Words.of("en", "See the files."),
                "",
                "",
                Urgency.ROUTINE,
                "",
                "",
                false,
                "",
                "",
                new Terms(Purpose.INVESTIGATION, TREATY, Optional.empty(), codes, "", Optional.empty(), passable),
                files);
        ConversationKey key = bureau(MA)
                .open(AMINA, Map.of(ES, TREATY), information, false, "")
                .get(0);
        ConversationKey there = new ConversationKey(MA, key.id());
        arrived(ES, LUCIA, there, contents.length);
        return there;
    }

    private static List<Attachment> files(MemberId at, Actor actor, ConversationKey key) {
        Integer there = nodes.sql(at)
                .queryForObject(
                        "select count(*) from bureau.message where peer = ? and conversation = ?",
                        Integer.class,
                        key.peer().value(),
                        key.id().value());
        if (there == null || there == 0) return List.of();
        Reading.OpenedConversation opened = reading(at).view(actor, key);
        return opened.files().getOrDefault(opened.said().get(0).entry().id(), List.of());
    }

    private static List<Attachment> arrived(MemberId at, Actor actor, ConversationKey key, int count) {
        await(
                "files at " + at,
                () -> files(at, actor, key).stream()
                                .filter(file -> file.state() == Attachment.State.COMPLETE)
                                .count()
                        == count);
        return files(at, actor, key);
    }

    private static UUID message(MemberId at, Actor actor, ConversationKey key) {
        return reading(at).view(actor, key).said().get(0).entry().id();
    }

    private static String named(ConversationKey key, String content) {
        return files(ES, LUCIA, key).stream()
                .filter(file -> file.shown()
                        .flatMap(Item::content)
                        .filter(shown -> shown.name().equals(content + ".pdf"))
                        .isPresent())
                .map(Attachment::file)
                .findFirst()
                .orElseThrow();
    }

    private static ConversationKey share(ConversationKey key, String... files) {
        ConversationKey shared = data(ES).share(LUCIA, key, message(ES, LUCIA, key), XK, TREATY, NOTE, List.of(files));
        return new ConversationKey(ES, shared.id());
    }

    private static String read(MemberId at, Actor actor, ItemId item) throws IOException {
        try (ItemContent content = evidence(at).view(actor, item)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void s18AFileGoesOnAsItsOriginatorSealedItAndEachHolderEntersIt() throws IOException {
        ConversationKey key = told(true, Set.of(HandlingCode.H1), "the contract", "an annex");
        String contract = named(key, "the contract");

        ConversationKey third = share(key, contract);

        List<Attachment> there = arrived(XK, PABLO, third, 1);
        assertThat(there).extracting(Attachment::file).containsExactly(contract);
        ItemId item = there.get(0).item();
        assertThat(read(XK, PABLO, item)).isEqualTo("the contract");
        // Whose it is, and by whose signature it is checked.
        assertThat(evidence(XK).item(PABLO, item).originator()).isEqualTo(MA.value());
        SignedMessage held = nodes.exchange(XK)
                .received(
                        ES,
                        reading(XK)
                                .view(PABLO, third)
                                .said()
                                .get(0)
                                .entry()
                                .name()
                                .orElseThrow())
                .orElseThrow();
        List<SignedMessage> chain = Reader.chain(held);
        SignedMessage original = chain.get(chain.size() - 1);
        assertThat(original.message().header().sender()).isEqualTo(MA);
        assertThat(original.message().files()).containsAll(held.message().files());
        // Custody at each.
        ItemId spains = arrived(ES, LUCIA, key, 2).stream()
                .filter(file -> file.file().equals(contract))
                .map(Attachment::item)
                .findFirst()
                .orElseThrow();
        await("told", () -> evidence(ES).custody(LUCIA, spains).stream()
                .anyMatch(entry -> entry.act() == CustodyAct.ARRIVED));
        assertThat(evidence(ES).custody(LUCIA, spains))
                .filteredOn(
                        entry -> entry.counterpart().filter(XK.value()::equals).isPresent())
                .extracting(CustodyEntry::act)
                .contains(CustodyAct.SENT, CustodyAct.FETCHED, CustodyAct.ARRIVED);
        assertThat(evidence(XK).custody(PABLO, item))
                .extracting(CustodyEntry::act)
                .contains(CustodyAct.RECEIVED);
    }

    @Test
    void s18WhatTheCodesOrTheFilesForbidDoesNotGoOn() {
        ConversationKey asks = told(true, Set.of(HandlingCode.H2), "ask first");
        ConversationKey closed = told(false, Set.of(), "for Spain");
        ConversationKey open = told(true, Set.of(), "free");
        String other = named(asks, "ask first");
        Actor without = officer("nuria", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND);
        UUID id = message(ES, LUCIA, open);

        refused(() -> share(asks, other), OriginatorProblem.ASK_FIRST);
        refused(() -> share(closed, named(closed, "for Spain")), OriginatorProblem.NOT_PERMITTED);
        refused(() -> share(open, other), BureauProblem.BAD_FIELD);
        refused(
                () -> data(ES).share(without, open, id, XK, TREATY, NOTE, List.of(named(open, "free"))),
                AccessProblem.FORBIDDEN);
        evidence(ES).restrict(LUCIA, files(ES, LUCIA, open).get(0).item());
        refused(
                () -> data(ES).share(LUCIA, open, id, XK, TREATY, NOTE, List.of(fileOf(open))),
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
        await(
                "there",
                () -> nodes.sql(XK)
                                .queryForObject(
                                        "select count(*) from bureau.message where conversation = ?",
                                        Integer.class,
                                        third.id().value())
                        == 1);
        assertThat(files(XK, PABLO, third)).isEmpty();
        assertThat(nodes.node(ES).service(MessageFiles.class).chunk(XK, fileOf(open), 0))
                .isEmpty();
    }

    private static String fileOf(ConversationKey key) {
        return files(ES, LUCIA, key).get(0).file();
    }

    @Test
    void whatWasGrantedOnceCoversTheMessageAndItsFiles() throws IOException {
        ConversationKey key = told(true, Set.of(HandlingCode.H2), "granted");
        ConversationKey here = new ConversationKey(ES, key.id());
        UUID id = message(ES, LUCIA, key);
        ConversationKey unused = data(ES).ask(LUCIA, key, id, Act.ONWARD_SHARE, Optional.of(XK), NOTE);
        await("asked", () -> reading(MA).view(AMINA, here).said().size() == 2);
        data(MA).permit(
                        AMINA,
                        here,
                        reading(MA).view(AMINA, here).said().get(1).entry().id(),
                        PermissionAnswer.Outcome.GRANTED_ONCE,
                        Optional.empty(),
                        Optional.empty());
        await("answered", () -> reading(ES).view(LUCIA, key).said().size() == 3);

        ConversationKey third = share(key, fileOf(key));

        assertThat(read(XK, PABLO, arrived(XK, PABLO, third, 1).get(0).item())).isEqualTo("granted");
        refused(() -> share(key, fileOf(key)), OriginatorProblem.ASK_FIRST);
    }

    private static void order(ConversationKey key, Order.Kind kind) {
        ConversationKey here = new ConversationKey(ES, key.id());
        UUID unused = data(MA).order(
                        AMINA,
                        here,
                        message(MA, AMINA, here),
                        new ForeignData.OrderForm(kind, "It is another contract.", "", "", "", Set.of()));
    }

    @Test
    void s20ARecallClosesTheFileAtTheThirdAndNobodyGivesItOut() {
        ConversationKey key = told(true, Set.of(), "to be recalled");
        String file = fileOf(key);
        ConversationKey third = share(key, file);
        ItemId item = arrived(XK, PABLO, third, 1).get(0).item();
        MessageFiles morocco = nodes.node(MA).service(MessageFiles.class);
        MessageFiles spain = nodes.node(ES).service(MessageFiles.class);
        assertThat(morocco.chunk(ES, file, 0)).isPresent();
        assertThat(spain.chunk(XK, file, 0)).isPresent();

        order(key, Order.Kind.RECALL);

        assertThat(morocco.chunk(ES, file, 0)).isEmpty();
        await(
                "closed",
                () -> !reading(XK).view(PABLO, third).said().get(0).custody().shown());
        assertThat(spain.chunk(XK, file, 0)).isEmpty();
        refused(() -> read(XK, PABLO, item), OriginatorProblem.WITHDRAWN);
        refused(() -> evidence(XK).export(PABLO, item), OriginatorProblem.WITHDRAWN);
    }

    @Test
    void s20APurgeDestroysTheFileAtEveryHolder() {
        ConversationKey key = told(true, Set.of(), "to be destroyed");
        ItemId spains = files(ES, LUCIA, key).get(0).item();
        ConversationKey third = share(key, fileOf(key));
        ItemId thirds = arrived(XK, PABLO, third, 1).get(0).item();

        order(key, Order.Kind.PURGE);

        await("at Spain", () -> evidence(ES).item(LUCIA, spains).state() == Item.State.DESTROYED);
        await("at the third", () -> evidence(XK).item(PABLO, thirds).state() == Item.State.DESTROYED);
    }
}
