package org.sharaka.protocol.roster;

/** Whether a member takes part. */
public enum Status {
    ACTIVE,
    /** Takes no part until the members decide otherwise. */
    SUSPENDED,
    /** Left or was expelled; stays listed so that its name is never given to another. */
    DEPARTED
}
