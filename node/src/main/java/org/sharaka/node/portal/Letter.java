package org.sharaka.node.portal;

import java.time.Instant;

/**
 * A letter or the reporter's own message, opened.
 *
 * @param text untrusted: show it escaped and isolated
 */
record Letter(boolean fromReporter, Instant at, String text) {
    /** Under which letters are sealed to a mailbox. */
    static final String CONTEXT = "sharaka.portal.letter/1";

    @Override
    public String toString() {
        return "Letter[sealed]";
    }
}
