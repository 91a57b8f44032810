package org.sharaka.node.agreement;

/** What an agreement is. */
public enum AgreementKind {
    CONVENTION,
    /** Adds to a convention. */
    PROTOCOL,
    BILATERAL,
    /** Between services: a memorandum of understanding, a working arrangement. */
    ARRANGEMENT,
    /** For members of one country among themselves. */
    NATIONAL_LAW
}
