package org.sharaka.node.triage;

/** Why a report stands where it stands in the queue; an officer reads it in words. The names are stored: never rename one. */
public enum Concern {
    DANGER,
    CHILD,
    /** The reporter is under 18. */
    MINOR,
    /** Sent so recently that a bank may still hold it. */
    MONEY_FRESH,
    /** Sent within days: a recall may still reach it. */
    MONEY_LATE,
    TRAFFICKING,
    THREAT,
    TERRORISM,
    /** Ransomware, or an institution or company reports an incident of its own systems. */
    INCIDENT,
    /** Others can look at the reporter's device: whoever did it may be one of them (S13). */
    SHARED_PHONE,
    SET_ASIDE
}
