package org.sharaka.bench;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Seeded identifiers and names that nobody has: ranges kept for fiction, bank codes that no bank holds, right check digits. */
final class Inventions {
    private static final String DIGITS = "0123456789";
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

    private final Random random;
    private final Set<String> phones = new HashSet<>();

    Inventions(Random random) {
        this.random = random;
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double between(double low, double high) {
        return low + random.nextDouble() * (high - low);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    String letters(String alphabet, int length) {
        StringBuilder letters = new StringBuilder(length);
        for (int i = 0; i < length; i++) letters.append(alphabet.charAt(random.nextInt(alphabet.length())));
        return letters.toString();
    }

    String digits(int length) {
        return letters(DIGITS, length);
    }

    /** A French mobile number of the range kept for fiction, given out once. */
    String mobile() {
        String phone;
        do {
            phone = "06 39 98 %02d %02d".formatted(random.nextInt(100), random.nextInt(100));
        } while (!phones.add(phone));
        return phone;
    }

    /** A French number of the ranges kept for fiction, not of a mobile; may come again. */
    String landline() {
        return one(List.of("02 61 91", "03 53 01", "04 65 71", "05 36 49"))
                + " %02d %02d".formatted(random.nextInt(100), random.nextInt(100));
    }

    /** As {@link #landline}, for services that many know. */
    String hotline() {
        return "01 99 00 %02d %02d".formatted(random.nextInt(100), random.nextInt(100));
    }

    /** A number of the range kept for fiction in the United States, given out once. */
    String americanPhone() {
        String phone;
        do {
            phone = "+1 %s 555 01%02d".formatted(one(List.of("415", "212", "305", "702", "617")), random.nextInt(100));
        } while (!phones.add(phone));
        return phone;
    }

    /** Under a bank code that no bank has (ISO 7064 MOD 97-10). */
    String iban() {
        String account = "99999999" + digits(10);
        int check = 98 - new BigInteger(account + "131400").mod(NINETY_SEVEN).intValue();
        return "DE%02d%s".formatted(check, account);
    }

    /** A Moroccan RIB under a bank code that no bank has: 22 digits and a key of two. */
    String rib() {
        String account = "999780" + digits(16);
        int key = 97 - new BigInteger(account + "00").mod(NINETY_SEVEN).intValue();
        return account + "%02d".formatted(key);
    }

    String ethereum() {
        return "0x" + letters("0123456789abcdef", 40);
    }

    /** A Tron address (Base58Check, version 0x41). */
    String tron() {
        byte[] payload = new byte[21];
        random.nextBytes(payload);
        payload[0] = 0x41;
        byte[] check = Arrays.copyOf(sha256(sha256(payload)), 4);
        BigInteger number = new BigInteger(
                1, ByteBuffer.allocate(25).put(payload).put(check).array());
        StringBuilder address = new StringBuilder();
        for (BigInteger rest = number; rest.signum() > 0; rest = rest.divide(BigInteger.valueOf(58))) {
            address.append(BASE58.charAt(rest.mod(BigInteger.valueOf(58)).intValue()));
        }
        return address.reverse().toString();
    }

    String name(List<String> syllables, int count) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < count; i++) name.append(one(syllables));
        name.setCharAt(0, Character.toUpperCase(name.charAt(0)));
        return name.toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The digits as Arabic writes them. */
    static String arabicDigits(String text) {
        StringBuilder written = new StringBuilder();
        for (char c : text.toCharArray()) written.append(c >= '0' && c <= '9' ? (char) (c - '0' + 0x0660) : c);
        return written.toString();
    }
}
