package org.sharaka.node.screening;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.sharaka.matching.ExactKey;
import org.sharaka.matching.PartialDate;
import org.sharaka.matching.Particulars;
import org.sharaka.node.platform.Vault;

/** Keyed hashes of what was asked: the same question is known again, and what was asked is not (S10). Thread-safe. */
public final class AskedHash {
    private static final int SUBJECT_BYTES = 16;
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final Vault vault;

    public AskedHash(Vault vault) {
        this.vault = vault;
    }

    /** A query as the audit names it. */
    public String subject(ScreeningService.Query query) {
        StringBuilder text = new StringBuilder();
        for (Particulars asked : query.readings()) {
            text.append('\u0000').append(asked.schema());
            describe(asked, text);
        }
        byte[] mac = vault.mac("screening.query", text.toString().getBytes(StandardCharsets.UTF_8));
        return "query/" + HexFormat.of().formatHex(mac, 0, SUBJECT_BYTES);
    }

    /** One description, whatever kind of thing it was taken for. */
    public byte[] of(Particulars asked) {
        StringBuilder text = new StringBuilder();
        describe(asked, text);
        return vault.mac("screening.asked", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The number of a document, for looking up whose it is without keeping it. */
    public byte[] ofNumber(ExactKey key) {
        return vault.mac("screening.number", key.value().getBytes(StandardCharsets.UTF_8));
    }

    private static void describe(Particulars asked, StringBuilder text) {
        for (String name : asked.names()) {
            String plain = Normalizer.normalize(name, Normalizer.Form.NFKC)
                    .toLowerCase(Locale.ROOT)
                    .strip();
            text.append("\u0000n").append(SPACES.matcher(plain).replaceAll(" "));
        }
        for (PartialDate birth : asked.births()) text.append("\u0000b").append(birth);
        for (String country : new TreeSet<>(asked.countries()))
            text.append("\u0000c").append(country);
        Set<String> keys = new TreeSet<>();
        for (ExactKey key : asked.keys()) keys.add(key.kind() + ":" + key.country() + ":" + key.value());
        for (String key : keys) text.append("\u0000k").append(key);
    }
}
