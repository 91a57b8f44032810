package org.sharaka.identifiers;

/** How a host imitates a brand. The names are stored: never rename one. */
public enum LookalikeReason {
    /** The brand's name as it is, under a suffix that its owner does not use. */
    OTHER_SUFFIX,
    /** Letters or digits that look like others (UTS #39 and {@code 0} for {@code o}, {@code rn} for {@code m}). */
    CONFUSABLE,
    /** One letter more, less, other or exchanged. */
    TYPO,
    /** The name cut in two by a hyphen. */
    HYPHENATED,
    /** The name with other words beside it, such as {@code secure} or {@code login}. */
    ADDED_WORDS,
    /** The name as a subdomain of somebody else's domain. */
    SUBDOMAIN,
    /** The owner's whole domain, dots or hyphens included, inside somebody else's. */
    OFFICIAL_DOMAIN_INSIDE
}
