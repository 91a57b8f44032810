package org.sharaka.exercise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a campaign's reports spread over the ninety days before now. */
enum Rhythm {
    STEADY,
    /** Few at first, most in the last days. */
    GROWING,
    /** Begun in the last days, and fast: what an alert is for. */
    BURST,
    /** Over for weeks. */
    QUIET,
    WAVES;

    /** Days that a scenario reaches back. */
    static final int DAYS = 90;

    /** In order of time, the last one some minutes before now at the latest. */
    List<Instant> times(int count, Instant now, Chance chance) {
        double start =
                switch (this) {
                    case STEADY -> chance.between(30, 88);
                    case GROWING -> chance.between(30, 80);
                    case BURST -> 1 + 3 * chance.share();
                    case QUIET, WAVES -> chance.between(55, 88);
                };
        double length = this == QUIET ? chance.between(3, 20) : start;
        List<Double> centres = List.of(chance.share(), chance.share(), chance.share());
        List<Instant> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double at = chance.share();
            if (this == GROWING) at = Math.cbrt(at);
            if (this == WAVES) at = Math.min(1, Math.max(0, chance.one(centres) + (at - 0.5) * 0.06));
            times.add(daysBefore(now, start - at * length));
        }
        times.sort(null);
        return times;
    }

    static Instant anyTime(Instant now, Chance chance) {
        return daysBefore(now, DAYS * chance.share());
    }

    private static Instant daysBefore(Instant now, double days) {
        return now.minus(Duration.ofSeconds(600 + Math.max(0, Math.round(days * 86_400))));
    }
}
