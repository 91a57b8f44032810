package org.sharaka.matching.lists;

import java.util.ArrayList;
import java.util.List;

/** Counts rows handed on and refused, and keeps the first reasons. */
final class Refusals {
    private static final int KEPT_MAX = 100;

    private final List<String> kept = new ArrayList<>();
    private long entries;
    private long refused;

    void entry() {
        entries++;
    }

    void refuse(String where, String why) {
        refused++;
        if (kept.size() < KEPT_MAX) kept.add(where + ": " + why);
    }

    ListReport report() {
        return new ListReport(entries, refused, kept);
    }
}
