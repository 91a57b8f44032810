package org.sharaka.protocol.message;

import static org.sharaka.protocol.Network.BORDURIA;
import static org.sharaka.protocol.Network.KHEMED;
import static org.sharaka.protocol.Network.NOON;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Network;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.Time;
import org.sharaka.protocol.Twins;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;
import org.sharaka.protocol.tree.GrowingTree;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;

/** The vectors of declarations by which a member comes back from a backup: as they arrive at one that knows its second epoch. */
final class Epochs extends Cases {
    private static final Instant SECOND = NOON.minus(Duration.ofDays(10));

    private final RosterHistory rosters = network.founded(SYLDAVIA, BORDURIA, KHEMED);
    private final Roster roster = rosters.current();
    private final EpochOpening third = opening(3, NOON, NOON.minus(Duration.ofHours(5)), Optional.of(lastSeen()));

    private SignedNote lastSeen() {
        NoteSigner log = network.keys(SYLDAVIA).log();
        GrowingTree tree = new GrowingTree();
        for (int i = 0; i < 9; i++) tree.add(TreeHash.leaf(new byte[] {(byte) i}));
        return log.sign(new Checkpoint(log.key().name(), tree.head(), List.of()));
    }

    private EpochOpening opening(long epoch, Instant opened, Instant backup, Optional<SignedNote> last) {
        return opening(SYLDAVIA, RosterReference.to(roster), epoch, opened, backup, last);
    }

    private static EpochOpening opening(
            MemberId member,
            RosterReference reference,
            long epoch,
            Instant opened,
            Instant backup,
            Optional<SignedNote> last) {
        return new EpochOpening(
                member, epoch, opened, reference, new TreeHead(7, TreeHash.leaf(new byte[] {7})), backup, last);
    }

    private byte[] signed(EpochOpening opening, MemberId by, KeyUse use) {
        return opening.sign(network.keys(by).of(use), network.profile);
    }

    private byte[] signed(EpochOpening opening) {
        return signed(opening, SYLDAVIA, KeyUse.SIGNING);
    }

    private void forged(String name, String from, String to, Refusal refusal) {
        String json = new String(SignedData.parse(signed(third)).content(), StandardCharsets.UTF_8);
        if (!json.contains(from)) throw new AssertionError(from + " does not stand in " + json);
        byte[] changed = bytes(json.replace(from, to));
        refused(name, network.profile.sign(changed, network.keys(SYLDAVIA).of(KeyUse.SIGNING)), refusal);
    }

    byte[] file() {
        Instant backup = NOON.minus(Duration.ofHours(5));
        byte[] known = signed(opening(2, SECOND, SECOND.minus(Duration.ofDays(1)), Optional.empty()));
        accepted("the next epoch, with the head that peers had seen", signed(third));
        accepted("a higher one, and no peer had seen a head", signed(opening(5, NOON, backup, Optional.empty())));
        refused(
                "another declaration of the known epoch",
                signed(opening(2, NOON, backup, Optional.empty())),
                Refusal.EPOCH_FORKED);
        refused(
                "opened before the known one",
                signed(opening(3, SECOND.minusSeconds(1), SECOND.minus(Duration.ofDays(2)), Optional.empty())),
                Refusal.EPOCH_ROLLED_BACK);
        refused(
                "from the future",
                signed(opening(3, NOON.plus(Duration.ofMinutes(6)), backup, Optional.empty())),
                Refusal.SENT_IN_FUTURE);
        refused("signed by another member", signed(third, KHEMED, KeyUse.SIGNING), Refusal.CERTIFICATE_NOT_LISTED);
        refused("signed with the TLS key", signed(third, SYLDAVIA, KeyUse.TLS), Refusal.CERTIFICATE_NOT_LISTED);
        MemberId stranger = new MemberId("xz-ncb");
        refused(
                "of a stranger",
                signed(
                        opening(stranger, RosterReference.to(roster), 3, NOON, backup, Optional.empty()),
                        stranger,
                        KeyUse.SIGNING),
                Refusal.SENDER_UNKNOWN);
        Roster next = Network.after(roster, roster.members());
        refused(
                "under a roster to come",
                signed(opening(SYLDAVIA, RosterReference.to(next), 3, NOON, backup, Optional.empty())),
                Refusal.ROSTER_NOT_KNOWN_YET);
        refused(
                "under a forked roster",
                signed(opening(
                        SYLDAVIA, new RosterReference(1, Hash.of(new byte[0])), 3, NOON, backup, Optional.empty())),
                Refusal.ROSTER_DIFFERS);
        byte[] altered = signed(third);
        int at = new String(altered, StandardCharsets.ISO_8859_1).indexOf("\"epoch\":3");
        altered[at + "\"epoch\":".length()] = '4';
        refused("altered after signing", altered, Refusal.SIGNATURE_WRONG);
        refused("n - s for s", Twins.highS(signed(third)), Refusal.NOT_PROFILE);
        forged("the first epoch, which nobody declares", "\"epoch\":3", "\"epoch\":1", Refusal.FIELD_WRONG);
        forged(
                "a backup after its restore",
                Time.format(backup),
                Time.format(NOON.plus(Duration.ofSeconds(1))),
                Refusal.FIELD_WRONG);
        forged("a size below zero", "\"size\":7", "\"size\":-7", Refusal.FIELD_WRONG);
        forged("without the restored head", "\"restored\":", "\"restorer\":", Refusal.FIELD_MISSING);
        forged("a field of another format", "\"epoch\":3,", "\"epoch\":3,\"extra\":1,", Refusal.FIELD_UNKNOWN);
        forged("not canonical", "\"epoch\":3", "\"epoch\": 3", Refusal.NOT_CANONICAL);
        forged("a head that is no note", "\"lastCosigned\":\"", "\"lastCosigned\":\"AAAA", Refusal.NOTE_MALFORMED);
        String root = TreeHash.leaf(new byte[] {7}).toString();
        forged("a root in another spelling", root, otherSpelling(root), Refusal.FIELD_WRONG);
        refused("receipts", receipts(), Refusal.FORMAT_UNKNOWN);
        return pretty(JsonBuilder.object()
                .with("about", "Declarations of an epoch as xs-ncb brings them to a member that knows one of it.")
                .with("now", Time.format(NOON))
                .with("pin", roster.hash().toString())
                .with("roster", rosters.signed().get(0).encoded())
                .with("known", known));
    }

    /** The last two bits before the padding say nothing, and may not differ. */
    private static String otherSpelling(String base64) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        int last = base64.length() - 2;
        char changed = alphabet.charAt(alphabet.indexOf(base64.charAt(last)) ^ 1);
        return base64.substring(0, last) + changed + "=";
    }

    private byte[] receipts() {
        MessageReference message = Letters.sign(network, Letters.letter(network, BORDURIA, SYLDAVIA, roster))
                .reference();
        return new ReceiptBatch(
                        SYLDAVIA, BORDURIA, NOON, RosterReference.to(roster), List.of(Receipt.accepted(message, NOON)))
                .sign(network.keys(SYLDAVIA).of(KeyUse.SIGNING), network.profile);
    }
}
