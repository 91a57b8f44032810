package org.sharaka.identifiers;

import java.util.Locale;

/**
 * References of transactions: {@code chain:} and 64 hex digits, whatever the chain, {@code uetr:} and the UUID of a payment between
 * banks (ISO 20022), {@code ref:CC:} and a payment service's own reference with its country.
 */
final class Transactions {
    private Transactions() {}

    static Parsed parse(String raw, Region region) {
        if (raw.isEmpty()) return InvalidReason.EMPTY.parsed();
        if (raw.length() > 100) return InvalidReason.TOO_LONG.parsed();
        if (raw.startsWith("chain:")) return chain(raw.substring(6));
        if (raw.startsWith("uetr:")) return uetr(raw.substring(5));
        if (raw.startsWith("ref:") && raw.length() > 7 && raw.charAt(6) == ':') {
            String country = raw.substring(4, 6);
            if (!Region.isCountry(country) && !country.equals("ZZ")) return InvalidReason.UNKNOWN_COUNTRY.parsed();
            return reference(raw.substring(7), new Region(country));
        }
        if (raw.length() == 64 || raw.length() == 66) return chain(raw);
        if (raw.length() == 36 && raw.charAt(8) == '-') return uetr(raw);
        return reference(raw, region);
    }

    static Parsed chain(String raw) {
        String hex = raw.startsWith("0x") || raw.startsWith("0X") ? raw.substring(2) : raw;
        if (hex.length() != 64) return InvalidReason.WRONG_LENGTH.parsed();
        if (!Digests.isHex(hex)) return InvalidReason.WRONG_CHARACTER.parsed();
        String lower = hex.toLowerCase(Locale.ROOT);
        return Parsed.valid(IdentifierKind.TRANSACTION, "chain:" + lower, lower);
    }

    static Parsed uetr(String raw) {
        String uuid = raw.toLowerCase(Locale.ROOT);
        if (uuid.length() != 36) return InvalidReason.WRONG_LENGTH.parsed();
        for (int i = 0; i < 36; i++) {
            char c = uuid.charAt(i);
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen ? c != '-' : c >= 0x80 || Character.digit(c, 16) < 0) {
                return InvalidReason.WRONG_CHARACTER.parsed();
            }
        }
        if (uuid.charAt(14) != '4' || "89ab".indexOf(uuid.charAt(19)) < 0) {
            return InvalidReason.WRONG_STRUCTURE.parsed();
        }
        return Parsed.valid(IdentifierKind.TRANSACTION, "uetr:" + uuid, uuid);
    }

    /** 6 to 35 letters and digits (the longest reference of ISO 20022), one digit at least. */
    static Parsed reference(String raw, Region region) {
        String text = Compact.of(raw).toUpperCase(Locale.ROOT);
        if (text.length() < 6 || text.length() > 35) return InvalidReason.WRONG_LENGTH.parsed();
        boolean digit = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            digit |= c >= '0' && c <= '9';
            if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))) return InvalidReason.WRONG_CHARACTER.parsed();
        }
        if (!digit || Cards.isCard(text)) return InvalidReason.WRONG_STRUCTURE.parsed();
        return Parsed.valid(IdentifierKind.TRANSACTION, "ref:" + region.code() + ":" + text, text);
    }
}
