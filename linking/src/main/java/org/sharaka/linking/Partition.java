package org.sharaka.linking;

/** All reports with their groups, as {@link BatchLinker} found them; rows in the order in which reports were added. */
public final class Partition {
    private final LongColumn reports;
    private final int[] groups;
    private final int keysShared;

    Partition(LongColumn reports, int[] groups, int keysShared) {
        this.reports = reports;
        this.groups = groups;
        this.keysShared = keysShared;
    }

    /** Number of reports. */
    public int size() {
        return groups.length;
    }

    public long report(int row) {
        return reports.at(row);
    }

    /** The row of one report of the same group; equal for all reports of a group. */
    public int group(int row) {
        return groups[row];
    }

    /** Number of keys that were not followed because they are shared services. */
    public int keysShared() {
        return keysShared;
    }
}
