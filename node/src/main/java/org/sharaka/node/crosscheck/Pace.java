package org.sharaka.node.crosscheck;

import org.sharaka.protocol.MemberId;

/**
 * How much a member asked within a day.
 *
 * @param requests that were taken in
 * @param refused for being too many
 */
record Pace(MemberId peer, int requests, int traces, int refused) {
    /** Half of what a member may ask is more than campaigns bring: officers are told that it may be fishing. */
    boolean unusual(CrossCheckSettings settings) {
        return refused > 0 || 2 * traces > settings.tracesADay() || 2 * requests > settings.requestsADay();
    }

    boolean allows(int more, CrossCheckSettings settings) {
        return requests < settings.requestsADay() && traces + more <= settings.tracesADay();
    }
}
