package org.sharaka.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sharaka.protocol.Network.BORDURIA;
import static org.sharaka.protocol.Network.KHEMED;
import static org.sharaka.protocol.Network.NOON;
import static org.sharaka.protocol.Network.SYLDAVIA;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sharaka.protocol.Network;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.Seeds;
import org.sharaka.protocol.cms.KeyUse;
import org.sharaka.protocol.cms.OwnKey;
import org.sharaka.protocol.cms.SignedData;
import org.sharaka.protocol.json.Json;
import org.sharaka.protocol.json.JsonValue;
import org.sharaka.protocol.json.JsonValue.JsonObject;
import org.sharaka.protocol.roster.Roster;
import org.sharaka.protocol.roster.RosterHistory;

/** A member or a wire that lies: whatever was changed is refused with a code, never accepted, never a bug. */
class HostileMessagePropertyTest {
    private final Network network = new Network();
    private final RosterHistory rosters = network.founded(SYLDAVIA, BORDURIA, KHEMED);
    private final Roster roster = rosters.current();
    private final Reader reader = new Reader(network.profile, rosters);
    private final List<OwnKey> ours = List.of(network.keys(BORDURIA).of(KeyUse.SEALING));
    private final SignedMessage signed = Letters.sign(network, Letters.letter(network, SYLDAVIA, BORDURIA, roster));

    @Test
    void noBitOfASealedMessageCanBeChanged() {
        byte[] wire = Letters.seal(network, signed).encoded();
        Seeds.forEach(400, random -> {
            byte[] changed = mutate(wire, random);
            if (Arrays.equals(changed, wire)) return;

            assertThat(accepted(() -> reader.open(SealedMessage.parse(changed), BORDURIA, ours, NOON)))
                    .isFalse();
        });
    }

    /** The ciphertext's hash protects only until somebody computes it anew; the tag holds without it. */
    @Test
    void noBitOfTheSealedContentCanBeChangedEvenWithAFittingHash() {
        byte[] content = Letters.seal(network, signed).content();
        Seeds.forEach(400, random -> {
            byte[] changed = mutate(content, random);
            if (Arrays.equals(changed, content)) return;

            assertThat(accepted(() -> network.profile.open(changed, ours))).isFalse();
        });
    }

    /** Some bytes of a SignedData are free in principle (r and s have other encodings); DER leaves none. */
    @Test
    void noBitOfASignedMessageCanBeChanged() {
        byte[] der = signed.signed().der();
        Seeds.forEach(400, random -> {
            byte[] changed = mutate(der, random);
            if (Arrays.equals(changed, der)) return;

            assertThat(accepted(() -> reader.verifyKept(changed))).isFalse();
        });
    }

    @Test
    void aSignedDocumentWithAnyFieldDroppedAddedOrOfAnotherTypeIsRefused() {
        JsonObject document = Json.parse(signed.message().canonical(), 1 << 20);
        Seeds.forEach(300, random -> {
            JsonObject changed = spoil(document, random);
            if (changed.equals(document)) return;
            byte[] forged = network.profile.sign(
                    changed.canonical(), network.keys(SYLDAVIA).of(KeyUse.SIGNING));

            assertThat(accepted(() -> SignedMessage.read(SignedData.parse(forged))))
                    .isFalse();
        });
    }

    /** Content is the sender's to fill; every other field has one shape. */
    private static JsonObject spoil(JsonObject object, Random random) {
        TreeMap<String, JsonValue> members = new TreeMap<>(object.members());
        List<String> names = members.keySet().stream()
                .filter(name -> !name.equals("content"))
                .toList();
        String name = names.get(random.nextInt(names.size()));
        if (members.get(name) instanceof JsonObject nested && random.nextInt(4) > 0) {
            members.put(name, spoil(nested, random));
            return new JsonObject(members);
        }
        switch (random.nextInt(3)) {
            case 0 -> {
                if (name.equals("offence")) members.put(name, JsonValue.of(7));
                else members.remove(name);
            }
            case 1 -> members.put("zz-" + random.nextInt(100), JsonValue.of("extra"));
            default -> members.put(name, new JsonValue.JsonBoolean(true));
        }
        return new JsonObject(members);
    }

    private static byte[] mutate(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        switch (random.nextInt(5)) {
            case 0 -> changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed = Arrays.copyOf(changed, random.nextInt(changed.length));
            case 2 -> changed = Arrays.copyOf(changed, changed.length + 1 + random.nextInt(64));
            case 3 -> {
                int from = random.nextInt(changed.length);
                int count = Math.min(1 + random.nextInt(8), changed.length - from);
                for (int i = from; i < from + count; i++) changed[i] = (byte) random.nextInt();
            }
            default -> {
                int one = random.nextInt(changed.length);
                int other = random.nextInt(changed.length);
                byte kept = changed[one];
                changed[one] = changed[other];
                changed[other] = kept;
            }
        }
        return changed;
    }

    private static boolean accepted(Runnable act) {
        try {
            act.run();
            return true;
        } catch (RefusedException e) {
            assertThat(e.getMessage()).startsWith(e.refusal().code());
            return false;
        }
    }

    @Test
    void aRefusalTellsNothingOfTheContent() {
        byte[] document = new String(signed.message().canonical(), StandardCharsets.UTF_8)
                .replace("\"purpose\":\"investigation\"", "\"purpose\":\"Mr. Secret Name\"")
                .getBytes(StandardCharsets.UTF_8);
        byte[] forged = network.profile.sign(document, network.keys(SYLDAVIA).of(KeyUse.SIGNING));

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> SignedMessage.read(SignedData.parse(forged))))
                .isInstanceOf(RefusedException.class)
                .message()
                .doesNotContain("Secret");
    }
}
