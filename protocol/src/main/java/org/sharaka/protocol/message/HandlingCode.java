package org.sharaka.protocol.message;

/** What the originator lets others do with its data (Europol's handling codes). They add up. */
public enum HandlingCode {
    /** Only to prevent and combat crime, under the law that applies. Holds for all data. */
    H0,
    /** Not to be disclosed in judicial proceedings without the originator's permission. */
    H1,
    /** Not to be passed on without the originator's permission. */
    H2,
    /** Other restrictions: the remarks say which. */
    H3
}
