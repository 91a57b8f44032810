package org.sharaka.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.node.exchange.Peers.AMINA;
import static org.sharaka.node.exchange.Peers.bureau;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sharaka.node.attachment.Attachment;
import org.sharaka.node.attachment.AttachmentService;
import org.sharaka.node.evidence.CustodyAct;
import org.sharaka.node.evidence.CustodyEntry;
import org.sharaka.node.evidence.DestructionReason;
import org.sharaka.node.evidence.EvidenceExchange;
import org.sharaka.node.evidence.EvidenceService;
import org.sharaka.node.evidence.Item;
import org.sharaka.node.evidence.ItemContent;
import org.sharaka.node.evidence.ItemId;
import org.sharaka.node.evidence.NewItem;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.message.FileReport;
import org.sharaka.protocol.message.Handling;
import org.sharaka.protocol.message.Lane;
import org.sharaka.protocol.message.MessageReference;
import org.sharaka.protocol.transport.SignedBytes;

/** Files under custody from whole node to whole node: one that can be called, one that collects, and members with no node. */
class FilesIT {
    private static final int ASKS_ABOVE_MEGABYTES = 20;

    private static Peers peers;

    @BeforeAll
    static void start() {
        peers = Peers.of(List.of("xs", "xb", "xk"), List.of("xp"));
        var unused = peers.start("xs");
        unused = peers.start("xb", "sharaka.attachment.ask-above-megabytes=" + ASKS_ABOVE_MEGABYTES);
        unused = peers.start("xp", "sharaka.attachment.ask-above-megabytes=" + ASKS_ABOVE_MEGABYTES);
    }

    @AfterAll
    static void stop() {
        peers.close();
    }

    private static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }

    private static byte[] threeChunks(int more) {
        return content(2 * Limits.CHUNK_BYTES + more);
    }

    private static EvidenceService evidence(String country) {
        return peers.node(country).service(EvidenceService.class);
    }

    private static ItemId take(String country, byte[] content) {
        return evidence(country)
                .take(AMINA, new NewItem("تقرير.pdf", "application/pdf", false), new ByteArrayInputStream(content))
                .id();
    }

    private static MessageReference send(String from, String to, ItemId item) {
        return send(from, to, item, Instant.now().plus(Duration.ofDays(200)));
    }

    private static MessageReference send(String from, String to, ItemId item, Instant keepUntil) {
        FileManifest manifest = peers.node(from).service(EvidenceExchange.class).offer(AMINA, item);
        Handling until = Peers.handling(bureau(from));
        Handling handling = new Handling(
                until.originator(),
                until.purpose(),
                until.legalBasis(),
                until.offence(),
                until.codes(),
                until.remarks(),
                until.permitted(),
                keepUntil);
        return peers.exchange(from)
                .send(
                        AMINA,
                        new Outgoing(
                                bureau(to),
                                Peers.conversation(),
                                Lane.ORDINARY,
                                handling,
                                Optional.empty(),
                                Peers.note("with a file"),
                                List.of(manifest),
                                Optional.empty(),
                                Optional.empty()));
    }

    private static Optional<Attachment> came(String to, String from, MessageReference message) {
        return peers.node(to).service(AttachmentService.class).received(AMINA, bureau(from), message.id()).stream()
                .findFirst();
    }

    private static Attachment went(String from, MessageReference message) {
        return peers.node(from)
                .service(AttachmentService.class)
                .sent(AMINA, message.id())
                .get(0);
    }

    private static Attachment awaitCame(String to, String from, MessageReference message, Attachment.State state) {
        Peers.await(state + " at " + to, () -> came(to, from, message)
                .filter(each -> each.state() == state)
                .isPresent());
        return came(to, from, message).orElseThrow();
    }

    private static byte[] read(String country, ItemId item) throws IOException {
        try (ItemContent opened = evidence(country).view(AMINA, item)) {
            return opened.readAllBytes();
        }
    }

    private static List<CustodyAct> log(String country, ItemId item) {
        return evidence(country).custody(AMINA, item).stream()
                .map(CustodyEntry::act)
                .toList();
    }

    @Test
    void aFileArrivesWholeAndVerifiedAndBothSidesLogIt() throws Exception {
        byte[] content = threeChunks(1);
        ItemId item = take("xs", content);

        MessageReference message = send("xs", "xb", item);

        Attachment here = awaitCame("xb", "xs", message, Attachment.State.COMPLETE);
        assertThat(read("xb", here.item())).isEqualTo(content);
        assertThat(here.shown().flatMap(Item::content))
                .contains(new Item.Content("تقرير.pdf", "application/pdf", Hash.of(content)));
        Peers.await("the sender hears", () -> went("xs", message).state() == Attachment.State.COMPLETE);
        assertThat(log("xs", item))
                .containsExactly(
                        CustodyAct.RECEIVED,
                        CustodyAct.SENT,
                        CustodyAct.ATTACHED,
                        CustodyAct.FETCHED,
                        CustodyAct.ARRIVED);
        assertThat(evidence("xs").custody(AMINA, item).subList(1, 5))
                .allSatisfy(entry -> assertThat(entry.reference()).contains("message/" + message.id()));
        CustodyEntry received = evidence("xb").custody(AMINA, here.item()).get(0);
        assertThat(received.act()).isEqualTo(CustodyAct.RECEIVED);
        assertThat(received.counterpart()).contains(bureau("xs").value());
        assertThat(received.reference()).contains("message/" + message.id() + " from " + bureau("xs"));
        assertThat(evidence("xs").item(AMINA, item).keepUntil())
                .isAfter(Instant.now().plus(Duration.ofDays(199)));
        provedToHaveArrived("xs", "xb", message, here.file());
    }

    /** The sender keeps its recipient's signed word for it. */
    private static void provedToHaveArrived(String from, String to, MessageReference message, String file) {
        List<byte[]> kept = peers.node(from).service(AttachmentService.class).signedReports(message.id());
        assertThat(kept).hasSize(1);
        FileReport report = peers.node(from).service(FileLine.class).proved(new SignedBytes(kept.get(0)));
        assertThat(report.from()).isEqualTo(bureau(to));
        assertThat(report.to()).isEqualTo(bureau(from));
        assertThat(report.file()).isEqualTo(file);
        assertThat(report.progress().state()).isEqualTo(FileReport.State.COMPLETE);
    }

    @Test
    void aNodeThatNobodyCanCallFetchesAndBrings() throws Exception {
        byte[] one = threeChunks(2);
        byte[] other = threeChunks(3);

        MessageReference toIt = send("xs", "xp", take("xs", one));
        ItemId fromIt = take("xp", other);
        MessageReference brought = send("xp", "xs", fromIt);

        assertThat(read(
                        "xp",
                        awaitCame("xp", "xs", toIt, Attachment.State.COMPLETE).item()))
                .isEqualTo(one);
        assertThat(read(
                        "xs",
                        awaitCame("xs", "xp", brought, Attachment.State.COMPLETE)
                                .item()))
                .isEqualTo(other);
        Peers.await("it hears too", () -> went("xp", brought).state() == Attachment.State.COMPLETE);
        assertThat(log("xp", fromIt)).endsWith(CustodyAct.FETCHED, CustodyAct.ARRIVED);
        provedToHaveArrived(
                "xp",
                "xs",
                brought,
                awaitCame("xs", "xp", brought, Attachment.State.COMPLETE).file());
    }

    @Test
    void whatItsRecipientDidNotSayOfAFileCountsForNothing() throws Exception {
        MessageReference message = send("xs", "xb", take("xs", threeChunks(9)));
        Attachment here = awaitCame("xb", "xs", message, Attachment.State.COMPLETE);
        Peers.await("the sender hears", () -> went("xs", message).state() == Attachment.State.COMPLETE);
        RawPeer addressed = new RawPeer(peers.network, "xb");
        RawPeer another = new RawPeer(peers.network, "xk");
        URI node = peers.endpoint("xs");
        String path = "/v1/files/" + here.file();
        FileReport.Progress wrong = new FileReport.Progress(FileReport.State.WRONG, 3, 3);
        byte[] ofAnotherFile = addressed.fileReport(bureau("xs"), "0".repeat(32), wrong);
        byte[] toSomebodyElse = addressed.fileReport(bureau("xk"), here.file(), wrong);
        byte[] altered = addressed.fileReport(bureau("xs"), here.file(), wrong);
        altered[altered.length - 1] ^= 1;

        assertThat(RawPeer.code(addressed.post(node, path, "{}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("not-der");
        assertThat(RawPeer.code(addressed.post(node, path, ofAnotherFile))).isEqualTo("header-mismatch");
        assertThat(RawPeer.code(addressed.post(node, path, toSomebodyElse))).isEqualTo("not-addressed-to-us");
        assertThat(addressed.post(node, path, altered).statusCode()).isEqualTo(422);
        assertThat(RawPeer.code(another.post(node, path, addressed.fileReport(bureau("xs"), here.file(), wrong))))
                .isEqualTo("header-mismatch");
        assertThat(RawPeer.code(another.post(node, path, another.fileReport(bureau("xs"), here.file(), wrong))))
                .isEqualTo("unknown-path");

        assertThat(addressed
                        .post(node, path, addressed.fileReport(bureau("xs"), here.file(), wrong))
                        .statusCode())
                .as("its last word stays")
                .isEqualTo(204);
        provedToHaveArrived("xs", "xb", message, here.file());
    }

    @Test
    void onlyWhomItWasSentToGetsAFileAndNobodyLearnsThatItIsThere() throws Exception {
        ItemId item = take("xs", threeChunks(4));
        MessageReference message = send("xs", "xb", item);
        Attachment here = awaitCame("xb", "xs", message, Attachment.State.COMPLETE);
        RawPeer addressed = new RawPeer(peers.network, "xb");
        RawPeer another = new RawPeer(peers.network, "xk");
        URI node = peers.endpoint("xs");
        String path = "/v1/files/" + here.file() + "/chunks/0";

        assertThat(addressed.get(node, path).statusCode()).isEqualTo(200);
        assertThat(Hash.of(addressed.get(node, path).body()))
                .isEqualTo(manifest(message).chunks().get(0));
        var refused = another.get(node, path);
        var unknown = another.get(node, "/v1/files/" + "0".repeat(32) + "/chunks/0");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(refused.body()).isEqualTo(unknown.body());
        assertThat(RawPeer.code(refused)).isEqualTo("unknown-path");
        for (String odd : List.of(
                path.replace("/0", "/3"),
                path.replace("/0", "/-1"),
                path.replace("/0", "/00"),
                "/v1/files/" + here.file(),
                "/v1/files/..%2F" + here.file() + "/chunks/0",
                "/v1/files/"))
            assertThat(addressed.get(node, odd).statusCode()).as(odd).isIn(400, 404);
    }

    private static FileManifest manifest(MessageReference message) {
        return peers.exchange("xs")
                .sentMessage(message.id())
                .orElseThrow()
                .message()
                .files()
                .get(0);
    }

    @Test
    void aChunkGoesOnWhereItBrokeOff() throws Exception {
        MessageReference message = send("xs", "xb", take("xs", threeChunks(5)));
        Attachment here = awaitCame("xb", "xs", message, Attachment.State.COMPLETE);
        RawPeer addressed = new RawPeer(peers.network, "xb");
        String path = "/v1/files/" + here.file() + "/chunks/1";

        byte[] whole = addressed.get(peers.endpoint("xs"), path).body();
        var rest = addressed.get(peers.endpoint("xs"), path, "Range", "bytes=1000000-");

        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(java.util.Arrays.copyOfRange(whole, 1_000_000, whole.length));
        assertThat(addressed
                        .get(peers.endpoint("xs"), path, "Range", "bytes=0-5,7-9")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void aLargeFileWaitsForAnOfficer() throws Exception {
        byte[] content = content(ASKS_ABOVE_MEGABYTES * 1_000_000 + 1);
        MessageReference accepted = send("xs", "xb", take("xs", content));
        MessageReference refused = send("xs", "xb", take("xs", content));
        Attachment large = awaitCame("xb", "xs", accepted, Attachment.State.ASKED);
        Attachment unwanted = awaitCame("xb", "xs", refused, Attachment.State.ASKED);
        AttachmentService desk = peers.node("xb").service(AttachmentService.class);

        desk.accept(AMINA, bureau("xs"), accepted.id(), large.file());
        desk.refuse(AMINA, bureau("xs"), refused.id(), unwanted.file());

        assertThat(read(
                        "xb",
                        awaitCame("xb", "xs", accepted, Attachment.State.COMPLETE)
                                .item()))
                .isEqualTo(content);
        Peers.await("the sender hears", () -> went("xs", refused).state() == Attachment.State.REFUSED);
        assertThat(came("xb", "xs", refused).orElseThrow().have()).isZero();
        assertThat(peers.sql("xb")
                        .queryForList(
                                "select action from audit.entry where actor_id = 'amina' and action like 'attachment.%'",
                                String.class))
                .contains("attachment.accept", "attachment.refuse");
    }

    @Test
    void s20WithThePurgedMessageItsFileGoesAtBothEnds() {
        ItemId item = take("xs", threeChunks(6));
        MessageReference message = send("xs", "xb", item);
        Attachment here = awaitCame("xb", "xs", message, Attachment.State.COMPLETE);
        peers.awaitState("xs", message, Sent.State.ACCEPTED);

        peers.exchange("xb").purgeReceived(Peers.OFFICER, bureau("xs"), message.id());
        peers.exchange("xs").purgeSent(Peers.OFFICER, message.id());

        awaitCame("xb", "xs", message, Attachment.State.OVER);
        for (String country : List.of("xb", "xs")) {
            ItemId gone = country.equals("xb") ? here.item() : item;
            Peers.await(
                    "destroyed at " + country,
                    () -> evidence(country).item(AMINA, gone).state() == Item.State.DESTROYED);
            assertThat(peers.sql(country)
                            .queryForObject(
                                    "select count(*) from evidence.secret where item = ?", Integer.class, gone.value()))
                    .isZero();
        }
    }

    @Test
    void s20WithADestroyedItemGoTheMessagesThatCarryItsKey() {
        ItemId item = take("xs", content(100));
        MessageReference message = send("xs", "xb", item);
        Attachment here = awaitCame("xb", "xs", message, Attachment.State.COMPLETE);
        peers.awaitState("xs", message, Sent.State.ACCEPTED);

        evidence("xb").destroy(AMINA, here.item(), DestructionReason.ORDER_OF_AUTHORITY);
        evidence("xs").destroy(AMINA, item, DestructionReason.MISTAKE);

        assertThat(peers.exchange("xb").received(bureau("xs"), message.id())).isEmpty();
        assertThat(peers.exchange("xs").sentMessage(message.id())).isEmpty();
        assertThat(went("xs", message).state()).isEqualTo(Attachment.State.OVER);
    }

    @Test
    void s20AnotherMessageThatCarriesTheFileKeepsIt() throws Exception {
        byte[] content = content(200);
        ItemId item = take("xs", content);
        MessageReference first = send("xs", "xb", item);
        Attachment here = awaitCame("xb", "xs", first, Attachment.State.COMPLETE);
        MessageReference second = send("xs", "xb", item);
        awaitCame("xb", "xs", second, Attachment.State.COMPLETE);
        assertThat(came("xb", "xs", second).orElseThrow().item()).isEqualTo(here.item());

        peers.exchange("xb").purgeReceived(Peers.OFFICER, bureau("xs"), first.id());
        awaitCleared("xb", first);

        assertThat(read("xb", here.item())).isEqualTo(content);
        peers.exchange("xb").purgeReceived(Peers.OFFICER, bureau("xs"), second.id());
        Peers.await("destroyed", () -> evidence("xb").item(AMINA, here.item()).state() == Item.State.DESTROYED);
    }

    private static void awaitCleared(String country, MessageReference message) {
        Peers.await(
                "cleared",
                () -> peers.sql(country)
                                .queryForObject(
                                        "select count(*) from attachment.received where message = ? and cleared_at is not null",
                                        Integer.class,
                                        message.id().value())
                        > 0);
    }

    @Test
    void s20NothingIsGivenBeyondTheEndOfTheMessage() throws Exception {
        ItemId item = take("xs", content(300));
        MessageReference message = send("xs", "xb", item, Instant.now().plusSeconds(8));
        Attachment here = awaitCame("xb", "xs", message, Attachment.State.COMPLETE);
        RawPeer addressed = new RawPeer(peers.network, "xb");
        String path = "/v1/files/" + here.file() + "/chunks/0";
        assertThat(addressed.get(peers.endpoint("xs"), path).statusCode()).isEqualTo(200);

        Peers.await("over", () -> went("xs", message).state() == Attachment.State.OVER);

        assertThat(addressed.get(peers.endpoint("xs"), path).statusCode()).isEqualTo(404);
        Peers.await("destroyed", () -> evidence("xb").item(AMINA, here.item()).state() == Item.State.DESTROYED);
        Peers.await("destroyed", () -> evidence("xs").item(AMINA, item).state() == Item.State.DESTROYED);
    }

    @Test
    void s12AFileThatIsClosedIsGivenToNobody() throws Exception {
        ItemId item = take("xs", content(400));
        MessageReference message = send("xs", "xb", item);
        Attachment here = awaitCame("xb", "xs", message, Attachment.State.COMPLETE);

        evidence("xs").restrict(AMINA, item);

        var answer =
                new RawPeer(peers.network, "xb").get(peers.endpoint("xs"), "/v1/files/" + here.file() + "/chunks/0");
        assertThat(answer.statusCode()).isEqualTo(404);
    }

    @Test
    void whatTravelsOpensUnderTheKeyOfTheMessage() throws Exception {
        MessageReference message = send("xs", "xb", take("xs", "hello".getBytes(StandardCharsets.UTF_8)));
        awaitCame("xb", "xs", message, Attachment.State.COMPLETE);
        FileManifest manifest = manifest(message);
        byte[] chunk = new RawPeer(peers.network, "xb")
                .get(
                        peers.endpoint("xs"),
                        "/v1/files/" + came("xb", "xs", message).orElseThrow().file() + "/chunks/0")
                .body();

        assertThat(RawPeer.PROFILE.openUnder(chunk, manifest.key()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("hello");
    }
}
