package org.sharaka.identifiers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Words in Arabic, French, English and Spanish that say what the number beside them is. Looked up by a 64-bit hash of the folded
 * word, without making a string of every word of a text; a forged collision would only pretend a context.
 */
final class ContextWords {
    static final int PHONE = 1;
    static final int WHATSAPP = 1 << 1;
    static final int TELEGRAM = 1 << 2;
    static final int INSTAGRAM = 1 << 3;
    static final int FACEBOOK = 1 << 4;
    static final int TIKTOK = 1 << 5;
    static final int X = 1 << 6;
    static final int TRANSACTION = 1 << 7;
    static final int HASH = 1 << 8;
    static final int PASSPORT = 1 << 9;
    static final int IDENTITY = 1 << 10;
    static final int ICE = 1 << 11;
    static final int SIREN = 1 << 12;
    static final int CIF = 1 << 13;
    static final int COMPANY = 1 << 14;
    static final int VIN = 1 << 15;
    static final int PLATE = 1 << 16;
    static final int LITECOIN = 1 << 17;
    static final int REFERENCE = 1 << 18;
    static final int CARD = 1 << 19;
    static final int MONEY = 1 << 20;
    /** username, pseudo, compte, cuenta, حساب: stands between a platform and a name. */
    static final int FILLER = 1 << 21;
    /** is, est, es, هو. */
    static final int BE = 1 << 22;

    static final int MA = 1 << 23;
    static final int FR = 1 << 24;
    static final int ES = 1 << 25;
    static final int GB = 1 << 26;
    static final int PAYMENT = 1 << 27;
    static final int ACCOUNT = 1 << 28;

    static final int PLATFORMS = WHATSAPP | TELEGRAM | INSTAGRAM | FACEBOOK | TIKTOK | X;

    private static final String RESOURCE = "context-words.txt";
    private static final int LENGTH_MAX = 24;
    private static final char[] FOLDED = folded();
    private static final long[] KEYS = new long[4096];
    private static final int[] BITS = new int[4096];

    static {
        load();
    }

    private ContextWords() {}

    /** The bits of a word; 0 for most words. */
    static int of(char[] chars, int start, int end) {
        int length = end - start;
        if (length > LENGTH_MAX) return 0;
        int bits = find(hash(chars, start, end));
        if (bits != 0 || chars[start] < 0x600 || chars[start] > 0x6FF || length < 4) return bits;
        // Arabic writes "and", "by", "for", "like" and the article as one word with what follows.
        int at = start;
        for (int cut = 0; cut < 3 && end - at > 3; cut++) {
            char c = chars[at];
            if (c == '\u0627' && chars[at + 1] == '\u0644') at += 2;
            else if (c == '\u0644' && chars[at + 1] == '\u0644') at += 2;
            else if (c == '\u0648' || c == '\u0628' || c == '\u0641' || c == '\u0643' || c == '\u0644') at++;
            else break;
            bits = find(hash(chars, at, end));
            if (bits != 0) return bits;
        }
        return 0;
    }

    private static int find(long key) {
        int slot = slot(key);
        while (KEYS[slot] != 0) {
            if (KEYS[slot] == key) return BITS[slot];
            slot = (slot + 1) & (KEYS.length - 1);
        }
        return 0;
    }

    private static int slot(long key) {
        return (int) (key ^ key >>> 32) & (KEYS.length - 1);
    }

    private static long hash(char[] chars, int start, int end) {
        long hash = 0xcbf29ce484222325L;
        for (int i = start; i < end; i++) hash = (hash ^ FOLDED[chars[i]]) * 0x100000001b3L;
        return hash == 0 ? 1 : hash;
    }

    /** Lower case, accents gone; Arabic alef, ya and ta marbuta in one form each. */
    private static char[] folded() {
        char[] folded = new char[0x10000];
        for (int c = 0; c < folded.length; c++) {
            folded[c] = Character.toLowerCase((char) c);
            if (c >= 0xC0 && c < 0x250) {
                String decomposed = Normalizer.normalize(String.valueOf((char) c), Normalizer.Form.NFD);
                folded[c] = Character.toLowerCase(decomposed.charAt(0));
            }
        }
        for (char alef : new char[] {'\u0622', '\u0623', '\u0625', '\u0671'}) folded[alef] = '\u0627';
        folded['\u0649'] = '\u064A';
        folded['\u06CC'] = '\u064A';
        folded['\u0629'] = '\u0647';
        folded['\u06A9'] = '\u0643';
        return folded;
    }

    private static void load() {
        Map<String, Integer> names = new HashMap<>(Map.ofEntries(
                Map.entry("PHONE", PHONE),
                Map.entry("WHATSAPP", WHATSAPP),
                Map.entry("TELEGRAM", TELEGRAM),
                Map.entry("INSTAGRAM", INSTAGRAM),
                Map.entry("FACEBOOK", FACEBOOK),
                Map.entry("TIKTOK", TIKTOK),
                Map.entry("X", X),
                Map.entry("TRANSACTION", TRANSACTION),
                Map.entry("HASH", HASH),
                Map.entry("PASSPORT", PASSPORT),
                Map.entry("IDENTITY", IDENTITY),
                Map.entry("ICE", ICE),
                Map.entry("SIREN", SIREN),
                Map.entry("CIF", CIF),
                Map.entry("COMPANY", COMPANY),
                Map.entry("VIN", VIN),
                Map.entry("PLATE", PLATE),
                Map.entry("LITECOIN", LITECOIN),
                Map.entry("REFERENCE", REFERENCE),
                Map.entry("CARD", CARD),
                Map.entry("MONEY", MONEY),
                Map.entry("FILLER", FILLER),
                Map.entry("BE", BE),
                Map.entry("MA", MA),
                Map.entry("FR", FR),
                Map.entry("ES", ES),
                Map.entry("GB", GB),
                Map.entry("PAYMENT", PAYMENT),
                Map.entry("ACCOUNT", ACCOUNT)));
        try (InputStream in = ContextWords.class.getResourceAsStream(RESOURCE)) {
            if (in == null) throw new IllegalStateException(RESOURCE + " is not in the archive");
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isBlank() || line.startsWith("#")) continue;
                int colon = line.indexOf(':');
                Integer bit = names.get(line.substring(0, colon).strip().toUpperCase(Locale.ROOT));
                if (bit == null) throw new IllegalStateException("no such context: " + line);
                for (String word : line.substring(colon + 1).strip().split("\\s+")) put(word, bit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(String word, int bit) {
        long key = hash(word.toCharArray(), 0, word.length());
        int slot = slot(key);
        while (KEYS[slot] != 0 && KEYS[slot] != key) slot = (slot + 1) & (KEYS.length - 1);
        KEYS[slot] = key;
        BITS[slot] |= bit;
    }
}
