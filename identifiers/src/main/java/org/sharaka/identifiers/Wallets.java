package org.sharaka.identifiers;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Addresses of crypto-assets, with their checksums. USDT and other tokens have no addresses of their own: they live at the
 * address of the chain that carries them, so a "USDT address" is an ETH address (ERC-20, and any other chain with Ethereum's
 * format) or a TRX address (TRC-20).
 */
final class Wallets {
    private static final int ETH_LENGTH = 42;

    private Wallets() {}

    static Parsed parse(IdentifierKind kind, String raw) {
        String text = withoutScheme(raw);
        if (text.isEmpty()) return InvalidReason.EMPTY.parsed();
        if (text.length() > 120) return InvalidReason.TOO_LONG.parsed();
        return switch (kind) {
            case BTC -> bitcoin(text);
            case LTC -> litecoin(text);
            case ETH -> ethereum(text);
            case TRX -> tron(text);
            case XMR -> monero(text);
            default -> throw new IllegalArgumentException(kind + " is no wallet");
        };
    }

    /** {@code bitcoin:ADDRESS?amount=…} (BIP-21) and its likes. */
    private static String withoutScheme(String raw) {
        int colon = raw.indexOf(':');
        if (colon < 0) return raw;
        String scheme = raw.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.matches("bitcoin|litecoin|ethereum|eth|tron|monero|usdt")) return raw;
        String text = raw.substring(colon + 1);
        int end = 0;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) end++;
        return text.substring(0, end);
    }

    static Parsed bitcoin(String text) {
        if (text.regionMatches(true, 0, "bc1", 0, 3)) return segwit(IdentifierKind.BTC, text, "bc");
        if (text.length() < 25 || text.length() > 35) return InvalidReason.WRONG_LENGTH.parsed();
        byte[] payload = Base58.checked(text);
        if (payload == null) return InvalidReason.WRONG_CHECK_DIGITS.parsed();
        if (payload.length != 21 || (payload[0] != 0 && payload[0] != 5)) return InvalidReason.WRONG_STRUCTURE.parsed();
        return Parsed.valid(IdentifierKind.BTC, text, text);
    }

    /** Script addresses are written with a 3, as in Bitcoin, or with an M: one thing, kept with the M. */
    static Parsed litecoin(String text) {
        if (text.regionMatches(true, 0, "ltc1", 0, 4)) return segwit(IdentifierKind.LTC, text, "ltc");
        if (text.length() < 25 || text.length() > 35) return InvalidReason.WRONG_LENGTH.parsed();
        byte[] payload = Base58.checked(text);
        if (payload == null) return InvalidReason.WRONG_CHECK_DIGITS.parsed();
        if (payload.length != 21 || (payload[0] != 0x30 && payload[0] != 0x32 && payload[0] != 5)) {
            return InvalidReason.WRONG_STRUCTURE.parsed();
        }
        if (payload[0] != 5) return Parsed.valid(IdentifierKind.LTC, text, text);
        payload[0] = 0x32;
        String canonical = Base58.encodeChecked(payload);
        return Parsed.valid(IdentifierKind.LTC, canonical, canonical);
    }

    private static Parsed segwit(IdentifierKind kind, String text, String network) {
        if (!Bech32.isSegwitAddress(text, network)) return InvalidReason.WRONG_CHECK_DIGITS.parsed();
        String canonical = text.toLowerCase(Locale.ROOT);
        return Parsed.valid(kind, canonical, canonical);
    }

    /** EIP-55: mixed case carries a checksum and must agree; one case throughout carries none. */
    static Parsed ethereum(String text) {
        boolean prefixed = text.startsWith("0x") || text.startsWith("0X");
        String hex = prefixed ? text.substring(2) : text;
        if (hex.length() != ETH_LENGTH - 2) return InvalidReason.WRONG_LENGTH.parsed();
        for (int i = 0; i < hex.length(); i++) {
            if (hex.charAt(i) >= 0x80 || Character.digit(hex.charAt(i), 16) < 0) {
                return InvalidReason.WRONG_CHARACTER.parsed();
            }
        }
        String lower = hex.toLowerCase(Locale.ROOT);
        String checksummed = eip55(lower);
        if (!hex.equals(lower) && !hex.equals(hex.toUpperCase(Locale.ROOT)) && !hex.equals(checksummed)) {
            return InvalidReason.WRONG_CHECK_DIGITS.parsed();
        }
        return Parsed.valid(IdentifierKind.ETH, "0x" + lower, "0x" + checksummed);
    }

    private static String eip55(String lower) {
        byte[] digest = Base58.keccak256(lower.getBytes(StandardCharsets.US_ASCII));
        StringBuilder out = new StringBuilder(lower.length());
        for (int i = 0; i < lower.length(); i++) {
            int nibble = digest[i / 2] >> (i % 2 == 0 ? 4 : 0) & 15;
            char c = lower.charAt(i);
            out.append(nibble >= 8 && c >= 'a' ? (char) (c - 32) : c);
        }
        return out.toString();
    }

    /** Base58check with the version byte 0x41, as wallets show it; the raw hex form that begins with 41 is taken too. */
    static Parsed tron(String text) {
        if (text.length() == 42 && text.startsWith("41") && text.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            String address = Base58.encodeChecked(HexFormat.of().parseHex(text));
            return Parsed.valid(IdentifierKind.TRX, address, address);
        }
        if (text.length() != 34) return InvalidReason.WRONG_LENGTH.parsed();
        byte[] payload = Base58.checked(text);
        if (payload == null) return InvalidReason.WRONG_CHECK_DIGITS.parsed();
        if (payload.length != 21 || payload[0] != 0x41) return InvalidReason.WRONG_STRUCTURE.parsed();
        return Parsed.valid(IdentifierKind.TRX, text, text);
    }

    /** Main-net addresses: standard (18), integrated (19) and sub-addresses (42). */
    static Parsed monero(String text) {
        if (text.length() != 95 && text.length() != 106) return InvalidReason.WRONG_LENGTH.parsed();
        byte[] payload = Base58.moneroChecked(text);
        if (payload == null) return InvalidReason.WRONG_CHECK_DIGITS.parsed();
        boolean known =
                switch (payload[0]) {
                    case 18, 42 -> payload.length == 65;
                    case 19 -> payload.length == 73;
                    default -> false;
                };
        return known ? Parsed.valid(IdentifierKind.XMR, text, text) : InvalidReason.WRONG_STRUCTURE.parsed();
    }
}
