package org.sharaka.node.screening;

/**
 * What an entry is in law, and so what an officer may do who meets it (S1). Neither of these lets anybody be arrested; the colours of
 * notices come with the notices.
 */
public enum Standing {
    /** An entry of the United Nations Security Council's list: funds are frozen, entry and transit are refused. */
    UN_SECURITY_COUNCIL,
    /** An entry of another country's or organisation's own list: to be known and told to the own bureau, binding nobody here. */
    FOREIGN_LIST
}
