package org.sharaka.node.evidence;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sharaka.node.platform.Vault;
import org.sharaka.protocol.Hash;
import org.sharaka.protocol.RefusedException;
import org.sharaka.protocol.cms.FileKey;
import org.sharaka.protocol.file.FileManifest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What opens an item and proves it to be the one that was taken in. Sealed by the vault: who can change the database, and the
 * disk too, can destroy an item but not put another in its place.
 *
 * @param chunks hash of the joined chunk hashes
 */
record ItemSecret(FileKey key, String name, String mediaType, long sizeBytes, Hash sha256, Hash chunks) {
    private static final TypeReference<Map<String, String>> FIELDS = new TypeReference<>() {};
    private static final JsonMapper JSON = new JsonMapper();

    static ItemSecret of(FileManifest manifest) {
        return new ItemSecret(
                manifest.key(),
                manifest.name(),
                manifest.mediaType(),
                manifest.sizeBytes(),
                manifest.sha256(),
                Hash.of(joined(manifest.chunks())));
    }

    static byte[] joined(List<Hash> chunks) {
        byte[] joined = new byte[chunks.size() * Hash.SIZE_BYTES];
        for (int i = 0; i < chunks.size(); i++)
            System.arraycopy(chunks.get(i).bytes(), 0, joined, i * Hash.SIZE_BYTES, Hash.SIZE_BYTES);
        return joined;
    }

    byte[] seal(Vault vault, ItemId item) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("id", HexFormat.of().formatHex(key.id()));
        fields.put("key", HexFormat.of().formatHex(key.bytes()));
        fields.put("name", name);
        fields.put("mediaType", mediaType);
        fields.put("size", Long.toString(sizeBytes));
        fields.put("sha256", sha256.toString());
        fields.put("chunks", chunks.toString());
        return vault.seal(context(item), JSON.writeValueAsBytes(fields));
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link EvidenceProblem#KEY_REFUSED} */
    static ItemSecret open(Vault vault, ItemId item, byte[] sealed) {
        try {
            Map<String, String> fields = JSON.readValue(vault.open(context(item), sealed), FIELDS);
            HexFormat hex = HexFormat.of();
            return new ItemSecret(
                    FileKey.of(
                            hex.parseHex(fields.getOrDefault("id", "")), hex.parseHex(fields.getOrDefault("key", ""))),
                    fields.getOrDefault("name", ""),
                    fields.getOrDefault("mediaType", ""),
                    Long.parseLong(fields.getOrDefault("size", "")),
                    Hash.parse(fields.getOrDefault("sha256", "")),
                    Hash.parse(fields.getOrDefault("chunks", "")));
        } catch (IllegalStateException | IllegalArgumentException | JacksonException | RefusedException e) {
            throw EvidenceProblem.KEY_REFUSED.because("evidence/" + item);
        }
    }

    /** @throws org.sharaka.node.platform.ProblemException {@link EvidenceProblem#ALTERED} if the hashes are not those */
    FileManifest manifest(ItemId item, List<Hash> hashes) {
        if (!Hash.of(joined(hashes)).equals(chunks))
            throw EvidenceProblem.ALTERED.because("chunk hashes of evidence/" + item);
        return new FileManifest(key, name, mediaType, sizeBytes, sha256, hashes);
    }

    private static String context(ItemId item) {
        return "evidence.item/" + item;
    }

    /** Prints no key and no name. */
    @Override
    public String toString() {
        return key + ", " + sizeBytes + " bytes";
    }
}
