package org.sharaka.node.campaign;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.sharaka.identifiers.Extractor;
import org.sharaka.identifiers.Identifier;
import org.sharaka.identifiers.IdentifierKind;
import org.sharaka.identifiers.Identifiers;
import org.sharaka.identifiers.Mention;
import org.sharaka.identifiers.Region;
import org.sharaka.linking.Evidence;
import org.sharaka.linking.KeyDeriver;
import org.sharaka.linking.LinkKey;
import org.sharaka.node.platform.Vault;

/** Reads the identifiers in what an officer typed, and finds the keys by which they are linked. */
final class IdentifierReader {
    /** Longest text that is read; a pasted message fits. */
    static final int TYPED_LENGTH_MAX = 10_000;

    private static final int IDENTIFIERS_MAX = 20;
    private static final int GUESSED_LENGTH_MAX = 128;

    private final Extractor extractor;
    private final Region region;
    private final KeyDeriver deriver;
    private final Vault vault;

    IdentifierReader(Extractor extractor, Region region, KeyDeriver deriver, Vault vault) {
        this.extractor = extractor;
        this.region = region;
        this.deriver = deriver;
        this.vault = vault;
    }

    List<Identifier> read(String typed) {
        String text = typed.length() <= TYPED_LENGTH_MAX ? typed : typed.substring(0, TYPED_LENGTH_MAX);
        return extractor.extract(text, region).stream()
                .map(Mention::identifier)
                .distinct()
                .limit(IDENTIFIERS_MAX)
                .toList();
    }

    /**
     * What a text with no sign of its kind may be: a bare handle, a document number. For when {@link #read} finds nothing.
     */
    List<Identifier> guesses(String typed) {
        String token = typed.strip();
        if (token.isEmpty() || token.length() > GUESSED_LENGTH_MAX || token.contains(" ")) return List.of();
        return Arrays.stream(IdentifierKind.values())
                .flatMap(kind -> Identifiers.parse(kind, token, region).asIdentifier().stream())
                .distinct()
                .toList();
    }

    List<LinkKey> keysOf(Identifier identifier) {
        return deriver.derive(new Evidence(List.of(identifier), ""));
    }

    /** What the audit keeps of a search: kinds and keyed hashes, by which a repeated search is known and no text is. */
    String subject(List<Identifier> identifiers) {
        if (identifiers.isEmpty()) return "identifier/none";
        return identifiers.stream()
                .map(i -> "identifier/" + i.kind() + "/" + hash(i))
                .collect(Collectors.joining(" "));
    }

    private String hash(Identifier identifier) {
        byte[] mac = vault.mac("campaign.search", identifier.canonical().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac, 0, 8);
    }
}
