package org.sharaka.node.screening.hit;

/** What an officer compared besides the name before confirming. The names are stored: never rename one. */
public enum Checked {
    BIRTH,
    /** The face, with the entry's photograph or description. */
    LOOKS,
    DOCUMENT,
    BIOMETRICS,
    /** What the person told. */
    QUESTIONS,
    /** The thing itself: chassis number, serial number. */
    THING
}
