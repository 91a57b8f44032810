package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sharaka.node.bureau.BureauFixture.ES;
import static org.sharaka.node.bureau.BureauFixture.MA;
import static org.sharaka.node.bureau.BureauFixture.TREATY;
import static org.sharaka.node.bureau.BureauFixture.await;
import static org.sharaka.node.bureau.BureauFixture.bureau;
import static org.sharaka.node.bureau.BureauFixture.look;
import static org.sharaka.node.bureau.BureauFixture.officer;
import static org.sharaka.node.bureau.BureauFixture.reading;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import org.sharaka.node.originator.OriginatorProblem;
import org.sharaka.node.platform.ProblemException;
import org.sharaka.node.platform.ProblemType;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.Quoted;
import org.sharaka.protocol.content.Urgency;
import org.sharaka.protocol.content.Words;
import org.sharaka.protocol.message.Act;
import org.sharaka.protocol.message.HandlingCode;
import org.sharaka.protocol.message.Order;

/** Officers of two nodes enclose files under custody in what they write. All cases are invented. */
class EnclosuresIT {
    private static final Permission[] ALL = {
        Permission.EXCHANGE_READ,
        Permission.EXCHANGE_SEND,
        Permission.EXCHANGE_APPROVE,
        Permission.EVIDENCE_READ,
        Permission.EVIDENCE_ADD,
        Permission.EVIDENCE_EXPORT
    };
    private static final Actor AMINA = officer("amina", "Bureau", ALL);
    private static final Actor OMAR = officer("omar", "Bureau", ALL);
    private static final Actor SALMA = officer("salma", "Elsewhere", ALL);
    private static final Actor LUCIA = officer("lucia", "Oficina", ALL);

    private static BureauFixture nodes;

    @BeforeAll
    static void start() {
        nodes = new BureauFixture();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    private static EvidenceService evidence(TestNode node) {
        return node.service(EvidenceService.class);
    }

    private static String take(TestNode node, Actor actor, String content) {
        return evidence(node)
                .take(
                        actor,
                        new NewItem("contrat.pdf", "application/pdf", false),
                        new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)))
                .id()
                .toString();
    }

    private static Composition with(Composition.Kind kind, Set<Quoted> quotes, List<String> files) {
        return with(kind, quotes, files, "");
    }

    /** @param remarks of a message that asks its originator before anything is done with it; empty for one that is free to use */
    private static Composition with(Composition.Kind kind, Set<Quoted> quotes, List<String> files, String remarks) {
        return new Composition(
                kind,
                "A contract",
                new Words("en", "See the file.", quotes),
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
                        TREATY,
                        Optional.empty(),
                        remarks.isEmpty() ? Set.of() : Set.of(HandlingCode.H3),
                        remarks,
                        Optional.empty(),
                        false),
                files);
    }

    private static ConversationKey open(Actor actor, Composition composition, boolean ownUnit) {
        return bureau(nodes.morocco)
                .open(actor, Map.of(ES, TREATY), composition, ownUnit, "")
                .get(0);
    }

    private static List<Attachment> files(TestNode node, Actor actor, ConversationKey key, int message) {
        Reading.OpenedConversation opened = reading(node).view(actor, key);
        return opened.files().getOrDefault(opened.said().get(message).entry().id(), List.of());
    }

    private static boolean isThere(TestNode node, Actor actor, ConversationKey key) {
        return reading(node).list(actor, SqlLists.View.ALL, Optional.empty()).stream()
                .anyMatch(line -> line.conversation().key().equals(key));
    }

    private static Attachment arrived(TestNode node, Actor actor, ConversationKey key, int message) {
        await("conversation", () -> isThere(node, actor, key));
        await("message", () -> reading(node).view(actor, key).said().size() > message);
        await("file", () -> files(node, actor, key, message).stream()
                .anyMatch(file -> file.state() == Attachment.State.COMPLETE));
        return files(node, actor, key, message).get(0);
    }

    private static ConversationKey atSpain(ConversationKey key) {
        return new ConversationKey(MA, key.id());
    }

    @Test
    void aFileGoesWithAMessageAndIsOpenedThere() throws IOException {
        String item = take(nodes.morocco, AMINA, "the contract");

        ConversationKey key = open(AMINA, with(Composition.Kind.INFORMATION, Set.of(), List.of(item)), false);

        Attachment there = arrived(nodes.spain, LUCIA, atSpain(key), 0);
        try (ItemContent content = evidence(nodes.spain).view(LUCIA, there.item())) {
            assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("the contract");
        }
        assertThat(there.shown().flatMap(Item::content).map(Item.Content::name)).contains("contrat.pdf");
        await("told", () -> files(nodes.morocco, AMINA, key, 0).get(0).state() == Attachment.State.COMPLETE);
        assertThat(evidence(nodes.morocco).custody(AMINA, ItemId.parse(item).orElseThrow()))
                .extracting(CustodyEntry::act)
                .contains(CustodyAct.SENT, CustodyAct.FETCHED, CustodyAct.ARRIVED);
    }

    @Test
    void thatAMessageAndItsFileArrivedIsProvedToWhoeverTrustsNeitherSide(@TempDir Path directory) throws Exception {
        ConversationKey key = open(
                AMINA,
                with(Composition.Kind.INFORMATION, Set.of(), List.of(take(nodes.morocco, AMINA, "the lease"))),
                true);
        await("told", () -> files(nodes.morocco, AMINA, key, 0).get(0).state() == Attachment.State.COMPLETE);
        await("accepted", () -> reading(nodes.morocco)
                .view(AMINA, key)
                .said()
                .get(0)
                .delivery()
                .equals(Optional.of(Delivery.ACCEPTED)));
        Reading.Said said = reading(nodes.morocco).view(AMINA, key).said().get(0);
        UUID message = said.entry().id();
        ProofOfReceipt proof = nodes.morocco.service(ProofOfReceipt.class);

        assertThat(ProofOfReceipt.of(said)).isTrue();
        CourtExpert expert = CourtExpert.verified(
                proof.zip(AMINA, key, message, commands -> String.join("\n", commands)), directory);

        assertThat(expert.files().resolve("message.json")).content().contains("contrat.pdf");
        assertThat(expert.files().resolve("receipts-1.json")).content().contains("\"state\":\"delivered\"");
        assertThat(expert.files().resolve("file-1.json")).content().contains("\"state\":\"complete\"");
        for (String name : List.of("message.der", "receipts-1.der", "file-1.der")) expert.findsOutWhoAlters(name);
        Files.copy(
                expert.files().resolve("receipts-1.der"),
                expert.files().resolve("file-1.der"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(expert.holds()).as("a receipt in place of the file's report").isFalse();
        // Another unit does not even learn that there is such a message, and what came from elsewhere is not ours to
        // prove.
        assertThatThrownBy(() -> proof.zip(SALMA, key, message, commands -> ""))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(BureauProblem.NOT_FOUND));
        UUID there = reading(nodes.spain)
                .view(LUCIA, atSpain(key))
                .said()
                .get(0)
                .entry()
                .id();
        assertThatThrownBy(
                        () -> nodes.spain.service(ProofOfReceipt.class).zip(LUCIA, atSpain(key), there, commands -> ""))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(BureauProblem.NOT_FOUND));
        assertThat(BureauFixture.sql(nodes.morocco)
                        .queryForList(
                                "select outcome from audit.entry where action = 'bureau.proof' and subject = ? order by recorded_at",
                                String.class,
                                "message/" + message))
                .containsExactly("DONE", "REFUSED");
    }

    @Test
    void s11AFileGoesWithAVictimsWordsOnlyAfterTheSecondLookAtBoth() {
        String item = take(nodes.morocco, AMINA, "a statement");
        ConversationKey key =
                open(AMINA, with(Composition.Kind.INFORMATION, Set.of(Quoted.VICTIM), List.of(item)), false);
        Reading.OpenedConversation waits = reading(nodes.morocco).view(OMAR, key);
        Reading.Said draft = waits.said().get(0);

        assertThat(waits.enclosed().get(draft.entry().id()))
                .extracting(each -> each.id().toString())
                .containsExactly(item);
        assertThat(evidence(nodes.morocco).custody(AMINA, ItemId.parse(item).orElseThrow()))
                .extracting(CustodyEntry::act)
                .doesNotContain(CustodyAct.SENT);
        String otherFiles = with(Composition.Kind.INFORMATION, Set.of(Quoted.VICTIM), List.of())
                .shown();
        assertThatThrownBy(() ->
                        look(nodes.morocco).release(OMAR, key, draft.entry().id(), otherFiles))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(BureauProblem.LOOKED_BEFORE));

        look(nodes.morocco)
                .release(
                        OMAR,
                        key,
                        draft.entry().id(),
                        draft.draft().orElseThrow().shown());

        assertThat(arrived(nodes.spain, LUCIA, atSpain(key), 0).shown()).isPresent();
    }

    @Test
    void s19FilesOfAClosedConversationAreForItsUnitAlone() {
        ConversationKey key = open(AMINA, with(Composition.Kind.INFORMATION, Set.of(), List.of()), true);
        await("there", () -> isThere(nodes.spain, LUCIA, atSpain(key)));
        bureau(nodes.spain)
                .write(
                        LUCIA,
                        atSpain(key),
                        with(Composition.Kind.TEXT, Set.of(), List.of(take(nodes.spain, LUCIA, "an annex"))));

        Attachment here = arrived(nodes.morocco, AMINA, key, 1);

        assertThat(evidence(nodes.morocco).item(AMINA, here.item()).unit()).contains("bureau");
        assertThatThrownBy(() -> evidence(nodes.morocco).item(SALMA, here.item()))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(EvidenceProblem.NOT_FOUND));
    }

    @Test
    void aFileOfAnotherMemberIsNotSentOnAsOurs() {
        ConversationKey key = open(
                AMINA,
                with(Composition.Kind.INFORMATION, Set.of(), List.of(take(nodes.morocco, AMINA, "of Morocco"))),
                false);
        Attachment there = arrived(nodes.spain, LUCIA, atSpain(key), 0);
        Composition on =
                with(Composition.Kind.TEXT, Set.of(), List.of(there.item().toString()));

        assertThatThrownBy(() -> bureau(nodes.spain).write(LUCIA, atSpain(key), on))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(BureauProblem.FILE_OF_ANOTHER));
    }

    @Test
    void s18AFileIsHandledAsTheMessageThatBroughtIt() throws IOException {
        ConversationKey key = open(
                AMINA,
                with(Composition.Kind.INFORMATION, Set.of(), List.of(take(nodes.morocco, AMINA, "to be recalled"))),
                false);
        ConversationKey careful = open(
                AMINA,
                with(
                        Composition.Kind.INFORMATION,
                        Set.of(),
                        List.of(take(nodes.morocco, AMINA, "ask first")),
                        "Not before the trial."),
                false);
        ItemId recalled = arrived(nodes.spain, LUCIA, atSpain(key), 0).item();
        ItemId guarded = arrived(nodes.spain, LUCIA, atSpain(careful), 0).item();

        try (ItemContent free = evidence(nodes.spain).view(LUCIA, recalled)) {
            assertThat(free.readAllBytes()).isNotEmpty();
        }
        refused(() -> evidence(nodes.spain).export(LUCIA, guarded), OriginatorProblem.ASK_FIRST);
        Actor warning = new Actor(
                LUCIA.kind(), LUCIA.id(), LUCIA.name(), LUCIA.unit(), LUCIA.permissions(), Optional.of(Purpose.WARN));
        refused(() -> evidence(nodes.spain).view(warning, recalled), OriginatorProblem.PURPOSE_FIRST);
        refused(() -> evidence(nodes.spain).export(warning, recalled), OriginatorProblem.ASK_FIRST);
        UUID ours =
                reading(nodes.morocco).view(AMINA, key).said().get(0).entry().id();
        UUID unused = nodes.morocco
                .service(ForeignData.class)
                .order(
                        AMINA,
                        key,
                        ours,
                        new ForeignData.OrderForm(Order.Kind.RECALL, "It is another contract.", "", "", "", Set.of()));
        await("recalled", () -> !reading(nodes.spain)
                .view(LUCIA, atSpain(key))
                .said()
                .get(0)
                .custody()
                .shown());
        refused(() -> evidence(nodes.spain).view(LUCIA, recalled), OriginatorProblem.WITHDRAWN);
        refused(() -> evidence(nodes.spain).export(LUCIA, recalled), OriginatorProblem.WITHDRAWN);
    }

    @Test
    void s18AFileGoesToACourtOnceItsOriginatorConsents() throws IOException {
        ConversationKey key = open(
                AMINA,
                with(Composition.Kind.INFORMATION, Set.of(), List.of(take(nodes.morocco, AMINA, "for the trial"))),
                false);
        ItemId file = arrived(nodes.spain, LUCIA, atSpain(key), 0).item();
        UUID message = reading(nodes.spain)
                .view(LUCIA, atSpain(key))
                .said()
                .get(0)
                .entry()
                .id();

        evidence(nodes.spain).export(LUCIA, file).close();
        refused(() -> evidence(nodes.spain).exportForCourt(LUCIA, file), OriginatorProblem.ASK_FIRST);
        nodes.spain
                .service(ForeignData.class)
                .ask(
                        LUCIA,
                        atSpain(key),
                        message,
                        Act.COURT_BUNDLE,
                        Optional.empty(),
                        Words.of("en", "The trial is in May."));
        await("asked", () -> reading(nodes.morocco).view(AMINA, key).said().size() == 2);
        nodes.morocco
                .service(ForeignData.class)
                .permit(
                        AMINA,
                        key,
                        reading(nodes.morocco)
                                .view(AMINA, key)
                                .said()
                                .get(1)
                                .entry()
                                .id(),
                        PermissionAnswer.Outcome.GRANTED_ONCE,
                        Optional.empty(),
                        Optional.empty());
        await("granted", () -> reading(nodes.spain)
                .view(LUCIA, atSpain(key))
                .said()
                .get(0)
                .custody()
                .acts()
                .get(Act.COURT_BUNDLE)
                .allowed());

        evidence(nodes.spain).exportForCourt(LUCIA, file).close();

        refused(() -> evidence(nodes.spain).exportForCourt(LUCIA, file), OriginatorProblem.ASK_FIRST);
        assertThat(evidence(nodes.spain).custody(LUCIA, file))
                .filteredOn(entry -> entry.act() == CustodyAct.EXPORTED)
                .extracting(CustodyEntry::reason)
                .containsExactly(Optional.empty(), Optional.of("COURT"));
    }

    private static void refused(ThrowingCallable act, ProblemType why) {
        assertThatThrownBy(act).isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.type())
                .isEqualTo(why));
    }

    @Test
    void nobodyEnclosesWhatTheyMayNotSeeAndNothingOfTheMessageStays() {
        String item = evidence(nodes.morocco)
                .take(AMINA, new NewItem("closed.pdf", "application/pdf", true), new ByteArrayInputStream(new byte[] {1
                }))
                .id()
                .toString();
        Actor without =
                officer("nadia", "Bureau", Permission.EXCHANGE_READ, Permission.EXCHANGE_SEND, Permission.EVIDENCE_ADD);
        int before = reading(nodes.morocco)
                .list(AMINA, SqlLists.View.ALL, Optional.empty())
                .size();

        assertThatThrownBy(() -> open(SALMA, with(Composition.Kind.INFORMATION, Set.of(), List.of(item)), false))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(EvidenceProblem.NOT_FOUND));
        assertThatThrownBy(() -> open(without, with(Composition.Kind.INFORMATION, Set.of(), List.of(item)), false))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(AccessProblem.FORBIDDEN));

        assertThat(reading(nodes.morocco).list(AMINA, SqlLists.View.ALL, Optional.empty()))
                .hasSize(before);
    }

    @Test
    void s12AClosedFileCannotBeEnclosed() {
        String item = take(nodes.morocco, AMINA, "closed");
        evidence(nodes.morocco).restrict(AMINA, ItemId.parse(item).orElseThrow());

        assertThatThrownBy(() -> open(AMINA, with(Composition.Kind.INFORMATION, Set.of(), List.of(item)), false))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.type()).isEqualTo(EvidenceProblem.RESTRICTED));
    }
}
