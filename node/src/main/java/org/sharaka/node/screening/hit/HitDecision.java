package org.sharaka.node.screening.hit;

import java.time.Instant;
import java.util.Map;

/**
 * What the bureau decided, and why. Never leaves the node (S2).
 *
 * @param check every question with its answer
 * @param at from here the originator's clock runs, if it was released
 */
public record HitDecision(Map<Concern, Concern.Answer> check, String reason, String by, Instant at) {
    public HitDecision {
        check = Map.copyOf(check);
    }
}
