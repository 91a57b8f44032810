package org.sharaka.linking;

/** What an officer decided about a key, above what lists and observation say. */
public enum KeyMark {
    NONE,
    /** A service that many unrelated reports share: it never links. */
    SHARED,
    /** It links, whatever lists and observation say. */
    LINKS
}
