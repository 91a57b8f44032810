package org.sharaka.linking;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The keys of a batch, numbered from 0 in order of first sight; an open-addressing table over columns. */
final class KeyTable {
    private static final List<KeyKind> KINDS = List.of(KeyKind.values());
    private static final Map<KeyKind, Integer> NUMBERS = new EnumMap<>(KeyKind.class);
    private static final int LISTED = 1 << 8;

    static {
        for (KeyKind kind : KINDS) NUMBERS.put(kind, NUMBERS.size());
    }

    private final LongColumn hashes = new LongColumn();
    private final IntColumn kinds = new IntColumn();
    private final IntColumn degrees = new IntColumn();
    /** Number of a key plus one, or 0. */
    private int[] slots = new int[1 << 16];

    int size() {
        return hashes.size();
    }

    /** The number of the key, whose degree is raised by one. */
    int hold(long hash, KeyKind kind, boolean listed) {
        int slot = slot(hash);
        int number = slots[slot] - 1;
        if (number < 0) {
            number = hashes.size();
            hashes.add(hash);
            kinds.add(NUMBERS.getOrDefault(kind, 0));
            degrees.add(0);
            slots[slot] = number + 1;
            if (number > slots.length / 5 * 3) grow();
        }
        if (listed) kinds.set(number, kinds.at(number) | LISTED);
        degrees.increment(number);
        return number;
    }

    /** The number of the key, -1 if there is none. */
    int find(long hash) {
        return slots[slot(hash)] - 1;
    }

    long hash(int number) {
        return hashes.at(number);
    }

    KeyKind kind(int number) {
        return KINDS.get(kinds.at(number) & LISTED - 1);
    }

    boolean listed(int number) {
        return (kinds.at(number) & LISTED) != 0;
    }

    int degree(int number) {
        return degrees.at(number);
    }

    private int slot(long hash) {
        int mask = slots.length - 1;
        int slot = (int) (hash ^ hash >>> 32) & mask;
        while (slots[slot] != 0 && hashes.at(slots[slot] - 1) != hash) slot = slot + 1 & mask;
        return slot;
    }

    private void grow() {
        int size = hashes.size();
        slots = new int[slots.length * 2];
        for (int number = 0; number < size; number++) slots[slot(hashes.at(number))] = number + 1;
    }
}
