package org.sharaka.identifiers;

import com.google.common.net.InetAddresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Internet addresses, read without ever asking a name server. */
final class IpAddresses {
    private IpAddresses() {}

    /** Four decimal numbers without leading zeros, as people write them; a leading zero means octal to some readers and is refused. */
    static Parsed parseV4(String raw) {
        if (raw.isEmpty()) return InvalidReason.EMPTY.parsed();
        return isDottedQuad(raw) ? Parsed.valid(IdentifierKind.IPV4, raw, raw) : InvalidReason.WRONG_STRUCTURE.parsed();
    }

    static boolean isDottedQuad(String text) {
        if (text.length() < 7 || text.length() > 15) return false;
        int parts = 0;
        int value = -1;
        boolean leadingZero = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                if (value < 0 || value > 255) return false;
                parts++;
                value = -1;
            } else if (c >= '0' && c <= '9') {
                if (value < 0) leadingZero = c == '0';
                else if (leadingZero) return false;
                value = Math.max(value, 0) * 10 + (c - '0');
                if (value > 255) return false;
            } else {
                return false;
            }
        }
        return parts == 4;
    }

    /** The compressed form of RFC 5952; an IPv4-mapped address is the IPv4 address. */
    static Parsed parseV6(String raw) {
        if (raw.isEmpty()) return InvalidReason.EMPTY.parsed();
        String text = raw.startsWith("[") && raw.endsWith("]") ? raw.substring(1, raw.length() - 1) : raw;
        String canonical = canonicalV6(text);
        return canonical == null
                ? InvalidReason.WRONG_STRUCTURE.parsed()
                : Parsed.valid(IdentifierKind.IPV6, canonical, canonical);
    }

    /** Null when the text is no IPv6 address, has a zone, or is IPv4 in disguise. */
    static @Nullable String canonicalV6(String text) {
        if (text.length() < 2 || text.length() > 45 || text.indexOf(':') < 0 || text.indexOf('%') >= 0) return null;
        if (!InetAddresses.isInetAddress(text)) return null;
        InetAddress address = InetAddresses.forString(text);
        return address instanceof Inet6Address ? InetAddresses.toAddrString(address) : null;
    }

    /**
     * The host of a web address that ends in a number, read as browsers do (WHATWG URL, "IPv4 parser"): {@code 0x7f.1} and
     * {@code 2130706433} are 127.0.0.1. Null when it is no address; such a host is invalid.
     */
    static @Nullable String browserV4(String host) {
        String[] parts = host.split("\\.", -1);
        int count = parts.length;
        if (count > 1 && parts[count - 1].isEmpty()) count--;
        if (count > 4) return null;
        long address = 0;
        for (int i = 0; i < count; i++) {
            long value = browserNumber(parts[i]);
            if (value < 0) return null;
            boolean last = i == count - 1;
            if (!last && value > 255) return null;
            if (last && value >= 1L << (8 * (5 - count))) return null;
            address += last ? value : value << (8 * (3 - i));
        }
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    /** WHATWG URL, "ends in a number checker". */
    static boolean endsInNumber(String host) {
        int end = host.endsWith(".") ? host.length() - 1 : host.length();
        String last = host.substring(host.lastIndexOf('.', end - 1) + 1, end);
        if (last.isEmpty()) return false;
        boolean digits = last.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits || ((last.startsWith("0x") || last.startsWith("0X")) && browserNumber(last) >= 0);
    }

    private static long browserNumber(String part) {
        if (part.isEmpty() || part.length() > 14) return -1;
        int radix = 10;
        String digits = part;
        if (part.startsWith("0x") || part.startsWith("0X")) {
            radix = 16;
            digits = part.substring(2);
        } else if (part.length() > 1 && part.charAt(0) == '0') {
            radix = 8;
            digits = part.substring(1);
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, radix) : -1;
            if (digit < 0) return -1;
            value = value * radix + digit;
        }
        return value;
    }

    /** Private, loopback, link-local, documentation and other addresses that name no machine of the open Internet. */
    static boolean isLocal(String address) {
        InetAddress parsed = InetAddresses.forString(address);
        if (parsed.isLoopbackAddress()
                || parsed.isSiteLocalAddress()
                || parsed.isLinkLocalAddress()
                || parsed.isAnyLocalAddress()
                || parsed.isMulticastAddress()) {
            return true;
        }
        byte[] bytes = parsed.getAddress();
        int first = bytes[0] & 255;
        int second = bytes[1] & 255;
        if (parsed instanceof Inet4Address) {
            return first == 0 || first >= 240 || (first == 100 && second >= 64 && second < 128);
        }
        return (first & 0xFE) == 0xFC;
    }
}
