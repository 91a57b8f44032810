package org.sharaka.protocol.cms;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.sharaka.protocol.Hash;

/** Certificates that were read before: each signature brings its own along, and it is nearly always one of a few. Thread-safe. */
final class KnownCertificates {
    private final int most;
    private final ConcurrentMap<Hash, Certificate> known = new ConcurrentHashMap<>();

    /** @param most are kept; then it begins anew, lest a stranger's fill the memory */
    KnownCertificates(int most) {
        this.most = most;
    }

    /** As {@link Certificate#parse}. */
    Certificate parse(byte[] der) {
        Hash hash = Hash.of(der);
        Certificate before = known.get(hash);
        if (before != null) return before;
        Certificate read = Certificate.parse(der);
        if (known.size() >= most) known.clear();
        known.put(hash, read);
        return read;
    }

    int size() {
        return known.size();
    }
}
