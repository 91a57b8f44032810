package org.sharaka.protocol.content;

/** Whose words a text repeats. They travel only after a second officer has read them (SAFEGUARDS S11). */
public enum Quoted {
    VICTIM,
    WITNESS,
    REPORTER
}
