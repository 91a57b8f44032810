package org.sharaka.linking;

import java.util.List;

/**
 * Addresses behind which thousands of unrelated sites stand: a reverse proxy's own ranges, as published by Cloudflare on
 * cloudflare.com/ips-v4. An address there says which proxy a site uses, not who runs it.
 */
final class ContentNetworks {
    private record Range(int network, int bits) {
        static Range of(String written) {
            int slash = written.indexOf('/');
            return new Range(number(written.substring(0, slash)), Integer.parseInt(written.substring(slash + 1)));
        }

        boolean contains(int address) {
            return ((address ^ network) >>> (32 - bits)) == 0;
        }
    }

    private static final List<Range> RANGES = List.of(
                    "173.245.48.0/20",
                    "103.21.244.0/22",
                    "103.22.200.0/22",
                    "103.31.4.0/22",
                    "141.101.64.0/18",
                    "108.162.192.0/18",
                    "190.93.240.0/20",
                    "188.114.96.0/20",
                    "197.234.240.0/22",
                    "198.41.128.0/17",
                    "162.158.0.0/15",
                    "104.16.0.0/13",
                    "104.24.0.0/14",
                    "172.64.0.0/13",
                    "131.0.72.0/22")
            .stream()
            .map(Range::of)
            .toList();

    private ContentNetworks() {}

    /** @param address in dotted decimal; anything else is in no range */
    static boolean contain(String address) {
        if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) return false;
        int number = number(address);
        return RANGES.stream().anyMatch(range -> range.contains(number));
    }

    private static int number(String dotted) {
        int number = 0;
        for (String part : dotted.split("\\.")) number = number << 8 | Integer.parseInt(part);
        return number;
    }
}
