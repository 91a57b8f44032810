package org.sharaka.node.screening.hit;

import java.time.Instant;

/**
 * The bureau lets a hit be told to its originator. Whatever tells it hears of releases only: of a withheld hit there is no event (S2).
 *
 * @param withPlace whether where and when may be told
 */
public record HitReleased(HitId hit, boolean withPlace, Instant at) {}
