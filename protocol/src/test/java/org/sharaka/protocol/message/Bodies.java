package org.sharaka.protocol.message;

import static org.sharaka.protocol.Network.BORDURIA;
import static org.sharaka.protocol.Network.KHEMED;
import static org.sharaka.protocol.Network.NOON;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.MemberId;
import org.sharaka.protocol.Refusal;
import org.sharaka.protocol.checkpoint.Checkpoint;
import org.sharaka.protocol.checkpoint.NoteSigner;
import org.sharaka.protocol.checkpoint.SeenHeads;
import org.sharaka.protocol.checkpoint.SignedNote;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.json.JsonBuilder;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.transport.Answer;
import org.sharaka.protocol.transport.CollectRequest;
import org.sharaka.protocol.transport.Collection;
import org.sharaka.protocol.transport.KnownOpening;
import org.sharaka.protocol.transport.Problem;
import org.sharaka.protocol.transport.SignedBytes;
import org.sharaka.protocol.transport.TransportLimits;
import org.sharaka.protocol.tree.TreeHash;
import org.sharaka.protocol.tree.TreeHead;

/** The vectors of bodies of requests and answers; what is signed in them is not verified. */
final class Bodies extends Cases {
    private final Roster roster = Vectors.founded(network).current();
    private final SignedMessage letter = Letters.sign(network, Letters.letter(network, SYLDAVIA, BORDURIA, roster));
    private final SignedBytes receipts = new SignedBytes(new ReceiptBatch(
                    BORDURIA,
                    SYLDAVIA,
                    NOON,
                    RosterReference.to(roster),
                    List.of(Receipt.delivered(letter.reference(), NOON)))
            .sign(network.keys(BORDURIA).of(KeyUse.SIGNING), network.profile));

    private void accepted(String kind, String name, byte[] input) {
        add(name, input, "accepted", more -> more.with("kind", kind));
    }

    private void refused(String kind, String name, byte[] input, Refusal refusal) {
        add(name, input, refusal.code(), more -> more.with("kind", kind));
    }

    byte[] file() {
        answers();
        collections();
        heads();
        accepted("collect", "the first time", new CollectRequest(Optional.empty()).encoded());
        byte[] next = new CollectRequest(Optional.of(Hash.of(receipts.der()))).encoded();
        accepted("collect", "with what came last", next);
        refused("collect", "larger than it may be", new byte[TransportLimits.COLLECT_BYTES + 1], Refusal.TOO_LARGE);
        accepted("opening", "none known", new KnownOpening(Optional.empty()).encoded());
        accepted("problem", "not now", new Problem("not-now").encoded());
        refused(
                "problem",
                "no code",
                bytes(text(new Problem("not-now").encoded()).replace("not-now", "Not now")),
                Refusal.FIELD_WRONG);
        return pretty(JsonBuilder.object().with("about", "Bodies of section 15.2, by kind."));
    }

    private void answers() {
        Answer.Undecided undecided =
                new Answer.Undecided(letter.message().header().id(), "queue-full");
        byte[] both = new Answer(Optional.of(receipts), List.of(undecided)).encoded();
        accepted("answer", "receipts, and one undecided", both);
        accepted("answer", "nothing", new Answer(Optional.empty(), List.of()).encoded());
        refused(
                "answer",
                "none undecided, in so many words",
                bytes(text(both).replaceFirst("\\[\\{.*}]", "[]")),
                Refusal.FIELD_WRONG);
        refused(
                "answer",
                "a field that it does not have",
                bytes(text(both).replace("{\"format\"", "{\"a\":1,\"format\"")),
                Refusal.FIELD_UNKNOWN);
        refused("answer", "not canonical", bytes(text(both) + "\n"), Refusal.NOT_CANONICAL);
    }

    private void collections() {
        List<SealedMessage> messages = List.of(Letters.seal(network, letter));
        byte[] both = new Collection(Optional.of(receipts), false, messages).encoded();
        accepted("collection", "receipts and a message", both);
        SignedBytes sealed = new SignedBytes(network.profile.seal(receipts.der(), Letters.sealing(network, SYLDAVIA)));
        accepted("collection", "sealed receipts", new Collection(Optional.of(sealed), true, List.of()).encoded());
        accepted("collection", "a message alone", new Collection(Optional.empty(), false, messages).encoded());
        refused("collection", "nothing at all", new byte[0], Refusal.FIELD_MISSING);
        refused("collection", "another kind of receipts", new byte[] {3}, Refusal.FIELD_WRONG);
        refused("collection", "cut off in its message", Arrays.copyOf(both, both.length - 1), Refusal.FIELD_MISSING);
        refused("collection", "cut off in its receipts", Arrays.copyOf(both, 20), Refusal.FIELD_MISSING);
        refused("collection", "receipts of 2 GB", new byte[] {1, 127, -1, -1, -1}, Refusal.TOO_LARGE);
    }

    private void heads() {
        accepted("heads", "none", new SeenHeads(Map.of()).encoded());
        byte[] two = new SeenHeads(Map.of(SYLDAVIA, head(SYLDAVIA), KHEMED, head(KHEMED))).encoded();
        accepted("heads", "two", two);
        refused(
                "heads",
                "out of order",
                bytes(text(two).replaceFirst("\\[(\\{.*}),(\\{.*})]", "[$2,$1]")),
                Refusal.FIELD_WRONG);
        refused("heads", "of epoch 0", bytes(text(two).replace("\"epoch\":1", "\"epoch\":0")), Refusal.FIELD_WRONG);
    }

    private SeenHeads.Head head(MemberId member) {
        NoteSigner log = network.keys(member).log();
        SignedNote note =
                log.sign(new Checkpoint(log.key().name(), new TreeHead(1, TreeHash.leaf(new byte[0])), List.of()));
        return new SeenHeads.Head(1, cosigned(note, log, network.keys(BORDURIA).cosigner()));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
