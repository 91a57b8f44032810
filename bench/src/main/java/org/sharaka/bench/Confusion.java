package org.sharaka.bench;

/** Right and wrong answers, counted. */
final class Confusion {
    private int found;
    private int missed;
    private int alarms;
    private int passed;

    void add(boolean match, boolean answer) {
        if (match && answer) found++;
        else if (match) missed++;
        else if (answer) alarms++;
        else passed++;
    }

    int count() {
        return found + missed + alarms + passed;
    }

    double precision() {
        return found + alarms == 0 ? Double.NaN : (double) found / (found + alarms);
    }

    double recall() {
        return found + missed == 0 ? Double.NaN : (double) found / (found + missed);
    }

    /** Not a number when there was nothing to find and nothing was found. */
    double f1() {
        int all = 2 * found + missed + alarms;
        return all == 0 ? Double.NaN : 2.0 * found / all;
    }
}
