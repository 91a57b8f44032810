package org.sharaka.node.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.bureau.BureauFixture.bureau;
import static org.sharaka.node.bureau.BureauFixture.first;
import static org.sharaka.node.bureau.BureauFixture.form;
import static org.sharaka.node.bureau.BureauFixture.list;
import static org.sharaka.node.bureau.BureauFixture.look;
import static org.sharaka.node.bureau.BureauFixture.officer;
import static org.sharaka.node.bureau.BureauFixture.read;
import static org.sharaka.node.bureau.BureauFixture.reading;
import static org.sharaka.node.bureau.BureauFixture.there;
import static org.sharaka.node.platform.Eventually.await;
import static org.sharaka.node.platform.Refusals.refused;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
import org.sharaka.node.evidence.ItemId;
import org.sharaka.node.evidence.NewItem;
import org.sharaka.node.originator.OriginatorProblem;
import org.sharaka.node.platform.TestNode;
import org.sharaka.protocol.content.PermissionAnswer;
import org.sharaka.protocol.content.Quoted;
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
        return BureauFixture.take(node, actor, "contrat.pdf", content);
    }

    private static Writing information(String... files) {
        return Writing.information("A contract", Words.of("en", "See the file."))
                .enclosing(List.of(files));
    }

    private static Writing victimsWords(String... files) {
        return Writing.information("A contract", new Words("en", "See the file.", Set.of(Quoted.VICTIM)))
                .enclosing(List.of(files));
    }

    private static Composition text(String file) {
        return Writing.text(Words.of("en", "See the file."))
                .enclosing(List.of(file))
                .composition();
    }

    private static List<Attachment> files(TestNode node, Actor actor, ConversationKey key, int message) {
        Reading.OpenedConversation opened = reading(node).view(actor, key);
        return opened.files().getOrDefault(opened.said().get(message).entry().id(), List.of());
    }

    private static boolean isThere(TestNode node, Actor actor, ConversationKey key) {
        return list(node, actor, SqlLists.View.ALL).contains(key);
    }

    private static Attachment arrived(TestNode node, Actor actor, ConversationKey key, int message) {
        await("conversation", () -> isThere(node, actor, key));
        await("message", () -> reading(node).view(actor, key).said().size() > message);
        await("file", () -> files(node, actor, key, message).stream()
                .anyMatch(file -> file.state() == Attachment.State.COMPLETE));
        return files(node, actor, key, message).get(0);
    }

    @Test
    void aFileGoesWithAMessageAndIsOpenedThere() throws IOException {
        String item = take(nodes.morocco, AMINA, "the contract");

        ConversationKey key = nodes.open(AMINA, information(item));

        Attachment there = arrived(nodes.spain, LUCIA, there(key), 0);
        assertThat(read(nodes.spain, LUCIA, there.item())).isEqualTo("the contract");
        assertThat(there.shown().flatMap(Item::content).map(Item.Content::name)).contains("contrat.pdf");
        await("told", () -> files(nodes.morocco, AMINA, key, 0).get(0).state() == Attachment.State.COMPLETE);
        assertThat(evidence(nodes.morocco).custody(AMINA, ItemId.parse(item).orElseThrow()))
                .extracting(CustodyEntry::act)
                .contains(CustodyAct.SENT, CustodyAct.FETCHED, CustodyAct.ARRIVED);
    }

    @Test
    void thatAMessageAndItsFileArrivedIsProvedToWhoeverTrustsNeitherSide(@TempDir Path directory) throws Exception {
        ConversationKey key = nodes.open(AMINA, information(take(nodes.morocco, AMINA, "the lease")), true);
        await("told", () -> files(nodes.morocco, AMINA, key, 0).get(0).state() == Attachment.State.COMPLETE);
        await("accepted", () -> first(nodes.morocco, AMINA, key).delivery().equals(Optional.of(Delivery.ACCEPTED)));
        Reading.Said said = first(nodes.morocco, AMINA, key);
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
        refused(() -> proof.zip(SALMA, key, message, commands -> ""), BureauProblem.NOT_FOUND);
        UUID there = first(nodes.spain, LUCIA, there(key)).entry().id();
        refused(
                () -> nodes.spain.service(ProofOfReceipt.class).zip(LUCIA, there(key), there, commands -> ""),
                BureauProblem.NOT_FOUND);
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
        ConversationKey key = nodes.open(AMINA, victimsWords(item));
        Reading.OpenedConversation waits = reading(nodes.morocco).view(OMAR, key);
        Reading.Said draft = waits.said().get(0);

        assertThat(waits.enclosed().get(draft.entry().id()))
                .extracting(each -> each.id().toString())
                .containsExactly(item);
        assertThat(evidence(nodes.morocco).custody(AMINA, ItemId.parse(item).orElseThrow()))
                .extracting(CustodyEntry::act)
                .doesNotContain(CustodyAct.SENT);
        String otherFiles = victimsWords().composition().shown();
        refused(
                () -> look(nodes.morocco).release(OMAR, key, draft.entry().id(), otherFiles),
                BureauProblem.LOOKED_BEFORE);

        look(nodes.morocco)
                .release(
                        OMAR,
                        key,
                        draft.entry().id(),
                        draft.draft().orElseThrow().shown());

        assertThat(arrived(nodes.spain, LUCIA, there(key), 0).shown()).isPresent();
    }

    @Test
    void s19FilesOfAClosedConversationAreForItsUnitAlone() {
        ConversationKey key = nodes.open(AMINA, information(), true);
        await("there", () -> isThere(nodes.spain, LUCIA, there(key)));
        bureau(nodes.spain).write(LUCIA, there(key), text(take(nodes.spain, LUCIA, "an annex")));

        Attachment here = arrived(nodes.morocco, AMINA, key, 1);

        assertThat(evidence(nodes.morocco).item(AMINA, here.item()).unit()).contains("bureau");
        refused(() -> evidence(nodes.morocco).item(SALMA, here.item()), EvidenceProblem.NOT_FOUND);
    }

    @Test
    void aFileOfAnotherMemberIsNotSentOnAsOurs() {
        ConversationKey key = nodes.open(AMINA, information(take(nodes.morocco, AMINA, "of Morocco")));
        Attachment there = arrived(nodes.spain, LUCIA, there(key), 0);
        Composition on = text(there.item().toString());

        refused(() -> bureau(nodes.spain).write(LUCIA, there(key), on), BureauProblem.FILE_OF_ANOTHER);
    }

    @Test
    void s18AFileIsHandledAsTheMessageThatBroughtIt() throws IOException {
        ConversationKey key = nodes.open(AMINA, information(take(nodes.morocco, AMINA, "to be recalled")));
        ConversationKey careful = nodes.open(
                AMINA, information(take(nodes.morocco, AMINA, "ask first")).codes(HandlingCode.H3));
        ItemId recalled = arrived(nodes.spain, LUCIA, there(key), 0).item();
        ItemId guarded = arrived(nodes.spain, LUCIA, there(careful), 0).item();

        assertThat(read(nodes.spain, LUCIA, recalled)).isNotEmpty();
        refused(() -> evidence(nodes.spain).export(LUCIA, guarded), OriginatorProblem.ASK_FIRST);
        Actor warning = ForeignDataFixture.working(LUCIA, Purpose.WARN);
        refused(() -> evidence(nodes.spain).view(warning, recalled), OriginatorProblem.PURPOSE_FIRST);
        refused(() -> evidence(nodes.spain).export(warning, recalled), OriginatorProblem.ASK_FIRST);
        UUID ours = first(nodes.morocco, AMINA, key).entry().id();
        UUID unused = nodes.morocco
                .service(ForeignData.class)
                .order(AMINA, key, ours, form(Order.Kind.RECALL, "It is another contract."));
        await("recalled", () -> !first(nodes.spain, LUCIA, there(key)).custody().shown());
        refused(() -> evidence(nodes.spain).view(LUCIA, recalled), OriginatorProblem.WITHDRAWN);
        refused(() -> evidence(nodes.spain).export(LUCIA, recalled), OriginatorProblem.WITHDRAWN);
    }

    @Test
    void s18AFileGoesToACourtOnceItsOriginatorConsents() throws IOException {
        ConversationKey key = nodes.open(AMINA, information(take(nodes.morocco, AMINA, "for the trial")));
        ItemId file = arrived(nodes.spain, LUCIA, there(key), 0).item();
        UUID message = first(nodes.spain, LUCIA, there(key)).entry().id();

        evidence(nodes.spain).export(LUCIA, file).close();
        refused(() -> evidence(nodes.spain).exportForCourt(LUCIA, file), OriginatorProblem.ASK_FIRST);
        nodes.spain
                .service(ForeignData.class)
                .ask(
                        LUCIA,
                        there(key),
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
        await("granted", () -> first(nodes.spain, LUCIA, there(key))
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

        refused(() -> nodes.open(SALMA, information(item)), EvidenceProblem.NOT_FOUND);
        refused(() -> nodes.open(without, information(item)), AccessProblem.FORBIDDEN);

        assertThat(reading(nodes.morocco).list(AMINA, SqlLists.View.ALL, Optional.empty()))
                .hasSize(before);
    }

    @Test
    void s12AClosedFileCannotBeEnclosed() {
        String item = take(nodes.morocco, AMINA, "closed");
        evidence(nodes.morocco).restrict(AMINA, ItemId.parse(item).orElseThrow());

        refused(() -> nodes.open(AMINA, information(item)), EvidenceProblem.RESTRICTED);
    }
}
