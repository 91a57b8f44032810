package org.sharaka.linking;

/**
 * What is known of a key at this moment.
 *
 * @param degree number of reports that hold it now
 * @param listed named in a list of shared infrastructure
 * @param crowded observed to join reports that otherwise belong to separate groups (see {@code CrowdRule})
 * @param rankLimit the largest rank in the sample when crowding was last judged, {@link Integer#MAX_VALUE} if the sample
 *     was not full or never judged: an edge of a higher rank cannot change the judgement
 * @param unsettled waits to be judged again
 * @param family of the reports that hold it; 0 if none does or if the key does not link
 */
public record KeyState(
        long hash,
        KeyKind kind,
        String label,
        int degree,
        boolean listed,
        KeyMark mark,
        boolean crowded,
        int rankLimit,
        boolean unsettled,
        long family) {

    /** True if the key links nothing: listed, observed or marked as a shared service, and not marked as linking. */
    public boolean shared() {
        return shared(kind, mark, listed, crowded);
    }

    static boolean shared(KeyKind kind, KeyMark mark, boolean listed, boolean crowded) {
        if (kind.role() == KeyKind.Role.ASIDE) return true;
        return switch (mark) {
            case SHARED -> true;
            case LINKS -> false;
            case NONE -> listed || crowded;
        };
    }

    KeyState inFamily(long number) {
        return new KeyState(hash, kind, label, degree, listed, mark, crowded, rankLimit, unsettled, number);
    }

    KeyState marked(KeyMark newMark) {
        return new KeyState(hash, kind, label, degree, listed, newMark, crowded, rankLimit, unsettled, family);
    }

    KeyState nowListed() {
        return new KeyState(hash, kind, label, degree, true, mark, crowded, rankLimit, unsettled, family);
    }

    KeyState judged(boolean newCrowded, int newRankLimit) {
        return new KeyState(hash, kind, label, degree, listed, mark, newCrowded, newRankLimit, false, family);
    }

    KeyState toJudge() {
        return new KeyState(hash, kind, label, degree, listed, mark, crowded, rankLimit, true, family);
    }
}
