package org.sharaka.node.access;

/** Where a request comes from, as far as it can be held against somebody. */
final class Sources {
    private Sources() {}

    /** An IPv4 address as it is; of an IPv6 address the /64, since every household has 2^64 of the others. */
    static String of(String address) {
        int zone = address.indexOf('%');
        String bare = zone < 0 ? address : address.substring(0, zone);
        if (!bare.contains(":")) return bare;
        try {
            // A literal: nothing is looked up.
            byte[] bytes = java.net.InetAddress.getByName(bare).getAddress();
            return java.util.HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 8));
        } catch (java.net.UnknownHostException e) {
            return bare;
        }
    }
}
