package org.sharaka.protocol.message;

import static org.sharaka.protocol.Network.BORDURIA;
import static org.sharaka.protocol.Network.KHEMED;
import static org.sharaka.protocol.Network.NOON;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.Limits;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Network;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.Twins;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.Certificate;
import org.sharaka.protocol.cms.FileKey;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.file.FileManifest;
import org.sharaka.protocol.file.FileSealer;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.roster.Equivocation;
import org.sharaka.protocol.roster.Member;
import org.sharaka.protocol.roster.Role;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.roster.SignedRoster;
import org.sharaka.protocol.roster.Status;
import org.sharaka.protocol.tree.GrowingTree;
import org.sharaka.protocol.tree.TreeHash;

/**
 * Makes the test vectors of docs/protocol.md section 13, accepted and refused. Keys are new each time and public with the
 * vectors; they protect nothing.
 */
final class Vectors extends Cases {
    private static final MemberId OBSERVER = new MemberId("xo-institute");
    private static final MemberId SUSPENDED = new MemberId("xp-ncb");

    private final RosterHistory rosters = founded(network);
    private final Roster roster = rosters.current();

    /** The roster of a network that was founded anew: three bureaux that vote, one that is suspended, and an observer. */
    static RosterHistory founded(Network network) {
        Roster roster = Network.roster(
                3,
                Optional.of(Hash.of(new byte[0])),
                NOON.minus(Duration.ofDays(30)),
                List.of(
                        network.bureau(SYLDAVIA),
                        network.bureau(BORDURIA),
                        network.bureau(KHEMED),
                        network.member(OBSERVER, Role.OBSERVER, Status.ACTIVE),
                        network.member(SUSPENDED, Role.BUREAU, Status.SUSPENDED)));
        return RosterHistory.found(network.signed(roster, SYLDAVIA, BORDURIA, KHEMED), roster.hash(), NOON);
    }

    /** Every file by its name. */
    static Map<String, byte[]> make() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("messages.json", new Vectors().messages());
        files.put("onward-files.json", new Vectors().onwardFiles());
        files.put("receipts.json", new Vectors().receipts());
        files.put("founding.json", new Vectors().founding());
        files.put("rosters.json", new Vectors().rosters());
        files.put("equivocations.json", new Vectors().equivocations());
        files.put("checkpoints.json", new Vectors().checkpoints());
        files.put("files.json", new Vectors().files());
        files.put("epochs.json", new Epochs().file());
        files.put("orders.json", new Orders().orders());
        files.put("order-answers.json", new Orders().answers());
        files.put("heads.json", new Heads().file());
        files.put("file-reports.json", new Reports().file());
        files.put("transport.json", new Bodies().file());
        return files;
    }

    private JsonBuilder file(String about, Instant now) {
        return JsonBuilder.object()
                .with("about", about)
                .with("now", Time.format(now))
                .with("pin", roster.hash().toString())
                .with("roster", rosters.signed().get(0).encoded());
    }

    private byte[] messages() throws IOException {
        Message plain = Letters.letter(network, SYLDAVIA, BORDURIA, roster);
        SignedMessage signed = Letters.sign(network, plain);
        byte[] content = Letters.seal(network, signed).content();
        accepted("a letter", Letters.seal(network, signed).encoded());
        accepted("the same letter, sealed again", Letters.seal(network, signed).encoded());
        accepted("all handling codes, evaluation, Arabic, a file", seal(rich(network, roster)));
        accepted("sealed to the subject key identifier", wire(signed.message().header(), namedByKey(content)));
        SignedMessage toKhemed = Letters.sign(network, Letters.letter(network, SYLDAVIA, KHEMED, roster));
        accepted("shared onward", seal(Letters.share(network, KHEMED, BORDURIA, roster, toKhemed)));
        accepted(
                "through as many hands as may be",
                Letters.seal(network, passedOn(toKhemed, 4)).encoded());
        wireRefusals(signed, content);
        signerRefusals(plain);
        onwardRefusals(signed, toKhemed);
        documentRefusals(plain);
        return arriving("Sealed messages as they arrive at xb-ncb.");
    }

    private byte[] arriving(String about) {
        OwnKey sealing = network.keys(BORDURIA).of(KeyUse.SEALING);
        return pretty(file(about, NOON)
                .with("us", BORDURIA.value())
                .with("sealingCertificate", sealing.certificate().der())
                .with("sealingKeyForTestsOnly", sealing.pkcs8()));
    }

    private byte[] onwardFiles() throws IOException {
        FileManifest one = note("one");
        FileManifest two = note("two");
        SignedMessage original = Letters.withFiles(network, SYLDAVIA, KHEMED, roster, List.of(one, two));
        accepted("shared with both files", onward(original, one, two));
        accepted("shared with one of them", onward(original, two));
        accepted("shared without them", onward(original));
        refused("with a file of the second's own", onward(original, one, note("mine")), Refusal.FILE_NOT_ENCLOSED);
        refused("under another key", onward(original, otherKey(one)), Refusal.FILE_NOT_ENCLOSED);
        refused("under another name", onward(original, renamed(one)), Refusal.FILE_NOT_ENCLOSED);
        SignedMessage second = Letters.sign(network, Letters.shareWith(network, KHEMED, SYLDAVIA, roster, original));
        refused(
                "with a file that did not come along to the second",
                seal(Letters.shareWith(network, SYLDAVIA, BORDURIA, roster, second, one)),
                Refusal.FILE_NOT_ENCLOSED);
        return arriving("Messages shared onward with files, as they arrive at xb-ncb.");
    }

    private byte[] onward(SignedMessage original, FileManifest... files) {
        return seal(Letters.shareWith(network, KHEMED, BORDURIA, roster, original, files));
    }

    private FileManifest note(String text) throws IOException {
        return new FileSealer(network.profile)
                .seal(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                        FileKey.random(network.random),
                        text + ".txt",
                        "text/plain",
                        (place, bytes) -> {});
    }

    private FileManifest otherKey(FileManifest file) {
        return new FileManifest(
                FileKey.of(file.key().id(), FileKey.random(network.random).bytes()),
                file.name(),
                file.mediaType(),
                file.sizeBytes(),
                file.sha256(),
                file.chunks());
    }

    private static FileManifest renamed(FileManifest file) {
        return new FileManifest(
                file.key(), "other.txt", file.mediaType(), file.sizeBytes(), file.sha256(), file.chunks());
    }

    static Message rich(Network network, Roster roster) throws IOException {
        Handling handling = new Handling(
                SYLDAVIA,
                "investigation",
                "malabo-2014",
                Optional.of("sextortion"),
                Set.of(HandlingCode.values()),
                Optional.of("لا تتصلوا بالضحية."),
                Set.of(BORDURIA, KHEMED),
                NOON.plus(Duration.ofDays(90)));
        FileManifest file = new FileSealer(network.profile)
                .seal(
                        new ByteArrayInputStream("evidence".getBytes(StandardCharsets.UTF_8)),
                        FileKey.random(network.random),
                        "محادثة.txt",
                        "text/plain",
                        (place, bytes) -> {});
        return new Message(
                Letters.header(network, SYLDAVIA, BORDURIA, roster),
                handling,
                Optional.of(new Evaluation(Evaluation.Source.B, Evaluation.Information.CORROBORATED)),
                Letters.text("الحساب 0612345678 \u20ac \ud83d\udcde \"\\\u0001"),
                List.of(file),
                Optional.empty());
    }

    private void wireRefusals(SignedMessage signed, byte[] content) {
        Header header = signed.message().header();
        byte[] wire = Letters.seal(network, signed).encoded();
        byte[] flipped = wire.clone();
        flipped[flipped.length - 1] ^= 1;
        refused("ciphertext unlike its hash", flipped, Refusal.HEADER_MISMATCH);
        byte[] broken = content.clone();
        broken[broken.length - 1] ^= 1;
        refused("tag altered, hash made to fit", wire(header, broken), Refusal.SEAL_BROKEN);
        refused("cut off", Arrays.copyOf(wire, wire.length - 1), Refusal.FIELD_MISSING);
        refused("something follows", Arrays.copyOf(wire, wire.length + 1), Refusal.TOO_LARGE);
        refused(
                "a clear header of 2 GB",
                ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array(),
                Refusal.TOO_LARGE);
        refused(
                "clear sender differs",
                wire(header, KHEMED, BORDURIA, header.sent(), content),
                Refusal.HEADER_MISMATCH);
        refused(
                "clear time differs",
                wire(header, SYLDAVIA, BORDURIA, header.sent().plusMillis(1), content),
                Refusal.HEADER_MISMATCH);
        refused(
                "to another member",
                wire(header, SYLDAVIA, KHEMED, header.sent(), content),
                Refusal.NOT_ADDRESSED_TO_US);
        byte[] toAnother = SealedMessage.seal(
                        signed, network.keys(KHEMED).of(KeyUse.SEALING).certificate(), network.profile)
                .content();
        refused("sealed to another's key", wire(header, toAnother), Refusal.NOT_SEALED_TO_US);
        byte[] notCms = "not CMS".getBytes(StandardCharsets.US_ASCII);
        refused("not DER", wire(header, notCms), Refusal.NOT_DER);
        refused(
                "an ephemeral point that is not on the curve",
                wire(header, Seals.offCurve(content)),
                Refusal.NOT_PROFILE);
        refused("with user keying material", wire(header, Seals.withKeyingMaterial(content)), Refusal.NOT_PROFILE);
        refused("signed but not sealed", wire(header, signed.signed().der()), Refusal.NOT_PROFILE);
    }

    /** The same seal, which names the key that it is for by its identifier. */
    private byte[] namedByKey(byte[] content) {
        return Seals.namedByKey(
                content, network.keys(BORDURIA).of(KeyUse.SEALING).certificate());
    }

    private static byte[] wire(Header header, byte[] content) {
        return wire(header, SYLDAVIA, BORDURIA, header.sent(), content);
    }

    private static byte[] wire(Header header, MemberId sender, MemberId recipient, Instant sent, byte[] content) {
        byte[] clear =
                new ClearHeader(header.id(), sender, recipient, sent, content.length, Hash.of(content)).canonical();
        return ByteBuffer.allocate(4 + clear.length + content.length)
                .putInt(clear.length)
                .put(clear)
                .put(content)
                .array();
    }

    private void signerRefusals(Message plain) {
        refused("signed by another member", sealAs(plain, KHEMED, KeyUse.SIGNING), Refusal.CERTIFICATE_NOT_LISTED);
        refused("signed with the TLS key", sealAs(plain, SYLDAVIA, KeyUse.TLS), Refusal.CERTIFICATE_NOT_LISTED);
        MemberId stranger = new MemberId("xz-ncb");
        refused("from a stranger", seal(Letters.letter(network, stranger, BORDURIA, roster)), Refusal.SENDER_UNKNOWN);
        Roster next = Network.after(roster, roster.members());
        refused(
                "under a roster to come",
                seal(Letters.letter(network, SYLDAVIA, BORDURIA, next)),
                Refusal.ROSTER_NOT_KNOWN_YET);
        Roster fork = Network.roster(3, roster.previous(), roster.issued().plusSeconds(1), roster.members());
        refused(
                "under a forked roster",
                seal(Letters.letter(network, SYLDAVIA, BORDURIA, fork)),
                Refusal.ROSTER_DIFFERS);
        refused(
                "from the future",
                seal(at(NOON.plus(Duration.ofMinutes(6)), Duration.ofDays(1))),
                Refusal.SENT_IN_FUTURE);
        refused(
                "before its certificate was valid",
                seal(at(NOON.minus(Duration.ofDays(101)), Duration.ofDays(90))),
                Refusal.CERTIFICATE_NOT_VALID);
        refused(
                "from an observer",
                seal(Letters.letter(network, OBSERVER, BORDURIA, roster)),
                Refusal.SENDER_NOT_ACTIVE);
        refused(
                "from a suspended member",
                seal(Letters.letter(network, SUSPENDED, BORDURIA, roster)),
                Refusal.SENDER_NOT_ACTIVE);
        Instant over =
                roster.expires().plus(Duration.ofDays(roster.graceDays())).plusMillis(1);
        refused(
                "after the grace of the roster",
                seal(at(over.minus(Duration.ofDays(1)), Duration.ofDays(30))),
                Refusal.ROSTER_EXPIRED,
                more -> more.with("now", over));
        twins(plain);
        refused("expired", seal(at(NOON.minus(Duration.ofDays(2)), Duration.ofDays(1))), Refusal.EXPIRED);
    }

    /** What a holder could make of a message without its sender's key. */
    private void twins(Message plain) {
        byte[] der = Letters.sign(network, plain).signed().der();
        refused("signature that does not fit", resealed(plain, Twins.wronglySigned(der)), Refusal.SIGNATURE_WRONG);
        refused("n - s for s", resealed(plain, Twins.highS(der)), Refusal.NOT_PROFILE);
        refused("NULL in the digest algorithms", resealed(plain, Twins.digestNull(der)), Refusal.NOT_PROFILE);
        refused("NULL in the signer's digest", resealed(plain, Twins.signersDigestNull(der)), Refusal.NOT_PROFILE);
        refused("signed attributes out of order", resealed(plain, Twins.attributesTurned(der)), Refusal.NOT_DER);
        refused("the signers twice", resealed(plain, Twins.signersTwice(der)), Refusal.NOT_PROFILE);
    }

    private byte[] resealed(Message message, byte[] signed) {
        return wire(message.header(), network.profile.seal(signed, Letters.sealing(network, BORDURIA)));
    }

    private Message at(Instant sent, Duration life) {
        Header header = Letters.header(network, SYLDAVIA, BORDURIA, roster);
        return Message.of(
                new Header(header.id(), SYLDAVIA, BORDURIA, sent, sent.plus(life), header.position(), header.roster()),
                Letters.handling(SYLDAVIA),
                Letters.text("when?"));
    }

    private void onwardRefusals(SignedMessage toUs, SignedMessage toKhemed) {
        refused(
                "shared by one who did not receive it",
                seal(Letters.share(network, KHEMED, BORDURIA, roster, toUs)),
                Refusal.ONWARD_BROKEN);
        SignedMessage strict = Letters.sign(
                network,
                Message.of(
                        Letters.header(network, SYLDAVIA, KHEMED, roster),
                        Letters.handling(SYLDAVIA, HandlingCode.H1),
                        Letters.text("source")));
        refused(
                "shared with a code dropped",
                seal(new Message(
                        Letters.header(network, KHEMED, BORDURIA, roster),
                        Letters.handling(SYLDAVIA),
                        Optional.empty(),
                        Letters.text("look"),
                        List.of(),
                        Optional.of(strict.signed()))),
                Refusal.HANDLING_WEAKENED);
        refused(
                "through five hands",
                Letters.seal(network, passedOn(toKhemed, 5)).encoded(),
                Refusal.ONWARD_TOO_LONG);
        SignedMessage forKhemed = Letters.sign(
                network,
                Message.of(
                        Letters.header(network, SYLDAVIA, KHEMED, roster),
                        permitting(KHEMED),
                        Letters.text("for you")));
        refused(
                "shared with one whom the originator does not permit",
                seal(new Message(
                        Letters.header(network, KHEMED, BORDURIA, roster),
                        permitting(KHEMED, BORDURIA),
                        Optional.empty(),
                        Letters.text("for you too"),
                        List.of(),
                        Optional.of(forKhemed.signed()))),
                Refusal.RECIPIENT_NOT_PERMITTED);
        refused(
                "an enclosed signature that does not fit",
                seal(Letters.share(
                        network,
                        KHEMED,
                        BORDURIA,
                        roster,
                        SignedMessage.read(SignedData.parse(
                                Twins.wronglySigned(toKhemed.signed().der()))))),
                Refusal.SIGNATURE_WRONG);
    }

    private static Handling permitting(MemberId... members) {
        return new Handling(
                SYLDAVIA,
                "investigation",
                "budapest-2001",
                Optional.empty(),
                Set.of(),
                Optional.empty(),
                Set.of(members),
                NOON.plus(Duration.ofDays(10)));
    }

    /** From the second hand to us, with so many messages enclosed. */
    private SignedMessage passedOn(SignedMessage toKhemed, int enclosed) {
        SignedMessage at = toKhemed;
        for (int i = 1; i <= enclosed; i++) {
            MemberId from = at.message().header().recipient();
            MemberId to = i == enclosed ? BORDURIA : from.equals(KHEMED) ? SYLDAVIA : KHEMED;
            at = Letters.sign(network, Letters.share(network, from, to, roster, at));
        }
        return at;
    }

    /** Documents that an honest node does not write, properly signed and sealed. */
    private void documentRefusals(Message plain) {
        String json = new String(plain.canonical(), StandardCharsets.UTF_8);
        refused("white space", forge(plain, json + " "), Refusal.NOT_CANONICAL);
        refused("a name twice", forge(plain, json.replaceFirst("\\{", "{\"content\":1,")), Refusal.NOT_JSON);
        refused("a fraction", forge(plain, json.replace("\"epoch\":1", "\"epoch\":1.5")), Refusal.NUMBER_NOT_WHOLE);
        refused("an unknown field", forge(plain, json.replaceFirst("\\{", "{\"a\":1,")), Refusal.FIELD_UNKNOWN);
        refused(
                "no purpose",
                forge(
                        plain,
                        json.replace("\"purpose\":\"investigation\",", "")
                                .replace(",\"purpose\":\"investigation\"", "")),
                Refusal.FIELD_MISSING);
        refused(
                "five handling codes",
                forge(plain, json.replace("[\"H0\"]", "[\"H0\",\"H0\",\"H0\",\"H0\",\"H0\"]")),
                Refusal.TOO_MANY);
        refused("H3 without remarks", forge(plain, json.replace("[\"H0\"]", "[\"H0\",\"H3\"]")), Refusal.FIELD_WRONG);
        refused(
                "a recipient whom its handling does not permit",
                forge(plain, json.replace("\"purpose\":", "\"permitted\":[\"xk-ncb\"],\"purpose\":")),
                Refusal.RECIPIENT_NOT_PERMITTED);
        refused(
                "an expiry before it was sent",
                forge(plain, json.replace(Time.format(plain.header().expires()), "2026-11-24T11:59:59.999Z")),
                Refusal.FIELD_WRONG);
        refused(
                "a day that is none",
                forge(plain, json.replace(Time.format(plain.header().expires()), "2026-11-31T12:00:00.000Z")),
                Refusal.FIELD_WRONG);
        refused("epoch 0", forge(plain, json.replace("\"epoch\":1", "\"epoch\":0")), Refusal.FIELD_WRONG);
        refused(
                "a later format",
                forge(plain, json.replace("\"format\":1,\"handling\"", "\"format\":2,\"handling\"")),
                Refusal.FORMAT_UNKNOWN);
        refused(
                "another's data without proof",
                forge(plain, json.replace("\"originator\":\"xs-ncb\"", "\"originator\":\"xk-ncb\"")),
                Refusal.ORIGINATOR_WRONG);
        String deep = "{\"a\":".repeat(Limits.JSON_DEPTH) + "1" + "}".repeat(Limits.JSON_DEPTH);
        refused(
                "too deep",
                forge(plain, json.replace("\"body\":{", "\"body\":{\"deep\":" + deep + ",")),
                Refusal.TOO_DEEP);
    }

    private byte[] forge(Message plain, String json) {
        byte[] signed = network.profile.sign(bytes(json), network.keys(SYLDAVIA).of(KeyUse.SIGNING));
        return resealed(plain, signed);
    }

    private byte[] seal(Message message) {
        return Letters.seal(network, Letters.sign(network, message)).encoded();
    }

    private byte[] sealAs(Message message, MemberId signer, KeyUse use) {
        return Letters.seal(
                        network,
                        SignedMessage.sign(message, network.keys(signer).of(use), network.profile))
                .encoded();
    }

    private byte[] receipts() {
        MessageReference message = Letters.sign(network, Letters.letter(network, SYLDAVIA, BORDURIA, roster))
                .reference();
        Position place = Letters.header(network, SYLDAVIA, BORDURIA, roster).position();
        ReceiptBatch all = batch(
                BORDURIA,
                SYLDAVIA,
                List.of(
                        Receipt.delivered(message, NOON),
                        Receipt.accepted(message, NOON),
                        Receipt.refused(message, Refusal.EXPIRED, NOON),
                        Receipt.acted(message, Optional.of("تم تجميد الحساب."), NOON),
                        Receipt.skipped(message, place, NOON)));
        accepted("every state", sign(all, BORDURIA));
        refused("signed by another", sign(all, KHEMED), Refusal.CERTIFICATE_NOT_LISTED);
        refused(
                "for another member",
                sign(batch(BORDURIA, KHEMED, all.receipts()), BORDURIA),
                Refusal.NOT_ADDRESSED_TO_US);
        String json = new String(SignedData.parse(sign(all, BORDURIA)).content(), StandardCharsets.UTF_8);
        refused("a refusal without its code", forge(json.replace("\"refusal\":\"expired\",", "")), Refusal.FIELD_WRONG);
        refused("an unknown state", forge(json.replace("\"delivered\"", "\"eaten\"")), Refusal.FIELD_WRONG);
        byte[] altered = sign(all, BORDURIA);
        altered[new String(altered, StandardCharsets.ISO_8859_1).indexOf("expired")] = 'i';
        refused("altered after signing", altered, Refusal.SIGNATURE_WRONG);
        refused("n - s for s", Twins.highS(sign(all, BORDURIA)), Refusal.NOT_PROFILE);
        accepted("acted without a sentence", forge(json.replace("\"sentence\":\"تم تجميد الحساب.\",", "")));
        refused("no receipts", forge(json.replaceFirst("\"receipts\":\\[.*],", "")), Refusal.FIELD_MISSING);
        return pretty(
                file("Receipts as they arrive at xs-ncb, not sealed.", NOON).with("us", SYLDAVIA.value()));
    }

    private byte[] forge(String json) {
        return network.profile.sign(bytes(json), network.keys(BORDURIA).of(KeyUse.SIGNING));
    }

    private ReceiptBatch batch(MemberId from, MemberId to, List<Receipt> receipts) {
        return new ReceiptBatch(from, to, NOON, RosterReference.to(roster), receipts);
    }

    private byte[] sign(ReceiptBatch batch, MemberId by) {
        return batch.sign(network.keys(by).of(KeyUse.SIGNING), network.profile);
    }

    private byte[] rosters() {
        MemberId fourth = new MemberId("xn-ncb");
        Roster next = Network.after(roster, Network.replace(roster.members(), network.bureau(fourth)));
        accepted("a fourth member, signed by two of three and by itself", roster(next, SYLDAVIA, BORDURIA, fourth));
        accepted("the one in force again", rosters.signed().get(0).encoded());
        refused("signed by one of three", roster(next, SYLDAVIA, fourth), Refusal.ROSTER_TOO_FEW_SIGNATURES);
        Roster plain = Network.after(roster, roster.members());
        refused("signed by a stranger too", roster(plain, SYLDAVIA, BORDURIA, fourth), Refusal.ROSTER_STRANGER_SIGNED);
        SignedRoster moved =
                new SignedRoster(plain, network.signed(next, SYLDAVIA, BORDURIA).signatures());
        refused("with signatures of another", moved.encoded(), Refusal.SIGNATURE_WRONG);
        Roster fork = Network.roster(3, roster.previous(), roster.issued().plusSeconds(1), roster.members());
        refused("another first one", roster(fork, SYLDAVIA, BORDURIA, KHEMED), Refusal.ROSTER_FORKED);
        Roster unchained = Network.roster(4, Optional.of(Hash.of(new byte[0])), NOON, roster.members());
        refused("after one that never was", roster(unchained, SYLDAVIA, BORDURIA), Refusal.ROSTER_WRONGLY_CHAINED);
        Roster early = Network.roster(4, Optional.of(roster.hash()), NOON.plus(Duration.ofDays(60)), roster.members());
        refused("dated tomorrow", roster(early, SYLDAVIA, BORDURIA), Refusal.ROSTER_NOT_YET_ISSUED);
        Roster older = Network.roster(2, Optional.of(Hash.of(new byte[0])), NOON, roster.members());
        refused("an older one", roster(older, SYLDAVIA, BORDURIA), Refusal.ROSTER_ROLLED_BACK);
        String json = new String(roster(plain, SYLDAVIA, BORDURIA), StandardCharsets.UTF_8);
        refused("signatures out of order", bytes(turned(json)), Refusal.FIELD_WRONG);
        refused("a signing certificate for sealing", bytes(forSealing(json)), Refusal.CERTIFICATE_UNSUITABLE);
        refused(
                "a threshold of half",
                bytes(json.replace("\"threshold\":2", "\"threshold\":1")),
                Refusal.ROSTER_UNSOUND);
        refused("not canonical", bytes(json + "\n"), Refusal.NOT_CANONICAL);
        refused(
                "a member without its Arabic name",
                bytes(json.replaceFirst("\"ar\":\"[^\"]*\",", "")),
                Refusal.FIELD_MISSING);
        Member observer = network.member(fourth, Role.OBSERVER, Status.ACTIVE);
        Roster observed = Network.after(roster, Network.replace(roster.members(), observer));
        refused("signed by an observer", roster(observed, SYLDAVIA, BORDURIA, fourth), Refusal.ROSTER_STRANGER_SIGNED);
        renewal();
        return pretty(file("Rosters as they come to a member that has the founding one.", NOON));
    }

    /** Khemed lists a second roster key beside the first, and both sign. */
    private void renewal() {
        OwnKey former = network.keys(KHEMED).of(KeyUse.ROSTER);
        OwnKey fresh = network.newKey(KHEMED, KeyUse.ROSTER);
        Member khemed = network.bureau(KHEMED);
        Map<KeyUse, List<Certificate>> certificates = new EnumMap<>(khemed.certificates());
        certificates.put(KeyUse.ROSTER, List.of(former.certificate(), fresh.certificate()));
        Roster renewed = Network.after(
                roster,
                Network.replace(
                        roster.members(),
                        new Member(
                                khemed.id(),
                                khemed.country(),
                                khemed.names(),
                                khemed.role(),
                                khemed.status(),
                                khemed.endpoints(),
                                certificates,
                                khemed.logKeys(),
                                khemed.cosignerKeys())));
        SignedRoster signed = network.signed(renewed, SYLDAVIA).sign(KHEMED, fresh, network.profile);
        refused("a new roster key alone, and one of three", signed.encoded(), Refusal.ROSTER_TOO_FEW_SIGNATURES);
        accepted(
                "a new roster key beside the one that it renews",
                signed.sign(KHEMED, former, network.profile).encoded());
    }

    private static String turned(String json) {
        int at = json.indexOf("\"signatures\":[") + "\"signatures\":[".length();
        int end = json.lastIndexOf("],\"type\"");
        int between = json.indexOf("},{", at) + 1;
        return json.substring(0, at)
                + json.substring(between + 1, end)
                + ","
                + json.substring(at, between)
                + json.substring(end);
    }

    private String forSealing(String json) {
        Network.Keys keys = network.keys(SYLDAVIA);
        return json.replace(base64(keys.of(KeyUse.SEALING)), base64(network.newKey(SYLDAVIA, KeyUse.SIGNING)));
    }

    private static String base64(OwnKey key) {
        return Base64.getEncoder().encodeToString(key.certificate().der());
    }

    private byte[] roster(Roster next, MemberId... by) {
        return network.signed(next, by).encoded();
    }

    private byte[] checkpoints() {
        NoteSigner log = network.keys(SYLDAVIA).log();
        GrowingTree tree = new GrowingTree();
        for (int i = 0; i < 7; i++) tree.add(TreeHash.leaf(new byte[] {(byte) i}));
        SignedNote note = log.sign(new Checkpoint(log.key().name(), tree.head(), List.of()));
        String text = new String(note.encoded(), StandardCharsets.UTF_8);
        accepted("seven entries", note.encoded());
        accepted("with a signature by nobody we know", bytes(text + "\u2014 elsewhere.example/w AAAAAAAAAAAAAAAA\n"));
        refused("another size", bytes(text.replace("\n7\n", "\n8\n")), Refusal.SIGNATURE_WRONG);
        refused("another origin", bytes(text.replaceFirst("xs-ncb", "xs-mcb")), Refusal.CHECKPOINT_NOT_SIGNED);
        refused("size with a leading zero", bytes(text.replace("\n7\n", "\n07\n")), Refusal.CHECKPOINT_MALFORMED);
        SignedNote cosigned = cosigned(note, log, network.keys(BORDURIA).cosigner());
        accepted("cosigned", cosigned.encoded());
        refused("no blank line", bytes(text.replace("\n\n", "\n")), Refusal.NOTE_MALFORMED);
        NoteSigner other = network.keys(KHEMED).log();
        refused(
                "another log's",
                other.sign(new Checkpoint(other.key().name(), tree.head(), List.of()))
                        .encoded(),
                Refusal.CHECKPOINT_NOT_SIGNED);
        return pretty(file("Checkpoints as they come from xs-ncb.", NOON)
                .with("logKey", log.key().toString()));
    }

    private byte[] files() throws IOException {
        FileKey key = FileKey.random(network.random);
        byte[] clear = "evidence, a short one".getBytes(StandardCharsets.US_ASCII);
        List<byte[]> chunks = new ArrayList<>();
        FileManifest manifest = new FileSealer(network.profile)
                .seal(
                        new ByteArrayInputStream(clear),
                        key,
                        "note.txt",
                        "text/plain",
                        (place, bytes) -> chunks.add(bytes));
        accepted("the chunk", chunks.get(0));
        refused("the same content sealed again", network.profile.sealUnder(clear, key), Refusal.CHUNK_WRONG);
        byte[] altered = chunks.get(0).clone();
        altered[altered.length - 1] ^= 1;
        refused("altered", altered, Refusal.CHUNK_WRONG);
        refused("one byte", new byte[1], Refusal.CHUNK_WRONG);
        refused(
                "another file than the message says",
                chunks.get(0),
                Refusal.FILE_WRONG,
                more -> more.with(
                        "manifest",
                        new FileManifest(
                                        key,
                                        manifest.name(),
                                        manifest.mediaType(),
                                        manifest.sizeBytes(),
                                        Hash.of(new byte[0]),
                                        manifest.chunks())
                                .toJson()));
        byte[] longer = network.profile.sealUnder(Arrays.copyOf(clear, clear.length + 1), key);
        refused(
                "longer than the message says",
                longer,
                Refusal.CHUNK_WRONG,
                more -> more.with("manifest", with(manifest, key, longer)));
        byte[] foreign = network.profile.sealUnder(clear, FileKey.random(network.random));
        refused(
                "sealed under another id",
                foreign,
                Refusal.NOT_SEALED_TO_US,
                more -> more.with("manifest", with(manifest, key, foreign)));
        return pretty(file("The first chunk of a file, as anyone may deliver it.", NOON)
                .with("manifest", manifest.toJson())
                .with("clear", clear));
    }

    private static JsonObject with(FileManifest manifest, FileKey key, byte[] sealed) {
        return new FileManifest(
                        key,
                        manifest.name(),
                        manifest.mediaType(),
                        manifest.sizeBytes(),
                        manifest.sha256(),
                        List.of(Hash.of(sealed)))
                .toJson();
    }

    private byte[] founding() {
        Network other = new Network();
        accepted("the one that was agreed", rosters.signed().get(0).encoded());
        refused("that of another network", founded(other).signed().get(0).encoded(), Refusal.ROSTER_NOT_PINNED);
        refused("signed by two of three", roster(roster, SYLDAVIA, BORDURIA), Refusal.ROSTER_TOO_FEW_SIGNATURES);
        refused(
                "signed by one without a vote too",
                roster(roster, SYLDAVIA, BORDURIA, KHEMED, SUSPENDED),
                Refusal.ROSTER_STRANGER_SIGNED);
        return pretty(JsonBuilder.object()
                .with("about", "Founding rosters, as they come to a member that was given the pin.")
                .with("now", NOON)
                .with("pin", roster.hash().toString()));
    }

    private byte[] equivocations() {
        Member newcomer = network.bureau(new MemberId("xn-ncb"));
        Roster with = Network.after(roster, Network.replace(roster.members(), newcomer));
        Roster without = Network.after(roster, roster.members());
        SignedRoster one = network.signed(with, SYLDAVIA, BORDURIA);
        accepted("one signed both", both(one, network.signed(without, SYLDAVIA, KHEMED)));
        refused("nobody signed both", both(one, network.signed(without, KHEMED)), Refusal.EQUIVOCATION_NOT_PROVED);
        refused("one roster", both(one, network.signed(with, SYLDAVIA)), Refusal.EQUIVOCATION_NOT_PROVED);
        Roster later = Network.roster(5, Optional.of(roster.hash()), NOON, roster.members());
        refused("of two versions", both(one, network.signed(later, SYLDAVIA)), Refusal.EQUIVOCATION_NOT_PROVED);
        SignedRoster moved =
                new SignedRoster(without, network.signed(with, SYLDAVIA).signatures());
        refused("with a signature that does not fit", both(one, moved), Refusal.SIGNATURE_WRONG);
        return pretty(file("Proofs that a member signed two rosters, to one that has the founding roster.", NOON));
    }

    private static byte[] both(SignedRoster one, SignedRoster other) {
        return new Equivocation(one, other, Set.of()).encoded();
    }
}
