package org.sharaka.node.screening.hit;

/** What the own bureau made of a hit. The names are stored: never rename one. */
public enum HitState {
    /** The bureau has not decided; nobody else knows of the hit. */
    WAITING,
    /** May be told to the originator, with where and when. */
    RELEASED,
    /** May be told to the originator without where and when. */
    RELEASED_WITHOUT_PLACE,
    /** Stays here, and so does the reason. */
    WITHHELD
}
