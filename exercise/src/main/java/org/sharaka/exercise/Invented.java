package org.sharaka.exercise;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bouncycastle.crypto.digests.KeccakDigest;

/**
 * Identifiers that are valid by their check digits and belong to no one: bank codes that no bank has, telephone numbers
 * from ranges kept for fiction, wallet addresses drawn as hashes, so that nobody holds their key, names
 * under reserved domains (RFC 2606).
 */
final class Invented {
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] BECH32_GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};

    /**
     * Country, prefix and number of free digits. US 555-01xx (NANPA), France 01 99 00, 02 61 91, 03 53 01, 04 65 71 and 05 36 49
     * (ARCEP), Germany 0171 39200 (Bundesnetzagentur) are kept for films and books and yet lie in ranges that numbering plans call valid;
     * Morocco and Spain keep none, so there the invented gangs call from abroad, as real ones like to.
     */
    private record Range(String prefix, int free) {}

    private static final Map<String, List<Range>> RANGES = Map.of(
            "FR",
            List.of(
                    new Range("+3319900", 4),
                    new Range("+3326191", 4),
                    new Range("+3335301", 4),
                    new Range("+3346571", 4),
                    new Range("+3353649", 4)),
            "US",
            List.of(
                    new Range("+120255501", 2),
                    new Range("+131255501", 2),
                    new Range("+161755501", 2),
                    new Range("+171855501", 2),
                    new Range("+130555501", 2),
                    new Range("+140455501", 2),
                    new Range("+121355501", 2)),
            "DE",
            List.of(new Range("+4917139200", 2)));

    private Invented() {}

    /** @param country one of FR, US, DE; for any other a number abroad is drawn */
    static String phone(String country, Chance chance) {
        List<Range> ranges = RANGES.get(country);
        if (ranges == null) return phone(chance.odds(0.85) ? "FR" : "US", chance);
        Range range = chance.one(ranges);
        return range.prefix() + chance.digits(range.free());
    }

    /** A bank account at a bank code that the country's register does not know. */
    static String iban(String country, Chance chance) {
        String bban =
                switch (country) {
                    case "FR" -> frenchAccount(chance);
                    case "ES" -> spanishAccount(chance);
                    case "DE" -> "9" + chance.digits(7) + chance.digits(10);
                    case "BE" -> belgianAccount(chance);
                    case "TN" -> tunisianAccount(chance);
                    default -> throw new IllegalArgumentException("no invented bank in " + country);
                };
        return country + ibanCheck(country, bban) + bban;
    }

    /** A Moroccan account identity of 24 digits at the bank code 999, with its mod-97 key. */
    static String rib(Chance chance) {
        String account = "999" + chance.digits(3) + chance.digits(16);
        return account + twoDigits(97 - mod97(account + "00"));
    }

    static String btc(Chance chance) {
        byte[] hash = chance.bytes(20);
        return switch (chance.below(3)) {
            case 0 -> base58check(0x00, hash);
            case 1 -> base58check(0x05, hash);
            default -> bech32("bc", hash);
        };
    }

    static String trx(Chance chance) {
        return base58check(0x41, chance.bytes(20));
    }

    /** With the mixed-case checksum of EIP-55. */
    static String eth(Chance chance) {
        StringBuilder hex = new StringBuilder();
        for (byte b : chance.bytes(20)) hex.append(String.format(Locale.ROOT, "%02x", b));
        KeccakDigest keccak = new KeccakDigest(256);
        byte[] ascii = hex.toString().getBytes(StandardCharsets.US_ASCII);
        keccak.update(ascii, 0, ascii.length);
        byte[] hash = new byte[32];
        keccak.doFinal(hash, 0);
        StringBuilder out = new StringBuilder("0x");
        for (int i = 0; i < hex.length(); i++) {
            int nibble = (hash[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 0xf;
            out.append(nibble >= 8 ? Character.toUpperCase(hex.charAt(i)) : hex.charAt(i));
        }
        return out.toString();
    }

    /** A nickname that nobody is likely to have taken: two words and a tail. */
    static String handle(Chance chance) {
        String first = chance.one(
                "lina", "sofia", "amira", "coach", "agent", "maria", "elsa", "trader", "rania", "victor", "hr", "miss");
        String second =
                chance.one("belrami", "quantora", "delvino", "sorelle", "miradoz", "kastelo", "zahrini", "promix");
        return first + "_" + second + "_" + chance.letters("bcdfghjkmnpqrstvwxz23456789", chance.between(4, 6));
    }

    static String email(Chance chance, String domain) {
        return chance.one("contact", "support", "service", "recrutement", "info", "noreply", "conseil", "billing")
                + chance.one(".", "-", "_", "")
                + chance.letters("abcdefghjkmnpqrstuvwxyz23456789", chance.between(4, 7))
                + "@" + domain;
    }

    /** A name that nobody can register, made of the brand as a look-alike would. */
    static String domain(String brand, Chance chance) {
        String word = chance.one(
                "suivi", "secure", "info", "client", "colis", "espace", "pay", "track", "verif", "login", "oferta",
                "help");
        String tail = chance.letters("abcdefghjkmnpqrstuvwxyz0123456789", chance.between(3, 6));
        return chance.one(
                        brand + "-" + word + "-" + tail,
                        word + "-" + brand + tail,
                        brand + tail + "-" + word,
                        word + "." + brand + "-" + tail,
                        lookAlike(brand, chance) + "-" + word + tail)
                + ".example";
    }

    private static String lookAlike(String brand, Chance chance) {
        return chance.one(
                brand.replace('o', '0'), brand.replace('i', '1'), brand.replace("a", "aa"), brand.replace('l', '1'));
    }

    private static String frenchAccount(Chance chance) {
        String bank = "99998" + chance.digits(5) + chance.digits(11);
        BigInteger key = BigInteger.valueOf(97).subtract(new BigInteger(bank + "00").mod(BigInteger.valueOf(97)));
        return bank + twoDigits(key.intValue());
    }

    private static String spanishAccount(Chance chance) {
        String bank = "9998" + chance.digits(4);
        String account = chance.digits(10);
        return bank + spanishDigit("00" + bank) + spanishDigit(account) + account;
    }

    private static char spanishDigit(String ten) {
        int[] weights = {1, 2, 4, 8, 5, 10, 9, 7, 3, 6};
        int sum = 0;
        for (int i = 0; i < 10; i++) sum += (ten.charAt(i) - '0') * weights[i];
        int digit = 11 - sum % 11;
        return (char) ('0' + (digit == 11 ? 0 : digit == 10 ? 1 : digit));
    }

    private static String belgianAccount(Chance chance) {
        String account = "998" + chance.digits(7);
        int key = mod97(account);
        return account + twoDigits(key == 0 ? 97 : key);
    }

    private static String tunisianAccount(Chance chance) {
        String account = "98" + chance.digits(3) + chance.digits(13);
        return account + twoDigits(97 - mod97(account + "00"));
    }

    /** ISO 13616 check digits. */
    private static String ibanCheck(String country, String bban) {
        StringBuilder digits = new StringBuilder();
        String moved = bban + country + "00";
        for (int i = 0; i < moved.length(); i++) digits.append(Character.digit(moved.charAt(i), 36));
        return twoDigits(98 - mod97(digits.toString()));
    }

    private static int mod97(String digits) {
        return new BigInteger(digits).mod(BigInteger.valueOf(97)).intValue();
    }

    private static String twoDigits(int value) {
        return String.format(Locale.ROOT, "%02d", value);
    }

    private static String base58check(int version, byte[] hash) {
        byte[] payload = new byte[25];
        payload[0] = (byte) version;
        System.arraycopy(hash, 0, payload, 1, 20);
        byte[] once = sha256(payload, 21);
        System.arraycopy(sha256(once, once.length), 0, payload, 21, 4);
        StringBuilder out = new StringBuilder();
        BigInteger value = new BigInteger(1, payload);
        BigInteger radix = BigInteger.valueOf(58);
        while (value.signum() > 0) {
            BigInteger[] parts = value.divideAndRemainder(radix);
            out.append(BASE58.charAt(parts[1].intValue()));
            value = parts[0];
        }
        for (int i = 0; i < payload.length && payload[i] == 0; i++) out.append('1');
        return out.reverse().toString();
    }

    /** BIP 173, witness version 0. */
    private static String bech32(String prefix, byte[] hash) {
        int[] words = new int[1 + 32];
        for (int i = 0; i < 32; i++) {
            int bit = i * 5;
            int next = bit / 8 + 1 < hash.length ? hash[bit / 8 + 1] & 0xff : 0;
            int pair = ((hash[bit / 8] & 0xff) << 8) | next;
            words[1 + i] = (pair >> (11 - bit % 8)) & 31;
        }
        int checksum = 1;
        for (int i = 0; i < prefix.length(); i++) checksum = polymod(checksum) ^ (prefix.charAt(i) >> 5);
        checksum = polymod(checksum);
        for (int i = 0; i < prefix.length(); i++) checksum = polymod(checksum) ^ (prefix.charAt(i) & 31);
        for (int word : words) checksum = polymod(checksum) ^ word;
        for (int i = 0; i < 6; i++) checksum = polymod(checksum);
        checksum ^= 1;
        StringBuilder out = new StringBuilder(prefix).append('1');
        for (int word : words) out.append(BECH32.charAt(word));
        for (int i = 0; i < 6; i++) out.append(BECH32.charAt((checksum >> (5 * (5 - i))) & 31));
        return out.toString();
    }

    private static int polymod(int checksum) {
        int top = checksum >>> 25;
        int next = (checksum & 0x1ffffff) << 5;
        for (int i = 0; i < 5; i++) {
            if (((top >> i) & 1) == 1) next ^= BECH32_GENERATOR[i];
        }
        return next;
    }

    private static byte[] sha256(byte[] data, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(data, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
