package org.sharaka.matching;

/** 64-bit hashes of keys. */
final class Hashes {
    private Hashes() {}

    static long of(String text) {
        return of(text, 0, text.length());
    }

    /** Of a part of the text. */
    static long of(String text, int from, int to) {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < to; i++) {
            hash ^= text.charAt(i);
            hash *= 0x100000001b3L;
        }
        return mixed(hash);
    }

    static long of(int kind, long value) {
        return mixed(value * 31 + kind + 1);
    }

    /** Stafford's thirteenth variant of the finaliser of MurmurHash3. */
    static long mixed(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
